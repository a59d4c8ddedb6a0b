// Effects in the page, as a person uses them: added from the list, heard, turned off, sent in a link.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aHouse, control, open, openBytes, press, set, telemetry, until } from './harness.mjs';
import { midiSong } from './midi_song.mjs';

const { browser, home } = await aHouse();

// Held A4 on an organ: steady, so that silence can only be the effect's doing.
const heldA4 = midiSong([[0, 480 * 240, 69, 110]], { program: 19, name: 'Held A' });

const sounding = (page) => until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
const silent = (page) => until('silence', async () => (await telemetry(page)).peakLeft < 1e-4, { timeout: 20_000 });

test('a gate that never opens silences its track, off it is not heard, and the link brings it along', async () => {
  const page = await open(browser, home, { height: 1000 });
  assert.equal(await openBytes(page, heldA4, 'held.mid'), '');
  await page.evaluate(() => window.arietta.play());
  await sounding(page);
  await press(page, 'button', 'Add effect');
  await control(page, 'dialog', 'Add effect');
  await press(page, 'button', 'Gate');
  await control(page, 'checkbox', 'Gate');
  await sounding(page);
  await set(page, 'slider', 'Opens at', 0);
  await silent(page);
  await press(page, 'checkbox', 'Gate');
  await sounding(page);
  await press(page, 'checkbox', 'Gate');
  await silent(page);
  const link = await page.evaluate(() => window.arietta.link());
  assert.deepEqual(page.problems, []);
  await page.close();

  const other = await open(browser, home);
  await other.evaluate((text) => window.arietta.openLink(text), link);
  await control(other, 'checkbox', 'Gate');
  await other.evaluate(() => window.arietta.play());
  await until('the song to run', async () => (await telemetry(other)).voices > 0, { timeout: 20_000 });
  assert.ok((await telemetry(other)).peakLeft < 1e-3);
  await press(other, 'checkbox', 'Gate');
  await sounding(other);
  assert.deepEqual(other.problems, []);
  await other.close();
});

test('volume is automated from the lane, by keyboard alone, and heard', async () => {
  const page = await open(browser, home, { height: 1000 });
  assert.equal(await openBytes(page, heldA4, 'held.mid'), '');
  await page.evaluate(() => window.arietta.play());
  await sounding(page);
  await press(page, 'button', 'Automation');
  await press(page, 'button', 'Add point');
  const point = await page.waitForSelector('#mirror input[type=range][aria-label^="Point 1,"]');
  await point.evaluate((element) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(element, '0');
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await silent(page);
  await press(page, 'button', 'Clear automation');
  await sounding(page);
  assert.deepEqual(page.problems, []);
  await page.close();
});
