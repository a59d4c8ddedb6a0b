#!/usr/bin/env python3
"""How much the counted model should weigh beside the network.   fit_shares.py NLL_ANSWERS.jsonl OUT.txt

NLL_ANSWERS: what `./studio complete --nll` says to lines with "detail": true. For the gap, the duration and the pitch, and
for each length of the stretch of the past that was found again, the share under which held-out notes are likeliest.
"""
import json
import math
import sys

LONGEST = 6
STEPS = [i / 40 for i in range(37)]


def main(answers, out):
    parts = [[[] for _ in range(LONGEST + 1)] for _ in range(3)]
    with open(answers, encoding='utf-8') as lines:
        for line in lines:
            for i, (model, counted, longest) in enumerate(json.loads(line)['parts']):
                parts[i % 3][longest].append((model, counted))

    def cost(pairs, share):
        return -sum(math.log(max((1 - share) * m + share * c, 1e-9)) for m, c in pairs)

    with open(out, 'w', encoding='utf-8') as file:
        for name, by_match in zip(('gap', 'duration', 'pitch'), parts):
            shares = [0.0] + [min(STEPS, key=lambda s, pairs=pairs: cost(pairs, s)) if pairs else 0.0 for pairs in by_match[1:]]
            notes = sum(len(pairs) for pairs in by_match)
            alone = sum(cost(pairs, 0) for pairs in by_match) / notes
            mixed = sum(cost(pairs, s) for pairs, s in zip(by_match, shares)) / notes
            print(f'{name}: network alone {alone:.4f} nats a note, mixed {mixed:.4f}, shares {shares}')
            file.write(' '.join(map(str, shares)) + '\n')


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
