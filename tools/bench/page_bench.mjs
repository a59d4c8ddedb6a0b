// The page as a person meets it: bytes before the first sound, time to the first frame and sound, cost of doing nothing.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { launch, open, serve, site, telemetry, until } from '../../tests/web/harness.mjs';
import { finish, median, round } from './report.mjs';

const ROUNDS = 5;
const server = await serve(site);
const home = `http://localhost:${server.port}/`;

// A real sound card never rests; the one made of software sleeps up to a second at a time unless somebody listens closely.
const listener = spawn('parec', ['-d', 'nul.monitor', '--latency-msec=10'], { stdio: 'ignore' });

// Runs before the page's own scripts: presses Play as soon as there is a studio and `after` ms have passed, and notes when
// sound and picture came. Sound has come when the page's own telemetry says so, which is later than in the speaker's wire.
const watch = (after) => {
  const ask = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (draw) => ask((now) => {
    draw(now);
    window.firstFrame ??= performance.now();
  });
  const timer = setInterval(() => {
    try {
      if (!window.pressed) {
        window.arietta.state(); // throws until the studio is there
        if (performance.now() < after) return;
        window.pressed = performance.now();
        void window.arietta.play();
      } else if (window.arietta.telemetry().peakLeft > 0.001) {
        window.firstSound = performance.now();
        clearInterval(timer);
      }
    } catch {
      return;
    }
  }, 4);
};

let loaded = [];
async function times(after) {
  const all = [];
  for (let i = 0; i < ROUNDS; ++i) {
    const browser = await launch(); // a new profile each time: nothing is cached
    const page = await open(browser, home, { before: `(${watch})(${after})` });
    all.push(await until('the first sound', () => page.evaluate(() => window.firstSound && { frame: window.firstFrame, sound: window.firstSound, pressed: window.pressed })));
    loaded = await page.evaluate(() => performance.getEntriesByType('resource').filter((one) => one.startTime < window.firstSound).map((one) => one.name));
    await browser.close();
  }
  return all;
}

const atOnce = await times(0);
const settled = await times(3000);
listener.kill();

const files = [home, ...loaded].map((url) => new URL(url)).filter((url) => url.origin === new URL(home).origin && !url.pathname.includes('/bank/') && url.protocol === 'http:');
const bytes = { raw: 0, gzip: 0, brotli: 0 };
for (const path of new Set(files.map((url) => url.pathname))) {
  const content = readFileSync(join(site, path.endsWith('/') ? `${path}index.html` : path));
  bytes.raw += content.length;
  bytes.gzip += gzipSync(content, { level: 9 }).length;
  bytes.brotli += brotliCompressSync(content).length;
}

const browser = await launch();
const page = await open(browser, home);
await until('the studio', async () => (await telemetry(page)) !== null);
await new Promise((done) => setTimeout(done, 12_000)); // the silent preview of the first song is over by then
const client = await page.createCDPSession();
await client.send('Performance.enable');
const busy = async () => (await client.send('Performance.getMetrics')).metrics.find((one) => one.name === 'TaskDuration').value;
const before = await busy();
await new Promise((done) => setTimeout(done, 5000));
const idle = (await busy()) - before;
await browser.close();
await server.close();

const figures = {
  first_frame_ms: round(median(atOnce.map((one) => one.frame)), 0),
  first_sound_ms: round(median(atOnce.map((one) => one.sound)), 0),
  first_sound_ms_all: atOnce.map((one) => round(one.sound, 0)),
  studio_usable_ms: round(median(atOnce.map((one) => one.pressed)), 0),
  tap_to_sound_when_settled_ms: round(median(settled.map((one) => one.sound - one.pressed)), 0),
  bytes_before_first_sound: bytes,
  idle_main_thread_percent: round((idle / 5) * 100, 3),
};
console.log(figures);
finish(figures);
process.exit(0);
