// The AudioContext and the engine's node in it. Starts inside a person's gesture, brings the engine back after a trap, and
// says in plain words why there is no sound when there is none. The song never depends on any of this.
//
// On the way to the first sound: load() while the screen is still being compiled, prepare() once there is a studio to listen,
// start() in the gesture.
import { canShareMemory, type Link, type LinkEvents } from './link';
import { PortLink } from './link_port';
import { makeRings, RingLink, type SharedRings } from './link_rings';
import { defaultArenaBytes, telemetryBytes } from './constants.gen';
import type { ProcessorOptions } from './processor';

// As in ui/app.h.
export const enum AudioStatus {
  locked = 0,
  starting = 1,
  running = 2,
  suspended = 3,
  failed = 4,
}

export interface AudioEvents extends LinkEvents {
  status(status: AudioStatus, text: string): void;
}

export interface AudioSettings {
  latencyHint: AudioContextLatencyCategory;
  carrier: 'auto' | 'port';
}

// More traps than this in ten seconds means that the song itself brings the engine down; trying on would only crackle.
const MAX_TRAPS = 4;
const TRAP_WINDOW_MS = 10_000;
const START_PATIENCE_MS = 3000;
// Firefox (seen with 153 on PulseAudio) holds the lock of its audio graph while it asks the sound server for outputLatency, and
// the server may be waiting for that very graph: the page then stands still for ever, most often while sound starts. So it is
// never asked there. This is the middle of what Firefox itself reports when it hides the true figure (12 to 40 ms).
const ASKING_LATENCY_IS_SAFE = !('mozInnerScreenX' in globalThis);
const FIREFOX_OUTPUT_LATENCY_S = 0.025;

export class Audio {
  context: AudioContext | null = null;
  link: Link | null = null;
  node: AudioWorkletNode | null = null;
  private readonly traps: number[] = [];
  private loading: Promise<void> | null = null;
  private preparing: Promise<void> | null = null;
  private wanted = false; // a person has done something that may start sound
  private settledMs = 0; // on the page's clock
  private events!: AudioEvents;

  constructor(
    private readonly engine: Promise<WebAssembly.Module | ArrayBuffer>,
    private readonly processorUrl: string,
    private readonly settings: AudioSettings,
  ) {}

  // The context, resting until the first gesture, and the processor's script in it. A failure is told by prepare().
  load(): void {
    this.settledMs = performance.now() + START_PATIENCE_MS;
    this.loading ??= this.makeContext();
    this.loading.catch(() => undefined);
  }

  // Makes everything ready but silent, so that the first gesture only has to say go.
  prepare(events: AudioEvents = this.events): Promise<void> {
    this.events = events;
    this.preparing ??= this.create().catch((problem: unknown) => {
      this.preparing = null;
      this.close();
      if (this.wanted) this.events.status(AudioStatus.failed, explain(problem));
    });
    return this.preparing;
  }

  // Sound is on its way: whatever can wait should leave page and machine to it.
  get settling(): boolean {
    return performance.now() < this.settledMs;
  }

  // Call inside a gesture. Safe to call again and again: it resumes what exists.
  start(): Promise<void> {
    if (!this.wanted) {
      this.wanted = true;
      this.settledMs = performance.now() + START_PATIENCE_MS;
      this.events.status(AudioStatus.starting, '');
      setTimeout(() => this.stillWaiting(), START_PATIENCE_MS);
    }
    void this.context?.resume().catch(() => undefined); // whatever its state says: prepare's suspend may still be on its way
    return this.prepare();
  }

  // Song position is reported for the end of a block; this is when that block reaches the ear, on the page's clock.
  pageTimeOf(contextSeconds: number): number {
    if (!this.context) return performance.now();
    return performance.now() + (contextSeconds - this.context.currentTime) * 1000;
  }

  outputLatency(): number {
    if (!this.context) return 0;
    const output = ASKING_LATENCY_IS_SAFE ? this.context.outputLatency || 0 : FIREFOX_OUTPUT_LATENCY_S;
    return output + (this.context.baseLatency || 0);
  }

