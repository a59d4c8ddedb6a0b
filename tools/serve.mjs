// Serves a folder on this machine:   node serve.mjs FOLDER [--port N] [--isolate]
//   --port 0    any free port (without --port: 8080, or a free one when that is taken)
//   --isolate   sends the COOP and COEP headers that make SharedArrayBuffer available to the page
// A plain file server: the site must work from anybody's, so nothing clever may happen here.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.mid': 'audio/midi',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

// Starts serving `folder`; resolves to { port, close }. Also used by the browser tests.
export async function serve(folder, { port = 0, isolate = false } = {}) {
  const root = resolve(folder);
  const server = createServer(async (request, response) => {
    try {
      const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
      let file = normalize(join(root, path));
      if (file !== root && !file.startsWith(root + sep)) throw new Error('outside the site');
      if ((await stat(file)).isDirectory()) {
        if (!path.endsWith('/')) {
          response.writeHead(301, { location: path + '/' }).end();
          return;
        }
        file = join(file, 'index.html');
      }
      const headers = {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-length': (await stat(file)).size,
        // Names below assets/ carry the hash of their content; everything else is asked for again.
        'cache-control': file.includes(`${sep}assets${sep}`) ? 'max-age=31536000, immutable' : 'no-cache',
      };
      if (isolate) {
        headers['cross-origin-opener-policy'] = 'same-origin';
        headers['cross-origin-embedder-policy'] = 'require-corp';
        headers['cross-origin-resource-policy'] = 'same-origin';
      }
      response.writeHead(200, headers);
      if (request.method === 'HEAD') response.end();
      else createReadStream(file).pipe(response);
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('There is no such file.\n');
    }
  });
  await new Promise((done, failed) => server.once('error', failed).listen(port, '127.0.0.1', done));
  return { port: server.address().port, close: () => new Promise((done) => server.close(done) && server.closeAllConnections?.()) };
}

async function main([folder, ...options]) {
  let port;
  let isolate = false;
  while (options.length) {
    const option = options.shift();
    if (option === '--isolate') isolate = true;
    else if (option === '--port') port = Number(options.shift());
    else throw new Error(`run does not know the option ${option}`);
  }
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536)) throw new Error('--port needs a number from 0 to 65535');
  let served;
  try {
    served = await serve(folder, { port: port ?? 8080, isolate });
  } catch (error) {
    if (error.code !== 'EADDRINUSE') throw error;
    if (port !== undefined) throw new Error(`port ${port} is taken; choose another, or --port 0 for any free one`);
    served = await serve(folder, { isolate });
  }
  console.log(`Arietta is at http://localhost:${served.port}/`);
}

if (import.meta.url === `file://${process.argv[1]}`) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`arietta: ${error.message}`);
    process.exit(1);
  });
}
