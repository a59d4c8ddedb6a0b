// `./studio complete` as people use it, with the model that ships: files of prompts in, suggestions and likelihoods out.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const path = (name) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'arietta-complete-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name) => join(folder, name);

const command = path('tools/complete/complete.mjs');
const parse = (text) => text.split('\n').filter(Boolean).map((line) => JSON.parse(line));

// Runs the command on these lines (objects, or text as it is).   { status, stderr, text, answers }
function run(question, lines, words) {
  writeFileSync(file('in.jsonl'), lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)) + '\n').join(''));
  const { status, stderr } = spawnSync('node', [command, question, file('in.jsonl'), '--out', file('out.jsonl'), ...words], { encoding: 'utf8' });
  const text = readFileSync(file('out.jsonl'), 'utf8');
  return { status, stderr, text, answers: parse(text) };
}
const complete = (lines, ...words) => run('--in', lines, words);

// Where nothing may fail.
function answered(lines, ...words) {
  const { status, stderr, answers, text } = complete(lines, ...words);
  assert.equal(status, 0, stderr + text.slice(0, 500));
  return answers;
}

function judged(lines) {
  const { status, stderr, answers } = run('--nll', lines, []);
  assert.equal(status, 0, stderr);
  return answers;
}

// Eight bars of 4/4 in C: a phrase and its answer, twice.
const phrase = [60, 62, 64, 65, 67, 67, 69, 67, 65, 64, 62, 64, 60, 60, 67, 64];
const tune = [0, 1].flatMap((half) => phrase.map((pitch, i) => [half * 384 + i * 24, 24, pitch]));
const prompt = { id: 'tune', notes: tune, cut: 768, key: { tonic: 'C', mode: 'major' }, meter: '4/4', bar: 96, pickup: 0 };
const gap = { ...prompt, id: 'gap', notes: tune.slice(0, 16), after: tune.slice(24), cut: 384, gap_end: 576 };

test('each sample is a line with the prompt\'s id and notes that begin at the cut or later', () => {
  const answers = answered([prompt, { ...prompt, id: 7, notes: tune.slice(0, 16), cut: 384 }], '--samples', '3');
  assert.deepEqual(answers.map(({ id }) => id), ['tune', 'tune', 'tune', 7, 7, 7]);
  for (const { id, notes } of answers) {
    assert.ok(notes.length > 0);
    for (const [onset, duration, pitch] of notes) assert.ok(onset >= (id === 7 ? 384 : 768) && duration > 0 && pitch >= 0 && pitch <= 127, `${onset} ${duration} ${pitch}`);
  }
  assert.notDeepEqual(answers[0].notes, answers[1].notes);
});

test('a seed gives the same bytes whatever the number of threads, another seed gives others', () => {
  const lines = [1, 2, 3, 4, 5].map((id) => ({ ...prompt, id, notes: tune.slice(0, 12), cut: 288, adventurous: 1 }));
  const [one, two, other] = [['--seed', '5', '--jobs', '1'], ['--seed', '5', '--jobs', '2'], ['--seed', '6']].map((words) => complete(lines, ...words).text);
  assert.equal(one, two);
  assert.notEqual(one, other);
  const turned = complete([...lines].reverse(), '--seed', '5').answers.reverse();
  assert.deepEqual(turned, parse(one), 'neighbours matter');
});

test('greedy needs no chance', () => {
  const [one, other] = ['1', '2'].map((seed) => answered([prompt], '--greedy', '--seed', seed));
  assert.deepEqual(one, other);
});

test('a filled gap stays inside it, and both sides matter', () => {
  const [filled] = answered([gap], '--greedy');
  assert.ok(filled.notes.length > 0);
  for (const [onset, duration] of filled.notes) assert.ok(onset >= 384 && onset + duration <= 576, `${onset}+${duration}`);
  // After half a phrase nothing is decided yet: where the tune goes on decides.
  const early = { ...gap, notes: tune.slice(0, 8), cut: 192, gap_end: 288 };
  const after = (pitch) => Array.from({ length: 16 }, (_, i) => [288 + i * 12, 12, pitch - (i % 3)]);
  const [low, high] = answered([{ ...early, after: after(55) }, { ...early, after: after(79) }], '--greedy');
  assert.notDeepEqual(low.notes, high.notes);
});

test('prompts of the measuring scripts are understood: prompt, right and truth', () => {
  const { notes, after: right, ...rest } = gap;
  assert.deepEqual(answered([{ ...rest, prompt: notes, right, truth: tune.slice(16, 24) }]), answered([gap]));
});

test('packed files in and out', () => {
  writeFileSync(file('p.jsonl.gz'), gzipSync(JSON.stringify(prompt)));
  assert.equal(spawnSync('node', [command, '--in', file('p.jsonl.gz'), '--out', file('q.jsonl.gz')]).status, 0);
  assert.deepEqual(parse(gunzipSync(readFileSync(file('q.jsonl.gz'))).toString()), answered([prompt]));
});

