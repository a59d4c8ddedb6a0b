// Melody help as a person meets it, with the song playing: how long until three suggestions are there, what the sound and the
// screen notice of it, what has to be fetched; and how many prompts a second the command line answers.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { launch, open, openBytes, press, serve, site, state, telemetry, until } from '../../tests/web/harness.mjs';
import { finish, median, round } from './report.mjs';
import { band } from './songs.mjs';

const ROUNDS = 3;
const PROMPTS = 60;

// In the page: the longest time its thread did not answer since the last call.
const watchStalls = () => {
  let last = performance.now();
  window.longestStall = 0;
  const look = () => {
    const now = performance.now();
    window.longestStall = Math.max(window.longestStall, now - last);
    last = now;
    setTimeout(look, 0);
  };
  look();
};

// What the page's thread does anyway while this song plays: this machine's own stalls.
const stallsWithout = [];

async function playing(browser, home) {
  const page = await open(browser, home);
  await openBytes(page, band(16).bytes, 'band.mid');
  await page.evaluate(() => window.arietta.play());
  await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 30_000 });
  await new Promise((done) => setTimeout(done, 2000));
  await until('the melody as the track that is asked about', async () => {
    await press(page, 'listitem', 'melody');
    return (await state(page)).tracks.some(({ name, current }) => current && name === 'melody');
  });
  await page.evaluate(watchStalls);
  await new Promise((done) => setTimeout(done, 1500));
  stallsWithout.push(await page.evaluate(() => window.longestStall));
  return page;
}

const suggest = (page, seed) =>
  page.evaluate(async (one) => {
    const before = window.arietta.telemetry();
    window.longestStall = 0;
    const start = performance.now();
    const { suggestions } = await window.arietta.suggest({ task: 'continue', bars: 4, count: 3, seed: one });
    const ms = performance.now() - start;
    return { ms, stall: window.longestStall, underruns: window.arietta.telemetry().underruns - before.underruns, notes: suggestions.reduce((sum, { notes }) => sum + notes.length, 0) };
  }, seed);

async function page() {
  const server = await serve(site);
  const home = `http://localhost:${server.port}/`;
  const browser = await launch('chromium', { args: ['--audio-buffer-size=2048'] });
  const first = await playing(browser, home);
  const fetched = await suggest(first, 1);
  await first.close();
  const cold = [];
  const warm = [];
  for (let i = 0; i < ROUNDS; ++i) {
    const tab = await playing(browser, home);
    cold.push(await suggest(tab, 2));
    for (let j = 0; j < 3; ++j) warm.push(await suggest(tab, 3 + j));
    await tab.close();
  }
  await browser.close();
  await server.close();
  const all = [fetched, ...cold, ...warm];
  const ms = (list) => list.map((one) => round(one.ms, 0));
  return {
    first_use_ms: round(fetched.ms, 0),
    cold_from_cache_ms: round(median(ms(cold)), 0),
    cold_from_cache_ms_all: ms(cold),
    warm_ms: round(median(ms(warm)), 0),
    warm_ms_all: ms(warm),
    notes_in_three_suggestions: median(warm.map((one) => one.notes)),
    longest_page_stall_ms: round(Math.max(...all.map((one) => one.stall)), 0),
    median_page_stall_ms: round(median(all.map((one) => one.stall)), 0),
    median_page_stall_ms_without_help: round(median(stallsWithout), 0),
    audio_underruns: all.reduce((sum, one) => sum + one.underruns, 0),
  };
}

function bytesOf(files) {
  const packed = files.map((file) => brotliCompressSync(readFileSync(file), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length);
  return { raw: files.reduce((sum, file) => sum + statSync(file).size, 0), brotli: packed.reduce((sum, size) => sum + size, 0) };
}

function bytes() {
  const assets = (pattern) => readdirSync(join(site, 'assets')).filter((name) => pattern.test(name)).map((name) => join(site, 'assets', name));
  const model = join(site, 'models/melody');
  const { files } = JSON.parse(readFileSync(join(model, 'model.json'), 'utf8'));
  return {
    model: bytesOf(Object.keys(files).map((name) => join(model, name))),
    runtime: bytesOf(assets(/^ort(\.wasm|-wasm-simd-threaded-)/)),
    runtime_with_webgpu: bytesOf(assets(/^ort.*jspi/)),
    ours: bytesOf(assets(/^(assist|model_worker)/)),
  };
}

// Eight bars of prompt each, 16 notes and more of answer.
function commandLine() {
  const folder = mkdtempSync(join(tmpdir(), 'arietta-bench-'));
  const lines = Array.from({ length: PROMPTS }, (_, i) => {
    const notes = Array.from({ length: 48 }, (_, n) => [n * 16, 16, 60 + ((n * (i % 5) + (n >> 2)) % 12)]);
    return JSON.stringify({ id: i, notes, cut: 768, meter: '4/4', bar: 96, pickup: 0, truth: notes.slice(0, 16).map(([at, length, pitch]) => [at + 768, length, pitch]) }) + '\n';
  });
  writeFileSync(join(folder, 'in.jsonl'), lines.join(''));
  const rate = (...words) => {
    const start = performance.now();
    execFileSync('node', [fileURLToPath(new URL('../complete/complete.mjs', import.meta.url)), ...words, '--out', join(folder, 'out.jsonl')]);
    return round((PROMPTS * 1000) / (performance.now() - start));
  };
  const input = join(folder, 'in.jsonl');
  const figures = { prompts_a_second: rate('--in', input), three_samples_a_second: rate('--in', input, '--samples', '3'), likelihoods_a_second: rate('--nll', input) };
  rmSync(folder, { recursive: true });
  return figures;
}

const figures = { ...(await page()), bytes: bytes(), complete: commandLine() };
console.log(figures);
finish(figures);
process.exit(0);
