"""The files that `studio_cli melody-steps` writes, as batches. Augments as it goes; the rest is engine/assist's work."""
import numpy as np
import torch

from melody_model import CHOICE_FIELDS, NO_DEGREE, PITCHES, STEP_FIELDS

ROLE, DEGREE, INTERVAL, GAP, DURATION, BEAT, BAR_PLACE, END_BEAT, END_BAR, BAR_NUMBER, METER, MODE, TRADITION, PART, \
    DENSITY, REMAINING, CHORD, GUIDE, ONSET, BAR_TICKS = range(STEP_FIELDS)
NO_CHORD, NO_GUIDE, NO_BAR_PLACE, NO_BAR_NUMBER = 60, 97, 48, 16
MELODY, GAP_PART = 0, 1                                           # of PART; higher ones are voices against a guide


class Steps:
    """Examples of one file; example i is rows[starts[i]:starts[i + 1]]."""

    def __init__(self, paths):
        parts, lengths = [], []
        for path in paths:
            numbers = np.fromfile(path, dtype='<i2')
            assert (numbers[0], numbers[1]) == (STEP_FIELDS, CHOICE_FIELDS), 'made by another engine/assist'
            width = STEP_FIELDS + CHOICE_FIELDS + 2
            at, rows = 2, []
            while at < len(numbers):
                count = int(numbers[at])
                rows.append(numbers[at + 1:at + 1 + count * width].reshape(count, width))
                lengths.append(count)
                at += 1 + count * width
            parts.append(np.concatenate(rows))
        self.rows = np.concatenate(parts)
        self.lengths = np.array(lengths)
        self.starts = np.concatenate([[0], np.cumsum(self.lengths)])
        first = self.rows[self.starts[:-1]]
        self.tradition, self.part = first[:, TRADITION], first[:, PART]

    def example(self, i):
        return self.rows[self.starts[i]:self.starts[i + 1]]


def batch_of(examples):
    """Padded behind; nothing looks ahead and padding is not learned from, so it changes nothing."""
    longest = max(len(rows) for rows in examples)
    joined = np.zeros((len(examples), longest, examples[0].shape[1]), dtype=np.int64)
    for i, rows in enumerate(examples):
        joined[i, :len(rows)] = rows
        joined[i, len(rows):, BAR_TICKS] = 96
    tensor = torch.from_numpy(joined)
    return (tensor[..., :STEP_FIELDS], tensor[..., STEP_FIELDS:STEP_FIELDS + CHOICE_FIELDS],
            tensor[..., -2], tensor[..., -1].float())


def hide(rows, random):
    """What the model must also do without, and pitches it must read from another tonic. Changes a copy."""
    rows = rows.copy()
    step, choice = rows[:, :STEP_FIELDS], rows[:, STEP_FIELDS:-2]
    if random.random() < .35:
        step[:, TRADITION] = 0
    if random.random() < .1:
        step[:, MODE] = 0
    if random.random() < .5:
        step[:, DENSITY] = 0
    if random.random() < .4:
        step[:, CHORD], choice[:, 5] = NO_CHORD, NO_CHORD
    if random.random() < .04:
        step[:, METER], step[:, BAR_PLACE], step[:, END_BAR], step[:, BAR_NUMBER] = 0, NO_BAR_PLACE, NO_BAR_PLACE, NO_BAR_NUMBER
        step[:, BAR_TICKS], choice[:, 3] = 96, NO_BAR_PLACE
    shift = 0
    kind = random.random()
    if kind < .15:
        shift = 12 if random.random() < .5 else -12
    elif kind < .2:
        shift = int(random.integers(-6, 7))
        step[:, MODE], step[:, CHORD], choice[:, 5] = 0, NO_CHORD, NO_CHORD
    if shift:
        columns = ((step[:, DEGREE], NO_DEGREE), (step[:, GUIDE], NO_GUIDE), (choice[:, 6], NO_GUIDE),
                   (choice[:, 7], NO_DEGREE), (rows[:, -2], -1))
        weighed = rows[:, -1] > 0
        moved = rows[weighed, -2] + shift
        if moved.size and 0 <= moved.min() and moved.max() < PITCHES:
            for column, none in columns:
                column[:] = np.where(column == none, none, np.clip(column + shift, 0, PITCHES - 1))
    return rows


class Sampler:
    """Endless batches of about `size` steps. Traditions are drawn with the square root of their size, so that the large
    archive does not drown the others; kinds of examples by the shares below. Lengths in a batch are alike."""

    SHARES = {'melody': .62, 'gap': .24, 'voices': .14}

    def __init__(self, data, size, seed):
        self.data, self.size, self.random = data, size, np.random.default_rng(seed)
        kinds = np.where(data.part == MELODY, 0, np.where(data.part == GAP_PART, 1, 2))
        weight = np.zeros(len(data.lengths))
        for kind, share in enumerate(self.SHARES.values()):
            here = kinds == kind
            total = 0
            for tradition in np.unique(data.tradition[here]):
                of = here & (data.tradition == tradition)
                steps = data.lengths[of].sum()
                weight[of] = data.lengths[of] / steps * np.sqrt(steps)   # in proportion to length, like the notes
                total += np.sqrt(steps)
            weight[here] *= share / total
        self.chance = weight / weight.sum() / data.lengths * data.lengths.mean()
        self.chance /= self.chance.sum()

    def __iter__(self):
        while True:
            pool = self.random.choice(len(self.data.lengths), 512, p=self.chance)
            pool = pool[np.argsort(self.data.lengths[pool], kind='stable')]
            batches, batch = [], []
            for i in pool:
                if batch and (len(batch) + 1) * self.data.lengths[i] > self.size:
                    batches.append(batch)
                    batch = []
                batch.append(i)
            for k in self.random.permutation(len(batches)):             # the unfinished last one is left out
                yield batch_of([hide(self.data.example(i), self.random) for i in batches[k]])
