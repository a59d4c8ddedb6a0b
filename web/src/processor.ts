// The audio thread's side of the page: takes packets to engine.wasm, asks it for sound, brings its answers back.
// Runs in AudioWorkletGlobalScope, where there is no performance, no TextDecoder, no timers. process() allocates
// nothing: views are made once and again only when the engine's memory changed, and time is counted in frames, because
// currentTime is a new heap number at every look.
import { ENVELOPE, Kind } from './link';
import { Ring } from './ring';
import type { SharedRings } from './link_rings';
import { telemetryBytes } from './constants.gen';

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  eng_init(sampleRate: number, maxQuantum: number, arenaBytes: number): number;
  eng_inbox(bytes: number): number;
  eng_receive(bytes: number): void;
  eng_render(frames: number): number;
  eng_outbox(): number;
  eng_outbox_len(): number;
  eng_telemetry(): number;
  eng_memory_epoch(): number;
}

export interface ProcessorOptions {
  module: WebAssembly.Module | ArrayBuffer;
  arenaBytes: number;
  rings?: SharedRings;
}

// Larger than any quantum a browser uses today; the engine itself cuts it into blocks of 32.
const MAX_QUANTUM = 4096;
const TELEMETRY_PER_S = 60;
// Buffers telemetry leaves alone, so that answers still get through when the page has not read for a while.
const ANSWER_BUFFERS = 3;

class Processor extends AudioWorkletProcessor {
  private readonly engine: Exports;
  private readonly spare: ArrayBuffer[] = []; // the page's buffers we may write answers into
  private readonly transfer: ArrayBuffer[] = [new ArrayBuffer(0)]; // reused, so that posting makes no garbage
  private readonly toEngine: Ring | null = null;
  private readonly toPage: Ring | null = null;
  private readonly lock: Int32Array | null = null;
  private readonly shared: DataView | null = null;
  private readonly sharedBlock: Uint8Array | null = null;
  private heap = new Uint8Array(0);
  private left = new Float32Array(0); // what the engine has rendered
  private right = this.left;
  private epoch = -1;
  private nextTelemetry = 0; // frame of the context
  private dead = false;

  constructor(options: { processorOptions: ProcessorOptions }) {
    super();
    const { module, arenaBytes, rings } = options.processorOptions;
    const compiled = module instanceof ArrayBuffer ? new WebAssembly.Module(module) : module;
    const fault = { env: { fault: () => undefined } };
    this.engine = new WebAssembly.Instance(compiled, fault).exports as unknown as Exports;
    this.engine._initialize?.();
    const ready = this.engine.eng_init(sampleRate, MAX_QUANTUM, arenaBytes) === 1;
    this.refreshViews(0, 0);
    if (rings) {
      this.toEngine = new Ring(rings.toEngine);
      this.toPage = new Ring(rings.toPage);
      this.lock = new Int32Array(rings.telemetry, 0, 1);
      this.shared = new DataView(rings.telemetry);
      this.sharedBlock = new Uint8Array(rings.telemetry, 16);
    }
    this.port.onmessage = (event: MessageEvent<ArrayBuffer>) => this.receive(event.data);
    const note = new ArrayBuffer(ENVELOPE);
    new DataView(note).setUint32(4, ready ? Kind.ready : Kind.trap, true);
    this.port.postMessage(note, [note]);
    this.dead = !ready;
  }

  override process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    if (this.dead) return false;
    try {
      this.drainRing();
      const output = outputs[0]!;
      const frames = output[0]!.length;
      const at = this.engine.eng_render(frames);
      if (this.engine.eng_memory_epoch() !== this.epoch || at !== this.left.byteOffset || frames !== this.left.length) this.refreshViews(at, frames);
      for (let channel = 0; channel < output.length; ++channel) output[channel]!.set(channel & 1 ? this.right : this.left);
      this.report(currentFrame + frames);
    } catch {
      this.die();
    }
    return !this.dead;
  }

  private refreshViews(at: number, frames: number): void {
    const { buffer } = this.engine.memory;
    this.epoch = this.engine.eng_memory_epoch();
    this.heap = new Uint8Array(buffer);
    this.left = new Float32Array(buffer, at, frames);
    this.right = new Float32Array(buffer, at + 4 * MAX_QUANTUM, frames); // right follows left
  }

  private receive(buffer: ArrayBuffer): void {
    if (this.dead) return;
    const head = new DataView(buffer);
    if (head.getUint32(4, true) === Kind.spare) {
      this.spare.push(buffer);
      return;
    }
    try {
      const count = head.getUint32(0, true);
      const at = this.engine.eng_inbox(count);
      if (at) {
        this.heap.set(new Uint8Array(buffer, ENVELOPE, count), at);
        this.engine.eng_receive(count);
      }
      head.setUint32(4, Kind.spare, true);
      this.port.postMessage(buffer, [buffer]);
    } catch {
      this.die();
    }
  }

  private drainRing(): void {
    if (!this.toEngine) return;
    for (let count = this.toEngine.next(); count > 0; count = this.toEngine.next()) {
      const at = this.engine.eng_inbox(count);
      if (at) this.toEngine.copyTo(this.heap, at, count);
      this.toEngine.drop(count);
      if (at) this.engine.eng_receive(count);
    }
  }

  // `end` is the frame after the last one rendered.
  private report(end: number): void {
    const answer = this.toPage || this.spare.length > 0 ? this.engine.eng_outbox_len() : 0;
    if (answer > 0) {
      const from = this.engine.eng_outbox();
      if (this.toPage) this.toPage.write(this.heap, from, answer);
      else this.post(Kind.packet, from, answer, end);
    }
    if (end < this.nextTelemetry || (!this.lock && this.spare.length <= ANSWER_BUFFERS)) return;
    this.nextTelemetry = end + ((sampleRate / TELEMETRY_PER_S) | 0);
    const from = this.engine.eng_telemetry();
    if (this.lock) this.publish(from, end);
    else this.post(Kind.telemetry, from, telemetryBytes, end);
  }

  // Without a free buffer the page is not reading; what it misses is old news by then.
  private post(kind: Kind, from: number, count: number, end: number): void {
    const buffer = this.spare.pop();
    if (!buffer || buffer.byteLength < ENVELOPE + count) return;
    const bytes = new Uint8Array(buffer);
    const head = new DataView(buffer);
    head.setUint32(0, count, true);
    head.setUint32(4, kind, true);
    head.setFloat64(8, end / sampleRate, true);
    for (let i = 0; i < count; ++i) bytes[ENVELOPE + i] = this.heap[from + i]!;
    this.transfer[0] = buffer;
    this.port.postMessage(buffer, this.transfer);
  }

  // An odd sequence number tells the reader that the block is being written.
  private publish(from: number, end: number): void {
    Atomics.add(this.lock!, 0, 1);
    this.shared!.setFloat64(8, end / sampleRate, true);
    for (let i = 0; i < telemetryBytes; ++i) this.sharedBlock![i] = this.heap[from + i]!;
    Atomics.add(this.lock!, 0, 1);
  }

  private die(): void {
    this.dead = true;
    const note = new ArrayBuffer(ENVELOPE);
    new DataView(note).setUint32(4, Kind.trap, true);
    this.port.postMessage(note, [note]);
  }
}

registerProcessor('arietta', Processor);
