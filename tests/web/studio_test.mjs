// A person in Chromium: opens the page, drops a MIDI file, plays it, changes a note, shares the link, opens it elsewhere.
import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { aHouse, click, control, open, openBytes, press, set, site, state, telemetry, until } from './harness.mjs';
import { midiFile, midiSong } from './midi_song.mjs';
import { soundfont } from './soundfont.mjs';

const { unzipSync } = createRequire(new URL('../../web/package.json', import.meta.url))('fflate');

const { browser, home } = await aHouse();

const scale = midiSong([60, 62, 64, 65, 67, 69, 71, 72].map((key, i) => [i * 240, 240, key]), { name: 'Scale' });

test('the page opens on a song, asks nobody else for anything and reports no error', async () => {
  const page = await open(browser, home);
  const { tracks, notes, transport, audio } = await state(page);
  assert.ok(tracks.length >= 2, 'the first song has several tracks');
  assert.ok(notes >= 16);
  assert.equal(transport.playing, false);
  assert.equal(typeof audio.status, 'string');
  await until('the mirror', () => page.$('#mirror button'));
  assert.deepEqual(page.requests.filter((url) => !url.startsWith(home) && !url.startsWith('blob:') && !url.startsWith('data:')), []);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('every control of the contract is there by role and name', async () => {
  const page = await open(browser, home);
  const wanted = {
    button: ['Play', 'Stop', 'Record', 'Tap tempo', 'Undo', 'Redo', 'Share', 'Open', 'New song', 'Versions', 'Add track', 'Delete track'],
    spinbutton: ['Tempo'],
    checkbox: ['Loop', 'Metronome', 'Mute', 'Solo'],
    slider: ['Position', 'Volume', 'Pan'],
    textbox: ['Song name'],
    combobox: ['Key', 'Scale', 'Time signature', 'Instrument'],
    list: ['Tracks'],
    grid: ['Notes'],
  };
  for (const [role, names] of Object.entries(wanted)) {
    for (const name of names) assert.ok(await control(page, role, name), `${role}: ${name}`);
  }
  const { tracks } = await state(page);
  for (const track of tracks) assert.ok(await control(page, 'listitem', track.name), track.name);
  await page.close();
});

test('Play plays and becomes Pause, the playhead and the meters move, Stop goes back', async () => {
  const page = await open(browser, home);
  await click(page, 'button', 'Play');
  await control(page, 'button', 'Pause');
  await until('sound', async () => (await telemetry(page)).peakLeft > 0.01);
  const early = (await state(page)).transport.tick;
  await until('the playhead', async () => (await state(page)).transport.tick > early + 200);
  await press(page, 'button', 'Stop');
  await control(page, 'button', 'Play');
  const { transport } = await state(page);
  assert.equal(transport.playing, false);
  assert.equal(Math.round(transport.tick), 0);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('a MIDI file opens, is changed from the keyboard, undone and redone', async () => {
  const page = await open(browser, home);
  assert.equal(await openBytes(page, scale, 'scale.mid'), '');
  assert.equal((await state(page)).notes, 8);
  const cell = await page.waitForSelector('#mirror [role=grid] [role=gridcell]');
  await cell.evaluate((element) => element.focus());
  const before = (await state(page)).notes;
  for (let i = 0; i < 3; ++i) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  const added = await until('a note more or less', async () => {
    const { notes } = await state(page);
    return notes !== before && notes;
  });
  assert.equal(Math.abs(added - before), 1);
  await until('the live region to say the pitch', () => page.$eval('#polite', (element) => /[A-G]/.test(element.textContent)));
  await press(page, 'button', 'Undo');
  await until('undo', async () => (await state(page)).notes === before);
  await press(page, 'button', 'Redo');
  await until('redo', async () => (await state(page)).notes === added);
  await page.close();
});

test('the link opens the same song, changed note and all, in another browser profile', async () => {
  const page = await open(browser, home);
  await openBytes(page, scale, 'scale.mid');
  const cell = await page.waitForSelector('#mirror [role=grid] [role=gridcell]');
  await cell.evaluate((element) => element.focus());
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await until('the change', async () => (await state(page)).notes !== 8);
  const [link, song] = await page.evaluate(() => [window.arietta.link(), window.arietta.song()]);
  assert.match(link, /#s=1/);
  const elsewhere = await browser.createBrowserContext();
  const other = await open(browser, link, { context: elsewhere });
  assert.deepEqual(await other.evaluate(() => window.arietta.song()), song);
  assert.equal((await state(other)).transport.playing, false, 'a link does not start by itself');
  await elsewhere.close();
  await page.close();
});

test('mixing and tempo work from the mirror and are one undo step each', async () => {
  const page = await open(browser, home);
  await set(page, 'spinbutton', 'Tempo', 87);
  await until('tempo', async () => Math.abs((await state(page)).tempo - 87) < 0.01);
  await set(page, 'slider', 'Volume', -12);
  await until('volume', async () => Math.abs((await state(page)).tracks[0].volume_db + 12) < 0.6);
  await press(page, 'checkbox', 'Mute');
  await until('mute', async () => (await state(page)).tracks[0].mute);
  for (let i = 0; i < 3; ++i) await press(page, 'button', 'Undo');
  await until('all undone', async () => {
    const now = await state(page);
    return !now.tracks[0].mute && Math.abs(now.tempo - 87) > 1 && Math.abs(now.tracks[0].volume_db + 12) > 0.6;
  });
  await page.close();
});

test('the Share dialog offers the link, a code and files', async () => {
  const page = await open(browser, home);
  await press(page, 'button', 'Share');
  await control(page, 'dialog', 'Share');
  for (const name of ['Copy link', 'Download project', 'Export WAV', 'Export MIDI', 'Export stems']) await control(page, 'button', name);
  await control(page, 'image', 'QR code'); // Chromium's own word for the role img
  const text = await (await control(page, 'textbox', 'Link')).evaluate((element) => element.value);
  assert.match(text, /#s=1/);
  await page.keyboard.press('Escape');
  await until('the dialog to close', async () => !(await page.$('#mirror [role=dialog]')));
  await page.close();
});

test('a song name is typed into the overlay field and kept', async () => {
  const page = await open(browser, home);
  await click(page, 'textbox', 'Song name');
  await until('the field', () => page.$('#mirror input.editing'));
  await page.keyboard.down('Control');
  await page.keyboard.press('KeyA');
  await page.keyboard.up('Control');
  await page.keyboard.type('Żółta łódź');
  await page.keyboard.press('Enter');
  await until('the name', async () => (await state(page)).song.title === 'Żółta łódź');
  await page.close();
});

test('a dropped SoundFont plays on the chosen track', async () => {
  const page = await open(browser, home);
  const index = JSON.parse(await readFile(join(site, 'bank/index.json'), 'utf8'));
  const vibraphone = index.presets.find((preset) => preset.bank === 0 && preset.program === 11);
  assert.equal(await openBytes(page, await readFile(join(site, 'bank', vibraphone.file)), 'vibraphone.sf3'), '');
  await until('the instrument', async () => (await state(page)).tracks[0].instrument === 'soundfont');
  await page.evaluate(() => window.arietta.play());
  await until('its samples in the engine', async () => (await telemetry(page)).assetBytes > 10_000);
  await until('sound', async () => (await telemetry(page)).peakLeft > 0.005);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('each preset of a dropped SoundFont can be chosen; a link asks for the file where it is missing', async () => {
  const font = soundfont(['Low', 'High']);
  const chosen = async (page) => (await control(page, 'combobox', 'Instrument')).evaluate((select) => select.value);
  const page = await open(browser, home);
  await openBytes(page, scale, 'scale.mid');
  assert.equal(await openBytes(page, font, 'two sines.sf2'), '');
  await until('the first preset', async () => (await chosen(page)) === 'Low');
  await set(page, 'combobox', 'Instrument', 'High');
  await until('the other preset', async () => (await state(page)).tracks[0].program === 1);
  await page.evaluate(() => window.arietta.play());
  await until('its sound', async () => (await telemetry(page)).assetBytes > 0 && (await telemetry(page)).peakLeft > 0.005);
  await page.evaluate(() => window.arietta.stop());
  const link = await page.evaluate(() => window.arietta.link());

  await page.reload(); // the list of presets outlives the page
  await page.waitForFunction(() => 'arietta' in window);
  await page.evaluate(() => window.arietta.ready);
  assert.equal(await page.evaluate((text) => Promise.resolve(window.arietta.openLink(text)).then(() => '', String), link), '');
  await until('the preset', async () => (await chosen(page)) === 'High');
  assert.deepEqual(page.problems, []);
  await page.close();

  const elsewhere = await browser.createBrowserContext();
  const other = await open(browser, home, { context: elsewhere });
  await other.evaluate((text) => window.arietta.openLink(text), link);
  await until('a word about the file', () => other.$eval('#polite', (element) => element.textContent.includes('two sines.sf2')));
  assert.equal(await chosen(other), 'two sines.sf2');
  await other.evaluate(() => window.arietta.play());
  await until('a built-in sound instead', async () => (await telemetry(other)).peakLeft > 0.005);
  assert.equal(await openBytes(other, font, 'two sines.sf2'), '');
  await until('the preset', async () => (await chosen(other)) === 'High');
  await until('its sound', async () => (await telemetry(other)).assetBytes > 0);
  assert.deepEqual(other.problems, []);
  await elsewhere.close();
});

test('the song can be taken out as project, MIDI and audio', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'saved-'));
  const client = await browser.target().createCDPSession();
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  const page = await open(browser, home);
  await openBytes(page, scale, 'scale.mid');
  const title = (await state(page)).song.title;
  const wanted = [];
  for (const [name, ending] of [['Download project', '.arietta'], ['Export MIDI', '.mid'], ['Export WAV', '.wav']]) {
    wanted.push(title + ending);
    await press(page, 'button', 'Share');
    await press(page, 'button', name);
    await until(title + ending, async () => (await readdir(folder)).includes(title + ending), { timeout: 60_000 });
    await page.keyboard.press('Escape');
    await until('the dialog to close', async () => !(await page.$('#mirror [role=dialog]')));
  }
  const { notes } = await state(page);
  for (const name of wanted.slice(0, 2)) {
    assert.equal(await openBytes(page, await readFile(join(folder, name)), name), '');
    assert.equal((await state(page)).notes, notes, name);
  }
  const wav = await readFile(join(folder, wanted[2]));
  assert.equal(wav.toString('latin1', 0, 4), 'RIFF');
  assert.ok(wav.readUInt32LE(40) > 48000 * 6 * 2, 'two seconds and the tail');
  assert.ok(wav.subarray(44).some((byte) => byte !== 0), 'and not silent');
  await page.close();
  await rm(folder, { recursive: true });
});

test('stems come as one .zip, a WAV for each track, with names any file system takes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stems-'));
  const client = await browser.target().createCDPSession();
  await client.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  const page = await open(browser, home);
  const part = (key, channel, name) => ({ notes: [[0, 480, key]], channel, name });
  await openBytes(page, midiFile([part(60, 0, 'a/b: "\u266a"'), part(67, 1, 'Violín'), part(72, 2, 'Violín'), part(40, 3, '...')]), 'four parts.mid');
  const { tracks, song } = await state(page);
  await press(page, 'button', 'Share');
  await press(page, 'button', 'Export stems');
  const name = `${song.title} stems.zip`;
  await until('the file', async () => (await readdir(folder)).includes(name), { timeout: 30_000 });
  assert.deepEqual(await readdir(folder), [name], 'and no other');

  const files = unzipSync(await readFile(join(folder, name)));
  assert.equal(tracks.length, 4);
  assert.deepEqual(Object.keys(files), ['01 a-b- -\u266a-.wav', '02 Violín.wav', '03 Violín.wav', '04 Untitled.wav']);
  for (const [stem, bytes] of Object.entries(files)) {
    const wav = Buffer.from(bytes);
    assert.equal(wav.toString('latin1', 0, 4), 'RIFF', stem);
    assert.equal(wav.readUInt32LE(40) + 44, wav.length, stem);
    assert.ok(wav.subarray(44).some((byte) => byte !== 0), `${stem} is not silent`);
  }
  const [first, second] = Object.values(files).map((bytes) => Buffer.from(bytes).subarray(44, 44 + 48_000));
  assert.notDeepEqual(first, second, 'each is its own track');
  await page.close();
  await rm(folder, { recursive: true });
});
