// Firefox: boots, plays, edits from the mirror, shares.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, open, openBytes, press, serve, site, state, telemetry, until } from './harness.mjs';
import { midiSong } from './midi_song.mjs';

function countDangerousQuestions() {
  window.dangerousQuestions = 0;
  const { get } = Object.getOwnPropertyDescriptor(AudioContext.prototype, 'outputLatency');
  Object.defineProperty(AudioContext.prototype, 'outputLatency', { get() { return (++window.dangerousQuestions, get.call(this)); } });
}

test('Firefox opens, plays, edits and shares', async () => {
  const server = await serve(site);
  const browser = await launch('firefox');
  try {
    const page = await open(browser, `http://localhost:${server.port}/`, { before: countDangerousQuestions });
    assert.equal(await openBytes(page, midiSong([[0, 480, 60], [480, 480, 64]]), 'two.mid'), '');
    await page.mouse.click(640, 400);
    await press(page, 'button', 'Play');
    await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 30_000 });
    await press(page, 'button', 'Stop');
    const before = (await state(page)).notes;
    const cell = await page.waitForSelector('#mirror [role=grid] [role=gridcell]');
    await cell.evaluate((element) => element.focus());
    for (const key of ['ArrowUp', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    await until('an edit', async () => (await state(page)).notes !== before);
    assert.match(await page.evaluate(() => window.arietta.link()), /#s=1/);
    assert.equal(await page.evaluate(() => window.dangerousQuestions), 0, 'outputLatency can stop a Firefox page for ever');
    assert.deepEqual(page.problems, []);
  } finally {
    await browser.close();
    await server.close();
  }
});
