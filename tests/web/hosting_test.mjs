// The site on hosts we do not choose: in a sub-folder, with a wrong type for .wasm, with isolation headers, without a network.
import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { launch, open, serve, site, state, telemetry, until } from './harness.mjs';

let browser;
before(async () => (browser = await launch()));
after(() => browser?.close());

async function plays(page) {
  await page.evaluate(() => window.arietta.play());
  await until('sound', async () => (await telemetry(page)).peakLeft > 0.005, { timeout: 20_000 });
}

test('works from a sub-folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'site-'));
  await cp(site, join(folder, 'music/room'), { recursive: true });
  const server = await serve(folder);
  const page = await open(browser, `http://localhost:${server.port}/music/room/`);
  await plays(page);
  assert.ok(page.requests.every((url) => url.includes('/music/room/') || url.startsWith('blob:') || url.startsWith('data:') || url.endsWith('/favicon.ico')));
  await page.close();
  await server.close();
  await rm(folder, { recursive: true });
});

test('works from a host that knows no .wasm', async () => {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css' };
  const server = createServer((request, response) => {
    const path = new URL(request.url, 'http://x').pathname.replace(/\/$/, '/index.html');
    const type = types[path.slice(path.lastIndexOf('.'))] ?? 'application/octet-stream';
    createReadStream(join(site, path)).on('open', () => response.writeHead(200, { 'content-type': type })).on('error', () => response.writeHead(404).end()).pipe(response);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const page = await open(browser, `http://localhost:${server.address().port}/`);
  await plays(page);
  await page.close();
  server.closeAllConnections();
  server.close();
});

test('opens again without a network, with the song from before', async () => {
  const server = await serve(site);
  const context = await browser.createBrowserContext();
  const home = `http://localhost:${server.port}/`;
  const page = await open(browser, home, { context });
  await page.evaluate(() => navigator.serviceWorker.ready);
  await until('the copies', () => page.evaluate(async () => (await (await caches.open('arietta-1')).keys()).some((one) => one.url.includes('processor'))));
  await page.close();
  await server.close();
  const again = await open(browser, home, { context });
  assert.ok((await state(again)).notes > 0);
  await plays(again);
  await context.close();
});
