#!/usr/bin/env python3
"""Trains the melody model.   train_melody.py STEPS_DIR OUT_DIR [--updates N | --minutes M] [--seed S] [--batch STEPS]
                                               [--go-on CHECKPOINT [--peak SHARE]]

Matrices of the trunk learn by Muon (Jordan et al., 2024: momentum made orthogonal by a Newton-Schulz iteration), the rest
by AdamW. The learning rate warms up, stays, and falls to zero over the last part of the run, which is told by updates or
by minutes. Writes checkpoint.pt, log.jsonl (a line every few updates) and best figures; the same seed and updates give the
same weights on the same machine. A run can go on from the checkpoint of another: the learning rate rises again, to a share of
its old height, and another seed shows the tunes in another order.
"""
import argparse
import json
import os
import time

import torch

from melody_model import Melody
from steps_data import Sampler, Steps, batch_of

FALL = .45           # share of the run in which the learning rate falls
VALID_STEPS = 40000  # of each validation set, measured every VALID_EVERY updates
VALID_EVERY = 100


def orthogonal(matrix):
    """Newton-Schulz: singular values to about one."""
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.t() if tall else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        a = x @ x.t()
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return x.t() if tall else x


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr, momentum=.95, decay=.01):
        super().__init__(params, dict(lr=lr, momentum=momentum, decay=decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group['params']:
                moving = self.state[p].setdefault('moving', torch.zeros_like(p))
                moving.mul_(group['momentum']).add_(p.grad)
                change = orthogonal(p.grad + group['momentum'] * moving)
                p.mul_(1 - group['lr'] * group['decay'])
                p.add_(change, alpha=-group['lr'] * max(1, p.shape[0] / p.shape[1]) ** .5)


def optimisers(model):
    matrices = [p for n, p in model.trunk.blocks.named_parameters() if p.ndim == 2]
    matrices += [model.duration.thought.weight, model.pitch.thought.weight]
    own = {id(p) for p in matrices}
    others = [p for p in model.parameters() if id(p) not in own]
    return [(Muon(matrices, lr=.02), .02), (torch.optim.AdamW(others, lr=3e-3, betas=(.9, .98), weight_decay=.01), 3e-3)]


@torch.no_grad()
def measure(model, data):
    """Nats per note: gap, duration, pitch."""
    model.eval()
    sums, count, seen = [0.0] * 3, 0.0, 0
    stride = max(1, int(data.lengths.sum() // VALID_STEPS))
    chosen = sorted(range(0, len(data.lengths), stride), key=lambda i: data.lengths[i])
    for at in range(0, len(chosen), 16):
        parts, weight = model.losses(*batch_of([data.example(i) for i in chosen[at:at + 16]]))
        sums, count = [a + float(b) for a, b in zip(sums, parts)], count + float(weight)
    model.train()
    return [round(s / count, 4) for s in sums]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('steps')
    parser.add_argument('out')
    parser.add_argument('--updates', type=int, default=0)
    parser.add_argument('--minutes', type=float, default=0)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--batch', type=int, default=5000)
    parser.add_argument('--sizes', default='{}', help='JSON: layers, inner, ... of the trunk')
    parser.add_argument('--go-on', help='checkpoint.pt of an earlier run')
    parser.add_argument('--peak', type=float, default=1, help='highest learning rate, as a share of the usual')
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    torch.manual_seed(args.seed)

    sizes = dict(width=256, layers=5, heads=8, kv_heads=2, inner=640, dropout=0.0, **json.loads(args.sizes))
    before = torch.load(args.go_on) if args.go_on else dict(update=0, notes=0, sizes=sizes)
    model = Melody(**before['sizes'])
    if args.go_on:
        model.load_state_dict(before['model'])
    data = Steps([os.path.join(args.steps, name + '.steps') for name in ('train', 'chorales_train')])
    valid = {name: Steps([os.path.join(args.steps, name + '.steps')]) for name in ('valid', 'unseen', 'chorales_valid')}
    print(f'{sum(p.numel() for p in model.parameters())} weights, {len(data.lengths)} examples, {data.lengths.sum()} steps', flush=True)
    learners = optimisers(model)
    log = open(os.path.join(args.out, 'log.jsonl'), 'a')
    told = os.path.join(args.out, 'minutes')
    begin, update, learned, recent = time.time(), 0, before['notes'], None
    for batch in Sampler(data, args.batch, args.seed):
        if os.path.exists(told):                       # a run may be told to end sooner or later
            args.minutes = float(open(told).read() or args.minutes)
        done = (time.time() - begin) / 60 / args.minutes if args.minutes else update / args.updates
        if done >= 1:
            break
        rate = args.peak * min(1, (update + 1) / 60, (1 - done) / FALL)
        for learner, top in learners:
            for group in learner.param_groups:
                group['lr'] = top * rate
        parts, weight = model.losses(*batch)
        loss = sum(parts) / weight
        for learner, _ in learners:
            learner.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for learner, _ in learners:
            learner.step()
        update += 1
        learned += int(weight)
        now = [float(p / weight) for p in parts]
        recent = now if recent is None else [.95 * a + .05 * b for a, b in zip(recent, now)]
        if update % 20 == 0:
            line = dict(update=update, minutes=round((time.time() - begin) / 60, 2), notes=learned, rate=round(rate, 3),
                        train=[round(r, 4) for r in recent])
            if update % VALID_EVERY == 0:
                line.update({name: measure(model, of) for name, of in valid.items()})
                torch.save(dict(model=model.state_dict(), sizes=before['sizes'], update=before['update'] + update, notes=learned), os.path.join(args.out, 'checkpoint.pt'))
            log.write(json.dumps(line) + '\n')
            log.flush()
            print(json.dumps(line), flush=True)
    line = dict(update=update, minutes=round((time.time() - begin) / 60, 2), notes=learned, rate=0, final=True,
                **{name: measure(model, of) for name, of in valid.items()})
    log.write(json.dumps(line) + '\n')
    torch.save(dict(model=model.state_dict(), sizes=before['sizes'], update=before['update'] + update, notes=learned), os.path.join(args.out, 'checkpoint.pt'))
    print(json.dumps(line), flush=True)


if __name__ == '__main__':
    main()
