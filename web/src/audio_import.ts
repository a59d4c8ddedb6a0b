// A sound file becomes recorded sound on this device: decoded by the browser, at most two channels, stored by content.
import type { AudioInfo, AudioStore } from './audio_store';
import { PIECE_FLOATS } from './audio_store';
import { Peaks } from './peaks';

const EXTENSIONS = /\.(wav|wave|mp3|m4a|mp4|aac|ogg|oga|opus|flac|webm|aif|aiff)$/i;

// By content; by name only for what has no mark of its own.
export function isAudioFile(bytes: Uint8Array, name: string): boolean {
  const tag = (at: number, text: string) => [...text].every((c, i) => bytes[at + i] === c.charCodeAt(0));
  if (tag(0, 'RIFF')) return tag(8, 'WAVE');
  if (tag(0, 'fLaC') || tag(0, 'OggS') || tag(0, 'ID3') || tag(4, 'ftyp') || tag(0, 'FORM')) return true;
  if (bytes[0] === 0xff && (bytes[1]! & 0xe0) === 0xe0) return true; // an MPEG frame: MP3, AAC
  return EXTENSIONS.test(name) && !tag(0, 'MThd') && !tag(0, 'ARIETTA') && bytes[0] !== 0x7b;
}

export async function importAudio(
  store: AudioStore,
  bytes: Uint8Array,
  name: string,
  rate: number,
  progress: (part: number) => void,
): Promise<{ info: AudioInfo; peaks: Uint8Array }> {
  const sound = await decode(bytes, name, rate);
  if (sound.length === 0) throw new Error(`“${name}” holds no sound.`);
  const channels = Math.min(2, sound.numberOfChannels);
  const [left, right] = toStereo(sound);
  const writer = await store.begin();
  const peaks = new Peaks(channels);
  const step = PIECE_FLOATS / channels;
  const piece = new Float32Array(PIECE_FLOATS);
  try {
    for (let at = 0; at < sound.length; at += step) {
      const frames = Math.min(step, sound.length - at);
      for (let i = 0; i < frames; ++i) {
        piece[i * channels] = finite(left[at + i]!);
        if (channels === 2) piece[i * 2 + 1] = finite(right[at + i]!);
      }
      const floats = piece.subarray(0, frames * channels);
      peaks.add(floats);
      await writer.add(floats);
      progress((at + frames) / sound.length);
    }
    const info = await store.keep(writer, name, sound.sampleRate, channels);
    if (info.frames < sound.length) throw new Error(`“${name}” could not be stored whole.`);
    const drawn = peaks.bytes();
    await store.savePeaks(info.hash, drawn);
    return { info, peaks: drawn };
  } catch (problem) {
    await store.discard(writer);
    throw problem;
  }
}

async function decode(bytes: Uint8Array, name: string, rate: number): Promise<AudioBuffer> {
  const context = new OfflineAudioContext(1, 1, rate);
  try {
    return await context.decodeAudioData(bytes.slice().buffer);
  } catch {
    throw new Error(`“${name}” is not a sound this browser can read. WAV, MP3, FLAC, AAC and OGG usually work; the file may be damaged or cut off.`);
  }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0;
}

// More than two channels are mixed down as ITU-R BS.775 has it: centre and surrounds 3 dB lower on their sides.
function toStereo(sound: AudioBuffer): [Float32Array, Float32Array] {
  const channel = (i: number) => sound.getChannelData(i);
  const count = sound.numberOfChannels;
  if (count <= 2) return [channel(0), channel(count - 1)];
  const left = channel(0).slice();
  const right = channel(1).slice();
  const add = (from: Float32Array, to: Float32Array) => from.forEach((value, i) => (to[i]! += value * Math.SQRT1_2));
  const sides = count === 3 ? [] : count === 4 ? [2, 3] : [4, 5]; // 4: quad; 5.1 and more: left, right, centre, low, sides ...
  if (count === 3 || count >= 5) [left, right].forEach((side) => add(channel(2), side));
  sides.filter((i) => i < count).forEach((i, k) => add(channel(i), k % 2 ? right : left));
  if (count >= 8) [left, right].forEach((side, k) => add(channel(6 + k), side));
  return [left, right];
}
