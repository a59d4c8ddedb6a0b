#!/usr/bin/env python3
"""Writes a trained model for the page.   export_onnx.py CHECKPOINT OUT_DIR [--bits 8|16|32]

trunk.onnx, duration.onnx, pitch.onnx (opset 17, a KV cache as input and output), model.json with their sizes and
hashes, and reference.json: a few inputs with the answers PyTorch gives to the very weights in the files, which a test
compares with ONNX Runtime's. With 8 bits each row of a matrix has its own scale; the files hold whole numbers that are
multiplied back when the model is loaded.
"""
import argparse
import hashlib
import json
import os

import torch
import torch.nn as nn
import torch.nn.functional as F

from melody_model import CHOICE_FIELDS, CHOICE_SIZES, DURATIONS, GAPS, PITCHES, STEP_FIELDS, STEP_SIZES, Fields, Melody

NAME, VERSION = 'arietta-melody', 1


class Small(nn.Module):
    """A matrix in few bits."""

    def __init__(self, weight, bits):
        super().__init__()
        self.bits = bits
        if bits == 8:
            scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
            self.register_buffer('whole', (weight / scale).round().to(torch.int8))
            self.register_buffer('scale', scale)
        else:
            self.register_buffer('whole', weight.to(torch.float16 if bits == 16 else torch.float32))

    def forward(self):
        wide = self.whole.to(torch.float32)
        return wide * self.scale if self.bits == 8 else wide


class SmallLinear(nn.Module):
    def __init__(self, linear, bits):
        super().__init__()
        self.weight, self.bias = Small(linear.weight.detach(), bits), linear.bias

    def forward(self, x):
        return F.linear(x, self.weight(), self.bias)


class SmallTable(nn.Module):
    def __init__(self, table, bits):
        super().__init__()
        self.rows = Small(table.weight.detach(), bits)

    @property
    def weight(self):
        return self.rows()

    def forward(self, index):
        return F.embedding(index, self.rows())


def make_small(module, bits):
    for name, child in module.named_children():
        if isinstance(child, nn.Linear):
            setattr(module, name, SmallLinear(child, bits))
        elif isinstance(child, nn.Embedding):
            setattr(module, name, SmallTable(child, bits))
        else:
            make_small(child, bits)
    return module


def load(checkpoint, bits=32):
    saved = torch.load(checkpoint, map_location='cpu')
    model = Melody(**saved['sizes'])
    model.load_state_dict(saved['model'])
    model.eval()
    return (make_small(model, bits) if bits != 32 else model), saved


def some_steps(count):
    generator = torch.Generator().manual_seed(5)
    fields = [torch.randint(0, size, (1, count, 1), generator=generator) for size in STEP_SIZES]
    times = torch.arange(count).view(1, count, 1) * 12
    return torch.cat(fields + [times, torch.full_like(times, 96)], -1)


def some_choices(count):
    generator = torch.Generator().manual_seed(6)
    fields = [torch.randint(0, size, (count, 1), generator=generator) for size in CHOICE_SIZES]
    return torch.cat(fields + [torch.randint(0, PITCHES, (count, 1), generator=generator)], -1)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('checkpoint')
    parser.add_argument('out')
    parser.add_argument('--bits', type=int, default=8, choices=(8, 16, 32))
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    model, saved = load(args.checkpoint, args.bits)
    sizes = saved['sizes']
    size = sizes['width'] // sizes['heads']
    past = torch.zeros(sizes['layers'], 2, 2, sizes['kv_heads'], 3, size)
    choice, hidden = some_choices(2), torch.randn(2, sizes['width'], generator=torch.Generator().manual_seed(7))
    # Nothing is folded: the whole numbers must stay whole numbers in the file.
    common = dict(opset_version=17, do_constant_folding=False)
    with torch.no_grad():
        torch.onnx.export(model.trunk, (some_steps(2).expand(2, 2, STEP_FIELDS).contiguous(), past), os.path.join(args.out, 'trunk.onnx'),
                          input_names=['step', 'past'], output_names=['hidden', 'gap', 'present'],
                          dynamic_axes={'step': {0: 'rows', 1: 'time'}, 'past': {2: 'rows', 4: 'earlier'}, 'hidden': {0: 'rows', 1: 'time'},
                                        'gap': {0: 'rows', 1: 'time'}, 'present': {2: 'rows', 4: 'all'}}, **common)
        for name, head in (('duration', model.duration), ('pitch', model.pitch)):
            torch.onnx.export(head, (hidden, choice), os.path.join(args.out, name + '.onnx'), input_names=['hidden', 'choice'],
                              output_names=['scores'], dynamic_axes={n: {0: 'rows'} for n in ('hidden', 'choice', 'scores')}, **common)
        steps = some_steps(12)
        empty = torch.zeros(sizes['layers'], 2, 1, sizes['kv_heads'], 0, size)
        thought, gap, _ = model.trunk(steps, empty)
        reference = dict(steps=steps[0].tolist(), choice=choice.tolist(), hidden=[round(x, 6) for x in thought[0, -1].tolist()],
                         gap=[round(x, 6) for x in gap[0, -1].tolist()],
                         duration=[[round(x, 6) for x in row] for row in model.duration(thought[0, -2:], choice).tolist()],
                         pitch=[[round(x, 6) for x in row] for row in model.pitch(thought[0, -2:], choice).tolist()])
    with open(os.path.join(args.out, 'reference.json'), 'w') as f:
        json.dump(reference, f, separators=(',', ':'))
    write_manifest(args.out, sizes, saved, args.bits)


def write_manifest(out, sizes, saved, bits):
    files = {}
    for name in ('trunk.onnx', 'duration.onnx', 'pitch.onnx', 'melody.bin'):
        path = os.path.join(out, name)
        if os.path.exists(path):
            data = open(path, 'rb').read()
            files[name] = dict(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
    manifest = dict(name=NAME, version=VERSION, bits=bits, layers=sizes['layers'], kv_heads=sizes['kv_heads'], head_size=sizes['width'] // sizes['heads'],
                    hidden=sizes['width'], gaps=GAPS, durations=DURATIONS, pitches=PITCHES, features=STEP_FIELDS, choices=CHOICE_FIELDS,
                    learned_notes=saved['notes'], files=files)
    with open(os.path.join(out, 'model.json'), 'w') as f:
        json.dump(manifest, f, indent=1)
        f.write('\n')


if __name__ == '__main__':
    main()
