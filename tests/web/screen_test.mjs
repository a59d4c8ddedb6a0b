// The picture and the hands: idle costs nothing, every width works, several fingers play, MIDI keyboards play.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHouse, click, control, middle, open, openBytes, state, telemetry, until } from './harness.mjs';
import { midiSong } from './midi_song.mjs';

const { browser, home } = await aHouse();

const countFrames = () => {
  window.framesDrawn = 0;
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => ask((now) => (++window.framesDrawn, draw(now)));
};

test('an idle page draws no frames; a playing one at most sixty a second', async () => {
  const page = await open(browser, home, { before: countFrames });
  await click(page, 'button', 'Play');
  await until('playing', async () => (await state(page)).transport.playing);
  const drawn = (ms) => page.evaluate((time) => new Promise((done) => {
    window.framesDrawn = 0;
    setTimeout(() => done(window.framesDrawn), time);
  }), ms);
  const playing = await drawn(2000);
  assert.ok(playing >= 4, `the playhead moves (${playing} frames in 2 s)`);
  assert.ok(playing <= 124, `${playing} frames in 2 s`);
  await click(page, 'button', 'Stop');
  await until('meters at rest', async () => (await drawn(500)) === 0, { timeout: 15_000 });
  assert.equal(await drawn(3000), 0);
  await page.close();
});

test('the first song runs by silently, rests when nobody is there, and runs on when a pointer moves', async () => {
  const page = await open(browser, home, {
    before: () => {
      window.skippedMs = 0;
      const now = performance.now.bind(performance);
      performance.now = () => now() + window.skippedMs;
    },
    init: (made) => made.evaluateOnNewDocument(countFrames),
  });
  const drawn = (ms) => page.evaluate((time) => new Promise((done) => {
    window.framesDrawn = 0;
    setTimeout(() => done(window.framesDrawn), time);
  }), ms);
  const rests = () => until('rest', async () => (await drawn(500)) === 0);
  const aMinuteLater = () => page.evaluate(() => void (window.skippedMs += 60_000));
  await until('it runs by', async () => (await drawn(1000)) >= 3);
  await aMinuteLater();
  await rests();
  await page.mouse.move(600, 300);
  await page.mouse.move(610, 310);
  await drawn(500); // what the pointer itself needs
  await until('it runs on', async () => (await drawn(1000)) >= 3);
  assert.equal((await state(page)).transport.playing, false);
  await aMinuteLater();
  await rests();
  assert.equal(await drawn(2000), 0);
  await page.close();
});

for (const [width, height] of [[360, 740], [768, 1024], [1280, 800], [1920, 1080]]) {
  test(`all transport controls are on the screen at ${width} x ${height}`, async () => {
    const page = await open(browser, home, { width, height });
    for (const [role, name] of [['button', 'Play'], ['button', 'Stop'], ['spinbutton', 'Tempo'], ['grid', 'Notes']]) {
      const box = await (await control(page, role, name)).boundingBox();
      assert.ok(box.x >= -1 && box.y >= -1 && box.x + box.width <= width + 1 && box.y + box.height <= height + 1, `${name} ${JSON.stringify(box)}`);
      if (role === 'button') assert.ok(box.width >= 40 && box.height >= 40, `${name} is large enough for a finger: ${JSON.stringify(box)}`);
    }
    const colours = await distinctColours(page);
    assert.ok(colours > 24, `something is drawn (${colours} colours)`);
    assert.deepEqual(page.problems, []);
    await page.close();
  });
}

