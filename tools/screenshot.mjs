// The README's picture, taken from the real page:   node tools/screenshot.mjs [FILE] [WIDTH HEIGHT]   (after ./studio build)
import { launch, open, serve, site, state, until } from '../tests/web/harness.mjs';

const [file = 'web/screenshot.png', width = '1280', height = '800'] = process.argv.slice(2);
const server = await serve(site);
const browser = await launch();
const page = await open(browser, `http://localhost:${server.port}/`, { width: Number(width), height: Number(height) });
await page.evaluate(() => window.arietta.play());
await until('the music to be under way', async () => (await state(page)).transport.tick > 2400, { timeout: 20_000 });
await page.screenshot({ path: file });
await browser.close();
await server.close();
process.exit(0);
