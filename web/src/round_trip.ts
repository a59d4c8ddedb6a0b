// Measures how long sound takes from the engine's output through speakers, air or cable and microphone back into the page: a
// few noise bursts are played and looked for in what the microphone hears. Kept per microphone (audio_store's neighbour in
// this device's storage), because cables and drivers differ.
const BURSTS = 6;
const SPACING_S = 0.35; // longer than any delay but Bluetooth's worst
const BURST_S = 0.012;
const CLEAR = 6; // times the level elsewhere: below it nothing was heard

export interface Burst {
  samples: Float32Array;
  starts: number[]; // frames from the start of `samples`
  shape: Float32Array;
}

// Noise, because its likeness with itself is a single sharp peak; always the same, so that results can be compared.
export function makeBursts(rate: number): Burst {
  const shape = new Float32Array(Math.round(BURST_S * rate));
  let seed = 1;
  for (let i = 0; i < shape.length; ++i) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    shape[i] = (seed / 0x3fffffff - 1) * 0.7 * Math.sin((Math.PI * i) / shape.length);
  }
  const step = Math.round(SPACING_S * rate);
  const starts = Array.from({ length: BURSTS }, (_, i) => step * (i + 1));
  const samples = new Float32Array(step * (BURSTS + 2));
  for (const start of starts) samples.set(shape, start);
  return { samples, starts, shape };
}

// Frames from where each burst was played to where it was heard; null when it was not. `offset`: where in `heard` the frame
// lies at which the first sample of the bursts was played.
export function findDelay(heard: Float32Array, offset: number, bursts: Burst): number | null {
  const longest = bursts.starts[1]! - bursts.starts[0]! - bursts.shape.length;
  const sums = new Float32Array(longest);
  for (let lag = 0; lag < longest; ++lag) {
    let sum = 0;
    for (const start of bursts.starts) {
      const at = offset + start + lag;
      for (let i = 0; i < bursts.shape.length; ++i) sum += (heard[at + i] ?? 0) * bursts.shape[i]!;
    }
    sums[lag] = Math.abs(sum);
  }
  const best = sums.indexOf(sums.reduce((most, value) => Math.max(most, value), 0));
  const usual = Math.sqrt(sums.reduce((all, value) => all + value * value, 0) / longest);
  return sums[best]! > CLEAR * usual ? best : null;
}
