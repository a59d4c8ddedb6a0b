// Recorded sound on this device, by the hash of its samples: 32 bit floats, channels taking turns, in pieces of 1 MiB. Pieces
// are files in the origin's private file system (OPFS); where a browser has none that can be written, records in IndexedDB.
// A piece is on the device as soon as it is written, so a take survives a closed tab; hours of sound never stand in memory.
import type { Store } from './store';

export const PIECE_FLOATS = 262144; // 1 MiB
const PIECES_IN_MEMORY = 24; // read lately; a stereo clip is heard for 2.7 s out of one

export interface AudioInfo {
  hash: string;
  name: string;
  frames: number;
  rate: number;
  channels: number;
}

// Where the pieces of one sound are, kept under its hash.
interface Place extends AudioInfo {
  folder: string;
  files: boolean; // OPFS, else IndexedDB
}

export class OutOfRoom extends Error {
  constructor() {
    super('This device has no room left for recorded sound. Delete something in the browser’s storage or download the project and start a new one.');
  }
}

export class AudioStore {
  private readonly places = new Map<string, Promise<Place | null>>();
  private readonly read = new Map<string, Promise<ArrayBuffer>>(); // newest last
  private root: Promise<FileSystemDirectoryHandle | null> | null = null;

  constructor(private readonly store: Store) {}

  async has(hash: string): Promise<boolean> {
    return (await this.place(hash)) !== null;
  }

  async info(hash: string): Promise<AudioInfo | null> {
    return this.place(hash);
  }

  // Starts a sound whose length and hash nobody knows yet.
  async begin(): Promise<AudioWriter> {
    const folder = crypto.randomUUID();
    const root = await this.files();
    return new AudioWriter(folder, root !== null, (index, bytes) => this.writePiece(folder, root, index, bytes));
  }

  // What was written becomes a sound of its own; when the same samples are here already, those.
  async keep(writer: AudioWriter, name: string, rate: number, channels: number): Promise<AudioInfo> {
    const { digests, floats } = await writer.finish();
    const frames = Math.floor(floats / channels);
    const label = new TextEncoder().encode(`f32 ${rate} ${channels} ${frames}`);
    const all = new Uint8Array(digests.length * 32 + label.length);
    digests.forEach((digest, i) => all.set(digest, i * 32));
    all.set(label, digests.length * 32);
    const hash = hex(new Uint8Array(await crypto.subtle.digest('SHA-256', all)).subarray(0, 16));
    const known = await this.place(hash);
    if (known) {
      await this.discard(writer);
      return known;
    }
    const place: Place = { hash, name, frames, rate, channels, folder: writer.folder, files: writer.files };
    await this.store.saveAsset(`audio ${hash}`, new TextEncoder().encode(JSON.stringify(place)));
    this.places.set(hash, Promise.resolve(place));
    void navigator.storage?.persist?.().catch(() => undefined); // asked once there is something worth keeping
    return place;
  }

  async discard(writer: AudioWriter): Promise<void> {
    const root = writer.files ? await this.files() : null;
    if (root) await root.removeEntry(writer.folder, { recursive: true }).catch(() => undefined);
    else for (let i = 0; i < writer.pieces; ++i) await this.store.dropAsset(pieceKey(writer.folder, i)).catch(() => undefined);
  }

  // Floats `from` to `to` of a sound, fewer at its end; null when it is not on this device.
  async samples(hash: string, from: number, to: number): Promise<Float32Array | null> {
    const place = await this.place(hash);
    if (!place) return null;
    const end = Math.min(to, place.frames * place.channels);
    const out = new Float32Array(Math.max(0, end - from));
    for (let at = from; at < end; ) {
      const index = Math.floor(at / PIECE_FLOATS);
      const piece = new Float32Array(await this.piece(place, index));
      const inside = at - index * PIECE_FLOATS;
      const part = piece.subarray(inside, inside + end - at);
      if (part.length === 0) break; // a piece that was cut short
      out.set(part, at - from);
      at += part.length;
    }
    return out;
  }

  // The whole sound as parts of a Blob, without reading it into memory where it lies in files.
  async parts(hash: string): Promise<BlobPart[]> {
    const place = await this.place(hash);
    if (!place) return [];
    const count = Math.ceil((place.frames * place.channels) / PIECE_FLOATS);
    const parts: BlobPart[] = [];
    for (let i = 0; i < count; ++i) {
      const root = place.files ? await this.files() : null;
      parts.push(root ? await (await (await root.getDirectoryHandle(place.folder)).getFileHandle(String(i))).getFile() : await this.piece(place, i));
    }
    return parts;
  }

