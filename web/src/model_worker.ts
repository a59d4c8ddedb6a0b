// Runs the melody model away from the page's thread: fetches it, starts ONNX Runtime (WebGPU where it is there and faster,
// else WebAssembly) and answers one request at a time; a newer one, or a cancel, stops the one before between two notes.
import type * as Ort from 'onnxruntime-web/wasm';
import { readManifest, readModel, readReply } from './melody_files';
import { MelodyModel, type Runtime } from './melody_model';

export interface RuntimeUrls {
  script: string;
  glue: string;
  wasm: string;
}

// Addresses are whole: a worker has no document to be relative to.
export interface Setup {
  folder: string; // of the model's files
  assist: string;
  plain: RuntimeUrls;
  gpu: RuntimeUrls;
  use: 'any' | 'wasm' | 'webgpu';
  threads: number;
}

export type ModelRequest =
  | { kind: 'ask'; number: number; json: string; setup: Setup }
  | { kind: 'cancel'; number: number };

export type ModelReply =
  | { kind: 'fetching'; fraction: number; bytes: number }
  | { kind: 'starting' }
  | { kind: 'ready'; backend: string; loaded: string[] }
  | { kind: 'answer'; number: number; json: string }
  | { kind: 'failed'; why: string }; // this worker is of no use any more

let newest = 0;
let model: Promise<MelodyModel> | null = null;
let queue: Promise<void> = Promise.resolve();

self.onmessage = ({ data }: MessageEvent<ModelRequest>) => {
  newest = data.number;
  if (data.kind === 'ask') queue = queue.then(() => answer(data)).catch((problem: unknown) => say({ kind: 'failed', why: sentence(problem) }));
};

async function answer({ number, json, setup }: ModelRequest & { kind: 'ask' }): Promise<void> {
  const ready = await (model ??= load(setup));
  const answered = await ready.answer(json, async () => {
    await messagesRead();
    return newest !== number;
  });
  if (answered !== null && newest === number) say({ kind: 'answer', number, json: answered });
}

async function load(setup: Setup): Promise<MelodyModel> {
  const gpu = setup.use !== 'wasm' && (await hasGpu());
  const urls = gpu ? setup.gpu : setup.plain;
  const manifest = await readManifest(setup.folder);
  const files = await readModel(setup.folder, manifest, (read, all) => say({ kind: 'fetching', fraction: read / all, bytes: all }));
  say({ kind: 'starting' });
  const [ort, assist] = await Promise.all([startRuntime(urls, setup.threads), compile(setup.assist)]);
  const open = (provider: 'wasm' | 'webgpu') => MelodyModel.load(ort, assist, manifest, files, provider);
  const [best, backend] = gpu ? await faster(open, setup.use === 'webgpu') : [await open('wasm'), 'wasm'];
  say({ kind: 'ready', backend, loaded: [setup.assist, ...Object.values(urls)] });
  return best;
}

// A graphics card is no promise: some are slower than the processor at steps this small, some drivers fail or err.
async function faster(open: (provider: 'wasm' | 'webgpu') => Promise<MelodyModel>, insist: boolean): Promise<[MelodyModel, string]> {
  let onGpu: MelodyModel | null = null;
  try {
    onGpu = await open('webgpu');
    await onGpu.trial(); // compiles its programs
    if (insist) return [onGpu, 'webgpu'];
    const gpuTime = await onGpu.trial();
    const plain = await open('wasm');
    const [best, other, backend] = gpuTime < (await plain.trial()) ? [onGpu, plain, 'webgpu'] : [plain, onGpu, 'wasm'];
    await other.release();
    return [best, backend];
  } catch (problem) {
    await onGpu?.release().catch(() => undefined);
    return [await open('wasm'), 'wasm'];
  }
}

// The runtime's WebGPU needs WebAssembly that can wait for promises.
async function hasGpu(): Promise<boolean> {
  const gpu = (navigator as { gpu?: { requestAdapter(): Promise<unknown> } }).gpu;
  return 'Suspending' in WebAssembly && !!gpu && !!(await gpu.requestAdapter().catch(() => null));
}

async function startRuntime(urls: RuntimeUrls, threads: number): Promise<Runtime> {
  const ort = (await import(/* @vite-ignore */ urls.script)) as typeof Ort;
  ort.env.logLevel = 'error';
  ort.env.wasm.wasmPaths = { mjs: urls.glue, wasm: urls.wasm };
  ort.env.wasm.numThreads = threads;
  return ort;
}

async function compile(url: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile((await readReply(await fetch(url), () => undefined)) as BufferSource);
}

// Lets messages in that came while a step was computed.
const channel = new MessageChannel();
function messagesRead(): Promise<void> {
  return new Promise((next) => {
    channel.port1.onmessage = () => next();
    channel.port2.postMessage(null);
  });
}

function say(reply: ModelReply): void {
  postMessage(reply);
}

function sentence(problem: unknown): string {
  if (problem instanceof RangeError || problem instanceof WebAssembly.RuntimeError || typeof problem === 'number') {
    return 'this device ran out of memory for it';
  }
  return problem instanceof Error ? problem.message : String(problem);
}
