// The constants the page shares with the engine are generated and committed; this fails when they are out of date.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

test('web/src/constants.gen.ts is what `studio_cli constants` prints', () => {
  const fresh = execFileSync(`${root}build/native-release/engine/host/studio_cli`, ['constants'], { encoding: 'utf8' });
  assert.equal(readFileSync(`${root}web/src/constants.gen.ts`, 'utf8'), fresh, 'run: build/native-release/engine/host/studio_cli constants > web/src/constants.gen.ts');
});
