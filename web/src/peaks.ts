// The bottom of a waveform's pyramid: lowest and highest value of every 256 frames, all channels together, as 16 bit
// numbers. The screen builds the levels above it and draws (ui/waveforms.h).
export const PEAK_FRAMES = 256;

export class Peaks {
  private pairs = new Int16Array(4096);
  private count = 0; // of whole pairs
  private frames = 0; // in the pair that is being made
  private low = 0;
  private high = 0;

  constructor(private readonly channels: number) {}

  add(floats: Float32Array): void {
    for (let at = 0; at < floats.length; at += this.channels) {
      for (let c = 0; c < this.channels; ++c) {
        const value = floats[at + c]!;
        if (value < this.low) this.low = value;
        if (value > this.high) this.high = value;
      }
      if (++this.frames === PEAK_FRAMES) this.push();
    }
  }

  // To be called once, at the end.
  bytes(): Uint8Array {
    if (this.frames > 0) this.push();
    return new Uint8Array(this.pairs.slice(0, this.count * 2).buffer);
  }

  private push(): void {
    if (this.count * 2 === this.pairs.length) {
      const larger = new Int16Array(this.pairs.length * 2);
      larger.set(this.pairs);
      this.pairs = larger;
    }
    this.pairs[this.count * 2] = Math.max(-32767, Math.round(this.low * 32767));
    this.pairs[this.count * 2 + 1] = Math.min(32767, Math.round(this.high * 32767));
    ++this.count;
    this.frames = this.low = this.high = 0;
  }
}
