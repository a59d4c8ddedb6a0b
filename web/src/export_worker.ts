// Renders a song to audio files away from the page and the audio thread: the same engine.wasm, as fast as it can.
// Stems are made by rendering once per track with the other tracks' chunks left out of the mix, and go into one .zip. Recorded
// sound is asked of the page, which has it, as the engine asks for it.
import { Message, telemetryBytes, Telemetry } from './constants.gen';
import { frames, packet, words } from './frames';
import { wavFile } from './wav';
import { ZipFile } from './zip';

export interface ExportRequest {
  module: WebAssembly.Module | ArrayBuffer;
  arenaBytes: number;
  sampleRate: number;
  assets: Uint8Array[]; // packets that give the engine its sounds
  plans: { name: string; plan: Uint8Array }[]; // one WAV each: its plan packet and its name
  zip: boolean; // all of them in one .zip; else there is only one
  measure: boolean; // no file at all, only how loud each is
}

export interface AudioWant {
  asset: number;
  first: number;
  count: number;
}
export interface ExportAudio {
  packets: Uint8Array[];
}

export type ExportReply =
  | { kind: 'progress'; part: number }
  | { kind: 'want'; wants: AudioWant[] } // answered by an ExportAudio
  | { kind: 'done'; file: Blob }
  | { kind: 'measured'; lufs: number[] }
  | { kind: 'failed'; why: string };

interface Engine {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  eng_init(sampleRate: number, maxQuantum: number, arenaBytes: number): number;
  eng_inbox(bytes: number): number;
  eng_receive(bytes: number): void;
  eng_render(frames: number): number;
  eng_telemetry(): number;
  eng_outbox(): number;
  eng_outbox_len(): number;
}

const QUANTUM = 1024;
const LEAST_FETCHES = 8; // quanta before the start, in which the plan is taken in ...
const MOST_FETCHES = 64; // ... and the first seconds of recorded sound are asked for
const LONGEST_S = 60 * 60; // of audio in one file
const TAIL_S = 6; // at most this long after the last note ...
const SILENCE = 1e-4; // ... but no longer than there is anything to hear (-80 dB)

let answered: ((packets: Uint8Array[]) => void) | null = null;

self.onmessage = (event: MessageEvent<ExportRequest | ExportAudio>) => {
  if ('packets' in event.data) answered?.(event.data.packets);
  else void start(event.data);
};

async function start(request: ExportRequest): Promise<void> {
  try {
    if (request.measure) postMessage({ kind: 'measured', lufs: await measureAll(request) } satisfies ExportReply);
    else postMessage({ kind: 'done', file: await renderAll(request) } satisfies ExportReply);
  } catch (problem) {
    postMessage({ kind: 'failed', why: problem instanceof Error ? problem.message : String(problem) } satisfies ExportReply);
  }
}

function compiled(request: ExportRequest): WebAssembly.Module {
  return request.module instanceof ArrayBuffer ? new WebAssembly.Module(request.module) : request.module;
}

async function measureAll(request: ExportRequest): Promise<number[]> {
  const module = compiled(request);
  const all: number[] = [];
  for (const { plan } of request.plans) all.push((await render(module, request, plan, () => undefined)).lufs);
  return all;
}

async function renderAll(request: ExportRequest): Promise<Blob> {
  const module = compiled(request);
  const wav = async (i: number) => {
    const report = (part: number) => postMessage({ kind: 'progress', part: (i + part) / request.plans.length } satisfies ExportReply);
    const { left, right } = await render(module, request, request.plans[i]!.plan, report);
    return wavFile(left, right, request.sampleRate);
  };
  if (!request.zip) return new Blob([(await wav(0)) as BlobPart], { type: 'audio/wav' });
  const zip = new ZipFile();
  for (const [i, { name }] of request.plans.entries()) zip.add(name, await wav(i));
  return zip.finish();
}

