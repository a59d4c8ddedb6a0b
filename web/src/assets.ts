// Sampled sounds: finds out which slice files an asset needs, loads them (network, then this device's own copy), has them
// unpacked in a worker and keeps the result, because a restarted engine wants everything again.
import type { BankRequest, BankReply } from './bank_worker';
import BankWorker from './bank_worker.ts?worker';
import bankUrl from '@wasm/bank.wasm?url';
import type { Store } from './store';

export interface AssetNeed {
  asset: number;
  presets: [bank: number, program: number][];
  soundfont: string; // '' = the studio's own bank, else the key of a file the person dropped
  name: string; // of that file
}

// A file the person dropped, as the screen knows it; `key` is the hash of its bytes.
export interface SoundFont {
  key: string;
  name: string;
  presets: { bank: number; program: number; name: string }[];
}

interface BankIndex {
  presets: { bank: number; program: number; file: string; bytes: number }[];
}

const KEPT_LIST = 'soundfonts'; // where this device keeps SoundFont[] as JSON
const PATIENCE_MS = 30_000; // a worker that has not answered by then is stuck on a hostile file

class MissingFile extends Error {}

export class Assets {
  readonly banks = new Map<number, Uint8Array>();
  private readonly wanted = new Set<number>();
  private readonly dropped = new Map<string, Uint8Array>();
  private readonly missing = new Map<string, number[]>(); // dropped files that are not here: the assets that wait for them
  private readonly slices = new Map<string, Promise<Uint8Array>>();
  private index: Promise<BankIndex> | null = null;
  private worker: Worker | null = null;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: Store,
    private readonly ready: (asset: number, bank: Uint8Array) => void,
    private readonly failed: (why: string) => void,
  ) {}

  want(needs: AssetNeed[]): void {
    for (const need of needs) {
      if (this.wanted.has(need.asset)) continue;
      this.wanted.add(need.asset);
      void this.load(need).then(
        (bank) => {
          this.banks.set(need.asset, bank);
          this.ready(need.asset, bank);
        },
        (problem: unknown) => {
          if (problem instanceof MissingFile) return this.isMissing(need);
          // Asked for again with the next plan: a lost connection comes back.
          this.wanted.delete(need.asset);
          this.failed(`One instrument's recorded sound could not be loaded, so a built-in one plays instead. (${message(problem)})`);
        },
      );
    }
  }

  // The SoundFonts dropped earlier that are still on this device.
  async kept(): Promise<SoundFont[]> {
    const bytes = await this.store.loadAsset(KEPT_LIST).catch(() => undefined);
    return bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as SoundFont[]) : [];
  }

  // A SoundFont file a person dropped: kept on this device under the hash of its bytes.
  async add(bytes: Uint8Array, name: string): Promise<SoundFont> {
    const list = (await this.ask({ kind: 'list', files: [bytes.slice().buffer], presets: [] })) as string;
    const key = await keyOf(bytes);
    const { presets } = JSON.parse(list) as Pick<SoundFont, 'presets'>;
    const font = { key, name, presets };
    this.dropped.set(key, bytes);
    for (const asset of this.missing.get(key) ?? []) this.wanted.delete(asset);
    this.missing.delete(key);
    await this.keep(font, bytes).catch(() => this.failed(`“${name}” works now, but this device has no room to keep it for next time.`));
    return font;
  }

  // A recording a person dropped on a sampler: kept like a SoundFont, under the hash of its bytes. It throws, in plain
  // words, what the browser cannot decode.
  async addSample(bytes: Uint8Array, name: string): Promise<{ key: string; name: string }> {
    await decodeSound(bytes, name);
    const key = await keyOf(bytes);
    this.dropped.set(key, bytes);
    for (const asset of this.missing.get(key) ?? []) this.wanted.delete(asset);
    this.missing.delete(key);
    await this.store.saveAsset(`soundfont ${key}`, bytes).catch(() => this.failed(`“${name}” works now, but this device has no room to keep it for next time.`));
    return { key, name };
  }

  private async keep(font: SoundFont, bytes: Uint8Array): Promise<void> {
    await this.store.saveAsset(`soundfont ${font.key}`, bytes);
    const list = [...(await this.kept()).filter((one) => one.key !== font.key), font];
    await this.store.saveAsset(KEPT_LIST, new TextEncoder().encode(JSON.stringify(list)));
  }

  private async load(need: AssetNeed): Promise<Uint8Array> {
    const file = need.soundfont ? await this.droppedFile(need.soundfont) : null;
    if (file && !isSoundFont(file)) return this.soundBank(file, need.name);
    const files = file
      ? [file]
      : await Promise.all(need.presets.map(([bank, program]) => this.slice(bank, program)));
    const bank = await this.ask({ kind: 'load', files: files.map((file) => file.slice().buffer), presets: need.presets });
    return new Uint8Array(bank as ArrayBuffer);
  }

  private async soundBank(file: Uint8Array, name: string): Promise<Uint8Array> {
    const sound = await decodeSound(file, name);
    const sides = sound.numberOfChannels > 1 ? [0, 1] : [0];
    const files = sides.map((side) => sound.getChannelData(side).slice().buffer);
    return new Uint8Array((await this.ask({ kind: 'sound', files, presets: [], rate: sound.sampleRate })) as ArrayBuffer);
  }

  private async droppedFile(key: string): Promise<Uint8Array> {
    const file = this.dropped.get(key) ?? (await this.store.loadAsset(`soundfont ${key}`));
    if (!file) throw new MissingFile();
    this.dropped.set(key, file);
    return file;
  }

  // Not asked for again before it is dropped; said once, however many tracks play it.
  private isMissing(need: AssetNeed): void {
    const waiting = this.missing.get(need.soundfont);
    this.missing.set(need.soundfont, [...(waiting ?? []), need.asset]);
    if (waiting) return;
    const name = need.name ? `the sounds of “${need.name}”` : 'sounds of a file';
    this.failed(`This song plays ${name}, which is not on this device. Built-in sounds stand in; drop the file here to hear it.`);
  }

  private slice(bank: number, program: number): Promise<Uint8Array> {
    const name = `${bank} ${program}`;
    let slice = this.slices.get(name);
    if (!slice) {
      slice = this.fetchSlice(bank, program);
      slice.catch(() => this.slices.delete(name));
      this.slices.set(name, slice);
    }
    return slice;
  }

  // The bank has no such preset: General MIDI's rule is the same program in bank 0, or the standard kit for drums.
  private async fetchSlice(bank: number, program: number): Promise<Uint8Array> {
    this.index ??= fetchOk(siteUrl('bank/index.json')).then((reply) => reply.json() as Promise<BankIndex>);
    const index = await this.index.catch((problem: unknown) => {
      this.index = null;
      throw problem;
    });
    const find = (b: number, p: number) => index.presets.find((preset) => preset.bank === b && preset.program === p);
    const preset = find(bank, program) ?? (bank === 128 ? find(128, 0) : find(0, program)) ?? find(0, 0);
    if (!preset) throw new Error('the bank of sounds is empty');
    const key = `slice ${preset.file} ${preset.bytes}`;
    const kept = await this.store.loadAsset(key).catch(() => undefined);
    if (kept) return kept;
    const bytes = new Uint8Array(await (await fetchOk(siteUrl(`bank/${preset.file}`))).arrayBuffer());
    void this.store.saveAsset(key, bytes).catch(() => undefined); // only a copy
    return bytes;
  }

  // One request at a time; a worker that traps or hangs is replaced.
  private ask(request: Omit<BankRequest, 'moduleUrl'>): Promise<ArrayBuffer | string> {
    const answer = this.queue.then(
      () =>
        new Promise<ArrayBuffer | string>((resolve, reject) => {
          const worker = (this.worker ??= new BankWorker());
          const replace = (why: string) => {
            worker.terminate();
            this.worker = null;
            reject(new Error(why));
          };
          const timer = setTimeout(() => replace('it took too long to read'), PATIENCE_MS);
          worker.onmessage = (event: MessageEvent<BankReply>) => {
            clearTimeout(timer);
            if (event.data.error !== undefined) reject(new Error(event.data.error));
            else resolve(event.data.result!);
          };
          worker.onerror = () => {
            clearTimeout(timer);
            replace('the file is damaged in a way that stopped the reader');
          };
          worker.postMessage({ ...request, moduleUrl: siteUrl(bankUrl) }, request.files);
        }),
    );
    this.queue = answer.catch(() => undefined);
    return answer;
  }
}

export function siteUrl(path: string): string {
  return new URL(path, document.baseURI).href;
}

async function fetchOk(url: string): Promise<Response> {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`the server answered ${reply.status} for ${new URL(url).pathname}`);
  return reply;
}

function message(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}

export function isSoundFont(bytes: Uint8Array): boolean {
  const text = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  return text(0) === 'RIFF' && text(8) === 'sfbk';
}

async function keyOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
  return [...digest.slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

// At 48 kHz, whatever the file has: the engine reads at any speed.
async function decodeSound(bytes: Uint8Array, name: string): Promise<AudioBuffer> {
  try {
    return await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes.slice().buffer);
  } catch {
    throw new Error(`“${name}” is not a sound this browser can play. WAV, MP3 and FLAC work everywhere.`);
  }
}
