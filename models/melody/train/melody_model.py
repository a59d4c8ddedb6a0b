"""The melody model: a small decoder that reads one note a step, and the two heads that answer with it.

A step is a row of small whole numbers (engine/assist/features.h); each has its own embedding and they are summed. Attention
is turned by two rotary clocks (Su et al., RoFormer, 2021): half of each head counts notes, half counts bars, with
wavelengths of whole and half bars, so that "the same place four bars ago" is one and the same angle in every metre.
Keys and values are shared by groups of heads (Ainslie et al., GQA, 2023), which keeps the cache small.

A note is chosen in three parts, each knowing the ones before: the rest before it, its duration, its pitch. Pitch scores
are the sum of a score for the scale degree and a score for the interval, so what is learned in one key or at one height
holds in all.
"""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

# Sizes of the step's and the choice's fields, in the order of engine/assist/features.h; the last two of a step are numbers.
STEP_SIZES = [4, 98, 52, 98, 194, 24, 49, 24, 49, 17, 16, 8, 16, 5, 10, 131, 61, 98]
CHOICE_SIZES = [97, 194, 24, 49, 131, 61, 98]
STEP_FIELDS, CHOICE_FIELDS = len(STEP_SIZES) + 2, len(CHOICE_SIZES) + 1
GAPS, DURATIONS, PITCHES, INTERVALS = 97, 193, 97, 51
NO_DEGREE = 97
BAR_WAVES = [0.25, 0.5, 1, 2, 4, 8, 16, 64]                       # bars
NOTE_WAVES = [2 * math.pi * 1.9 ** i for i in range(8)]           # notes


def offsets(sizes):
    return torch.tensor([sum(sizes[:i]) for i in range(len(sizes))])


class Fields(nn.Module):
    """The sum of one embedding for each field."""

    def __init__(self, sizes, width):
        super().__init__()
        self.table = nn.Embedding(sum(sizes), width)
        self.register_buffer('offset', offsets(sizes), persistent=False)
        nn.init.normal_(self.table.weight, std=0.02)

    def forward(self, fields):
        shape = fields.shape
        flat = (fields + self.offset).reshape(-1, shape[-1])
        if torch.onnx.is_in_onnx_export():
            return self.table(flat).sum(1).reshape(*shape[:-1], -1)
        return F.embedding_bag(flat, self.table.weight, mode='sum').reshape(*shape[:-1], -1)


def turn(x, angles_cos, angles_sin):
    """Rotates pairs (x[i], x[i + half])."""
    half = x.shape[-1] // 2
    a, b = x[..., :half], x[..., half:]
    return torch.cat([a * angles_cos - b * angles_sin, a * angles_sin + b * angles_cos], -1)


class Block(nn.Module):
    def __init__(self, width, heads, kv_heads, inner, dropout):
        super().__init__()
        self.heads, self.kv_heads, self.size = heads, kv_heads, width // heads
        self.norm_a, self.norm_b = nn.LayerNorm(width), nn.LayerNorm(width)
        self.queries = nn.Linear(width, width, bias=False)
        self.keys_values = nn.Linear(width, 2 * kv_heads * self.size, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x, cos, sin, mask, past=None):
        batch, time = x.shape[0], x.shape[1]
        y = self.norm_a(x)
        q = self.queries(y).view(batch, time, self.heads, self.size).transpose(1, 2)
        kv = self.keys_values(y).view(batch, time, 2 * self.kv_heads, self.size).transpose(1, 2)
        q = turn(q, cos, sin)
        k, v = turn(kv[:, :self.kv_heads], cos, sin), kv[:, self.kv_heads:]
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        # All query heads of a group are rows of one product with the group's keys.
        groups = self.heads // self.kv_heads
        q = q.reshape(batch, self.kv_heads, groups * time, self.size)
        scores = torch.matmul(q, k.transpose(-1, -2)) * (self.size ** -0.5)
        scores = scores.view(batch, self.heads, time, -1) + mask
        y = torch.matmul(scores.softmax(-1).view(batch, self.kv_heads, groups * time, -1), v)
        y = y.view(batch, self.heads, time, self.size).transpose(1, 2).reshape(batch, time, -1)
        x = x + self.dropout(self.out(y))
        x = x + self.dropout(self.down(F.gelu(self.up(self.norm_b(x)))))
        return x, k, v


