#!/usr/bin/env python3
"""Choose what the melody model may learn from and split it.

Usage: select_tunes.py DATA_DIR OUT_DIR

Writes, as JSON lines: train.jsonl, valid.jsonl (traditions the model learns), unseen.jsonl (traditions it never sees),
chorales_train.jsonl, chorales_valid.jsonl, chords.jsonl (songs as chords alone). The shipped weights learn from sources marked green only (share-alike and
copyleft sources are used for measuring, never for learning). A near-duplicate cluster lies on one side of the split, and
so does a piece that also stands among the chorales.
"""
import glob
import gzip
import json
import os
import sys
from collections import Counter

AMBER_SOURCES = {'nottingham', 'rjl20_oldtime'}
GREEN_LICENCES_OF_MUTOPIA = ('public-domain', 'CC-BY-3.0', 'CC-BY-4.0')
VALID_EVERY = 24          # one cluster in so many is held out
UNSEEN_AT_MOST = 300      # tunes per unseen tradition are enough to measure


def read(path):
    with gzip.open(path, 'rt', encoding='utf-8') as lines:
        for line in lines:
            yield json.loads(line)


def green(tune):
    if tune['source'] in AMBER_SOURCES:
        return False
    return tune['source'] != 'mutopia' or tune['licence'] in GREEN_LICENCES_OF_MUTOPIA


def held_out(tune):
    return tune['cluster'] % VALID_EVERY == 11


def main(data, out):
    os.makedirs(out, exist_ok=True)
    files = {name: open(os.path.join(out, name + '.jsonl'), 'w', encoding='utf-8')
             for name in ('train', 'valid', 'unseen', 'chorales_train', 'chorales_valid', 'chords')}
    counts, unseen = Counter(), Counter()

    def put(name, tune):
        files[name].write(json.dumps(tune, ensure_ascii=False, separators=(',', ':')) + '\n')
        counts[name] += 1

    held_ids = set()
    for path in sorted(glob.glob(os.path.join(data, 'melodies', '*.jsonl.gz'))):
        for tune in read(path):
            if green(tune):
                if held_out(tune):
                    held_ids.add(tune['id'])
                put('valid' if held_out(tune) else 'train', tune)
            elif tune['source'] in AMBER_SOURCES and unseen[tune['tradition']] < UNSEEN_AT_MOST and tune['cluster'] % 3 == 0:
                unseen[tune['tradition']] += 1
                put('unseen', tune)
    for tune in read(os.path.join(data, 'chorales', 'satb.jsonl.gz')):
        if green(tune):
            put('chorales_valid' if held_out(tune) or tune['id'] in held_ids else 'chorales_train', tune)
    for song in read(os.path.join(data, 'chords', 'mcgill_billboard.jsonl.gz')):
        put('chords', dict(song, notes=[]))
    for name in files:
        files[name].close()
    print(dict(counts))


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
