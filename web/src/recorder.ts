// The microphone: asked for without echo cancellation, noise suppression and automatic gain, and looked at whether they really
// are off; recorded through the worklet, so that every sample's frame of the context is known. What was recorded is kept,
// whatever goes wrong.
import type { Audio } from './audio';
import type { AudioInfo, AudioStore, AudioWriter } from './audio_store';
import { Peaks } from './peaks';
import { RECORD_FRAMES, RECORD_HEADER } from './recorder_format';
import recorderUrl from './recorder_processor.ts?worker&url';
import { siteUrl } from './assets';
import { findDelay, makeBursts } from './round_trip';
import type { Store } from './store';

const BUFFERS = 64; // 5 s at 48 kHz: longer than a page stalls
const BLUETOOTH_S = 0.13; // of a round trip: wired ones stay below, wireless ones do not
const INPUT_LATENCY_S = 0.01; // where the browser does not say: one buffer of a usual driver

export interface Recorded {
  info: AudioInfo;
  peaks: Uint8Array;
  firstFrame: number; // of the context
  latencySeconds: number; // from the engine's output to the recording of it
}

export interface RecorderEvents {
  started(): void;
  // The end, asked for or not; `trouble` says why in plain words, empty when all went well.
  ended(recorded: Recorded | null, trouble: string): void;
  notice(text: string): void;
}

export class Recorder {
  private stream: MediaStream | null = null;
  private source: MediaStreamAudioSourceNode | null = null;
  private node: AudioWorkletNode | null = null;
  private writer: AudioWriter | null = null;
  private peaks = new Peaks(1);
  private firstFrame = -1;
  private nextFrame = 0;
  private latencySeconds = 0;
  private trouble = '';
  private stopping: Promise<void> | null = null;
  private starting = false;
  private flushed: (() => void) | null = null; // called when the worklet has sent its last buffer

  constructor(
    private readonly audio: Audio,
    private readonly store: AudioStore,
    private readonly settings: Store, // where measured delays are kept
    private readonly events: RecorderEvents,
  ) {}

  get running(): boolean {
    return this.node !== null || this.starting;
  }

  async start(): Promise<void> {
    if (this.running) return;
    this.starting = true;
    try {
      await this.openTake();
    } catch (problem) {
      this.close();
      this.events.ended(null, explain(problem));
    } finally {
      this.starting = false;
    }
  }

  stop(trouble = ''): Promise<void> {
    this.trouble ||= trouble;
    this.stopping ??= this.finish().finally(() => (this.stopping = null));
    return this.stopping;
  }

  // One minute beside the speakers, or with a cable from the output to the input: how late recordings are, kept for this
  // microphone from then on. Says what it found.
  async measureDelay(): Promise<void> {
    if (this.running) return;
    this.starting = true;
    try {
      const { context, key } = await this.microphone();
      const bursts = makeBursts(context.sampleRate);
      const heard = new Float32Array(bursts.samples.length + context.sampleRate);
      let first = -1;
      this.listen(context, (frame, floats) => {
        if (first < 0) first = frame;
        if (frame - first + floats.length <= heard.length) heard.set(floats, frame - first);
      });
      const buffer = new AudioBuffer({ length: bursts.samples.length, sampleRate: context.sampleRate });
      buffer.copyToChannel(bursts.samples as Float32Array<ArrayBuffer>, 0);
      const player = new AudioBufferSourceNode(context, { buffer });
      player.connect(context.destination);
      const when = context.currentTime + 0.3;
      player.start(when);
      await new Promise((ended) => (player.onended = ended));
      await new Promise((heardAll) => setTimeout(heardAll, 600));
      const delay = first < 0 ? null : findDelay(heard, Math.round(when * context.sampleRate) - first, bursts);
      if (delay === null) throw new Error('The clicks were not heard. Turn the speakers up, move the microphone nearer, or connect output and input with a cable, and try again.');
      const seconds = delay / context.sampleRate;
      await this.settings.saveAsset(key, new TextEncoder().encode(String(seconds)));
      const bluetooth = seconds > BLUETOOTH_S ? ' That long a delay usually means Bluetooth; a cable or the built-in speakers are quicker.' : '';
      this.events.notice(`Recordings come ${Math.round(seconds * 1000)} ms late with this microphone. From now on they are moved back by that.${bluetooth}`);
    } catch (problem) {
      this.events.notice(explain(problem));
    } finally {
      this.close();
      this.starting = false;
    }
  }

  private async openTake(): Promise<void> {
    const { context, latencySeconds } = await this.microphone();
    this.latencySeconds = latencySeconds;
    this.peaks = new Peaks(1);
    this.firstFrame = -1;
    this.trouble = '';
    this.writer = await this.store.begin();
    this.listen(context, (frame, floats) => this.take(frame, floats));
    this.events.started();
  }

