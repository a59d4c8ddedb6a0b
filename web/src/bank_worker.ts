// Unpacks SoundFonts, and makes instruments of recordings, off the page's thread: bank.wasm reads a file (or slice), decodes its Ogg Vorbis samples and makes the
// flat bank the engine plays. Files come from strangers; if one brings the module down, only this worker is lost.

export interface BankRequest {
  moduleUrl: string;
  kind: 'load' | 'list' | 'sound';
  rate?: number; // of a sound, whose files are its one or two sides as floats
  files: ArrayBuffer[];
  presets: [bank: number, program: number][];
}

export interface BankReply {
  result?: ArrayBuffer | string;
  error?: string;
}

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  bank_alloc(bytes: number): number;
  bank_free(at: number): void;
  bank_begin(): void;
  bank_add(at: number, bytes: number, bank: number, program: number): number;
  bank_finish(): number;
  bank_from_sound(left: number, right: number, frames: number, rate: number): number;
  bank_presets_json(at: number, bytes: number): number;
  bank_result(): number;
  bank_result_bytes(): number;
  bank_error(): number;
  bank_error_bytes(): number;
}

let module: Promise<Exports> | null = null;

async function load(url: string): Promise<Exports> {
  const bytes = await (await fetch(url)).arrayBuffer();
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const exports = instance.exports as unknown as Exports;
  exports._initialize?.();
  return exports;
}

self.onmessage = async (event: MessageEvent<BankRequest>) => {
  const request = event.data;
  const reply: BankReply = {};
  const transfer: Transferable[] = [];
  const bank = await (module ??= load(request.moduleUrl));
  const part = (at: number, count: number) => new Uint8Array(bank.memory.buffer).slice(at, at + count);
  const withFile = (file: ArrayBuffer, use: (at: number, bytes: number) => number): boolean => {
    const at = bank.bank_alloc(file.byteLength);
    if (!at) {
      reply.error = 'there is not enough memory to read this file';
      return false;
    }
    new Uint8Array(bank.memory.buffer).set(new Uint8Array(file), at);
    const good = use(at, file.byteLength) === 0;
    bank.bank_free(at);
    if (!good) reply.error = new TextDecoder().decode(part(bank.bank_error(), bank.bank_error_bytes()));
    return good;
  };
  const soundBank = (sides: ArrayBuffer[], rate: number): boolean => {
    const left = sides[0]!;
    return withFile(left, (at, bytes) => {
      const right = sides[1] ? bank.bank_alloc(bytes) : 0;
      if (sides[1] && right) new Uint8Array(bank.memory.buffer).set(new Uint8Array(sides[1]), right);
      const status = bank.bank_from_sound(at, right, bytes / 4, rate);
      if (right) bank.bank_free(right);
      return status;
    });
  };
  let good: boolean;
  if (request.kind === 'list') {
    good = withFile(request.files[0]!, (at, bytes) => bank.bank_presets_json(at, bytes));
  } else if (request.kind === 'sound') {
    good = soundBank(request.files, request.rate ?? 48000);
  } else {
    bank.bank_begin();
    good = request.presets.every(([number, program], i) => {
      // Our own slices hold one preset each; a dropped file holds all of them.
      const file = request.files[request.files.length === 1 ? 0 : i]!;
      return withFile(file, (at, bytes) => bank.bank_add(at, bytes, number, program));
    });
    if (good && bank.bank_finish() !== 0) {
      good = false;
      reply.error = new TextDecoder().decode(part(bank.bank_error(), bank.bank_error_bytes()));
    }
  }
  if (good && request.kind === 'list') {
    reply.result = new TextDecoder().decode(part(bank.bank_error(), bank.bank_error_bytes())); // the list stands where an error would
  } else if (good) {
    reply.result = part(bank.bank_result(), bank.bank_result_bytes()).buffer;
    transfer.push(reply.result);
  }
  postMessage(reply, { transfer });
};