test('odd metres, chords, one note and ten thousand are all answered', () => {
  const long = Array.from({ length: 10_000 }, (_, i) => [i * 12, 12, 60 + ((i * 7) % 12)]);
  const lines = [
    { ...prompt, id: 'seven', meter: '7/8', bar: 84, notes: Array.from({ length: 28 }, (_, i) => [i * 12, 12, 60 + (i % 7)]), cut: 336 },
    { ...prompt, id: 'no metre', meter: null, bar: null },
    { ...prompt, id: 'chords', notes: tune.flatMap(([onset, duration, pitch]) => [[onset, duration, pitch], [onset, duration, pitch - 4], [onset, duration, pitch - 7]]) },
    { ...prompt, id: 'one', notes: [[0, 24, 60]], cut: 96 },
    { ...prompt, id: 'long', notes: long, cut: 120_000 },
    { id: 'bare', notes: tune },
  ];
  const answers = answered(lines);
  assert.deepEqual(answers.map(({ id }) => id), lines.map(({ id }) => id));
  for (const { id, notes } of answers) assert.ok(notes.length > 0, id);
});

test('a line that cannot be answered says why, the others are answered, and the exit code tells', () => {
  const bad = ['this is not JSON', '[1,2]', { id: 'no notes' }, { id: 'silence', notes: [] }, { id: 'text', notes: 'la la la' }, { id: 'range', notes: [[0, 24, 200]] }, { id: 'backwards', notes: tune, cut: 768, gap_end: 700 }, { id: 'task', notes: tune, task: 'dance' }];
  const { status, stderr, answers } = complete([prompt, ...bad, { ...prompt, id: 'last' }]);
  assert.equal(status, 1);
  assert.match(stderr, /8 of 10 lines/);
  assert.deepEqual(answers.filter(({ error }) => !error).map(({ id }) => id), ['tune', 'last']);
  const errors = answers.filter(({ error }) => error);
  assert.deepEqual(errors.map(({ id }) => id), [null, null, 'no notes', 'silence', 'text', 'range', 'backwards', 'task']);
  for (const { error } of errors) assert.match(error, /^[A-Z“].* .*\.$/);
});

test('nothing to do, no such file, a wrong word: one sentence and exit 1', () => {
  writeFileSync(file('cut.jsonl.gz'), gzipSync(JSON.stringify(prompt)).subarray(0, 40));
  assert.deepEqual(complete([]), { status: 0, stderr: '', text: '', answers: [] });
  for (const [words, sentence] of [
    [['--in', file('absent.jsonl'), '--out', file('x')], /absent\.jsonl: there is no such file/],
    [['--in', folder, '--out', file('x')], /is a folder/],
    [['--in', file('cut.jsonl.gz'), '--out', file('x')], /cannot be read to its end/],
    [['--out', file('x')], /--in/],
    [['--in', file('in.jsonl'), '--samples', 'many'], /--samples wants a whole number/],
    [['--in', file('in.jsonl'), '--task', 'dance'], /no task “dance”/],
    [['--in', file('in.jsonl'), '--loud'], /no option --loud/],
  ]) {
    const { status, stderr } = spawnSync('node', [command, ...words], { encoding: 'utf8' });
    assert.equal(status, 1, words.join(' '));
    assert.match(stderr, sentence);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
  }
});

test('a damaged model is named, not used', () => {
  const model = file('model');
  cpSync(path('models/melody'), model, { recursive: true });
  const bytes = readFileSync(join(model, 'pitch.onnx'));
  bytes[bytes.length >> 1] ^= 1;
  writeFileSync(join(model, 'pitch.onnx'), bytes);
  const { status, stderr } = complete([prompt], '--model', model);
  assert.equal(status, 1);
  assert.match(stderr, /pitch\.onnx is damaged/);
});

test('likelihoods: one for each note of the truth, the pitch a part of the whole', () => {
  const truth = tune.slice(16);
  const [{ id, nll, nll_pitch }] = judged([{ ...prompt, notes: tune.slice(0, 16), truth, cut: 384 }]);
  assert.equal(id, 'tune');
  assert.equal(nll.length, truth.length);
  assert.equal(nll_pitch.length, truth.length);
  for (const [i, value] of nll.entries()) assert.ok(Number.isFinite(value) && nll_pitch[i] >= 0 && value >= nll_pitch[i], `${value} ${nll_pitch[i]}`);
});

test('the chances of all pitches add up to one', () => {
  const lines = Array.from({ length: 128 }, (_, pitch) => ({ ...prompt, id: pitch, truth: [[768, 24, pitch]] }));
  const sum = judged(lines).reduce((total, { nll_pitch }) => total + Math.exp(-nll_pitch[0]), 0);
  assert.ok(Math.abs(sum - 1) < 1e-3, `${sum}`);
});

test('music is likelier than noise, and a repeat likelier than a surprise', () => {
  const mean = ({ nll }) => nll.reduce((sum, value) => sum + value, 0) / nll.length;
  const half = { ...prompt, notes: tune.slice(0, 16), cut: 384 };
  const noise = tune.slice(16).map(([onset], i) => [onset + ((i * 7) % 5), 1 + ((i * 5) % 17), 40 + ((i * 37) % 50)]);
  const [repeat, wild] = judged([{ ...half, truth: tune.slice(16) }, { ...half, truth: noise }]).map(mean);
  assert.ok(repeat < 2, `${repeat}`);
  assert.ok(wild > repeat + 3, `${wild} against ${repeat}`);
});
