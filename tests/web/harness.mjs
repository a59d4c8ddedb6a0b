// Starts the site and a browser for one test file and finds controls the way people do: by role and name.
// Chromium and Firefox are driven by puppeteer; WebKitGTK by its own WebDriver (webkit.mjs).
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tools/serve.mjs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const puppeteer = require('puppeteer-core').default ?? require('puppeteer-core');

export const site = fileURLToPath(new URL('../../build/site', import.meta.url));

const find = (...names) => {
  for (const name of names) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      continue;
    }
  }
  throw new Error(`none of ${names.join(', ')} is installed`);
};

const CHROMIUM_FLAGS = [
  '--no-sandbox', // the tests may run as root
  '--disable-quic',
  '--disable-background-networking',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--autoplay-policy=no-user-gesture-required',
];

// kind: 'chromium' or 'firefox'. `locked` keeps the browser's own rule that sound needs a gesture.
export async function launch(kind = 'chromium', { locked = false, args = [] } = {}) {
  if (kind === 'firefox') {
    return puppeteer.launch({
      browser: 'firefox',
      executablePath: find('firefox-esr', 'firefox'),
      headless: true,
      extraPrefsFirefox: { 'webgl.force-enabled': true, 'media.autoplay.default': locked ? 1 : 0, 'midi.testing': true, 'midi.prompt.testing': true },
    });
  }
  const flags = locked ? CHROMIUM_FLAGS.filter((flag) => !flag.includes('autoplay')) : CHROMIUM_FLAGS;
  return puppeteer.launch({ executablePath: find('chromium', 'google-chrome'), headless: true, ignoreDefaultArgs: ['--mute-audio'], args: [...flags, ...args] });
}

// A page that has booted. Errors of the page fail the test that looks at `page.problems`.
export async function open(browser, url, { width = 1280, height = 800, before, context, init } = {}) {
  const page = await (context ?? browser).newPage();
  page.problems = [];
  page.requests = [];
  page.on('pageerror', (error) => page.problems.push(String(error?.message ?? error)));
  page.on('console', (message) => message.type() === 'error' && page.problems.push(message.text()));
  page.on('request', (request) => page.requests.push(request.url()));
  await page.setViewport({ width, height });
  if (before) await page.evaluateOnNewDocument(before);
  if (init) await init(page);
  await page.goto(url);
  await page.waitForFunction(() => 'arietta' in window, { timeout: 30_000 });
  await page.evaluate(() => window.arietta.ready);
  return page;
}

export const state = (page) => page.evaluate(() => window.arietta.state());
export const telemetry = (page) => page.evaluate(() => window.arietta.telemetry());

export async function until(what, test, { timeout = 10_000, every = 50 } = {}) {
  const end = Date.now() + timeout;
  for (let last; ; ) {
    last = await test();
    if (last) return last;
    if (Date.now() > end) throw new Error(`waited ${timeout} ms for ${what}`);
    await new Promise((next) => setTimeout(next, every));
  }
}

// The element of the mirror with this role and accessible name.
export function control(page, role, name) {
  return page.waitForSelector(`aria/${name}[role="${role}"]`, { timeout: 10_000 });
}

// As assistive technology does it: the element itself is pressed, once it can be (the mirror follows ten times a second).
export async function press(page, role, name) {
  await until(`${name} to be enabled`, async () => {
    const element = await control(page, role, name);
    return element.evaluate((one) => !one.disabled && (one.click(), true));
  });
}

// As a hand does it: a real click where the control is drawn.
export async function click(page, role, name) {
  const { x, y } = await middle(page, role, name);
  await page.mouse.click(x, y);
}

export async function middle(page, role, name) {
  const box = await (await control(page, role, name)).boundingBox();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

// Sets a slider, spinbutton, textbox or combobox through the mirror.
export async function set(page, role, name, value) {
  await (await control(page, role, name)).evaluate((element, to) => {
    if (element instanceof HTMLSelectElement) element.value = to;
    else Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(element, String(to));
    element.dispatchEvent(new Event('input', { bubbles: true }));
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }, value);
}

export async function openBytes(page, bytes, name) {
  return page.evaluate((data, file) => window.arietta.openFile(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)), file).then(() => '', (error) => error.message),
    Buffer.from(bytes).toString('base64'), name);
}

export { serve };
