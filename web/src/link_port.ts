// Carrier A: transferable buffers over a MessagePort. Whoever sends a buffer loses it; the other side copies it out and
// sends it back. Telemetry is only written into buffers the engine holds, so a slow or hidden page makes it stop by
// itself and no queue can grow.
import { ENVELOPE, Kind, Sequencer, type Link, type LinkEvents } from './link';

const SMALL = 4096;
const LARGE = 64 * 1024;
const ENGINE_BUFFERS = 8; // enough for telemetry and answers to be in flight both ways at 60 per second

export class PortLink implements Link {
  readonly carrier = 'port';
  private readonly small: ArrayBuffer[] = [];
  private readonly large: ArrayBuffer[] = [];
  private readonly sequence = new Sequencer();
  // Set while a packet has not come back; the ring carrier uses it to keep packets in order.
  inFlight = 0;

  constructor(
    private readonly port: MessagePort,
    private readonly events: LinkEvents,
  ) {
    port.onmessage = (event: MessageEvent<ArrayBuffer>) => this.receive(event.data);
    for (let i = 0; i < ENGINE_BUFFERS; ++i) this.giveBack(new ArrayBuffer(SMALL));
  }

  send(packet: Uint8Array): void {
    this.sequence.stamp(packet);
    this.sendStamped(packet);
  }

  sendStamped(packet: Uint8Array): void {
    const buffer = this.take(packet.byteLength + ENVELOPE);
    const head = new DataView(buffer);
    head.setUint32(0, packet.byteLength, true);
    head.setUint32(4, Kind.packet, true);
    new Uint8Array(buffer, ENVELOPE).set(packet);
    ++this.inFlight;
    this.port.postMessage(buffer, [buffer]);
  }

  poll(): void {}

  close(): void {
    this.port.onmessage = null;
    this.port.close();
  }

  private take(bytes: number): ArrayBuffer {
    const pool = bytes <= SMALL ? this.small : bytes <= LARGE ? this.large : undefined;
    return pool?.pop() ?? new ArrayBuffer(bytes <= SMALL ? SMALL : bytes <= LARGE ? LARGE : bytes);
  }

  private giveBack(buffer: ArrayBuffer): void {
    new DataView(buffer).setUint32(4, Kind.spare, true);
    this.port.postMessage(buffer, [buffer]);
  }

  private receive(buffer: ArrayBuffer): void {
    const head = new DataView(buffer);
    const content = new Uint8Array(buffer, ENVELOPE, head.getUint32(0, true));
    switch (head.getUint32(4, true) as Kind) {
      case Kind.spare: // one of ours, read and returned
        --this.inFlight;
        if (buffer.byteLength === SMALL) this.small.push(buffer);
        else if (buffer.byteLength === LARGE) this.large.push(buffer);
        return;
      case Kind.telemetry:
        this.events.telemetry(content, head.getFloat64(8, true));
        break;
      case Kind.packet:
        this.events.packet(content);
        break;
      case Kind.ready:
        this.events.ready();
        return; // a note without room for anything; not of the pool
      case Kind.trap:
        this.events.trap();
        return; // the engine takes nothing back any more
    }
    this.giveBack(buffer);
  }
}