  async savePeaks(hash: string, peaks: Uint8Array): Promise<void> {
    await this.store.saveAsset(`audio-peaks ${hash}`, peaks);
  }

  loadPeaks(hash: string): Promise<Uint8Array | undefined> {
    return this.store.loadAsset(`audio-peaks ${hash}`);
  }

  private place(hash: string): Promise<Place | null> {
    let place = this.places.get(hash);
    if (!place) {
      place = this.store.loadAsset(`audio ${hash}`).then(
        (bytes) => (bytes ? (JSON.parse(new TextDecoder().decode(bytes)) as Place) : null),
        () => null,
      );
      this.places.set(hash, place);
      void place.then((found) => found || this.places.delete(hash)); // it may be imported later
    }
    return place;
  }

  private piece(place: Place, index: number): Promise<ArrayBuffer> {
    const key = pieceKey(place.folder, index);
    const known = this.read.get(key);
    const piece = known ?? this.readPiece(place, index);
    this.read.delete(key);
    this.read.set(key, piece);
    piece.catch(() => this.read.delete(key));
    if (this.read.size > PIECES_IN_MEMORY) this.read.delete(this.read.keys().next().value!);
    return piece;
  }

  private async readPiece(place: Place, index: number): Promise<ArrayBuffer> {
    if (place.files) {
      const root = await this.files();
      if (!root) throw new Error('the private file system of this browser does not answer');
      const file = await (await root.getDirectoryHandle(place.folder)).getFileHandle(String(index));
      return (await file.getFile()).arrayBuffer();
    }
    const bytes = await this.store.loadAsset(pieceKey(place.folder, index));
    if (!bytes) throw new Error('a part of the recording is missing');
    return bytes.slice().buffer;
  }

  private async writePiece(folder: string, root: FileSystemDirectoryHandle | null, index: number, bytes: Uint8Array): Promise<void> {
    try {
      if (!root) return await this.store.saveAsset(pieceKey(folder, index), bytes);
      const file = await (await root.getDirectoryHandle(folder, { create: true })).getFileHandle(String(index), { create: true });
      const writable = await file.createWritable();
      await writable.write(bytes as BufferSource as FileSystemWriteChunkType);
      await writable.close();
    } catch (problem) {
      if (isQuota(problem)) throw new OutOfRoom();
      throw problem;
    }
  }

  // The folder for sound, or null where files cannot be written from a page.
  private files(): Promise<FileSystemDirectoryHandle | null> {
    this.root ??= (async () => {
      if (typeof FileSystemFileHandle !== 'function' || !('createWritable' in FileSystemFileHandle.prototype)) return null;
      const root = await navigator.storage.getDirectory();
      return root.getDirectoryHandle('audio', { create: true });
    })().catch(() => null);
    return this.root;
  }
}

// Takes floats as they come and writes whole pieces.
export class AudioWriter {
  pieces = 0;
  private floats = 0;
  private readonly digests: Uint8Array[] = [];
  private readonly buffer = new Float32Array(PIECE_FLOATS);
  private filled = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    readonly folder: string,
    readonly files: boolean,
    private readonly write: (index: number, bytes: Uint8Array) => Promise<void>,
  ) {}

  // Settles when everything before it is written; throws OutOfRoom.
  async add(floats: Float32Array): Promise<void> {
    for (let at = 0; at < floats.length; ) {
      const count = Math.min(floats.length - at, PIECE_FLOATS - this.filled);
      this.buffer.set(floats.subarray(at, at + count), this.filled);
      this.filled += count;
      this.floats += count;
      at += count;
      if (this.filled === PIECE_FLOATS) this.flush();
    }
    return this.writing;
  }

  // What could be written counts, also after a disk ran full.
  async finish(): Promise<{ digests: Uint8Array[]; floats: number }> {
    if (this.filled > 0) this.flush();
    await this.writing.catch(() => undefined);
    return { digests: this.digests, floats: Math.min(this.floats, this.written) };
  }
  private written = 0;

  private flush(): void {
    const bytes = new Uint8Array(this.buffer.slice(0, this.filled).buffer);
    const index = this.pieces++;
    this.filled = 0;
    this.writing = this.writing.then(async () => {
      await this.write(index, bytes);
      this.digests.push(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
      this.written += bytes.byteLength / 4;
    });
    this.writing.catch(() => undefined); // told by the next add
  }
}

function pieceKey(folder: string, index: number): string {
  return `audio-piece ${folder} ${index}`;
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function isQuota(problem: unknown): boolean {
  return problem instanceof DOMException && problem.name === 'QuotaExceededError';
}
