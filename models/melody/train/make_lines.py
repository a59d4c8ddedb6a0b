#!/usr/bin/env python3
"""Prompts of score_melody.py as lines for `./studio complete`.   make_lines.py PROMPTS.jsonl.gz OUT.jsonl [--nll] [--detail] [--every N] [--from K]

With --nll the lines ask how likely the first 16 notes of the truth are; tunes whose number modulo N is K are taken.
"""
import gzip
import json
import sys
import zlib

MEMBERS = ('id', 'key', 'meter', 'pickup', 'bar', 'cut', 'gap_end', 'tradition')


def main(words):
    prompts, out = words[0], words[1]
    every = int(words[words.index('--every') + 1]) if '--every' in words else 1
    part = int(words[words.index('--from') + 1]) if '--from' in words else 0
    with gzip.open(prompts, 'rt', encoding='utf-8') as lines, open(out, 'w', encoding='utf-8') as file:
        for line in lines:
            prompt = json.loads(line)
            if zlib.crc32(prompt['tune'].encode()) % every != part:
                continue
            row = {name: prompt[name] for name in MEMBERS if name in prompt}
            row['notes'] = prompt['prompt']
            if 'right' in prompt:
                row['after'] = prompt['right']
            if '--nll' in words:
                row['truth'] = prompt['truth'][:16]
            if '--detail' in words:
                row['detail'] = True
            file.write(json.dumps(row, ensure_ascii=False, separators=(',', ':')) + '\n')


if __name__ == '__main__':
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1:])
