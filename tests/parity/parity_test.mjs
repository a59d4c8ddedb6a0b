// engine.wasm must sound like the native engine: the same bytes in, the same samples out, to -120 dB.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after } from 'node:test';
import { fileURLToPath } from 'node:url';

import { EngineModule, message } from './engine_module.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = process.env.ARIETTA_CLI ?? join(root, 'build/native-release/engine/host/studio_cli');
const cache = process.env.ARIETTA_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'arietta');
const bank = process.env.ARIETTA_BANK ?? join(cache, 'sources/bank-fluidr3mono/usr/share/sounds/sf3/FluidR3Mono_GM.sf3');
const folder = mkdtempSync(join(tmpdir(), 'arietta-parity-'));
after(() => rmSync(folder, { recursive: true }));

const toleranceDb = -120; // measured: -156
const latencyOffset = 76; // TelemetryBlock::latency_frames
const highWaterOffset = 44; // TelemetryBlock::arena_high_water
const blockDelay = 31;

// A song of three instruments with bends, pedal, tempo changes and drums.
function midiFile() {
  const number = (value) => {
    const bytes = [value & 127];
    while ((value >>= 7)) bytes.unshift((value & 127) | 128);
    return bytes;
  };
  const chunk = (name, bytes) => [...Buffer.from(name), ...[24, 16, 8, 0].map((shift) => (bytes.length >> shift) & 255), ...bytes];
  const track = (...events) => chunk('MTrk', [...events.flatMap(([delta, ...bytes]) => [...number(delta), ...bytes]), 0, 255, 47, 0]);
  const phrase = (channel, program, base) =>
    track(
      [0, 0xc0 | channel, program],
      ...Array.from({ length: 24 }, (_, i) => [
        [0, 0x90 | channel, base + ((i * 5) % 12), 60 + i],
        [60, 0xe0 | channel, (i * 9) % 128, 60 + (i % 9)],
        [0, 0xb0 | channel, 64, i % 3 ? 127 : 0],
        [100, 0x80 | channel, base + ((i * 5) % 12), 64],
      ]).flat(),
    );
  const conductor = track([0, 255, 81, 3, 7, 161, 32], [480, 255, 81, 3, 6, 26, 128]);
  const header = chunk('MThd', [0, 1, 0, 4, 1, 224]);
  return Buffer.from([...header, ...conductor, ...phrase(0, 0, 52), ...phrase(1, 48, 60), ...phrase(9, 0, 36)]);
}

const song = join(folder, 'song.mid');
writeFileSync(song, midiFile());

// Float samples of a WAV the command line wrote: [left, right].
function wavSamples(file) {
  const bytes = readFileSync(file);
  const data = bytes.subarray(44);
  const floats = new Float32Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length));
  return [0, 1].map((side) => floats.filter((_, i) => i % 2 === side));
}

function largestDifferenceDb(ours, theirs) {
  let largest = 0;
  for (let i = 0; i < theirs.length; ++i) largest = Math.max(largest, Math.abs(ours[i] - theirs[i]));
  return 20 * Math.log10(largest + 1e-12);
}

function compare(args, environment) {
  const env = { ...process.env, ARIETTA_BANK: '', ...environment };
  const wav = join(folder, 'song.wav');
  const packets = join(folder, 'song.packets');
  execFileSync(cli, ['render', song, wav, '--seconds', '6', '--bits', '32', ...args], { env });
  execFileSync(cli, ['packets', song, packets, ...args], { env });
  const native = wavSamples(wav);
  assert.ok(Math.max(...native[0].subarray(0, 96000).map(Math.abs)) > 0.05, 'the native render is silent');

  const engine = new EngineModule();
  engine.load(readFileSync(packets));
  const delay = engine.telemetry(latencyOffset) - blockDelay;
  engine.command(message.play);
  const sides = [[], []];
  for (let frames = 0; frames < native[0].length + delay; frames += 1024) engine.render(1024).forEach((part, side) => sides[side].push(...part));
  for (const side of [0, 1]) {
    const difference = largestDifferenceDb(sides[side].slice(delay), native[side]);
    assert.ok(difference < toleranceDb, `native and wasm differ by ${difference.toFixed(1)} dB`);
  }
  assert.ok(!engine.said().some(({ type }) => type === message.fault));
}

test('the built-in synths sound the same natively and as wasm', () => compare([], {}));

test('the sampled instruments sound the same natively and as wasm', () => {
  execFileSync(join(root, 'tools/fetch.sh'), ['bank-fluidr3mono']);
  compare(['--soundfont', bank], {});
});

test('any quantum gives the same samples', () => {
  const packets = join(folder, 'cut.packets');
  execFileSync(cli, ['packets', song, packets], { env: { ...process.env, ARIETTA_BANK: '' } });
  const play = (quantum) => {
    const engine = new EngineModule();
    engine.load(readFileSync(packets));
    engine.command(message.play);
    const samples = [];
    while (samples.length < 40000) samples.push(...engine.render(quantum)[0]);
    return samples.slice(0, 40000);
  };
  const whole = play(1024);
  for (const quantum of [128, 441, 960]) assert.deepEqual(play(quantum), whole, `a quantum of ${quantum}`);
});

test('memory does not grow in twenty edits of a playing song', () => {
  const packets = join(folder, 'edit.packets');
  execFileSync(cli, ['packets', song, packets], { env: { ...process.env, ARIETTA_BANK: '' } });
  const plan = readFileSync(packets);
  const engine = new EngineModule();
  engine.load(plan);
  engine.command(message.play);
  engine.load(plan);
  const before = [engine.memoryBytes, engine.exports.eng_memory_epoch(), engine.telemetry(highWaterOffset)];
  for (let edit = 0; edit < 20; ++edit) {
    engine.load(plan);
    for (let i = 0; i < 40; ++i) engine.render(128);
  }
  assert.deepEqual([engine.memoryBytes, engine.exports.eng_memory_epoch(), engine.telemetry(highWaterOffset)], before);
});

test('too little memory is refused, and an engine that did not start stays silent', () => {
  const engine = new EngineModule({ arenaBytes: 1 << 20 });
  assert.equal(engine.ready, false);
  assert.equal(engine.exports.eng_inbox(64), 0);
  assert.equal(engine.exports.eng_outbox_len(), 0);
});
