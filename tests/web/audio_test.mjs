// Recorded sound in the page: a file imported is heard, seen, kept and found again; a voice lands where it was sung.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { aHouse, control, launch, open, openBytes, press, state, telemetry, until } from './harness.mjs';
import { amplitudeAt, record } from './sound.mjs';

const cli = fileURLToPath(new URL('../../build/native-release/engine/host/studio_cli', import.meta.url));
const house = await aHouse();

// A 16 bit WAV file; `sample` gives -1 .. 1 for a frame and a channel.
function wav(seconds, sample, { rate = 48000, channels = 1 } = {}) {
  const frames = Math.round(seconds * rate);
  const bytes = Buffer.alloc(44 + frames * channels * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + frames * channels * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(frames * channels * 2, 40);
  for (let i = 0; i < frames; ++i)
    for (let c = 0; c < channels; ++c) bytes.writeInt16LE(Math.round(sample(i / rate, c) * 32767), 44 + (i * channels + c) * 2);
  return bytes;
}
const tone = (hz, seconds) => wav(seconds, (t) => 0.4 * Math.sin(2 * Math.PI * hz * t));

const songOf = (page) => page.evaluate(() => window.arietta.song());
const audioTracks = async (page) => (await songOf(page)).tracks.filter((track) => track.audio_clips?.length > 0);
async function newSong(page) {
  await press(page, 'button', 'New song');
  await until('an empty song', async () => (await audioTracks(page)).length === 0);
}

// How loud the tone and its neighbours are in what the speakers get.
async function heard(page, hz) {
  await page.evaluate(() => window.arietta.play());
  await until('sound', async () => (await telemetry(page)).peakLeft > 0.01, { timeout: 20_000 });
  const sound = await record(1.5);
  return { at: amplitudeAt(sound, hz), beside: Math.max(amplitudeAt(sound, hz * 1.07), amplitudeAt(sound, hz * 0.93)) };
}

// The samples of a 32 bit float or 16 bit WAV file, its first channel.
function samplesOf(file) {
  const bytes = readFileSync(file);
  const data = bytes.indexOf('data') + 8;
  const bits = bytes.readUInt16LE(34);
  const out = new Float32Array((bytes.length - data) / (bits / 4));
  for (let i = 0; i < out.length; ++i) out[i] = bits === 32 ? bytes.readFloatLE(data + i * 8) : bytes.readInt16LE(data + i * 4) / 32768;
  return out;
}

test('a WAV file becomes a clip on a track of its own, is heard, and is there again after a reload', async () => {
  const page = await open(house.browser, house.home);
  await newSong(page);
  assert.equal(await openBytes(page, tone(660, 12), 'whistle.wav'), '');
  const [track] = await audioTracks(page);
  assert.equal(track.name, 'whistle');
  assert.equal(track.audio_clips.length, 1);
  const song = await songOf(page);
  assert.equal(song.audio_assets[0].frames, 12 * 48000);
  const clips = await control(page, 'list', 'Audio clips');
  assert.match(await clips.evaluate((list) => list.textContent + list.innerHTML), /whistle, bar 1/);
  const first = await heard(page, 660);
  assert.ok(first.at > 0.02 && first.at > 8 * first.beside, `660 Hz at ${first.at}, beside it ${first.beside}`);
  assert.equal((await telemetry(page)).faults, 0);
  await page.screenshot({ path: process.env.ARIETTA_SCREENSHOTS ? join(process.env.ARIETTA_SCREENSHOTS, 'audio_clip.png') : undefined });
  await page.evaluate(() => window.arietta.stop());
  await new Promise((done) => setTimeout(done, 1500)); // autosave
  await page.reload();
  await page.waitForFunction(() => 'arietta' in window);
  await page.evaluate(() => window.arietta.ready);
  assert.equal((await audioTracks(page))[0].name, 'whistle');
  const again = await heard(page, 660);
  assert.ok(again.at > 0.02 && again.at > 8 * again.beside, `after a reload 660 Hz at ${again.at}, beside it ${again.beside}`);
  assert.deepEqual(page.problems, []);
  await page.close();
});

test('a downloaded project carries the sound: another browser and the command line play it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'arietta-audio-'));
  try {
    const page = await open(house.browser, house.home);
    await newSong(page);
    assert.equal(await openBytes(page, tone(523.25, 12), 'c5.wav'), '');
    // The Blob of the download, caught where the page makes an address for it.
    await page.evaluate(() => {
      const make = URL.createObjectURL;
      URL.createObjectURL = (blob) => ((window.saved = blob), make.call(URL, blob));
    });
    await press(page, 'button', 'Share');
    await press(page, 'button', 'Download project');
    const saved = await until('the file', () =>
      page.evaluate(async () => window.saved && [...new Uint8Array(await window.saved.arrayBuffer())].map((b) => String.fromCharCode(b)).join('')),
    );
    const project = Buffer.from(saved, 'latin1');
    assert.ok(project.length > 12 * 48000 * 4, `${project.length} bytes`);
    const path = join(folder, 'song.arietta');
    writeFileSync(path, project);
    execFileSync(cli, ['render', path, join(folder, 'out.wav'), '--seconds', '2'], { stdio: 'pipe' });
    const sound = samplesOf(join(folder, 'out.wav'));
    const at = amplitudeAt(sound.subarray(24000, 72000), 523.25);
    assert.ok(at > 0.1, `the command line plays it at ${at}`);
    await page.close();

    const fresh = await house.browser.createBrowserContext();
    const other = await open(house.browser, house.home, { context: fresh });
    assert.equal(await openBytes(other, project, 'song.arietta'), '');
    const there = await heard(other, 523.25);
    assert.ok(there.at > 0.02 && there.at > 8 * there.beside, `another browser plays it at ${there.at}`);
    await fresh.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a song whose sound is not on this device says so and plays the rest', async () => {
  const page = await open(house.browser, house.home);
  await newSong(page);
  assert.equal(await openBytes(page, tone(880, 12), 'bell.wav'), '');
  const link = await page.evaluate(() => window.arietta.link());
  await page.close();
  const fresh = await house.browser.createBrowserContext();
  const other = await open(house.browser, house.home, { context: fresh });
  await other.evaluate((to) => window.arietta.openLink(to), link);
  await until('the sentence', () => other.evaluate(() => document.body.innerHTML.includes('bell.wav') && document.body.innerHTML.includes('not on this device')));
  assert.equal(await openBytes(other, tone(880, 12), 'bell.wav'), '');
  assert.equal((await audioTracks(other)).length, 1, 'the file takes its place again');
  const there = await heard(other, 880);
  assert.ok(there.at > 0.02, `heard again at ${there.at}`);
  await fresh.close();
});

test('files that are no sound are refused in plain words, and nothing changes', async () => {
  const page = await open(house.browser, house.home);
  await newSong(page);
  const before = JSON.stringify(await songOf(page));
  for (const [bytes, name] of [
    [tone(440, 1).subarray(0, 30), 'cut.wav'],
    [Buffer.from('this is not a sound at all'), 'words.mp3'],
    [wav(0, () => 0), 'empty.wav'],
  ]) {
    const why = await openBytes(page, bytes, name);
    assert.ok(why.includes(name), `${name}: ${why}`);
  }
  assert.equal(JSON.stringify(await songOf(page)), before);
  await page.close();
});

test('a voice is recorded without the browser’s filters and laid where it was sung', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'arietta-voice-'));
  writeFileSync(join(folder, 'voice.wav'), wav(4, (t) => 0.488 * Math.sin(2 * Math.PI * 1000 * t)));
  const browser = await launch('chromium', {
    args: ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${join(folder, 'voice.wav')}`],
  });
  try {
    const page = await open(browser, house.home);
    await newSong(page);
    await press(page, 'button', 'Record voice');
    await until('the song to run', async () => (await state(page)).transport.playing);
    await new Promise((done) => setTimeout(done, 2500));
    await press(page, 'button', 'Record voice');
    const tracks = await until('the clip', async () => {
      const found = await audioTracks(page);
      return found.length > 0 && found;
    });
    const [clip] = tracks[0].audio_clips;
    assert.ok(clip.start === undefined || clip.start < 480, `the take begins with the song, not at tick ${clip.start}`);
    const hash = (await songOf(page)).audio_assets[0].hash;
    // The stored samples themselves: peak 0.488 is the file, anything else is a filter at work.
    const peak = await page.evaluate(async (hash) => {
      const database = await new Promise((done) => {
        const request = indexedDB.open('arietta');
        request.onsuccess = () => done(request.result);
      });
      const get = (key) => new Promise((done) => {
        const request = database.transaction('assets').objectStore('assets').get(key);
        request.onsuccess = () => done(request.result);
      });
      const place = JSON.parse(new TextDecoder().decode(await get(`audio ${hash}`)));
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('audio');
      const piece = await (await (await root.getDirectoryHandle(place.folder)).getFileHandle('0')).getFile();
      const floats = new Float32Array(await piece.arrayBuffer());
      return { peak: floats.reduce((most, value) => Math.max(most, Math.abs(value)), 0), frames: floats.length };
    }, hash);
    assert.ok(peak.frames > 1.5 * 48000, `${peak.frames} frames`);
    assert.ok(Math.abs(peak.peak - 0.488) < 0.01, `peak ${peak.peak}`);
    await page.close();
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
});

test('a microphone that is denied is said in plain words', async () => {
  const page = await open(house.browser, house.home, {
    before: () => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    },
  });
  await newSong(page);
  await press(page, 'button', 'Record voice');
  await until('the sentence', async () => /may not use the microphone/.test((await state(page)).lastError ?? ''));
  assert.equal((await audioTracks(page)).length, 0);
  await page.close();
});

test('the recording delay is measured over the speakers and the microphone', async () => {
  // A microphone that hears what the sound card of the tests plays.
  const id = execFileSync('pactl', ['load-module', 'module-remap-source', 'master=nul.monitor', 'source_name=arietta_mic'], { encoding: 'utf8' }).trim();
  const browser = await launch('chromium', { args: ['--use-fake-ui-for-media-stream'] });
  try {
    const page = await open(browser, house.home);
    await newSong(page);
    await press(page, 'button', 'Settings');
    await press(page, 'button', 'Measure recording delay');
    const said = await until('the result', () => page.evaluate(() => /Recordings come (\d+) ms late/.exec(document.body.textContent)?.[1]), { timeout: 20_000 });
    assert.ok(Number(said) > 5 && Number(said) < 1000, `${said} ms`);
  } finally {
    await browser.close();
    execFileSync('pactl', ['unload-module', id]);
  }
});
