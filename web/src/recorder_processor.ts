// Copies what the microphone hears to the page, in buffers that circulate: who posts one loses it, the page sends it back.
import { RECORD_FRAMES, RECORD_HEADER } from './recorder_format';

class Recorder extends AudioWorkletProcessor {
  private readonly spare: ArrayBuffer[] = [];
  private readonly transfer: ArrayBuffer[] = [new ArrayBuffer(0)];
  private current: ArrayBuffer | null = null;
  private floats = new Float32Array(0);
  private filled = 0;
  private first = 0;
  private running = true;

  constructor() {
    super();
    this.port.onmessage = (event: MessageEvent<ArrayBuffer | string>) => {
      if (event.data instanceof ArrayBuffer) this.spare.push(event.data);
      else this.finish();
    };
  }

  override process(inputs: Float32Array[][]): boolean {
    const input = inputs[0]![0];
    if (!this.running) return false;
    if (!input) return true;
    for (let at = 0; at < input.length; ) {
      if (!this.current && !this.take(currentFrame + at)) return true; // the page does not read: what is lost leaves a gap it can see
      const count = Math.min(input.length - at, RECORD_FRAMES - this.filled);
      this.floats.set(at === 0 && count === input.length ? input : input.subarray(at, at + count), this.filled);
      this.filled += count;
      at += count;
      if (this.filled === RECORD_FRAMES) this.post();
    }
    return true;
  }

  private take(frame: number): boolean {
    const buffer = this.spare.pop();
    if (!buffer) return false;
    this.current = buffer;
    this.floats = new Float32Array(buffer, RECORD_HEADER, RECORD_FRAMES);
    this.first = frame;
    this.filled = 0;
    return true;
  }

  private post(): void {
    const buffer = this.current;
    if (!buffer) return;
    const head = new DataView(buffer);
    head.setFloat64(0, this.first, true);
    head.setUint32(8, this.filled, true);
    this.current = null;
    this.transfer[0] = buffer;
    this.port.postMessage(buffer, this.transfer);
  }

  private finish(): void {
    this.post();
    this.running = false;
    this.port.postMessage('end');
  }
}

registerProcessor('arietta-recorder', Recorder);
