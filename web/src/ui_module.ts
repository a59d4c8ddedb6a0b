// ui.wasm as a typed object: text and bytes in and out of its memory, nothing else. The C side is ui/ui_abi.h.

interface Raw {
  HEAPU8: Uint8Array;
  [name: `_${string}`]: (...args: (number | bigint)[]) => number;
}

export type ModuleFactory = (options: Record<string, unknown>) => Promise<Raw>;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class UiModule {
  constructor(private readonly raw: Raw) {}

  call(name: string, ...args: number[]): number {
    return this.raw[`_ui_${name}`]!(...args);
  }

  // Calls with a text where it stands among the other arguments.
  callText(name: string, ...args: (number | string)[]): number {
    const text = args.find((arg) => typeof arg === 'string') as string;
    return this.withBytes(encoder.encode(text + '\0'), (at) => this.call(name, ...args.map((arg) => (typeof arg === 'string' ? at : arg))));
  }

  callTexts(name: string, first: string, second: string, ...after: number[]): number {
    return this.withBytes(encoder.encode(first + '\0'), (a) =>
      this.withBytes(encoder.encode(second + '\0'), (b) => this.call(name, a, b, ...after)),
    );
  }

  callBytes(name: string, bytes: Uint8Array, ...after: number[]): number {
    return this.withBytes(bytes, (at) => this.call(name, at, bytes.byteLength, ...after));
  }

  callTextBytes(name: string, text: string, bytes: Uint8Array): number {
    return this.withBytes(encoder.encode(text + '\0'), (at) => this.withBytes(bytes, (data) => this.call(name, at, data, bytes.byteLength)));
  }

  open(bytes: Uint8Array, fileName: string): boolean {
    return this.withBytes(bytes, (at) =>
      this.withBytes(encoder.encode(fileName + '\0'), (name) => this.call('open', at, bytes.byteLength, name) === 0),
    );
  }

  text(name: string): string {
    return this.textAt(this.call(name));
  }

  textAt(at: number): string {
    const heap = this.raw.HEAPU8;
    const end = at ? heap.indexOf(0, at) : at;
    return decoder.decode(heap.slice(at, end)); // a copy: decoders refuse shared or growing memory in some browsers
  }

  bytesAt(at: number, count: number): Uint8Array {
    return this.raw.HEAPU8.slice(at, at + count);
  }

  bytes(what: number): Uint8Array {
    const at = this.call('bytes', what);
    return this.bytesAt(at, this.call('bytes_count'));
  }

  takePacket(): Uint8Array | null {
    const at = this.call('packet_out');
    return at ? this.bytesAt(at, this.call('packet_out_count')) : null;
  }

  private withBytes<T>(bytes: Uint8Array, use: (at: number) => T): T {
    const at = this.call('alloc', Math.max(1, bytes.byteLength));
    if (!at) throw new Error('There is not enough memory for this.');
    this.raw.HEAPU8.set(bytes, at);
    try {
      return use(at);
    } finally {
      this.call('free', at);
    }
  }
}