  private async create(): Promise<void> {
    this.load();
    await this.loading;
    await this.makeNode();
    this.stateChanged();
  }

  private async makeContext(): Promise<void> {
    if (typeof AudioContext !== 'function' || typeof AudioWorkletNode !== 'function') {
      throw new Error('This browser cannot run Arietta’s sound (it has no AudioWorklet). You can still look, edit and share.');
    }
    const session = (navigator as { audioSession?: { type: string } }).audioSession;
    if (session) session.type = 'playback'; // else the silent switch of a phone mutes the studio
    const context = new AudioContext({ latencyHint: this.settings.latencyHint, sampleRate: 48000 });
    this.context = context;
    void (this.wanted ? context.resume() : context.suspend()).catch(() => undefined);
    context.onstatechange = () => this.stateChanged();
    await context.audioWorklet.addModule(this.processorUrl);
  }

  private async makeNode(): Promise<void> {
    const module = await this.engine;
    const rings: SharedRings | undefined =
      canShareMemory() && this.settings.carrier === 'auto' ? makeRings(telemetryBytes) : undefined;
    const options: ProcessorOptions = { module, arenaBytes: defaultArenaBytes, ...(rings && { rings }) };
    const node = new AudioWorkletNode(this.context!, 'arietta', {
      numberOfInputs: 0,
      outputChannelCount: [2],
      processorOptions: options,
    });
    node.addEventListener('processorerror', () => this.trapped(node));
    node.connect(this.context!.destination);
    this.node = node;
    const settled = () => (this.settledMs = 0);
    const events: LinkEvents = {
      packet: (bytes) => this.events.packet(bytes),
      telemetry: (bytes, seconds) => (settled(), this.events.telemetry(bytes, seconds)),
      trap: () => this.trapped(node),
      ready: () => (this.wanted || settled(), this.events.ready()),
    };
    this.link = rings ? new RingLink(node.port, rings, events) : new PortLink(node.port, events);
  }

  // The engine stopped: throw the node away and make a new one in the same context, from the module already compiled.
  // The song is in the document, so only reverb tails are lost.
  private trapped(node: AudioWorkletNode): void {
    if (node !== this.node) return;
    const now = performance.now();
    this.traps.push(now);
    const recent = this.traps.filter((at) => now - at < TRAP_WINDOW_MS).length;
    node.disconnect();
    this.link?.close();
    this.node = null;
    this.link = null;
    if (recent > MAX_TRAPS) {
      this.events.status(AudioStatus.failed, 'The sound engine keeps stopping on this song. Your song is safe: share or download it, then reload.');
      return;
    }
    this.events.trap();
    void this.makeNode().catch((problem: unknown) => this.events.status(AudioStatus.failed, explain(problem)));
  }

  private stateChanged(): void {
    const state = this.context?.state as AudioContextState | 'interrupted' | undefined;
    if (!state || !this.node || !this.wanted) return;
    if (state === 'running') this.events.status(AudioStatus.running, '');
    else if (state === 'closed') this.restartContext();
    else this.events.status(AudioStatus.suspended, 'Sound is waiting. Tap anywhere to start it. If nothing happens, check that this device has a working sound output.');
  }

  // A context without a sound device never changes its state, and a browser may never load the worklet.
  private stillWaiting(): void {
    if (this.preparing && !this.node) this.events.status(AudioStatus.starting, 'Sound is still getting ready. It starts by itself as soon as the browser has loaded it.');
    else this.stateChanged();
  }

  private restartContext(): void {
    this.close();
    this.preparing = null;
    this.events.status(AudioStatus.suspended, 'The sound output changed. Tap anywhere to go on.');
  }

  private close(): void {
    this.link?.close();
    this.node?.disconnect();
    const context = this.context;
    this.link = null;
    this.node = null;
    this.context = null;
    this.loading = null;
    if (context && context.state !== 'closed') void context.close().catch(() => undefined);
  }
}

function explain(problem: unknown): string {
  const detail = problem instanceof Error ? problem.message : String(problem);
  if (detail.includes('AudioWorklet')) return detail;
  return `Sound could not start (${detail}). Your song is safe; tap anywhere to try again.`;
}
