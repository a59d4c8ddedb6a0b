// The measurement of the recording delay, on sound made here: found to the frame in noise, not found where there is nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const source = readFileSync(new URL('../../web/src/round_trip.ts', import.meta.url), 'utf8');
const { code } = await require('esbuild').transform(source, { loader: 'ts', format: 'esm' });
const { makeBursts, findDelay } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const heardAfter = (delay, gain, noise) => {
  const bursts = makeBursts(48000);
  const heard = Float32Array.from({ length: bursts.samples.length + 48000 }, (_, i) => {
    const at = i - 1000 - delay;
    return (at >= 0 && at < bursts.samples.length ? gain * bursts.samples[at] : 0) + noise * (Math.random() * 2 - 1);
  });
  return findDelay(heard, 1000, bursts);
};

test('the delay is found to the frame, also softly and in noise', () => {
  assert.equal(heardAfter(1234, 0.5, 0), 1234);
  assert.equal(heardAfter(12000, 0.1, 0.03), 12000);
  assert.equal(heardAfter(480, -0.3, 0.01), 480, 'a cable that turns the phase');
});

test('where nothing is heard, nothing is found', () => {
  assert.equal(heardAfter(1234, 0, 0.1), null);
  assert.equal(heardAfter(1234, 0, 0), null);
});
