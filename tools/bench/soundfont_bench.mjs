// Playing SoundFonts: engine.wasm beside FluidSynth as WebAssembly (js-synthesizer), same songs, same bank, same run.
// CPU milliseconds for one second of audio; the two take turns, the ratio is the median of the pairs.
// Each song twice, like for like: `dry` is without reverb on either side (every channel asks for none, FluidSynth's is
// off), `wet` with reverb on both (every channel at General MIDI's usual 40). Chorus, which we have not, is off in both.
// Ours always pays for its limiter, its strips and the check of every device's output; FluidSynth has none of these.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineHost } from './engine_host.mjs';
import { finish, median, round } from './report.mjs';
import { band, held } from './songs.mjs';

const ROUNDS = 5;
const RATE = 48000;
const require = createRequire(new URL('../../web/package.json', import.meta.url));
const bankPath = process.env.ARIETTA_BANK;
const enginePath = join(process.env.ARIETTA_WASM_DIR, 'engine.wasm');
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

const peer = require('js-synthesizer');
peer.Synthesizer.initializeWithFluidSynthModule(require('js-synthesizer/externals/libfluidsynth-2.4.6-with-libsndfile.js'));
await peer.Synthesizer.waitForWasmInitialized();

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function playOurs(song, packets) {
  const engine = new EngineHost(enginePath, { rate: RATE });
  engine.sendFile(packets);
  engine.play();
  const before = cpuMs();
  engine.render((song.seconds * RATE) / engine.quantum);
  return (cpuMs() - before) / song.seconds;
}

async function playPeer(song, font, reverbActive) {
  const synth = new peer.Synthesizer();
  synth.init(RATE, { reverbActive, chorusActive: false, polyphony: 512 });
  await synth.loadSFont(font);
  await synth.addSMFDataToPlayer(song.bytes);
  await synth.playPlayer();
  const buffers = [new Float32Array(128), new Float32Array(128)];
  const before = cpuMs();
  for (let i = 0; i < (song.seconds * RATE) / 128; ++i) synth.render(buffers);
  const spent = (cpuMs() - before) / song.seconds;
  synth.close();
  return spent;
}

const font = readFileSync(bankPath);
const figures = {};
const songs = (reverb) => [band(15, reverb), held(16, 16, reverb), held(64, 16, reverb), held(256, 12, reverb)];
for (const [kind, reverb] of [['dry', 0], ['wet', 40]]) {
  for (const song of songs(reverb)) {
    const midi = join(folder, `${song.name}.mid`);
    writeFileSync(midi, song.bytes);
    execFileSync(process.env.ARIETTA_CLI, ['packets', midi, `${midi}.packets`], { stdio: ['ignore', 'ignore', 'inherit'] });
    const packets = readFileSync(`${midi}.packets`);
    const ours = [];
    const theirs = [];
    playOurs(song, packets); // both compilers have optimised by the time it counts
    await playPeer(song, font, kind === 'wet');
    for (let i = 0; i < ROUNDS; ++i) {
      ours.push(playOurs(song, packets));
      theirs.push(await playPeer(song, font, kind === 'wet'));
    }
    const name = `${song.name}_${kind}`;
    figures[name] = {
      ours_ms_per_s: round(median(ours)),
      fluidsynth_wasm_ms_per_s: round(median(theirs)),
      ratio: round(median(ours.map((value, i) => value / theirs[i]))),
      slowest_over_fastest: round(Math.max(...ours) / Math.min(...ours)),
    };
    console.log(name.padEnd(12), JSON.stringify(figures[name]));
  }
}
finish(figures);
process.exit(0);
