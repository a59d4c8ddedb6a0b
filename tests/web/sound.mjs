// Records what the speakers would get, from the null sink that tools/with_browsers.sh makes, and measures it.
import { spawn } from 'node:child_process';

const RATE = 48000;

export async function record(seconds, during) {
  const parec = spawn('parec', ['-d', 'nul.monitor', `--rate=${RATE}`, '--channels=1', '--format=s16le', '--latency-msec=20']);
  const chunks = [];
  parec.stdout.on('data', (chunk) => chunks.push(chunk));
  const work = during?.();
  await new Promise((done) => setTimeout(done, seconds * 1000));
  parec.kill();
  await work;
  const bytes = Buffer.concat(chunks);
  return Float32Array.from({ length: bytes.length >> 1 }, (_, i) => bytes.readInt16LE(2 * i) / 32768);
}

export function trimSilence(samples, threshold = 1e-3) {
  let first = 0;
  let last = samples.length;
  while (first < last && Math.abs(samples[first]) < threshold) ++first;
  while (last > first && Math.abs(samples[last - 1]) < threshold) --last;
  return samples.subarray(first, last);
}

// The longest stretch below the threshold, in milliseconds: a drop-out shows as one.
export function longestGapMs(samples, threshold = 1e-4) {
  let longest = 0;
  let run = 0;
  for (const sample of samples) {
    run = Math.abs(sample) < threshold ? run + 1 : 0;
    if (run > longest) longest = run;
  }
  return (longest / RATE) * 1000;
}

export function rms(samples) {
  return Math.sqrt(samples.reduce((sum, s) => sum + s * s, 0) / Math.max(1, samples.length));
}

// Strength of one frequency (Goertzel 1958), as the amplitude of the sine that is there.
export function amplitudeAt(samples, hz) {
  const turn = 2 * Math.cos((2 * Math.PI * hz) / RATE);
  let a = 0;
  let b = 0;
  for (const sample of samples) [a, b] = [sample + turn * a - b, a];
  return (2 / samples.length) * Math.sqrt(Math.max(0, a * a + b * b - turn * a * b));
}
