// What the built modules are allowed to be:   node --test tools/check_modules.mjs   (after the web build)
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';

const folder = process.env.ARIETTA_WASM_DIR ?? fileURLToPath(new URL('../build/web-release', import.meta.url));
const bytes = (name) => readFileSync(join(folder, name));
const load = (name) => new WebAssembly.Module(bytes(name));
const names = (module) => WebAssembly.Module.exports(module).map((item) => item.name);

// The whole C ABI of the engine. It only grows, and a change here is a change of kAbiVersion.
const engineExports = ['eng_inbox', 'eng_init', 'eng_memory_epoch', 'eng_outbox', 'eng_outbox_len', 'eng_receive', 'eng_render', 'eng_telemetry'];

test('engine.wasm imports nothing', () => assert.deepEqual(WebAssembly.Module.imports(load('engine.wasm')), []));

test('engine.wasm exports its C ABI and nothing else of ours', () => {
  assert.deepEqual(names(load('engine.wasm')).filter((name) => name.startsWith('eng_')).sort(), engineExports);
});

test('engine.wasm is at most 200 kB brotli', () => {
  const sent = brotliCompressSync(bytes('engine.wasm')).length;
  assert.ok(sent <= 200_000, `${sent} bytes`);
});

test('bank.wasm imports nothing', () => assert.deepEqual(WebAssembly.Module.imports(load('bank.wasm')), []));

test('assist.wasm imports nothing', () => assert.deepEqual(WebAssembly.Module.imports(load('assist.wasm')), []));

test('ui.wasm is linked without the audio side', () => {
  const link = readFileSync(join(folder, 'build.ninja'), 'utf8').split('\n').find((line) => /^build ui\.mjs[ |:]/.test(line));
  assert.ok(link, 'no link of ui.mjs in build.ninja');
  assert.deepEqual(link.match(/lib(dsp|devices|core|host|bank)\.a/g), null);
});

test('what the page loads before the first sound is at most 1.5 MB brotli', () => {
  const total = ['engine.wasm', 'ui.wasm', 'ui.mjs'].reduce((sum, name) => sum + brotliCompressSync(bytes(name)).length, 0);
  assert.ok(total <= 1_400_000, `${total} bytes, which leaves less than 100 kB for the page's own scripts`);
});
