// engine.wasm under Node, driven as a page drives it: packets in, quanta out.
import { readFileSync } from 'node:fs';
import { Message, Telemetry, defaultArenaBytes, telemetryBytes } from './constants.mjs';

// Compiled once, as in a page: who measures sound must not pay for the compiler again and again.
const modules = new Map();

function compiled(path) {
  if (!modules.has(path)) modules.set(path, new WebAssembly.Module(readFileSync(path)));
  return modules.get(path);
}

export class EngineHost {
  constructor(path, { rate = 48000, quantum = 128 } = {}) {
    this.exports = new WebAssembly.Instance(compiled(path), { env: { fault: () => undefined } }).exports;
    this.exports._initialize?.();
    this.quantum = quantum;
    if (this.exports.eng_init(rate, quantum, defaultArenaBytes) !== 1) throw new Error('the engine did not start');
  }

  send(packet) {
    const at = this.exports.eng_inbox(packet.byteLength);
    if (!at) throw new Error('the engine has no room for a packet');
    new Uint8Array(this.exports.memory.buffer).set(packet, at);
    this.exports.eng_receive(packet.byteLength);
  }

  // A file of `studio_cli packets`: u32 length and packet, again and again.
  sendFile(bytes) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.byteLength; ) {
      const size = view.getUint32(at, true);
      this.send(bytes.subarray(at + 4, at + 4 + size));
      at += 4 + size;
      this.render(1); // as in a page, where sound goes on between packets
    }
  }

  play() {
    const packet = new Uint8Array(40);
    const view = new DataView(packet.buffer);
    view.setUint32(0, 24, true);
    view.setUint16(4, Message.packet, true);
    view.setUint32(16, 1, true);
    view.setUint32(24, 16, true);
    view.setUint16(28, Message.play, true);
    this.send(packet);
  }

  render(quanta) {
    for (let i = 0; i < quanta; ++i) this.exports.eng_render(this.quantum);
  }

  telemetry(name) {
    const view = new DataView(this.exports.memory.buffer, this.exports.eng_telemetry(), telemetryBytes);
    return name.endsWith('Tick') ? view.getFloat64(Telemetry[name], true) : view.getUint32(Telemetry[name], true);
  }
}
