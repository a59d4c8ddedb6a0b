// Runs the melody model away from the page's thread: fetches it, starts ONNX Runtime (WebGPU where it is there and faster,
// else WebAssembly) and answers one request at a time; a newer one, or a cancel, stops the one before between two notes.
import type * as Ort from 'onnxruntime-web/wasm';
import { bytesOfModel, isKept, readManifest, readModel, readReply } from './melody_files';
import { MelodyModel, type Runtime } from './melody_model';

export type Backend = 'wasm' | 'webgpu';

export interface RuntimeUrls {
  script: string;
  glue: string;
  wasm: string;
  wasmBytes: number;
}

// Addresses are whole: a worker has no document to be relative to.
export interface Setup {
  folder: string; // of the model's files
  assist: string;
  plain: RuntimeUrls;
  gpu: RuntimeUrls;
  use: 'any' | Backend;
  threads: number;
}

export type ModelRequest =
  | { kind: 'ask'; number: number; json: string; setup: Setup }
  | { kind: 'cancel'; number: number };

export type ModelReply =
  | { kind: 'loading'; fraction: number; bytes: number; fetched: boolean } // fetched: over the network, not from this device
  | { kind: 'ready'; backend: Backend; loaded: string[] }
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
  const kept = await isKept(setup.folder, manifest);
  const bytes = bytesOfModel(manifest) + (kept ? 0 : urls.wasmBytes);
  const read = { model: 0, runtime: 0 };
  let fetched = false;
  let told = -1;
  const report = () => {
    const percent = Math.floor((100 * (read.model + read.runtime)) / bytes);
    if (percent !== told) say({ kind: 'loading', fraction: (told = percent) / 100, bytes, fetched });
  };
  const [files, ort, assist] = await Promise.all([
    readModel(setup.folder, manifest, (count, overNetwork) => {
      read.model = count;
      fetched ||= overNetwork;
      report();
    }),
    startRuntime(urls, setup.threads, kept ? null : (count) => {
      read.runtime = count;
      report();
    }),
    compile(setup.assist),
  ]);
  const open = (provider: Backend) => MelodyModel.load(ort, assist, manifest, files, provider);
  const [best, backend] = gpu ? await faster(open, setup.use === 'webgpu') : [await open('wasm'), 'wasm' as const];
  say({ kind: 'ready', backend, loaded: [setup.assist, urls.script, urls.glue, urls.wasm] });
  return best;
}

// A graphics card is no promise: some are slower than the processor at steps this small, some drivers fail or err.
async function faster(open: (provider: Backend) => Promise<MelodyModel>, insist: boolean): Promise<[MelodyModel, Backend]> {
  let onGpu: MelodyModel | null = null;
  try {
    onGpu = await open('webgpu');
    await onGpu.trial(); // compiles its programs
    if (insist) return [onGpu, 'webgpu'];
    const gpuTime = await onGpu.trial();
    const plain = await open('wasm');
    const gpuWins = gpuTime < (await plain.trial());
    await (gpuWins ? plain : onGpu).release();
    return gpuWins ? [onGpu, 'webgpu'] : [plain, 'wasm'];
  } catch {
    await onGpu?.release().catch(() => undefined);
    return [await open('wasm'), 'wasm'];
  }
}

// The runtime's WebGPU needs WebAssembly that can wait for promises.
async function hasGpu(): Promise<boolean> {
  const gpu = (navigator as { gpu?: { requestAdapter(): Promise<unknown> } }).gpu;
  return 'Suspending' in WebAssembly && !!gpu && !!(await gpu.requestAdapter().catch(() => null));
}

// `progress` where the runtime has to be fetched. Where it is here already, the browser loads it itself, because then it also
// has the machine code of last time.
async function startRuntime(urls: RuntimeUrls, threads: number, progress: ((bytesRead: number) => void) | null): Promise<Runtime> {
  const [ort, wasm] = await Promise.all([
    import(/* @vite-ignore */ urls.script) as Promise<typeof Ort>,
    progress && fetch(urls.wasm).then((reply) => readReply(reply, progress)),
  ]);
  ort.env.logLevel = 'error';
  ort.env.wasm.wasmPaths = { mjs: urls.glue, wasm: urls.wasm };
  if (wasm) ort.env.wasm.wasmBinary = wasm.buffer as ArrayBuffer;
  ort.env.wasm.numThreads = threads;
  return ort;
}

async function compile(url: string): Promise<WebAssembly.Module> {
  return WebAssembly.compile((await readReply(await fetch(url))) as BufferSource);
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
