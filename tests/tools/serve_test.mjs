// The static server of `./studio run`: the right types, nothing outside the site, isolation headers only when asked for.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tools/serve.mjs';

const script = fileURLToPath(new URL('../../tools/serve.mjs', import.meta.url));

async function withSite(options, use) {
  const folder = mkdtempSync(join(tmpdir(), 'arietta-'));
  mkdirSync(join(folder, 'site', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'site', 'index.html'), '<p>hello');
  writeFileSync(join(folder, 'site', 'assets', 'engine-1.wasm'), 'wasm');
  const server = await serve(join(folder, 'site'), options);
  try {
    // Not fetch, which would tidy ".." away before it is sent.
    await use((path) => new Promise((done, failed) => {
      request({ port: server.port, host: '127.0.0.1', path }, (reply) => {
        let body = '';
        reply.on('data', (chunk) => (body += chunk)).on('end', () => done({ status: reply.statusCode, headers: reply.headers, body }));
      }).on('error', failed).end();
    }));
  } finally {
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

test('a folder shows its index.html, and wasm has the type that streaming compilation needs', () =>
  withSite({}, async (get) => {
    const page = await get('/');
    assert.equal(page.body, '<p>hello');
    assert.match(page.headers['content-type'], /^text\/html/);
    assert.equal((await get('/assets/engine-1.wasm')).headers['content-type'], 'application/wasm');
    assert.equal((await get('/assets')).headers.location, '/assets/');
  }));

test('nothing outside the site is served', () =>
  withSite({}, async (get) => {
    for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/assets/../../secret.txt', '/%2e%2e/secret.txt', '/%00', '/%']) {
      const reply = await get(path);
      assert.equal(reply.status, 404, path);
      assert.ok(!reply.body.includes('secret'), path);
    }
  }));

test('the headers of cross-origin isolation are sent only on request', async () => {
  await withSite({}, async (get) => assert.equal((await get('/')).headers['cross-origin-opener-policy'], undefined));
  await withSite({ isolate: true }, async (get) => {
    const { headers } = await get('/assets/engine-1.wasm');
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
    assert.equal(headers['cross-origin-embedder-policy'], 'require-corp');
  });
});

test('it says where it is, and says plainly when a port is taken', async () => {
  const first = await serve('.', {});
  const output = await new Promise((done) => {
    execFile(process.execPath, [script, '.', '--port', String(first.port)], (error, stdout, stderr) => done({ error, stdout, stderr }));
  });
  await first.close();
  assert.ok(output.error);
  assert.match(output.stderr, new RegExp(`port ${first.port} is taken`));

  const child = execFile(process.execPath, [script, '.', '--port', '0']);
  const line = await new Promise((done) => child.stdout.once('data', done));
  child.kill();
  assert.match(line, /^Arietta is at http:\/\/localhost:\d+\/\n$/);
});
