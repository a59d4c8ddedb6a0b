// engine.wasm under Node, driven as the page's audio processor drives it.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const wasmFolder = process.env.ARIETTA_WASM_DIR ?? fileURLToPath(new URL('../../build/web-release', import.meta.url));
const module = new WebAssembly.Module(readFileSync(`${wasmFolder}/engine.wasm`));

export const message = { play: 16, planApplied: 129, planRefused: 130, assetReady: 131, assetRefused: 132, fault: 133 };
const headerBytes = 16;

export class EngineModule {
  constructor({ sampleRate = 48000, maxQuantum = 1024, arenaBytes = 96 << 20 } = {}) {
    this.exports = new WebAssembly.Instance(module, {}).exports;
    this.exports._initialize?.();
    this.maxQuantum = maxQuantum;
    this.ready = this.exports.eng_init(sampleRate, maxQuantum, arenaBytes) === 1;
  }

  get memoryBytes() {
    return this.exports.memory.buffer.byteLength;
  }

  send(packet) {
    const at = this.exports.eng_inbox(packet.length) >>> 0;
    if (at === 0) throw new Error(`a packet of ${packet.length} bytes does not fit`);
    new Uint8Array(this.exports.memory.buffer, at, packet.length).set(packet);
    this.exports.eng_receive(packet.length);
  }

  command(type, payload = new Uint8Array(0)) {
    const size = (headerBytes + payload.length + 7) & ~7;
    const packet = new Uint8Array(size);
    const view = new DataView(packet.buffer);
    view.setUint32(0, size, true);
    view.setUint16(4, type, true);
    packet.set(payload, headerBytes);
    this.send(packet);
  }

  // [left, right], copied.
  render(frames) {
    const at = this.exports.eng_render(frames) >>> 0;
    const floats = new Float32Array(this.exports.memory.buffer, at, this.maxQuantum + frames);
    return [floats.slice(0, frames), floats.slice(this.maxQuantum)];
  }

  // Types and payloads of what the engine has to say.
  said() {
    const at = this.exports.eng_outbox() >>> 0;
    const length = this.exports.eng_outbox_len();
    const out = [];
    const view = new DataView(this.exports.memory.buffer, at, length);
    for (let from = 0; from < length; from += view.getUint32(from, true))
      out.push({ type: view.getUint16(from + 4, true), first: view.getUint32(from, true) > headerBytes ? view.getUint32(from + headerBytes, true) : 0 });
    return out;
  }

  telemetry(offset, kind = 'Uint32') {
    return new DataView(this.exports.memory.buffer, this.exports.eng_telemetry() >>> 0)[`get${kind}`](offset, true);
  }

  // Sends the packets of `studio_cli packets` and waits for the plan.
  load(packets) {
    const view = new DataView(packets.buffer, packets.byteOffset, packets.byteLength);
    for (let at = 0; at < packets.length; at += 4 + view.getUint32(at, true)) {
      this.send(packets.subarray(at + 4, at + 4 + view.getUint32(at, true)));
      const refused = this.said().find(({ type }) => type === message.assetRefused || type === message.planRefused);
      if (refused) throw new Error(`the engine refused something (${refused.type}, ${refused.first})`);
    }
    for (let tries = 0; tries < 4096; ++tries) {
      this.render(32);
      if (this.said().some(({ type }) => type === message.planApplied)) return;
    }
    throw new Error('the plan was never applied');
  }
}