  // Asks for the microphone and makes sure of what can be made sure of.
  private async microphone(): Promise<{ context: AudioContext; latencySeconds: number; key: string }> {
    if (!navigator.mediaDevices?.getUserMedia) throw new Error('This browser gives pages no microphone. On a page from a secure address (https) most browsers do.');
    const off = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    this.stream = await navigator.mediaDevices.getUserMedia({ audio: { ...off, channelCount: { ideal: 1 } } });
    await this.audio.start();
    const context = this.audio.context;
    if (!context) throw new Error('Sound is not running on this page yet.');
    await context.audioWorklet.addModule(siteUrl(recorderUrl));
    const track = this.stream.getAudioTracks()[0]!;
    track.onended = () => void this.stop('The microphone was unplugged or taken away. What was recorded until then is kept.');
    const settings = track.getSettings() as MediaTrackSettings & { latency?: number };
    const still = [settings.echoCancellation && 'echo cancellation', settings.noiseSuppression && 'noise suppression', settings.autoGainControl && 'automatic volume'].filter(Boolean);
    if (still.length > 0) this.events.notice(`This browser keeps ${still.join(' and ')} on for this microphone, so singing may sound thin or uneven.`);
    const key = `recording delay ${track.label}`;
    const measured = await this.settings.loadAsset(key).catch(() => undefined);
    const guessed = this.audio.outputLatency() + (settings.latency ?? INPUT_LATENCY_S);
    return { context, latencySeconds: measured ? Number(new TextDecoder().decode(measured)) : guessed, key };
  }

  private listen(context: AudioContext, take: (frame: number, floats: Float32Array) => void): void {
    this.source = context.createMediaStreamSource(this.stream!);
    const node = new AudioWorkletNode(context, 'arietta-recorder', { numberOfOutputs: 0, channelCount: 1, channelCountMode: 'explicit' });
    for (let i = 0; i < BUFFERS; ++i) {
      const buffer = new ArrayBuffer(RECORD_HEADER + 4 * RECORD_FRAMES);
      node.port.postMessage(buffer, [buffer]);
    }
    node.port.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
      const buffer = event.data;
      if (!(buffer instanceof ArrayBuffer)) return this.flushed?.();
      const head = new DataView(buffer);
      take(head.getFloat64(0, true), new Float32Array(buffer, RECORD_HEADER, head.getUint32(8, true)));
      node.port.postMessage(buffer, [buffer]);
    };
    this.source.connect(node);
    this.node = node;
  }

  private take(frame: number, floats: Float32Array): void {
    if (this.firstFrame < 0) this.firstFrame = this.nextFrame = frame;
    if (frame > this.nextFrame) this.write(new Float32Array(frame - this.nextFrame)); // lost while the page stood still: silence, so that the rest is in time
    this.nextFrame = frame + floats.length;
    this.write(floats);
  }

  private write(floats: Float32Array): void {
    this.peaks.add(floats);
    this.writer?.add(floats).catch((problem: unknown) => void this.stop(`${explain(problem)} What was recorded until then is kept.`));
  }

  private async finish(): Promise<void> {
    const { node, writer } = this;
    if (!node || !writer) return;
    await new Promise<void>((ended) => {
      this.flushed = ended;
      node.port.postMessage('finish');
      setTimeout(ended, 1000); // a context that stands still answers nothing
    });
    this.flushed = null;
    const rate = this.audio.context?.sampleRate ?? 48000;
    this.close();
    try {
      const info = this.firstFrame >= 0 ? await this.store.keep(writer, takeName(), rate, 1) : null;
      if (!info || info.frames === 0) return this.events.ended(null, this.trouble || 'The microphone gave no sound.');
      const peaks = this.peaks.bytes();
      await this.store.savePeaks(info.hash, peaks).catch(() => undefined);
      this.events.ended({ info, peaks, firstFrame: this.firstFrame, latencySeconds: this.latencySeconds }, this.trouble);
    } catch (problem) {
      this.events.ended(null, explain(problem));
    }
  }

  private close(): void {
    this.source?.disconnect();
    for (const track of this.stream?.getTracks() ?? []) {
      track.onended = null;
      track.stop();
    }
    this.node = this.source = this.stream = this.writer = null;
  }
}

function takeName(): string {
  return `Recording of ${new Date().toLocaleString()}`;
}

function explain(problem: unknown): string {
  const name = problem instanceof DOMException ? problem.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'Arietta may not use the microphone. Allow it for this page in the browser (beside the address), then press Record voice again.';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'There is no microphone, or it is not connected.';
  if (name === 'NotReadableError' || name === 'AbortError') return 'The microphone does not answer. Another program may be using it.';
  if (name === 'NotSupportedError') return 'This browser cannot record at the sample rate Arietta plays with. Set the microphone to 48 kHz in the system’s sound settings.';
  return problem instanceof Error ? problem.message : String(problem);
}