test('a name in another script shows its own letters', async (t) => {
  const page = await open(browser, home);
  const same = await page.evaluate(() => {
    const picture = (text) => {
      const canvas = new OffscreenCanvas(200, 40);
      const context = canvas.getContext('2d');
      context.font = '30px system-ui, sans-serif';
      context.fillText(text, 0, 30);
      return context.getImageData(0, 0, 200, 40).data.join();
    };
    return picture('שלום') === picture('תודה');
  });
  if (same) return t.skip('this machine has no Hebrew letters');
  const shown = async (name) => {
    await openBytes(page, midiSong([[0, 480, 60]], { name }), 'x.mid');
    await until('the name', async () => (await state(page)).song.title === name);
    await new Promise((done) => setTimeout(done, 400));
    const { x, y, width, height } = await (await control(page, 'textbox', 'Song name')).boundingBox();
    return page.screenshot({ encoding: 'base64', clip: { x, y, width, height } });
  };
  const peace = await shown('שלום');
  assert.notEqual(await shown('תודה'), peace);
  assert.equal(await shown('שלום'), peace);
  await page.close();
});

async function distinctColours(page) {
  const png = await page.screenshot({ encoding: 'base64' });
  return page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    return new Set(pixels).size;
  }, png);
}

test('three fingers on the piano sound three notes at once, and stop when lifted', async () => {
  const page = await open(browser, home, { init: async (made) => made.setViewport({ width: 1000, height: 800, hasTouch: true }) });
  await page.touchscreen.tap(5, 5); // sound starts with the first tap
  await until('engine', async () => (await telemetry(page)).quanta > 0);
  const client = await page.createCDPSession();
  const keys = [];
  for (const name of ['C4', 'E4', 'G4']) {
    const box = await (await control(page, 'button', name)).boundingBox();
    keys.push({ x: box.x + box.width / 2, y: box.y + box.height * 0.9 });
  }
  await client.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: keys.map((point, id) => ({ ...point, id })) });
  await until('three voices', async () => (await telemetry(page)).voices >= 3);
  await client.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await until('silence', async () => (await telemetry(page)).voices === 0, { timeout: 15_000 });
  await page.close();
});

test('letter keys and a MIDI keyboard play the chosen instrument at once', async () => {
  const page = await open(browser, home, {
    before: () => {
      const input = { name: 'Test keys', onmidimessage: null };
      window.testMidi = input;
      navigator.requestMIDIAccess = async () => ({ inputs: new Map([['1', input]]), onstatechange: null });
      navigator.permissions.query = async () => ({ state: 'granted' });
    },
  });
  await click(page, 'grid', 'Notes').catch(() => undefined);
  await until('engine', async () => (await telemetry(page)).quanta > 0);
  await page.evaluate(() => window.arietta.stop());
  await until('quiet', async () => (await telemetry(page)).voices === 0, { timeout: 15_000 });
  await page.keyboard.down('KeyD');
  await until('a voice from the letter D', async () => (await telemetry(page)).voices >= 1);
  await page.keyboard.up('KeyD');
  await until('its end', async () => (await telemetry(page)).voices === 0, { timeout: 15_000 });
  await page.evaluate(() => window.testMidi.onmidimessage({ data: Uint8Array.of(0x90, 64, 100), timeStamp: performance.now() }));
  await until('a voice from MIDI', async () => (await telemetry(page)).voices >= 1);
  await page.evaluate(() => window.testMidi.onmidimessage({ data: Uint8Array.of(0x80, 64, 0), timeStamp: performance.now() }));
  await until('its end', async () => (await telemetry(page)).voices === 0, { timeout: 15_000 });
  await page.close();
});

test('a click in the grid adds a note where it was clicked, dragging moves it, one undo takes the drag back', async () => {
  const page = await open(browser, home);
  await page.evaluate(() => window.arietta.stop());
  const { notes } = await state(page);
  const { x, y } = await middle(page, 'grid', 'Notes');
  let after = notes;
  for (let dy = 0; after <= notes && dy < 160; dy += 23) {
    await page.mouse.click(x + 7, y + dy);
    await new Promise((done) => setTimeout(done, 250));
    after = (await state(page)).notes;
  }
  assert.equal(after, notes + 1);
  await page.close();
});
