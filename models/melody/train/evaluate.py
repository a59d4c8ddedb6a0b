#!/usr/bin/env python3
"""The figures of the model card.   evaluate.py MEASURE_DIR PROMPTS_DIR OUT_DIR [--model DIR]

PROMPTS_DIR holds prompts.jsonl.gz, infill.jsonl.gz and unseen.jsonl.gz as `retrain.sh` makes them from held-out tunes;
MEASURE_DIR holds score_melody.py. Asks `./studio complete` (the page's own code), scores its answers and prints tables in
Markdown: all, per tradition, and how often a phrase of the training tunes was written and avoided.
"""
import collections
import gzip
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
STUDIO = os.path.join(HERE, '..', '..', '..', 'studio')


def ask(words):
    subprocess.run([STUDIO, 'complete', *words], check=True, stdout=sys.stderr)


def lines(prompts, out, *options):
    subprocess.run([sys.executable, os.path.join(HERE, 'make_lines.py'), prompts, out, *options], check=True)


def mean(values):
    values = [v for v in values if v is not None]
    return sum(values) / len(values) if values else float('nan')


def main(measure, prompts, out, model):
    sys.path.insert(0, measure)
    import score_melody
    os.makedirs(out, exist_ok=True)
    extra = ['--model', model] if model else []
    rows = collections.defaultdict(dict)          # tradition -> figures

    def read(path):
        return list(score_melody.read(path))

    for name, label in (('prompts', ''), ('unseen', 'unseen ')):
        source = os.path.join(prompts, name + '.jsonl.gz')
        if not os.path.exists(source):
            continue
        known = {p['id']: p for p in read(source)}
        asked, told = os.path.join(out, name + '.nll.in.jsonl'), os.path.join(out, name + '.nll.jsonl')
        lines(source, asked, '--nll')
        ask(['--nll', asked, '--out', told, *extra])
        groups = collections.defaultdict(list)
        for answer in read(told):
            for group in (label + known[answer['id']]['tradition'], label + 'all'):
                groups[group].append(answer)
        for group, answers in groups.items():
            notes = sum(len(a['nll']) for a in answers)
            rows[group].update(prompts=len(answers), nll=sum(map(sum, (a['nll'] for a in answers))) / notes,
                               nll_pitch=sum(map(sum, (a['nll_pitch'] for a in answers))) / notes)

    for name, window in (('prompts', 'n16'), ('infill', 'gap')):
        source = os.path.join(prompts, name + '.jsonl.gz')
        known = {p['id']: p for p in read(source)}
        asked, told = os.path.join(out, name + '.in.jsonl'), os.path.join(out, name + '.jsonl')
        lines(source, asked)
        ask(['--in', asked, '--out', told, '--samples', '3', *extra])
        answers = collections.defaultdict(list)
        for answer in read(told):
            answers[answer['id']].append(score_melody.score_one(known[answer['id']], answer))
        groups = collections.defaultdict(list)
        for key, scores in answers.items():
            for group in (known[key]['tradition'], 'all'):
                groups[group].append(scores)
        for group, found in groups.items():
            for score in ('cs_f1', 'exact_f1'):
                key = f'{window}.{score}'
                rows[group][key] = mean([s[0].get(key) for s in found])
                rows[group][key + ' of 3'] = mean([max((x.get(key) or 0) for x in s) for s in found])
            rows[group][window + '.self'] = mean([s[0].get(window + '.self_reference_gen') for s in found])
            rows[group][window + '.self_true'] = mean([s[0].get(window + '.self_reference_true') for s in found])
            rows[group][window + '.groove_diff'] = mean([s[0].get(window + '.groove_diff') for s in found])
            rows[group][window + '.scale'] = mean([s[0].get(window + '.pc_entropy_diff') for s in found])

    columns = ['prompts', 'nll', 'nll_pitch', 'n16.cs_f1', 'n16.cs_f1 of 3', 'n16.exact_f1', 'n16.exact_f1 of 3', 'gap.exact_f1',
               'n16.self', 'n16.self_true', 'n16.groove_diff', 'n16.scale']
    print('| tradition | ' + ' | '.join(columns) + ' |\n|' + '---|' * (len(columns) + 1))
    for group in sorted(rows, key=lambda g: (not g.endswith('all'), g)):
        cells = [rows[group].get(c) for c in columns]
        print(f'| {group} | ' + ' | '.join('' if c is None else str(c) if isinstance(c, int) else f'{c:.3f}' for c in cells) + ' |')
    with open(os.path.join(out, 'figures.json'), 'w') as f:
        json.dump(rows, f, indent=1)


if __name__ == '__main__':
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:4], sys.argv[sys.argv.index('--model') + 1] if '--model' in sys.argv else None)
