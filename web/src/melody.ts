// Melody help, seen from the page: starts the model's worker when help is first asked for, passes requests and answers between
// it and the screen, and lets go of its memory when nobody has asked for a while. Whatever goes wrong is a sentence on the
// screen and a fresh worker next time; the song is never touched from here.
import { siteUrl } from './assets';
import { readCard } from './melody_files';
import type { ModelReply, ModelRequest, RuntimeUrls, Setup } from './model_worker';
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
const PATIENCE_MS = 60_000; // a worker that says nothing for so long will say nothing more

export class Melody {
  private worker: Worker | null = null;
  private number = 0;
  private asking = false;
  private loaded = false;
  private idleTimer = 0;
  private patienceTimer = 0;

  // tell: a command for the screen, with its detail.
  constructor(private readonly tell: (command: string, detail: unknown) => void) {
    // The browser puts this page to sleep and wants its memory.
    document.addEventListener('freeze', () => !this.asking && this.release());
  }

  get backend(): string {
    return this.loaded ? this.runsOn : '';
  }
  private runsOn = '';

  // The newest request counts; one that is still being answered is given up.
  ask(json: string): void {
    clearTimeout(this.idleTimer);
    this.asking = true;
    this.send({ kind: 'ask', number: ++this.number, json, setup: setup() });
    this.waitPatiently();
  }

  cancel(): void {
    if (!this.asking) return;
    if (!this.loaded) return this.release(); // stops the download too
    this.send({ kind: 'cancel', number: ++this.number });
    this.rest();
  }

  release(): void {
    this.worker?.terminate();
    this.worker = null;
    this.loaded = false;
    this.rest();
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
    if (reply.kind === 'fetching') {
      this.tell('assist_progress', { fraction: reply.fraction, text: `Fetching the melody model (${(reply.bytes / 1e6).toFixed(1)} MB)…` });
    } else if (reply.kind === 'starting') {
      this.tell('assist_progress', { fraction: 1, text: 'Starting the melody model…' });
    } else if (reply.kind === 'ready') {
      this.loaded = true;
      this.runsOn = reply.backend;
      // The service worker may have come after this page; it is told what was loaded without it.
      navigator.serviceWorker?.controller?.postMessage([siteUrl(workerUrl), ...reply.loaded]);
    } else if (reply.number === this.number && this.asking) {
      this.rest();
      this.tell('assist_answer', JSON.parse(reply.json));
    }
  }

  private fail(why: string): void {
    const wanted = this.asking;
    this.release();
    if (wanted) this.tell('assist_answer', { error: `Melody help could not work: ${why}. Your song is as it was, and you can try again.` });
  }

  private waitPatiently(): void {
    clearTimeout(this.patienceTimer);
    this.patienceTimer = window.setTimeout(() => this.fail('it did not answer for a minute'), PATIENCE_MS);
  }

  // Nothing is asked now. The model goes when nothing is asked for some minutes.
  private rest(): void {
    this.asking = false;
    clearTimeout(this.patienceTimer);
    clearTimeout(this.idleTimer);
    if (!this.worker) return;
    const memory = (navigator as { deviceMemory?: number }).deviceMemory ?? Infinity;
    this.idleTimer = window.setTimeout(() => this.release(), memory <= SMALL_DEVICE_GB ? SMALL_DEVICE_IDLE_MS : IDLE_MS);
  }
}

function folder(): string {
  return siteUrl('models/melody/');
}

function setup(): Setup {
  const whole = (script: string, glue: string, wasm: string): RuntimeUrls => ({ script: siteUrl(script), glue: siteUrl(glue), wasm: siteUrl(wasm) });
  const asked = new URLSearchParams(location.search).get('melody');
  return {
    folder: folder(),
    assist: siteUrl(assistUrl),
    plain: whole(plainScript, plainGlue, plainWasm),
    gpu: whole(gpuScript, gpuGlue, gpuWasm),
    use: asked === 'wasm' || asked === 'webgpu' ? asked : 'any',
    // Threads need an isolated page; one core is for the sound and one for the screen.
    threads: crossOriginIsolated && typeof SharedArrayBuffer === 'function' ? Math.min(4, Math.max(1, navigator.hardwareConcurrency - 2)) : 1,
  };
}
