#!/usr/bin/env python3
"""What rounding the weights costs: nats a note on held-out tunes with 32, 16 and 8 bits.   quantised.py CHECKPOINT STEPS_DIR"""
import os
import sys

from export_onnx import load
from steps_data import Steps
from train_melody import measure


def main(checkpoint, steps):
    valid = Steps([os.path.join(steps, 'valid.steps')])
    for bits in (32, 16, 8):
        model, _ = load(checkpoint, bits)
        parts = measure(model, valid)
        print(f'{bits} bits: {sum(parts):.4f} ({", ".join(map(str, parts))})')


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
