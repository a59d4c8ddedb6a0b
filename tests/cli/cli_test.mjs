// The command line as people use it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

const cli = process.env.ARIETTA_CLI ?? fileURLToPath(new URL('../../build/native-release/engine/host/studio_cli', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'arietta-cli-'));
after(() => rmSync(folder, { recursive: true }));
const file = (name) => join(folder, name);

function run(...words) {
  const { status, stdout, stderr } = spawnSync(cli, words, { encoding: 'utf8', env: { ...process.env, ARIETTA_BANK: '' } });
  return { status, stdout, stderr };
}

// Succeeds and gives what it printed.
function print(...words) {
  const { status, stdout, stderr } = run(...words);
  assert.equal(status, 0, stderr);
  return stdout;
}

// Two tracks, four notes each, half a second a note.
function midiFile() {
  const chunk = (name, bytes) => [...Buffer.from(name), ...[24, 16, 8, 0].map((shift) => (bytes.length >> shift) & 255), ...bytes];
  const track = (channel, keys) =>
    chunk('MTrk', [0, 0xc0 | channel, channel, ...keys.flatMap((key) => [0, 0x90 | channel, key, 100, 96, 0x80 | channel, key, 0]), 0, 255, 47, 0]);
  return Buffer.from([...chunk('MThd', [0, 1, 0, 2, 0, 96]), ...track(0, [60, 64, 67, 72]), ...track(1, [48, 43, 48, 36])]);
}
const song = file('song.mid');
writeFileSync(song, midiFile());

const frames = (wav) => (readFileSync(wav).length - 44) / 4;

test('render writes the asked length at the asked rate, and it sounds', () => {
  print('render', song, file('out.wav'), '--rate', '44100', '--seconds', '2');
  const wav = readFileSync(file('out.wav'));
  assert.equal(wav.readUInt32LE(24), 44100);
  assert.equal(frames(file('out.wav')), 88200);
  assert.ok(new Int16Array(wav.buffer.slice(wav.byteOffset + 44, wav.byteOffset + wav.length)).some((sample) => Math.abs(sample) > 1000));
});

test('render without a length goes on until the song has died away', () => {
  print('render', song, file('whole.wav'));
  assert.ok(frames(file('whole.wav')) > 2 * 48000);
  assert.ok(frames(file('whole.wav')) < 14 * 48000);
});

test('stems are one file a track, and each has sound of its own', () => {
  print('render', song, file('mix.wav'), '--seconds', '1', '--stems', file('stems'));
  const names = readdirSync(file('stems')).sort();
  assert.equal(names.length, 2);
  const [first, second] = names.map((name) => readFileSync(join(file('stems'), name)));
  assert.notDeepEqual(first, second);
  for (const stem of [first, second]) assert.ok(stem.subarray(44).some((byte) => byte !== 0));
});

test('a song keeps its content as project, JSON and link', () => {
  print('convert', song, file('song.arietta'));
  print('convert', file('song.arietta'), file('song.json'));
  const link = print('link', file('song.json')).trim();
  assert.match(link, /^#s=[A-Za-z0-9_-]+$/);
  const hash = print('hash', song);
  for (const from of [file('song.arietta'), file('song.json'), link, `https://example.org/studio/${link}`]) assert.equal(print('hash', from), hash);
  assert.equal(JSON.parse(print('show', link)).tracks.length, 2);
});

test('export to MIDI keeps the notes', () => {
  print('convert', song, file('again.mid'));
  const notes = (from) =>
    JSON.parse(print('show', from)).tracks.map(({ clips }) =>
      clips.flatMap(({ start = 0, notes: all }) => all.map(({ start: at = 0, length, key = 60 }) => [start + at, length, key])),
    );
  assert.deepEqual(notes(file('again.mid')), notes(song));
});

test('check says what is in a song', () => assert.match(print('check', song), /fine: 2 tracks, 8 notes/));

test('trouble is one plain sentence on stderr and exit 1, and nothing is written', () => {
  writeFileSync(file('noise.mid'), Buffer.from('this is no music at all'));
  const troubles = [
    [['render', file('absent.mid'), file('x.wav')], /absent\.mid: No such file/],
    [['render', file('noise.mid'), file('x.wav')], /.+/],
    [['render', song, file('x.wav'), '--rate', 'fast'], /--rate wants a number/],
    [['render', song, file('x.wav'), '--tempo', '3'], /no option --tempo/],
    [['render', song], /missing/],
    [['convert', song, file('x.doc')], /\.mid, \.arietta and \.json/],
    [['link', '#s=1AAAA'], /.+/],
    [['dance'], /no command dance/],
  ];
  for (const [words, sentence] of troubles) {
    const { status, stdout, stderr } = run(...words);
    assert.equal(status, 1, words.join(' '));
    assert.match(stderr, sentence);
    assert.equal(stderr.trim().split('\n').length, 1, stderr);
    assert.equal(stdout, '');
  }
  assert.ok(!existsSync(file('x.wav')));
});

test('fuzz-one replays a file and knows its targets', () => {
  assert.match(print('fuzz-one', 'midi', song), /Nothing broke/);
  assert.match(run('fuzz-one', 'nothing', song).stderr, /plan packet/);
});
