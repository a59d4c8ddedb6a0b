// When things go wrong: broken files, a stopped engine, a lost picture, a killed tab, sound that is not allowed.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHouse, click, launch, open, openBytes, press, set, state, step, telemetry, until } from './harness.mjs';
import { midiSong } from './midi_song.mjs';

const { browser, home } = await aHouse();

const tune = midiSong([[0, 480, 60], [480, 480, 64], [960, 480, 67]]);
const long = midiSong([[0, 480 * 240, 60]], { program: 19 });

test('files and links that are broken get a sentence, and the open song stays', async () => {
  const page = await open(browser, home);
  await openBytes(page, tune, 'tune.mid');
  const song = await page.evaluate(() => window.arietta.song());
  const link = await page.evaluate(() => window.arietta.link());
  const broken = [
    [new Uint8Array(0), 'empty.mid'],
    [new TextEncoder().encode('this is not music at all'), 'letter.txt'],
    [tune.slice(0, 10), 'cut.mid'],
    [new TextEncoder().encode('{"arietta":1,"tracks":['), 'song.json'],
    [Uint8Array.from({ length: 5000 }, (_, i) => (i * 7919) & 255), 'noise.arietta'],
    [Uint8Array.from([...new TextEncoder().encode('RIFF\x10\0\0\0sfbkLIST')]), 'broken.sf2'],
  ];
  for (const [bytes, name] of broken) {
    const said = await openBytes(page, bytes, name);
    assert.ok(said.length > 15 && /[a-z] [a-z]/.test(said), `${name}: “${said}”`);
    assert.doesNotMatch(said, /undefined|null|RuntimeError|abort/i);
  }
  for (const bad of [link.slice(0, -9), link.slice(0, -6) + 'AAAAAA', '#s=9' + link.split('#s=1')[1], '#s=', '#s=1%%%']) {
    const said = await page.evaluate((text) => window.arietta.openLink(text).then(() => '', (error) => error.message), bad);
    assert.ok(said.length > 15, `${bad.slice(-20)}: “${said}”`);
  }
  assert.deepEqual(await page.evaluate(() => window.arietta.song()), song);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('an engine that stops is replaced in under half a second and plays on with the song intact', async () => {
  const page = await open(browser, home, {
    before: () => {
      const Node = window.AudioWorkletNode;
      window.testNodes = [];
      window.AudioWorkletNode = class extends Node {
        constructor(...args) {
          super(...args);
          window.testNodes.push(this);
        }
      };
    },
  });
  await openBytes(page, long, 'long.mid');
  const song = await page.evaluate(() => window.arietta.song());
  await page.evaluate(() => window.arietta.play());
  await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
  await until('a second of sound', async () => (await telemetry(page)).quanta > 400);
  const took = await page.evaluate(async () => {
    const quanta = () => window.arietta.telemetry().quanta; // counts from nothing in a new engine
    const old = quanta();
    const begin = performance.now();
    window.testNodes.at(-1).dispatchEvent(new Event('processorerror'));
    while (quanta() >= old) {
      await new Promise((next) => setTimeout(next, 5));
      if (performance.now() - begin > 5000) break;
    }
    return performance.now() - begin;
  });
  assert.ok(took < 500, `${took} ms`);
  assert.deepEqual(await page.evaluate(() => window.arietta.song()), song);
  await until('sound again, unasked', async () => (await telemetry(page)).peakLeft > 0.005);
  await page.close();
});

test('a killed tab loses nothing that is a second old, and older versions can be opened', async () => {
  const context = await browser.createBrowserContext();
  const page = await open(browser, home, { context });
  await set(page, 'textbox', 'Song name', 'Before the storm');
  await until('the name', async () => (await state(page)).song.title === 'Before the storm');
  await openBytes(page, tune, 'tune.mid');
  await set(page, 'spinbutton', 'Tempo', 77);
  await until('tempo', async () => Math.abs((await state(page)).tempo - 77) < 0.01);
  await new Promise((done) => setTimeout(done, 1000));
  const client = await page.createCDPSession();
  const crash = new Promise((done) => page.once('error', done));
  void client.send('Page.crash').catch(() => undefined); // nobody is left to answer
  await step('the tab is gone', crash);
  void page.close().catch(() => undefined);
  const again = await open(browser, home, { context });
  const now = await state(again);
  assert.ok(Math.abs(now.tempo - 77) < 0.01, `tempo ${now.tempo}`);
  assert.equal(now.notes, 3);
  await press(again, 'button', 'Versions');
  await until('the song that was open before, as a version', () => again.$('#mirror [role=listitem][aria-label*="Before the storm"]'));
  await context.close();
});

test('a lost picture comes back and the studio works meanwhile', async () => {
  const page = await open(browser, home);
  await page.evaluate(() => {
    const canvas = document.getElementById('canvas');
    window.lose = (canvas.getContext('webgl2') ?? canvas.getContext('webgl')).getExtension('WEBGL_lose_context');
    window.lose.loseContext();
  });
  await new Promise((done) => setTimeout(done, 200));
  await page.evaluate(() => window.arietta.play());
  await until('playing without a picture', async () => (await state(page)).transport.playing);
  await page.evaluate(() => window.lose.restoreContext());
  await until('a picture', () =>
    page.evaluate(() => !(document.getElementById('canvas').getContext('webgl2') ?? document.getElementById('canvas').getContext('webgl')).isContextLost()));
  await press(page, 'button', 'Stop');
  await until('stop', async () => !(await state(page)).transport.playing);
  await page.close();
});

test('where sound needs a gesture, the studio can be used before it and the first tap starts it', async () => {
  const locked = await launch('chromium', { locked: true });
  try {
    const page = await open(locked, home);
    await openBytes(page, tune, 'tune.mid');
    await click(page, 'button', 'Play');
    await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
  } finally {
    await locked.close();
  }
});

test('without AudioWorklet the studio says so and still edits and shares', async () => {
  const page = await open(browser, home, { before: () => delete window.AudioWorkletNode });
  await openBytes(page, tune, 'tune.mid');
  await click(page, 'button', 'Play');
  const text = await until('words about it', async () => (await state(page)).audio.text);
  assert.match(text, /sound/i);
  assert.match(await page.evaluate(() => window.arietta.link()), /#s=1/);
  await page.close();
});

for (const [what, before, words] of [
  ['is denied', () => (IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }), /keeps nothing/],
  ['never answers', () => (IDBFactory.prototype.open = () => ({})), /does not answer/],
  ['never gives a lock', () => (LockManager.prototype.request = () => new Promise(() => undefined)), /does not answer/],
]) {
  test(`where storage ${what}, the studio says so, opens and plays`, async () => {
    const page = await open(browser, home, { before });
    await until('words about it', () => page.$$eval('#polite, #assertive, #mirror', (all, of) => new RegExp(of).test(all.map((one) => one.textContent).join()), words.source));
    await openBytes(page, tune, 'tune.mid');
    await page.evaluate(() => window.arietta.play());
    await until('sound', async () => (await telemetry(page)).peakLeft > 0.005);
    await page.close();
  });
}

test('a worklet that never loads leaves a studio that says so and can be used', async () => {
  const page = await open(browser, home, { before: () => (AudioWorklet.prototype.addModule = () => new Promise(() => undefined)) });
  await openBytes(page, tune, 'tune.mid');
  await click(page, 'button', 'Play');
  await until('words about it', async () => /getting ready/.test((await state(page)).audio.text));
  assert.equal((await state(page)).notes, 3);
  await page.close();
});

test('a browser without WebAssembly SIMD gets a sentence, never a blank page', async () => {
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(() => (WebAssembly.validate = () => false));
  await page.goto(home);
  const words = await until('the message', () => page.$eval('#message', (element) => !element.hidden && element.textContent));
  assert.match(words, /browser/);
  await page.close();
});
