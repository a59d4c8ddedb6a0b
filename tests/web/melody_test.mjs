// Melody help in the page, by role and name: asking, keeping, cancelling, a damaged model, no network.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { aHouse, open, openBytes, press, serve, site, state, telemetry, until } from './harness.mjs';
import { midiSong } from './midi_song.mjs';

const { browser, home } = await aHouse();

const pitches = [60, 62, 64, 65, 67, 67, 69, 67, 65, 64, 62, 64, 60, 60, 67, 64];
const tune = midiSong(pitches.map((pitch, i) => [i * 480, 480, pitch]));
const PATIENCE = { timeout: 60_000 };

const notes = async (page) => (await state(page)).notes;
const options = (page) => page.$$eval('#mirror [role=listbox] [role=option]', (all) => all.map((one) => one.ariaLabel ?? one.getAttribute('aria-label') ?? one.textContent));
const suggestions = (page) => until('suggestions', async () => (await options(page)).length && options(page), PATIENCE);
const spoken = (page) => page.evaluate(() => document.body.innerText + [...document.querySelectorAll('#mirror [aria-label]')].map((one) => one.getAttribute('aria-label')).join('\n'));
const song = (page) => page.evaluate(() => window.arietta.song());

async function openTune(options) {
  const page = await open(browser, home, options);
  assert.equal(await openBytes(page, tune, 'tune.mid'), '');
  return page;
}

// The site with one file of the model changed.
function siteWith(name, change) {
  const folder = mkdtempSync(join(tmpdir(), 'arietta-site-'));
  for (const entry of readdirSync(site)) if (entry !== 'models') symlinkSync(join(site, entry), join(folder, entry));
  cpSync(join(site, 'models'), join(folder, 'models'), { recursive: true });
  const file = join(folder, 'models/melody', name);
  const whole = readFileSync(file);
  change(file, whole);
  return { folder, mend: () => writeFileSync(file, whole), forget: () => rmSync(folder, { recursive: true }) };
}

test('nothing of the model is loaded before help is asked for', async () => {
  const page = await openTune();
  await page.evaluate(() => window.arietta.play());
  await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
  assert.deepEqual(page.requests.filter((url) => /model|ort|assist/.test(new URL(url).pathname)), []);
  await page.close();
});

