// A wait-free byte ring for one writer and one reader, on shared memory. Used from the page and, as text of the same
// file, from the audio thread; so no closures, no allocation in read and write.
//
// Layout of the shared memory: i32 write position, i32 read position, 8 spare bytes, then `capacity` bytes.
// Positions count bytes for ever and wrap at 2^31 with the capacity, a power of two, so full and empty differ.
// Records are whole packets: u32 bytes, u32 reserved, content padded to 8. A record never wraps: when it would, a
// record of 0xffffffff bytes tells the reader to go on at the start.
//
// Why it is correct: only the writer stores the write position and only the reader the read position. The writer fills
// the record first and then publishes with Atomics.store, which orders after all plain stores before it; the reader
// loads the position with Atomics.load before it reads the bytes. The same holds the other way for free space.
const HEAD = 16;
const SKIP = 0xffffffff;

export class Ring {
  private readonly positions: Int32Array;
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private readonly mask: number;

  static make(capacity: number): SharedArrayBuffer {
    return new SharedArrayBuffer(HEAD + capacity);
  }

  constructor(memory: SharedArrayBuffer) {
    this.positions = new Int32Array(memory, 0, 2);
    this.view = new DataView(memory, HEAD);
    this.bytes = new Uint8Array(memory, HEAD);
    this.mask = this.bytes.length - 1;
  }

  // False when there is no room; nothing was written then.
  write(source: Uint8Array, from: number, count: number): boolean {
    const record = (8 + count + 7) & ~7;
    const write = Atomics.load(this.positions, 0);
    const free = this.bytes.length - ((write - Atomics.load(this.positions, 1)) | 0);
    const at = write & this.mask;
    const toEnd = this.bytes.length - at;
    const skip = record > toEnd ? toEnd : 0;
    if (record + skip > free) return false;
    if (skip) this.view.setUint32(at, SKIP, true);
    const place = skip ? 0 : at;
    this.view.setUint32(place, count, true);
    for (let i = 0; i < count; ++i) this.bytes[place + 8 + i] = source[from + i]!;
    Atomics.store(this.positions, 0, (write + skip + record) | 0);
    return true;
  }

  // Bytes of the next record, 0 when there is none. They stay in place until `drop`.
  next(): number {
    const read = Atomics.load(this.positions, 1);
    if (read === Atomics.load(this.positions, 0)) return 0;
    const count = this.view.getUint32(read & this.mask, true);
    if (count !== SKIP) return count;
    Atomics.store(this.positions, 1, (read + this.bytes.length - (read & this.mask)) | 0);
    return this.next();
  }

  copyTo(target: Uint8Array, at: number, count: number): void {
    const place = (Atomics.load(this.positions, 1) & this.mask) + 8;
    for (let i = 0; i < count; ++i) target[at + i] = this.bytes[place + i]!;
  }

  drop(count: number): void {
    const read = Atomics.load(this.positions, 1);
    Atomics.store(this.positions, 1, (read + ((8 + count + 7) & ~7)) | 0);
  }
}
