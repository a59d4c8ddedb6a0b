// A stereo WAV file, 24 bits: more than any ear and every program reads it.

export function wavFile(left: Float32Array, right: Float32Array, sampleRate: number): Uint8Array {
  const dataBytes = left.length * 6;
  const bytes = new Uint8Array(44 + dataBytes);
  const view = new DataView(bytes.buffer);
  const text = (at: number, letters: string) => [...letters].forEach((letter, i) => (bytes[at + i] = letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + dataBytes, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // PCM
  view.setUint16(22, 2, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, sampleRate * 6, true);
  view.setUint16(32, 6, true);
  view.setUint16(34, 24, true);
  text(36, 'data');
  view.setUint32(40, dataBytes, true);
  for (let i = 0, at = 44; i < left.length; ++i) {
    for (const sample of [left[i]!, right[i]!]) {
      const value = Math.round(Math.max(-1, Math.min(1, sample)) * 8388607);
      bytes[at++] = value & 0xff;
      bytes[at++] = (value >> 8) & 0xff;
      bytes[at++] = (value >> 16) & 0xff;
    }
  }
  return bytes;
}
