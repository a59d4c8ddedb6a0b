// What comes out of the speakers, on both carriers: the right notes, and no gap while the page is frozen for two seconds.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, open, openBytes, press, serve, site, state, telemetry, until } from './harness.mjs';
import { midiSong } from './midi_song.mjs';
import { amplitudeAt, longestGapMs, record, rms, trimSilence } from './sound.mjs';

// Held A4 on an organ: a steady tone, so that the smallest hole is heard. Two minutes, longer than any test.
const heldA4 = midiSong([[0, 480 * 240, 69, 110]], { program: 19, name: 'Held A' });

// Records around a two-second stall of the page. Sound that waited for the page would be missing for as long as the stall, every
// time. A short hole now and then is the machine of the test (two cores, no sound hardware, no real-time priority, a neighbour
// at work), so the best of several recordings counts.
async function withoutGap(page) {
  for (let tries = 1; ; ++tries) {
    const sound = trimSilence(
      await record(4.5, async () => {
        await new Promise((done) => setTimeout(done, 800));
        await page.evaluate(() => {
          const end = performance.now() + 2000;
          while (performance.now() < end);
        });
      }),
    );
    assert.ok(sound.length > 48000 * 3.5, `${sound.length / 48000} s recorded`);
    assert.ok(rms(sound) > 0.003, `level ${rms(sound)}`);
    const gap = longestGapMs(sound);
    assert.ok(gap < 300, `the music stopped for ${gap} ms while the page was busy`);
    if (gap < (tries < 4 ? 3 : 30)) return sound; // nothing longer than a wave's own crossing of zero
    assert.ok(tries < 6, `silence, the last time of ${gap} ms, in each of ${tries} recordings`);
  }
}

// The mean of quarter seconds: pipes of an organ beat slowly, and over a whole beat they would cancel.
function loudness(samples, hz) {
  const quarters = [0, 1, 2, 3].map((i) => samples.subarray((i * samples.length) / 4, ((i + 1) * samples.length) / 4));
  return quarters.reduce((sum, quarter) => sum + amplitudeAt(quarter, hz) / 4, 0);
}

for (const [carrier, isolate] of [['ports', false], ['rings', true]]) {
  test(`a held A4 sounds at 440 Hz through ${carrier}, without a gap while the page stalls`, async () => {
    const server = await serve(site, { isolate });
    const browser = await launch('chromium', { args: ['--audio-buffer-size=4096'] }); // 85 ms for a machine that is also busy elsewhere
    try {
      const page = await open(browser, `http://localhost:${server.port}/`);
      assert.equal(await page.evaluate(() => crossOriginIsolated && typeof SharedArrayBuffer === 'function'), isolate);
      assert.equal(await openBytes(page, heldA4, 'held.mid'), '');
      await page.evaluate(() => window.arietta.play());
      await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
      await new Promise((done) => setTimeout(done, 500));
      const sound = await withoutGap(page);
      const [at, above, below] = [440, 466.16, 415.3].map((hz) => loudness(sound.subarray(24000, 24000 + 48000), hz));
      assert.ok(at > 5 * above && at > 5 * below, `the note is A4 (${at}) and not its neighbours (${below}, ${above})`);
      assert.equal((await state(page)).transport.playing, true);
      assert.equal((await telemetry(page)).faults, 0);
    } finally {
      await browser.close();
      await server.close();
    }
  });
}

test('changing a note while it plays is heard; muting silences', async () => {
  const server = await serve(site);
  const browser = await launch();
  try {
    const page = await open(browser, `http://localhost:${server.port}/`);
    await openBytes(page, heldA4, 'held.mid');
    await page.evaluate(() => window.arietta.play());
    await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
    await press(page, 'checkbox', 'Mute');
    await until('silence', async () => (await telemetry(page)).peakLeft < 1e-4, { timeout: 8000 });
    await press(page, 'checkbox', 'Mute');
    await until('sound again', async () => (await telemetry(page)).peakLeft > 0.005);
  } finally {
    await browser.close();
    await server.close();
  }
});
