#!/usr/bin/env python3
"""How much of what the model writes stands in its training tunes.   memorisation.py TRAIN.jsonl HELD_OUT.jsonl WORK_DIR [--model DIR]

Lets the model write from the first two notes of held-out tunes, without key, metre or tradition, and counts the runs of eight
notes (intervals, and onset to onset in ticks) that occur in a training tune; the same for the held-out tunes themselves, whose
writers had never seen them either. A model that copies has a clearly larger share than real music.
"""
import json
import os
import subprocess
import sys

RUN = 8
TUNES = 150
STUDIO = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'studio')


def read(path):
    with open(path, encoding='utf-8') as lines:
        return [json.loads(line) for line in lines]


def runs(notes):
    moves = [(b[2] - a[2], b[0] - a[0]) for a, b in zip(notes, notes[1:])]
    return [tuple(moves[i:i + RUN - 1]) for i in range(len(moves) - RUN + 2)]


def main(train, held, work, model):
    os.makedirs(work, exist_ok=True)
    known = {run for tune in read(train) for run in runs(tune['notes'])}
    tunes = read(held)
    tunes = tunes[::max(1, len(tunes) // TUNES)]
    groups = {'held-out tunes': [run for tune in tunes for run in runs(tune['notes'])]}
    for daring in (.5, 1):
        asked, told = os.path.join(work, 'free.in.jsonl'), os.path.join(work, 'free.jsonl')
        with open(asked, 'w', encoding='utf-8') as file:
            for tune in tunes:
                file.write(json.dumps(dict(id=tune['id'], notes=tune['notes'][:2], bars=8, adventurous=daring)) + '\n')
        subprocess.run([STUDIO, 'complete', '--in', asked, '--out', told, '--samples', '8', *(['--model', model] if model else [])],
                       check=True, stdout=sys.stderr)
        groups[f'written by the model, adventurous {daring}'] = [run for line in read(told) for run in runs(line['notes'])]
    for name, found in groups.items():
        print(f'{name}: {sum(run in known for run in found) / max(1, len(found)):.3f} of {len(found)} runs of {RUN} notes stand in training tunes')


if __name__ == '__main__':
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:4], sys.argv[sys.argv.index('--model') + 1] if '--model' in sys.argv else None)
