// Puts files into one .zip as they come, so that only one of them is in memory: the browser may keep the Blobs elsewhere.
import { Zip, ZipDeflate } from 'fflate';

const FASTEST = 1; // sound hardly gets smaller, silence does at any level
const LARGEST = 0xffff_ffff; // bytes: the sizes of a plain .zip have 32 bits

export class ZipFile {
  private readonly parts: Blob[] = [];
  private bytes = 0;
  private problem: Error | null = null;
  private readonly zip = new Zip((problem, chunk) => {
    if (problem) this.problem = problem;
    else this.take(chunk);
  });

  add(name: string, bytes: Uint8Array): void {
    const entry = new ZipDeflate(name, { level: FASTEST });
    this.zip.add(entry);
    entry.push(bytes, true);
    this.check();
  }

  finish(): Blob {
    this.zip.end();
    this.check();
    return new Blob(this.parts, { type: 'application/zip' });
  }

  private take(chunk: Uint8Array): void {
    this.parts.push(new Blob([chunk as BlobPart]));
    this.bytes += chunk.byteLength;
  }

  private check(): void {
    if (this.problem) throw this.problem;
    if (this.bytes > LARGEST) throw new Error('Together the tracks are larger than 4 GB, which is more than a .zip file can hold.');
  }
}
