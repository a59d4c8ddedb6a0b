// Reads and writes the wire's frames on the page's side: 16-byte headers as in engine/proto/frame.h.
// Only what the page itself has to say (assets) or to look at (hello, faults, assets) is handled here;
// everything else passes through as bytes between ui.wasm and engine.wasm.
import { Message, frameDstOffset, frameHeaderBytes, framePadding, frameTypeOffset, maxAssetSlice } from './constants.gen';

export interface Frame {
  type: number;
  dst: number;
  payload: DataView;
}

export function* frames(packet: Uint8Array): Generator<Frame> {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  for (let at = 0; at + frameHeaderBytes <= packet.byteLength; ) {
    const size = view.getUint32(at, true);
    if (size < frameHeaderBytes || size % framePadding || at + size > packet.byteLength) return;
    yield {
      type: view.getUint16(at + frameTypeOffset, true),
      dst: view.getUint32(at + frameDstOffset, true),
      payload: new DataView(packet.buffer, packet.byteOffset + at + frameHeaderBytes, size - frameHeaderBytes),
    };
    at += size;
  }
}

// One packet holding the given frames.
export function packet(parts: { type: number; dst?: number; payload?: Uint8Array }[]): Uint8Array {
  const all = [{ type: Message.packet, payload: new Uint8Array(new Uint32Array([parts.length, 0]).buffer) }, ...parts];
  const sizes = all.map((part) => (frameHeaderBytes + (part.payload?.byteLength ?? 0) + framePadding - 1) & -framePadding);
  const bytes = new Uint8Array(sizes.reduce((sum, size) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  all.forEach((part, i) => {
    view.setUint32(at, sizes[i]!, true);
    view.setUint16(at + frameTypeOffset, part.type, true);
    view.setUint32(at + frameDstOffset, ('dst' in part ? part.dst : 0) ?? 0, true);
    if (part.payload) bytes.set(part.payload, at + frameHeaderBytes);
    at += sizes[i]!;
  });
  return bytes;
}

export function words(...values: number[]): Uint8Array {
  return new Uint8Array(new Uint32Array(values).buffer);
}

// An asset goes over in slices, so that no single message holds up the audio thread for long.

export function assetPackets(id: number, bytes: Uint8Array): Uint8Array[] {
  const packets = [packet([{ type: Message.assetBegin, payload: words(id, bytes.byteLength) }])];
  for (let offset = 0; offset < bytes.byteLength; offset += maxAssetSlice) {
    const slice = bytes.subarray(offset, offset + maxAssetSlice);
    const payload = new Uint8Array(8 + slice.byteLength);
    payload.set(words(id, offset));
    payload.set(slice, 8);
    packets.push(packet([{ type: Message.assetData, payload }]));
  }
  packets.push(packet([{ type: Message.assetEnd, payload: words(id) }]));
  return packets;
}