async function render(
  module: WebAssembly.Module,
  request: ExportRequest,
  plan: Uint8Array,
  report: (part: number) => void,
): Promise<{ left: Float32Array; right: Float32Array; lufs: number }> {
  const imports = { env: { fault: () => undefined } };
  const engine = new WebAssembly.Instance(module, imports).exports as unknown as Engine;
  engine._initialize?.();
  if (engine.eng_init(request.sampleRate, QUANTUM, request.arenaBytes) !== 1) {
    throw new Error('There is not enough memory to render this song.');
  }
  const send = (bytes: Uint8Array) => {
    const at = engine.eng_inbox(bytes.byteLength);
    if (!at) throw new Error('The song is too large for the engine.');
    new Uint8Array(engine.memory.buffer).set(bytes, at);
    engine.eng_receive(bytes.byteLength);
  };
  request.assets.forEach(send);
  send(plan);
  for (let quanta = 0, asked = 0; quanta < LEAST_FETCHES || (asked > 0 && quanta < MOST_FETCHES); ++quanta) {
    engine.eng_render(QUANTUM); // the plan takes over at a block's edge
    asked = await fetchAudio(engine, send);
  }
  send(packet([{ type: Message.loop, payload: new Uint8Array(24) }, { type: Message.seek, payload: new Uint8Array(8) }, { type: Message.play, payload: words() }]));

  const chunks: [Float32Array, Float32Array][] = [];
  let rendered = 0;
  let tail = 0;
  let lufs = 0;
  while (rendered < LONGEST_S * request.sampleRate && tail < TAIL_S * request.sampleRate) {
    const at = engine.eng_render(QUANTUM);
    if (!request.measure) {
      const left = new Float32Array(engine.memory.buffer, at, QUANTUM).slice();
      const right = new Float32Array(engine.memory.buffer, at + 4 * QUANTUM, QUANTUM).slice();
      chunks.push([left, right]);
    }
    rendered += QUANTUM;
    await fetchAudio(engine, send);
    const telemetry = new DataView(engine.memory.buffer, engine.eng_telemetry(), telemetryBytes);
    lufs = telemetry.getFloat32(Telemetry.masterIntegratedLufs, true);
    const playing = telemetry.getUint32(Telemetry.playing, true) !== 0;
    if (!playing) {
      tail += QUANTUM;
      const loudest = Math.max(telemetry.getFloat32(Telemetry.masterPeakLeft, true), telemetry.getFloat32(Telemetry.masterPeakRight, true));
      if (loudest < SILENCE) break;
    }
    if (chunks.length % 256 === 0) report(Math.min(0.99, telemetry.getFloat64(Telemetry.songTick, true) / planLength(plan)));
  }
  const joined = (channel: 0 | 1) => {
    const all = new Float32Array(request.measure ? 0 : rendered);
    chunks.forEach((chunk, i) => all.set(chunk[channel], i * QUANTUM));
    return all;
  };
  return { left: joined(0), right: joined(1), lufs };
}

// Gives the engine the recorded sound it asked for since last time; how many wishes there were.
async function fetchAudio(engine: Engine, send: (bytes: Uint8Array) => void): Promise<number> {
  const count = engine.eng_outbox_len();
  if (count === 0) return 0;
  const said = new Uint8Array(engine.memory.buffer, engine.eng_outbox(), count).slice();
  const wants: AudioWant[] = [];
  for (const { type, payload } of frames(said)) {
    if (type === Message.audioWant) wants.push({ asset: payload.getUint32(0, true), first: payload.getUint32(4, true), count: payload.getUint32(8, true) });
  }
  if (wants.length === 0) return 0;
  const packets = await new Promise<Uint8Array[]>((resolve) => {
    answered = resolve;
    postMessage({ kind: 'want', wants } satisfies ExportReply);
  });
  packets.forEach(send);
  return wants.length;
}

// Ticks in the song: PlanHead::length, in the frame that carries the head.
function planLength(plan: Uint8Array): number {
  const view = new DataView(plan.buffer, plan.byteOffset, plan.byteLength);
  for (let at = 0; at + 40 <= plan.byteLength; at += view.getUint32(at, true)) {
    if (view.getUint16(at + 4, true) === Message.planHead) return Math.max(1, Number(view.getBigInt64(at + 32, true)));
  }
  return 1;
}
