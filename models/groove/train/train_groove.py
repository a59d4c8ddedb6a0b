#!/usr/bin/env python3
"""Trains the groove model.   train_groove.py GROOVE.jsonl.gz OUT_HEADER FIGURES.json

A drum bar is sixteenths of nine drums; whether a drum is struck is a logistic regression on where the step lies, what was
struck a step, a beat, a bar and two bars before, what lower drums are struck with it, the style, and whether this is a fill.
How loud, and how early or late, are linear in the same features. Writes the weights as a C++ table and figures of the
validation split of the data's authors: bits a step, for the model, for the average bar of the style, and for the bar before.
Takes a minute on one core. Debian 12: python3-torch 1.13.0.
"""
import gzip
import json
import sys

import numpy
import torch

DRUMS = ['BD', 'SD', 'CH', 'OH', 'RD', 'CR', 'LT', 'MT', 'HT']
STYLES = {'rock': 'rock punk pop country gospel', 'funk': 'funk soul neworleans', 'jazz': 'jazz blues',
          'latin': 'latin afrocuban afrobeat highlife middleeastern', 'hiphop': 'hiphop dance', 'reggae': 'reggae'}
STYLE_OF = {name: i for i, names in enumerate(STYLES.values()) for name in names.split()}
N, STEPS, STEP = len(DRUMS), 16, 120            # units of 1/480 quarter
LATEST = 50                                     # a stroke further from its step belongs to another
HISTORY = 6                                     # bar before, two bars before, step before, two before, beat before, same step
INPUTS = 2 + STEPS + HISTORY * N + len(STYLES) * (1 + STEPS) + 1 + STEPS


