// Starts the site and a browser for one test file and finds controls the way people do: by role and name.
// Chromium and Firefox are driven by puppeteer; WebKitGTK by its own WebDriver (webkit.mjs).
import { createRequire } from 'node:module';
import { execFileSync } from 'node:child_process';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../../tools/serve.mjs';

const require = createRequire(new URL('../../web/package.json', import.meta.url));
const puppeteer = require('puppeteer-core').default ?? require('puppeteer-core');

export const site = process.env.ARIETTA_SITE ?? fileURLToPath(new URL('../../build/site', import.meta.url));

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

Error.stackTraceLimit = 30; // enough to reach the line of the test through the driver

// Waits for an answer of the browser, never for ever: what does not come fails with the name of the step.
export async function step(what, answer, { timeout = 30_000 } = {}) {
  let timer;
  const late = new Promise((_, reject) => {
    const error = new Error(`no answer within ${timeout / 1000} s: ${what}`);
    timer = setTimeout(() => reject(error), timeout);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

// Now and then a browser does not come up on a cold, busy machine: it is started afresh once, and the log says so.
export async function startTwice(name, start) {
  try {
    return await start();
  } catch (error) {
    console.log(`${name} did not start properly (${error.message}); it is started once more.`);
    return start();
  }
}

// A browser that hangs must not keep its test from ending.
function withoutWaiting(browser) {
  const close = browser.close.bind(browser);
  browser.close = () => step('closing the browser', close(), { timeout: 15_000 }).catch(() => browser.process()?.kill('SIGKILL'));
  return browser;
}

function startBrowser(kind, locked, args) {
  const patience = { timeout: 60_000, protocolTimeout: 45_000 };
  if (kind === 'firefox') {
    return puppeteer.launch({
      ...patience,
      browser: 'firefox',
      executablePath: find('firefox-esr', 'firefox'),
      headless: true,
      extraPrefsFirefox: { 'webgl.force-enabled': true, 'media.autoplay.default': locked ? 1 : 0, 'midi.testing': true, 'midi.prompt.testing': true },
    });
  }
  const flags = locked ? CHROMIUM_FLAGS.filter((flag) => !flag.includes('autoplay')) : CHROMIUM_FLAGS;
  return puppeteer.launch({ ...patience, executablePath: find('chromium', 'google-chrome'), headless: true, ignoreDefaultArgs: ['--mute-audio'], args: [...flags, ...args] });
}

// kind: 'chromium' or 'firefox'. `locked` keeps the browser's own rule that sound needs a gesture.
export function launch(kind = 'chromium', { locked = false, args = [] } = {}) {
  return startTwice(kind, async () => {
    const browser = await startBrowser(kind, locked, args);
    try {
      const probe = await step(`${kind} opens an empty page`, browser.newPage());
      await step(`${kind} runs a script`, probe.evaluate(() => 1 + 1));
      await probe.close();
      return withoutWaiting(browser);
    } catch (error) {
      browser.process()?.kill('SIGKILL');
      throw error;
    }
  });
}

// The site's server and a Chromium for all tests of one file, closed after the last.
export async function aHouse() {
  const server = await serve(site);
  let browser = null;
  after(async () => {
    await browser?.close();
    await server.close();
  });
  browser = await launch();
  return { browser, server, home: `http://localhost:${server.port}/` };
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
  await step('the page loads', page.goto(url));
  await step('the page runs its script', page.waitForFunction(() => 'arietta' in window, { timeout: 30_000 }));
  await step('arietta.ready', page.evaluate(() => window.arietta.ready));
  return page;
}

export const state = (page) => step('arietta.state()', page.evaluate(() => window.arietta.state()));
export const telemetry = (page) => step('arietta.telemetry()', page.evaluate(() => window.arietta.telemetry()));

export async function until(what, test, { timeout = 30_000, every = 50 } = {}) {
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
  return page.waitForSelector(`aria/${name}[role="${role}"]`, { timeout: 30_000 });
}

// As assistive technology does it: the element itself is pressed, once it can be (the mirror follows ten times a second).
export async function press(page, role, name) {
  await until(`${name} to be enabled`, async () => {
    const element = await control(page, role, name);
    return step(`pressing ${name}`, element.evaluate((one) => !one.disabled && (one.click(), true)));
  });
}

// As a hand does it: a real click where the control is drawn.
export async function click(page, role, name) {
  const { x, y } = await middle(page, role, name);
  await page.mouse.click(x, y);
}

export async function middle(page, role, name) {
  const box = await step(`the place of ${name}`, (await control(page, role, name)).boundingBox());
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
  return step(`openFile of ${name}`, page.evaluate((data, file) => window.arietta.openFile(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)), file).then(() => '', (error) => error.message),
    Buffer.from(bytes).toString('base64'), name));
}

export { serve };
