#!/usr/bin/env python3
"""The loss curve of a run as a picture.   plot_log.py LOG.jsonl OUT.png"""
import json
import sys

import matplotlib
matplotlib.use('Agg')
import matplotlib.pyplot as plt  # noqa: E402


def main(log, out):
    with open(log, encoding='utf-8') as lines:
        rows = [json.loads(line) for line in lines]
    figure, axes = plt.subplots(figsize=(8, 4.2), dpi=110)
    curves = {'train': 'training batches (with fields hidden)', 'valid': 'held-out tunes', 'unseen': 'traditions never seen',
              'chorales_valid': 'second voices, held out'}
    for name, label in curves.items():
        found = [(row['notes'] / 1e6, sum(row[name])) for row in rows if name in row]
        axes.plot(*zip(*found), label=label, linewidth=1 if name == 'train' else 2)
    axes.set_xlabel('notes learned from, millions')
    axes.set_ylabel('nats a note (rest, duration and pitch)')
    axes.set_ylim(1, 4)
    axes.grid(alpha=.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(out)


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
