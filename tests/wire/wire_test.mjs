// The page's reader and writer of frames against the bytes the engine is tested with (fixture.json).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);
const fixture = JSON.parse(readFileSync(new URL('fixture.json', import.meta.url), 'utf8'));
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const hexOf = (bytes) => Buffer.from(bytes).toString('hex');

// web/src/frames.ts as it is, without its types.
const { buildSync } = createRequire(new URL('web/package.json', root))('esbuild');
const built = buildSync({ entryPoints: [fileURLToPath(new URL('web/src/frames.ts', root))], bundle: true, write: false, format: 'esm' });
const { frames, packet } = await import(`data:text/javascript;base64,${Buffer.from(built.outputFiles[0].text).toString('base64')}`);

for (const { name, packet: hex, frames: expected } of fixture) {
  test(`the page reads the packet "${name}"`, () => {
    const read = [...frames(bytesOf(hex))].map(({ type, dst, payload }) => ({
      type,
      dst,
      payload: hexOf(new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength)),
    }));
    assert.deepEqual(read, expected);
  });

  test(`the page writes the packet "${name}" to the byte, but for the running number`, () => {
    const parts = expected.slice(1).map(({ type, dst, payload }) => ({ type, dst, payload: bytesOf(payload) }));
    const withoutNumbers = bytesOf(hex);
    const view = new DataView(withoutNumbers.buffer);
    for (let at = 0; at < withoutNumbers.length; at += view.getUint32(at, true)) view.setUint32(at + 8, 0, true);
    assert.equal(hexOf(packet(parts)), hexOf(withoutNumbers));
  });
}

test('a packet that is cut off is read up to the cut', () => {
  const whole = bytesOf(fixture[0].packet);
  for (let length = 0; length < whole.length; ++length)
    assert.ok([...frames(whole.slice(0, length))].length < fixture[0].frames.length);
});
