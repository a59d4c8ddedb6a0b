// Carries packets between the page and the engine. Two carriers, one interface: message ports always work; shared
// rings are used when the page is cross-origin isolated. Nothing above this file knows which one is at work.
//
// Bytes on a port: an envelope of 16 bytes and then the content.
//   u32 bytes used after the envelope   u32 kind   f64 context seconds at the end of the block that wrote it

export const ENVELOPE = 16;
export const enum Kind {
  packet = 1, // frames
  telemetry = 2, // one TelemetryBlock
  spare = 3, // an empty buffer on its way back to its owner's pool
  trap = 4, // the engine stopped; content is empty
  ready = 5, // the engine runs; content is empty
}

export interface LinkEvents {
  packet(bytes: Uint8Array): void;
  telemetry(bytes: Uint8Array, contextSeconds: number): void;
  ready(): void;
  trap(): void;
}

export interface Link {
  readonly carrier: 'port' | 'rings';
  send(packet: Uint8Array): void;
  // Looks for what the engine wrote since last time; the port carrier has nothing to look for.
  poll(): void;
  close(): void;
}

// Each frame's sequence number is written here, in the one place every frame passes, because the screen and the page both
// make frames.
export class Sequencer {
  private next = 0;
  stamp(packet: Uint8Array): void {
    const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
    for (let at = 0; at + 16 <= packet.byteLength; ) {
      const size = view.getUint32(at, true);
      if (size < 16) return;
      view.setUint32(at + 8, this.next++, true);
      at += size;
    }
  }
}

export function canShareMemory(): boolean {
  // WebKit may call itself isolated and still have no SharedArrayBuffer.
  return globalThis.crossOriginIsolated === true && typeof SharedArrayBuffer === 'function';
}
