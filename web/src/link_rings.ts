// Carrier B: shared rings, when the page is isolated. Small packets go through a ring and reach the engine without a
// message; packets too big for it go over the port. While one of those is on its way, all others follow it there, so the
// order never changes. Telemetry is one block under a sequence lock: the page reads the newest, never a queue.
import { Sequencer, type Link, type LinkEvents } from './link';
import { PortLink } from './link_port';
import { Ring } from './ring';

export const RING_BYTES = 64 * 1024;
const LARGEST_IN_RING = 16 * 1024;

export interface SharedRings {
  toEngine: SharedArrayBuffer;
  toPage: SharedArrayBuffer;
  // i32 sequence (odd while being written), i32 spare, f64 context seconds, then the block
  telemetry: SharedArrayBuffer;
}

export function makeRings(telemetryBytes: number): SharedRings {
  return {
    toEngine: Ring.make(RING_BYTES),
    toPage: Ring.make(RING_BYTES),
    telemetry: new SharedArrayBuffer(16 + telemetryBytes),
  };
}

export class RingLink implements Link {
  readonly carrier = 'rings';
  private readonly port: PortLink;
  private readonly toEngine: Ring;
  private readonly toPage: Ring;
  private readonly sequence = new Sequencer();
  private readonly inbox = new Uint8Array(RING_BYTES);
  private readonly lock: Int32Array;
  private readonly block: Uint8Array;
  private readonly time: DataView;
  private readonly copy: Uint8Array;
  private seen = 0;

  constructor(
    port: MessagePort,
    rings: SharedRings,
    private readonly events: LinkEvents,
  ) {
    this.port = new PortLink(port, events);
    this.toEngine = new Ring(rings.toEngine);
    this.toPage = new Ring(rings.toPage);
    this.lock = new Int32Array(rings.telemetry, 0, 1);
    this.time = new DataView(rings.telemetry);
    this.block = new Uint8Array(rings.telemetry, 16);
    this.copy = new Uint8Array(this.block.length);
  }

  send(packet: Uint8Array): void {
    this.sequence.stamp(packet);
    const overPort =
      packet.byteLength > LARGEST_IN_RING ||
      this.port.inFlight > 0 ||
      !this.toEngine.write(packet, 0, packet.byteLength);
    if (overPort) this.port.sendStamped(packet);
  }

  poll(): void {
    for (let count = this.toPage.next(); count > 0; count = this.toPage.next()) {
      this.toPage.copyTo(this.inbox, 0, count);
      this.toPage.drop(count);
      this.events.packet(this.inbox.subarray(0, count));
    }
    const before = Atomics.load(this.lock, 0);
    if (before === this.seen || before & 1) return; // nothing new, or being written just now
    this.copy.set(this.block);
    const seconds = this.time.getFloat64(8, true);
    if (Atomics.load(this.lock, 0) !== before) return; // overwritten meanwhile; the next poll sees it
    this.seen = before;
    this.events.telemetry(this.copy, seconds);
  }

  close(): void {
    this.port.close();
  }
}
