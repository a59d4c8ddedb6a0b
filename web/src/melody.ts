// Melody help, seen from the page: starts the model's worker when help is first asked for, passes requests and answers between
// it and the screen, and lets go of its memory when nobody has asked for a while. Whatever goes wrong is a sentence on the
// screen and a fresh worker next time; the song is never touched from here.
import { siteUrl } from './assets';
import { readCard } from './melody_files';
import type { Backend, ModelReply, ModelRequest, Setup } from './model_worker';
import workerUrl from './model_worker.ts?worker&url';
import assistUrl from '@wasm/assist.wasm?url';
import plainScript from '@ort/ort.wasm.min.mjs?url';
import plainGlue from '@ort/ort-wasm-simd-threaded.mjs?url';
import plainWasm from '@ort/ort-wasm-simd-threaded.wasm?url';
import gpuScript from '@ort/ort.jspi.min.mjs?url';
import gpuGlue from '@ort/ort-wasm-simd-threaded.jspi.mjs?url';
import gpuWasm from '@ort/ort-wasm-simd-threaded.jspi.wasm?url';

const IDLE_MS = 5 * 60_000;
const SMALL_DEVICE_IDLE_MS = 30_000; // where memory is short
const SMALL_DEVICE_GB = 2;
const CHANGED_MIND_MS = 1500; // after that, nobody wants what is still being fetched
const PATIENCE_MS = 60_000; // a worker that says nothing for so long will say nothing more

export class Melody {
  private worker: Worker | null = null;
  private number = 0;
  private asking = false;
  private backend: Backend | null = null; // once it is loaded
  private idleTimer = 0;
  private patienceTimer = 0;

  // tell: a command for the screen, with its detail.
  constructor(private readonly tell: (command: string, detail: unknown) => void) {
    // The browser puts this page to sleep and wants its memory.
    document.addEventListener('freeze', () => !this.asking && this.release());
  }

  // The newest request counts; one that is still being answered is given up.
  ask(json: string): void {
    clearTimeout(this.idleTimer);
    this.asking = true;
    this.send({ kind: 'ask', number: ++this.number, json, setup: setup() });
    this.waitPatiently();
  }

  cancel(): void {
    if (!this.asking) return;
    this.send({ kind: 'cancel', number: ++this.number });
    this.rest(this.backend ? idleMs() : CHANGED_MIND_MS);
  }

  release(): void {
    this.worker?.terminate();
    this.worker = null;
    this.backend = null;
    this.rest(0);
  }

  async showCard(): Promise<void> {
    const text = await readCard(folder()).catch(() => 'The text about this model could not be loaded. With a network it is there again.');
    this.tell('model_card', { text });
  }

  private send(request: ModelRequest): void {
    this.worker ??= this.start();
    this.worker.postMessage(request);
  }

  private start(): Worker {
    const worker = new Worker(siteUrl(workerUrl));
    worker.onmessage = ({ data }: MessageEvent<ModelReply>) => worker === this.worker && this.hear(data);
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.worker) this.fail('it stopped unexpectedly');
    };
    return worker;
  }

  private hear(reply: ModelReply): void {
    if (this.asking) this.waitPatiently();
    if (reply.kind === 'failed') return this.fail(reply.why);
    if (reply.kind === 'loading') {
      const text = reply.fetched ? `Fetching the melody model (${Math.round(reply.bytes / 1e6)} MB, only this once)…` : 'Starting the melody model…';
      this.tell('assist_progress', { fraction: reply.fraction, text });
    } else if (reply.kind === 'ready') {
      this.backend = reply.backend;
      rememberBackend(reply.backend);
      // The service worker may have come after this page; it is told what was loaded without it.
      navigator.serviceWorker?.controller?.postMessage([siteUrl(workerUrl), ...reply.loaded]);
    } else if (reply.number === this.number && this.asking) {
      this.rest(idleMs());
      this.tell('assist_answer', JSON.parse(reply.json));
    }
  }

  private fail(why: string): void {
    const wanted = this.asking;
    if (this.backend === 'webgpu') rememberBackend('wasm'); // whatever it was, it will not be the graphics card again
    this.release();
    if (wanted) this.tell('assist_answer', { error: `Melody help could not work: ${why}. Your song is as it was, and you can try again.` });
  }

  private waitPatiently(): void {
    clearTimeout(this.patienceTimer);
    this.patienceTimer = window.setTimeout(() => this.fail('it did not answer for a minute'), PATIENCE_MS);
  }

  // Nothing is asked now; the model goes when that stays so.
  private rest(untilReleaseMs: number): void {
    this.asking = false;
    clearTimeout(this.patienceTimer);
    clearTimeout(this.idleTimer);
    if (this.worker) this.idleTimer = window.setTimeout(() => this.release(), untilReleaseMs);
  }
}

function idleMs(): number {
  const memory = (navigator as { deviceMemory?: number }).deviceMemory ?? Infinity;
  return memory <= SMALL_DEVICE_GB ? SMALL_DEVICE_IDLE_MS : IDLE_MS;
}

function folder(): string {
  return siteUrl('models/melody/');
}

function setup(): Setup {
  return {
    folder: folder(),
    assist: siteUrl(assistUrl),
    plain: { script: siteUrl(plainScript), glue: siteUrl(plainGlue), wasm: siteUrl(plainWasm), wasmBytes: PLAIN_RUNTIME_BYTES },
    gpu: { script: siteUrl(gpuScript), glue: siteUrl(gpuGlue), wasm: siteUrl(gpuWasm), wasmBytes: GPU_RUNTIME_BYTES },
    use: wantedBackend(),
    // Threads need an isolated page; one core is for the sound and one for the screen.
    threads: crossOriginIsolated && typeof SharedArrayBuffer === 'function' ? Math.min(4, Math.max(1, navigator.hardwareConcurrency - 2)) : 1,
  };
}

// What was faster on this device is tried out once, not every time; `?melody=wasm` or `webgpu` in the address insists.
const BACKEND_KEY = 'arietta-melody-backend';

function wantedBackend(): 'any' | Backend {
  const known = askedBackend() ?? readKey();
  return known === 'wasm' || known === 'webgpu' ? known : 'any';
}

function rememberBackend(backend: Backend): void {
  if (askedBackend()) return;
  try {
    localStorage.setItem(BACKEND_KEY, backend);
  } catch {
    return; // a browser that keeps nothing
  }
}

function askedBackend(): string | null {
  return new URLSearchParams(location.search).get('melody');
}

function readKey(): string | null {
  try {
    return localStorage.getItem(BACKEND_KEY);
  } catch {
    return null;
  }
}
