// A project file with recorded sound in it: the song as ui.wasm writes it, then one part for each sound
// (engine/song/project_audio.h). Files are put together from Blobs, so that their size does not matter.
import { AudioStore, PIECE_FLOATS, type AudioInfo } from './audio_store';
import { Peaks } from './peaks';

const PART_HEADER = 56;
const SONG_HEADER = 16;
const FLOATS = 1;

export async function withAudio(song: Uint8Array, store: AudioStore, hashes: string[]): Promise<Blob> {
  const parts: BlobPart[] = [song as BlobPart];
  for (const hash of hashes) {
    const info = await store.info(hash);
    if (info) parts.push(header(info) as BlobPart, ...(await store.parts(hash)));
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

// Bytes of the song at the front; 0 when this is no project.
export function songBytes(file: Uint8Array): number {
  const magic = 'ARIETTA';
  if (file.byteLength < SONG_HEADER || [...magic].some((c, i) => file[i] !== c.charCodeAt(0))) return 0;
  return SONG_HEADER + new DataView(file.buffer, file.byteOffset).getUint32(8, true);
}

// Stores the sounds behind the song; `name` gives each its name.
export async function keepAudioOf(file: Uint8Array, store: AudioStore): Promise<string[]> {
  const kept: string[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = songBytes(file); at + PART_HEADER <= file.byteLength; ) {
    const [version, encoding, channels] = [view.getUint8(at + 5), view.getUint8(at + 6), view.getUint8(at + 7)];
    const rate = view.getUint32(at + 8, true);
    const floats = Number(view.getBigUint64(at + 16, true)) * channels;
    if (version !== 1 || encoding !== FLOATS || channels < 1 || channels > 2) throw new Error('The recorded sound in this project file needs a newer Arietta.');
    const from = at + PART_HEADER;
    if (from + floats * 4 > file.byteLength) throw new Error('The recorded sound at the end of this project file is cut off.');
    const writer = await store.begin();
    const peaks = new Peaks(channels);
    for (let done = 0; done < floats; done += PIECE_FLOATS) {
      const count = Math.min(PIECE_FLOATS, floats - done);
      const bytes = file.slice(from + done * 4, from + (done + count) * 4);
      const piece = new Float32Array(bytes.buffer, 0, count);
      peaks.add(piece);
      await writer.add(piece);
    }
    const info = await store.keep(writer, '', rate, channels);
    await store.savePeaks(info.hash, peaks.bytes());
    kept.push(info.hash);
    at = from + floats * 4;
  }
  return kept;
}

function header(info: AudioInfo): Uint8Array {
  const bytes = new Uint8Array(PART_HEADER);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('AUDIO'));
  bytes.set([1, FLOATS, info.channels], 5);
  view.setUint32(8, info.rate, true);
  view.setBigUint64(16, BigInt(info.frames), true);
  bytes.set(new TextEncoder().encode(info.hash), 24);
  return bytes;
}
