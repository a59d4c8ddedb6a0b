// WebKitGTK: boots, plays and edits. It is not Safari, but it is the same JavaScript engine, DOM and Web Audio code.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve, site, until } from './harness.mjs';
import { launchWebKit } from './webkit.mjs';

test('WebKitGTK opens, plays and edits', async () => {
  const server = await serve(site);
  const browser = await launchWebKit();
  try {
    await browser.goto(`http://localhost:${server.port}/`);
    await until('the page', () => browser.evaluate('return "arietta" in window'));
    await browser.evaluate('await arietta.ready');
    const state = () => browser.evaluate('return arietta.state()');
    const box = await until('the Play button', () =>
      browser.evaluate('const b = document.querySelector("#mirror button[aria-label=Play]"); const r = b?.getBoundingClientRect(); return r && { x: r.x + r.width / 2, y: r.y + r.height / 2 }'));
    await browser.clickAt(box.x, box.y);
    await until('playing', async () => (await state()).transport.playing);
    await until('sound', () => browser.evaluate('return arietta.telemetry().peakLeft > 0.005'), { timeout: 30_000 });
    await browser.evaluate('arietta.stop()');
    const before = (await state()).notes;
    await browser.evaluate('document.querySelector("#mirror [role=grid] [role=gridcell]").focus()');
    await browser.evaluate(`
      const cell = document.activeElement;
      for (const key of ['ArrowUp', 'ArrowUp', 'Enter']) {
        cell.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true }));
        cell.dispatchEvent(new KeyboardEvent('keyup', { key, code: key, bubbles: true, cancelable: true }));
      }`);
    await until('an edit', async () => (await state()).notes !== before);
    assert.match(await browser.evaluate('return arietta.link()'), /#s=1/);
  } finally {
    await browser.close();
    await server.close();
  }
});
