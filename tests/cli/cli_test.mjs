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

// A second and a half of 16-bit sound, each channel a sine of its own.
function soundFile(name, channels, rate = 48000, count = 72000) {
  const wav = Buffer.alloc(44 + count * channels * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(channels, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * channels * 2, 28);
  wav.writeUInt16LE(channels * 2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(count * channels * 2, 40);
  for (let n = 0; n < count; n++)
    for (let c = 0; c < channels; c++) wav.writeInt16LE(Math.round(6000 * Math.sin((2 * Math.PI * 300 * (c + 1) * n) / rate)), 44 + (n * channels + c) * 2);
  writeFileSync(file(name), wav);
  return file(name);
}

test('voice writes exactly the asked length, whatever the file holds', () => {
  for (const [channels, rate, count, stretch] of [[2, 48000, 72000, 1.5], [1, 8000, 12345, 0.5], [6, 44100, 50001, 2], [2, 192000, 100000, 0.8]]) {
    print('voice', soundFile('in.wav', channels, rate, count), file('voice.wav'), '--stretch', String(stretch), '--vocals', 'remove');
    assert.equal(frames(file('voice.wav')), Math.round(count * stretch));
    assert.equal(readFileSync(file('voice.wav')).readUInt32LE(24), rate);
  }
});

test('voice as it was asked for nothing gives the sound as it was', () => {
  const before = soundFile('in.wav', 2);
  print('voice', before, file('voice.wav'));
  const [a, b] = [before, file('voice.wav')].map((name) => readFileSync(name).subarray(44));
  assert.equal(a.length, b.length);
  for (let i = 0; i < a.length; i += 2) assert.ok(Math.abs(a.readInt16LE(i) - b.readInt16LE(i)) <= 1);
});

test('voice says in plain words what it cannot do', () => {
  const empty = run('voice', soundFile('empty.wav', 2, 48000, 0), file('voice.wav'), '--stretch', '2');
  assert.equal(empty.status, 1);
  assert.match(empty.stderr, /This recording is empty/);
  const sound = soundFile('in.wav', 2);
  for (const [words, sentence] of [
    [['--stretch', '9'], /--stretch wants a number from 0\.25 to 4, not "9"/],
    [['--pitch', 'high'], /--pitch wants a number from -24 to 24/],
    [['--vocals', 'louder'], /--vocals is remove or isolate, not "louder"/],
  ]) {
    const { status, stderr } = run('voice', sound, file('voice.wav'), ...words);
    assert.equal(status, 1);
    assert.match(stderr, sentence);
  }
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

// 16-bit WAV bytes from a function of time and channel.
function wavBytes(seconds, sample, { rate = 22050, channels = 1 } = {}) {
  const count = Math.round(seconds * rate);
  const bytes = Buffer.alloc(44 + 2 * channels * count);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + 2 * channels * count, 4);
  bytes.write('WAVEfmt ', 8);
  [[16, 16], [20, 1 + 65536 * channels], [24, rate], [28, 2 * rate * channels], [32, 2 * channels + 65536 * 16]].forEach(([at, value]) => bytes.writeUInt32LE(value, at));
  bytes.write('data', 36);
  bytes.writeUInt32LE(2 * channels * count, 40);
  for (let i = 0; i < count; ++i)
    for (let c = 0; c < channels; ++c) bytes.writeInt16LE(Math.round(32767 * sample(i / rate, c)), 44 + 2 * (i * channels + c));
  return bytes;
}
// A chord of C major plucked twice a second.
const plucked = (t) => [262, 330, 392].reduce((sum, hz) => sum + 0.2 * Math.sin(2 * Math.PI * hz * t) * Math.exp(-6 * (t % 0.5)) * Math.min(1, (t % 0.5) * 300), 0);

test('analyse says what a recording is like', () => {
  for (const channels of [1, 2, 6]) {
    writeFileSync(file('plucked.wav'), wavBytes(10, plucked, { channels }));
    const said = JSON.parse(print('analyse', file('plucked.wav')));
    assert.ok(Math.abs(said.tempo - 120) < 1.2, `tempo ${said.tempo}`);
    assert.ok(said.beats.length >= 18 && said.beats.length <= 21);
    assert.ok(said.beats.every((beat) => Math.abs(beat * 2 - Math.round(beat * 2)) < 0.1), 'on the beat');
    assert.ok(said.downbeats.every((bar) => said.beats.includes(bar)));
    assert.ok(said.loudness.true_peak_dbtp < 0 && said.loudness.integrated_lufs > -40);
    assert.equal(typeof said.mood.word, 'string');
  }
});

test('analyse says of a song what is written in it', () => {
  const said = JSON.parse(print('analyse', song));
  assert.equal(said.tempo, 120);
  assert.deepEqual(said.beats.slice(0, 4), [0, 0.5, 1, 1.5]);
  assert.deepEqual(said.downbeats.slice(0, 2), [0]);
  assert.equal(said.key, 'C major');
});

test('what cannot be analysed is told in a sentence, with exit 2', () => {
  const whole = wavBytes(3, plucked);
  const troubles = {
    'nothing.wav': [Buffer.alloc(0), /empty/],
    'silence.wav': [wavBytes(3, () => 0), /silent/],
    'offset.wav': [wavBytes(3, () => 0.5), /silent/],
    'short.wav': [wavBytes(0.1, plucked), /shorter than half a second/],
    'no_frames.wav': [wavBytes(0, plucked), /empty/],
    'cut.wav': [whole.subarray(0, 30), /cut off/],
    'letter.wav': [Buffer.from('Dear Sir or Madam'), /not a song/],
    'noise.mp3': [Buffer.concat([Buffer.from('ID3'), Buffer.alloc(500, 7)]), /no MP3 sound/],
    'noise.flac': [Buffer.concat([Buffer.from('fLaC'), Buffer.alloc(500, 7)]), /FLAC file is damaged/],
    'some.ogg': [Buffer.concat([Buffer.from('OggS'), Buffer.alloc(500, 7)]), /Ogg file/],
  };
  for (const [name, [bytes, sentence]] of Object.entries(troubles)) {
    writeFileSync(file(name), bytes);
    const { status, stdout, stderr } = run('analyse', file(name));
    assert.equal(status, 2, name);
    assert.match(stderr, sentence, name);
    assert.equal(stdout, '', name);
  }
  writeFileSync(file('interrupted.mp3'), wavBytes(8, plucked).subarray(0, 300000));      // a WAV by another name, cut off
  const { status, stdout, stderr } = run('analyse', file('interrupted.mp3'));
  assert.equal(status, 0, stderr);
  assert.match(stderr, /ends before it should/);
  assert.ok(JSON.parse(stdout).tempo > 0);
});