class Trunk(nn.Module):
    """Steps in, what the model thinks after each out, with the scores of the rest before the next note."""

    def __init__(self, width=256, layers=5, heads=8, kv_heads=2, inner=640, dropout=0.0, bar_clock=True):
        super().__init__()
        self.fields = Fields(STEP_SIZES + [13], width)            # and the degree's place in the octave
        self.blocks = nn.ModuleList(Block(width, heads, kv_heads, inner, dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(width)
        self.gap = nn.Linear(width, GAPS)
        self.dropout = nn.Dropout(dropout)
        self.register_buffer('bar_speed', 2 * math.pi / torch.tensor(BAR_WAVES) * bar_clock, persistent=False)
        self.register_buffer('note_speed', 2 * math.pi / torch.tensor(NOTE_WAVES), persistent=False)

    def forward(self, step, past=None):
        """step [B,T,fields] whole numbers; past [L,2,B,kv,P,size] or None. Returns hidden, gap scores, present."""
        earlier = 0 if past is None else past.shape[4]
        degree = step[..., 1:2]
        chroma = torch.where(degree == NO_DEGREE, torch.full_like(degree, 12), degree.remainder(12))
        x = self.dropout(self.fields(torch.cat([step[..., :-2], chroma], -1)))
        time = x.shape[1]
        bars = (step[..., -2:-1].float() / step[..., -1:].float())
        index = torch.arange(time, device=x.device, dtype=torch.float32) + earlier
        angles = torch.cat([bars * self.bar_speed,
                            (index.unsqueeze(-1) * self.note_speed).expand(x.shape[0], -1, -1)], -1).unsqueeze(1)
        cos, sin = angles.cos(), angles.sin()
        rows = torch.arange(time, device=x.device).unsqueeze(-1) + earlier
        mask = (torch.arange(time + earlier, device=x.device) > rows).float() * -1e9
        present = []
        for i, block in enumerate(self.blocks):
            x, k, v = block(x, cos, sin, mask, None if past is None else past[i])
            if past is not None:
                present.append(torch.stack([k, v]))
        x = self.norm(x)
        return x, self.gap(x), torch.stack(present) if present else None


class Head(nn.Module):
    """Looks at the trunk's thought and at what is already chosen of the note."""

    def __init__(self, width, answers):
        super().__init__()
        self.thought = nn.Linear(width, width)
        self.fields = Fields(CHOICE_SIZES, width)
        self.answer = nn.Linear(width, answers)

    def forward(self, hidden, choice):
        return self.answer(F.gelu(self.thought(hidden) + self.fields(choice[..., :-1])))


class DurationHead(Head):
    def __init__(self, width):
        super().__init__(width, DURATIONS)

    def forward(self, hidden, choice):
        known = torch.cat([choice[..., :1], torch.zeros_like(choice[..., 1:2]), choice[..., 2:]], -1)
        return super().forward(hidden, known)


class PitchHead(Head):
    """Scores for 97 degrees around the reference tonic."""

    def __init__(self, width, intervals=True):
        super().__init__(width, PITCHES + INTERVALS)
        self.intervals = intervals
        self.register_buffer('degrees', torch.arange(PITCHES), persistent=False)

    def forward(self, hidden, choice):
        scores = super().forward(hidden, choice)
        if not self.intervals:
            return scores[..., :PITCHES]
        last = choice[..., -1:]
        interval = (self.degrees - last + INTERVALS // 2).clamp(0, INTERVALS - 1)
        by_interval = torch.gather(scores[..., PITCHES:], -1, interval.expand(*scores.shape[:-1], PITCHES))
        return scores[..., :PITCHES] + torch.where(last == NO_DEGREE, torch.zeros_like(by_interval), by_interval)


class Melody(nn.Module):
    """bar_clock and intervals are switched off only to measure what they are worth (models/README.md)."""

    def __init__(self, width=256, intervals=True, **sizes):
        super().__init__()
        self.trunk = Trunk(width, **sizes)
        self.duration, self.pitch = DurationHead(width), PitchHead(width, intervals)

    def losses(self, step, choice, pitch, weight):
        """Weighted sums of the three parts, in nats; weight [B,T]."""
        hidden, gap, _ = self.trunk(step)
        keep = weight.reshape(-1) > 0
        hidden, gap = hidden.reshape(-1, hidden.shape[-1])[keep], gap.reshape(-1, GAPS)[keep]
        choice, pitch, weight = choice.reshape(-1, CHOICE_FIELDS)[keep], pitch.reshape(-1)[keep], weight.reshape(-1)[keep]
        parts = (F.cross_entropy(gap, choice[:, 0], reduction='none'),
                 F.cross_entropy(self.duration(hidden, choice), choice[:, 1], reduction='none'),
                 F.cross_entropy(self.pitch(hidden, choice), pitch, reduction='none'))
        return [(part * weight).sum() for part in parts], weight.sum()