test('Continue melody offers three endings; Keep puts one into the song, and one Undo takes it out', async () => {
  const page = await openTune();
  const before = await song(page);
  await press(page, 'button', 'Continue melody');
  assert.deepEqual(await suggestions(page), ['Suggestion 1', 'Suggestion 2', 'Suggestion 3']);
  assert.equal(await notes(page), 16, 'the song is not touched before Keep');
  await press(page, 'option', 'Suggestion 2');
  await press(page, 'button', 'Keep');
  await until('the new notes', async () => (await notes(page)) > 16);
  await press(page, 'button', 'Undo');
  await until('the song as it was', async () => (await notes(page)) === 16);
  assert.deepEqual((await song(page)).tracks, before.tracks);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('Discard leaves the song alone', async () => {
  const page = await openTune();
  const before = await song(page);
  await press(page, 'button', 'Continue melody');
  await suggestions(page);
  await press(page, 'button', 'Discard');
  await until('no suggestions', async () => (await options(page)).length === 0);
  assert.deepEqual(await song(page), before);
  await page.close();
});

test('arietta.suggest gives the same three for the same seed, within the bars that were asked for, while the music plays', async () => {
  const page = await openTune();
  await page.evaluate(() => window.arietta.play());
  await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
  const ask = (seed) => page.evaluate((one) => window.arietta.suggest({ task: 'continue', bars: 2, count: 3, seed: one }), seed);
  const [first, again, other] = [await ask(4), await ask(4), await ask(5)];
  assert.equal(first.suggestions.length, 3);
  assert.deepEqual(again.suggestions, first.suggestions);
  assert.notDeepEqual(other.suggestions, first.suggestions);
  for (const { notes: all } of first.suggestions) {
    for (const [start, length] of all) assert.ok(start >= 16 * 960 && start + length <= 24 * 960, `${start}+${length}`);
  }
  assert.match(first.model, /\S/);
  assert.equal((await state(page)).transport.playing, true);
  await assert.rejects(page.evaluate(() => window.arietta.suggest({ task: 'dance' })), /dance/);
  await page.close();
});

test('a request can be given up, and the next one is answered', async () => {
  const page = await openTune();
  await press(page, 'button', 'Continue melody');
  await press(page, 'button', 'Cancel');
  await until('no more progress', async () => !(await page.$('#mirror [aria-label="Cancel"]')));
  assert.equal(await notes(page), 16);
  await press(page, 'button', 'Continue melody');
  assert.equal((await suggestions(page)).length, 3);
  await page.close();
});

for (const [what, name, change, words] of [
  ['is damaged', 'trunk.onnx', (file, whole) => writeFileSync(file, Buffer.concat([whole.subarray(0, 5000), Buffer.alloc(8), whole.subarray(5008)])), /trunk\.onnx arrived damaged/],
  ['is missing', 'pitch.onnx', (file) => rmSync(file), /404 for .*pitch\.onnx/],
  ['has no list of its files', 'model.json', (file) => writeFileSync(file, '{'), /Melody help could not work/],
]) {
  test(`a model that ${what} gets a sentence, the studio goes on, and trying again works once it is whole`, async () => {
    const { folder, mend, forget } = siteWith(name, change);
    const other = await serve(folder);
    const context = await browser.createBrowserContext();
    try {
      const page = await open(browser, `http://localhost:${other.port}/`, { context });
      await openBytes(page, tune, 'tune.mid');
      const before = await song(page);
      await press(page, 'button', 'Continue melody');
      await until('the sentence', async () => words.test(await spoken(page)), PATIENCE);
      assert.deepEqual(await song(page), before);
      await page.evaluate(() => window.arietta.play());
      await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
      mend();
      await press(page, 'button', 'Continue melody');
      assert.equal((await suggestions(page)).length, 3);
    } finally {
      await context.close();
      await other.close();
      forget();
    }
  });
}

test('a worker that dies is a sentence, and the next press gets a new one', async () => {
  const page = await openTune({
    before: () => {
      const Real = window.Worker;
      window.Worker = class extends Real {
        constructor(url, ...rest) {
          super(url, ...rest);
          if (String(url).includes('model_worker') && !window.died) {
            window.died = true;
            setTimeout(() => this.dispatchEvent(new ErrorEvent('error', { cancelable: true })), 50);
          }
        }
      };
    },
  });
  await press(page, 'button', 'Continue melody');
  await until('the sentence', async () => /Melody help could not work/.test(await spoken(page)), PATIENCE);
  await press(page, 'button', 'Continue melody');
  assert.equal((await suggestions(page)).length, 3);
  await page.close();
});

test('used once, melody help works without a network, and so does the text about the model', async () => {
  const context = await browser.createBrowserContext();
  const own = await serve(site);
  const visit = async () => {
    const page = await open(browser, `http://localhost:${own.port}/`, { context });
    await page.evaluate(() => navigator.serviceWorker.ready);
    await openBytes(page, tune, 'tune.mid');
    await press(page, 'button', 'Continue melody');
    assert.equal((await suggestions(page)).length, 3);
    await press(page, 'button', 'About this model');
    await until('the card', () => page.$('#mirror [role=list][aria-label="About this model"] [role=heading]'));
    return page;
  };
  try {
    const page = await visit();
    await new Promise((done) => setTimeout(done, 1500)); // what is kept is written after it is used
    await page.close();
    await own.close();
    await visit();
  } finally {
    await own.close().catch(() => undefined);
    await context.close();
  }
});

test('an isolated page, where threads are allowed, answers too', async () => {
  const isolated = await serve(site, { isolate: true });
  try {
    const page = await open(browser, `http://localhost:${isolated.port}/`);
    assert.equal(await page.evaluate(() => crossOriginIsolated), true);
    await openBytes(page, tune, 'tune.mid');
    await press(page, 'button', 'Continue melody');
    assert.equal((await suggestions(page)).length, 3);
    await page.close();
  } finally {
    await isolated.close();
  }
});