def clip_of(row):
    """struck, velocity, lateness: [bars * 16, 9] each."""
    count = (row['hits'][-1][0] // 96 + 2) * STEPS
    velocity, late = numpy.zeros((count, N)), numpy.zeros((count, N))
    for tick, drum, loud, offset in row['hits']:
        time = tick * 20 + offset
        step = max(0, round(time / STEP))
        if step < count and loud > velocity[step, DRUMS.index(drum)]:
            velocity[step, DRUMS.index(drum)] = loud
            late[step, DRUMS.index(drum)] = max(-LATEST, min(LATEST, time - step * STEP))
    bars = numpy.flatnonzero(velocity.reshape(-1, STEPS * N).any(1))
    first, last = bars[0] * STEPS, (bars[-1] + 1) * STEPS
    return velocity[first:last] > 0, velocity[first:last], late[first:last]


def inputs_of(struck, style, fill):
    """[steps, INPUTS]; the order is that of engine/assist/groove.cpp."""
    count = len(struck)
    before = lambda steps: numpy.vstack([numpy.zeros((min(steps, count), N)), struck[:-steps] if steps < count else numpy.zeros((0, N))])
    place = numpy.eye(STEPS)[numpy.arange(count) % STEPS]
    first_bar = (numpy.arange(count) < STEPS)[:, None]
    styles = numpy.zeros((count, len(STYLES) * (1 + STEPS)))
    styles[:, style] = 1
    styles[numpy.arange(count), len(STYLES) + style * STEPS + numpy.arange(count) % STEPS] = 1
    fills = numpy.hstack([numpy.ones((count, 1)), place]) * fill
    return numpy.hstack([numpy.ones((count, 1)), first_bar, place, before(16), before(32), before(1), before(2), before(4), struck,
                         styles, fills]).astype('float32')


def load(path, split):
    rows = [json.loads(line) for line in gzip.open(path, 'rt')]
    parts = []
    for row in rows:
        if row['gmd_split'] != split or row['meter'] != '4/4':
            continue
        struck, velocity, late = clip_of(row)
        style = STYLE_OF[row['style'].split('/')[0]]
        parts.append((inputs_of(struck, style, row['beat_type'] == 'fill'), struck.astype('float32'), velocity, late,
                      numpy.full(len(struck), style)))
    return [torch.tensor(numpy.concatenate(group), dtype=torch.float32) for group in zip(*parts)]


def habits(path):
    """Of each style: median tempo, share of steps with bass or snare drum, strokes a bar."""
    tempos, beats, strokes = [[] for _ in STYLES], numpy.zeros((len(STYLES), STEPS)), numpy.zeros(len(STYLES))
    bars = numpy.zeros(len(STYLES))
    for line in gzip.open(path, 'rt'):
        row = json.loads(line)
        if row['gmd_split'] != 'train' or row['meter'] != '4/4' or row['beat_type'] != 'beat':
            continue
        style = STYLE_OF[row['style'].split('/')[0]]
        struck = clip_of(row)[0].reshape(-1, STEPS, N)
        tempos[style].append(row['bpm'])
        beats[style] += struck[:, :, :2].any(2).sum(0)
        strokes[style] += struck.sum()
        bars[style] += len(struck)
    return [numpy.median(t) for t in tempos], beats / bars[:, None], strokes / bars


def mask():
    """Of the same step a drum knows only those before it."""
    allowed = torch.ones(INPUTS, N)
    same = 2 + STEPS + 5 * N
    for drum in range(N):
        for other in range(drum, N):
            allowed[same + other, drum] = 0
    return allowed


def bits(share, struck):
    share = share.clamp(1e-4, 1 - 1e-4)
    return float(-(struck * share.log2() + (1 - struck) * (1 - share).log2()).sum(1).mean())


def main(path, header, figures):
    torch.manual_seed(1)
    x, struck, velocity, late, style = load(path, 'train')
    vx, vstruck, vvelocity, vlate, vstyle = load(path, 'validation')
    allowed = mask()
    weights = torch.zeros(INPUTS, N, requires_grad=True)
    learner = torch.optim.LBFGS([weights], max_iter=120, line_search_fn='strong_wolfe')

    def loss():
        learner.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(x @ (weights * allowed), struck) * N + 2e-5 * (weights ** 2).sum()
        value.backward()
        return value

    learner.step(loss)
    strike = (weights * allowed).detach()

    def linear(target, ridge=20.0):
        """Least squares over the strokes of each drum."""
        columns = []
        for drum in range(N):
            rows = struck[:, drum] > 0
            a, b = x[rows] * allowed[:, drum], target[rows, drum]
            columns.append(torch.linalg.solve(a.t() @ a + ridge * torch.eye(INPUTS), a.t() @ b))
        return torch.stack(columns, 1) * allowed

    loud, lateness = linear(velocity / 127), linear(late)
    hit = vstruck > 0
    average = torch.zeros(len(STYLES), STEPS, N)
    for s in range(len(STYLES)):
        rows = struck[style == s].reshape(-1, STEPS, N)
        average[s] = (rows.sum(0) + .5) / (len(rows) + 1)
    place = torch.arange(len(vstruck)) % STEPS
    last = vx[:, 2 + STEPS:2 + STEPS + N]
    after_hit = float((struck * x[:, 2 + STEPS:2 + STEPS + N]).sum() / x[:, 2 + STEPS:2 + STEPS + N].sum())
    after_none = float((struck * (1 - x[:, 2 + STEPS:2 + STEPS + N])).sum() / (1 - x[:, 2 + STEPS:2 + STEPS + N]).sum())
    told = dict(bars=len(struck) // STEPS, validation_bars=len(vstruck) // STEPS,
                bits_model=round(bits((vx @ strike).sigmoid(), vstruck), 3),
                bits_style=round(bits(average[vstyle.long(), place], vstruck), 3),
                bits_bar_before=round(bits(last * after_hit + (1 - last) * after_none, vstruck), 3),
                velocity_error=round(float((vx @ loud * 127 - vvelocity)[hit].abs().mean()), 2),
                velocity_error_mean=round(float((vvelocity[hit] - velocity[struck > 0].mean()).abs().mean()), 2),
                lateness_error_ms_at_120=round(float((vx @ lateness - vlate)[hit].abs().mean()) / 480 * 500, 2),
                lateness_error_on_grid=round(float(vlate[hit].abs().mean()) / 480 * 500, 2))
    json.dump(told, open(figures, 'w'), indent=1)
    print(told)

    def table(name, values, scale):
        rows = ',\n    '.join('{' + ', '.join(str(int(v)) for v in (row * scale).round().clamp(-32767, 32767)) + '}' for row in values)
        return f'inline constexpr int16_t {name}[{INPUTS}][{N}] = {{\n    {rows}}};\n'

    with open(header, 'w') as out:
        out.write('// Weights of the groove model, written by models/groove/train/train_groove.py: a row for each input (groove.cpp), a\n'
                  '// column for each drum: thousandths of a natural logarithm, thousandths of full velocity, tenths of 1/480 quarter.   [any]\n'
                  '#pragma once\n#include <cstdint>\n\nnamespace arietta::groove {\n\n')
        out.write(table('kStrike', strike, 1000) + '\n' + table('kLoud', loud, 1000) + '\n' + table('kLate', lateness, 10) + '\n')
        tempos, beats, strokes = habits(path)
        numbers = lambda values: '{' + ', '.join(str(int(round(v))) for v in values) + '}'
        out.write(f'inline constexpr int16_t kTempo[{len(STYLES)}] = {numbers(tempos)};          // median of each style\n')
        out.write(f'inline constexpr int16_t kStrokes[{len(STYLES)}] = {numbers(strokes)};       // in a bar, on average\n')
        rows = ',\n    '.join(numbers(row * 100) for row in beats)
        out.write(f'inline constexpr int16_t kBeats[{len(STYLES)}][{STEPS}] = {{          // per cent of steps with bass or snare drum\n    {rows}}};\n')
        out.write('\n}  // namespace arietta::groove\n')


if __name__ == '__main__':
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
