// Drives WebKitGTK's MiniBrowser through its WebDriver: just the commands the tests need (W3C WebDriver).
import { execFileSync, spawn } from 'node:child_process';
import { startTwice, step, until } from './harness.mjs';

export const launchWebKit = () => startTwice('WebKitGTK', startWebKit);

async function startWebKit() {
  const miniBrowser = execFileSync('sh', ['-c', 'dpkg -L libwebkit2gtk-4.1-0 | grep "/MiniBrowser$"'], { encoding: 'utf8' }).trim();
  const port = 4000 + (process.pid % 2000);
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { stdio: 'ignore' });
  const ask = async (method, path, body) => {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const { value } = await reply.json();
    if (!reply.ok) throw new Error(value?.message ?? `WebDriver answered ${reply.status}`);
    return value;
  };
  const call = (method, path, body) => step(`WebDriver ${method} ${path} ${body?.script ?? body?.url ?? ''}`, ask(method, path, body), { timeout: 45_000 });
  const begin = async () => {
    await until('WebKitWebDriver', () => call('GET', '/status').then(() => true, () => false));
    const { sessionId } = await call('POST', '/session', {
      capabilities: { alwaysMatch: { browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: miniBrowser, args: ['--automation'] } } },
    });
    await call('POST', `/session/${sessionId}/timeouts`, { script: 30_000 });
    return `/session/${sessionId}`;
  };
  const session = await begin().catch((error) => {
    driver.kill();
    throw error;
  });
  return {
    goto: (url) => call('POST', `${session}/url`, { url }),
    // `body` is the text of an async function's body; what it returns comes back.
    evaluate: async (body) => {
      const script = `const done = arguments[0]; (async () => { ${body} })().then((value) => done({ value }), (error) => done({ error: String(error?.message ?? error) }));`;
      const answer = await call('POST', `${session}/execute/async`, { script, args: [] });
      if (answer?.error) throw new Error(answer.error);
      return answer?.value;
    },
    // A real click at a place on the page.
    clickAt: (x, y) =>
      call('POST', `${session}/actions`, {
        actions: [
          {
            type: 'pointer',
            id: 'mouse',
            parameters: { pointerType: 'mouse' },
            actions: [
              { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
              { type: 'pointerDown', button: 0 },
              { type: 'pause', duration: 60 },
              { type: 'pointerUp', button: 0 },
            ],
          },
        ],
      }),
    screenshot: () => call('GET', `${session}/screenshot`),
    close: async () => {
      await call('DELETE', session).catch(() => undefined);
      driver.kill();
    },
  };
}
