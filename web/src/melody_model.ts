// The melody model: assist.wasm (engine/assist), which reads a request, makes the model's input and chooses every note, and
// three ONNX graphs that ONNX Runtime runs for it, note by note. Knows neither page nor files: the worker of the page and the
// command line bring a runtime and bytes, and get the same answers.
//
// One request: the trunk reads the song so far once; then, for each note of all suggestions at once, the gap to it is chosen,
// then its duration, then its pitch, and the trunk reads it. Requests and answers are JSON, described in engine/assist/README.md.
import type * as Ort from 'onnxruntime-web/wasm';

export type Runtime = Pick<typeof Ort, 'InferenceSession' | 'Tensor'>;

// models/melody/model.json
export interface Manifest {
  name: string;
  version: string | number;
  layers: number;
  kv_heads: number;
  head_size: number;
  hidden: number;
  gaps: number;
  durations: number;
  pitches: number;
  features: number;
  choices: number;
  files: Record<string, { bytes: number; sha256: string }>;
}

export type ModelFiles = Record<string, Uint8Array>;

// Called between two notes; true: nobody wants the answer any more.
export type Pause = () => Promise<boolean>;

interface Assist {
  memory: WebAssembly.Memory;
  _initialize?(): void;
  assist_buffer(bytes: number): number;
  assist_data(bytes: number): number;
  assist_begin(bytes: number): number;
  assist_text(): number;
  assist_text_size(): number;
  assist_rows(): number;
  assist_steps(): number;
  assist_features(): number;
  assist_feature_count(): number;
  assist_first(): number;
  assist_gap(): number;
  assist_choice(): number;
  assist_choice_count(): number;
  assist_duration(): number;
  assist_pitch(): number;
  assist_finish(): number;
}

const enum Begun { ready = 0, refused = 1, answered = 2 }

export class MelodyModel {
  private constructor(
    private readonly runtime: Runtime,
    private readonly assist: Assist,
    private readonly shape: Manifest,
    private readonly trunk: Ort.InferenceSession,
    private readonly duration: Ort.InferenceSession,
    private readonly pitch: Ort.InferenceSession,
  ) {}

  static async load(runtime: Runtime, assistModule: WebAssembly.Module, shape: Manifest, files: ModelFiles, provider: 'wasm' | 'webgpu'): Promise<MelodyModel> {
    const assist = (await WebAssembly.instantiate(assistModule, {})).exports as unknown as Assist;
    assist._initialize?.();
    const open = (name: string, options: Ort.InferenceSession.SessionOptions = {}) =>
      runtime.InferenceSession.create(files[name]!, { executionProviders: [provider], logSeverityLevel: 3, ...options });
    // One after the other: each needs several times its size while it is read. The memory of past notes stays where it is made.
    const trunk = await open('trunk.onnx', provider === 'webgpu' ? { preferredOutputLocation: { present: 'gpu-buffer' } } : {});
    const model = new MelodyModel(runtime, assist, shape, trunk, await open('duration.onnx'), await open('pitch.onnx'));
    model.expect(assist.assist_data(model.fill(files['melody.bin']!)));
    return model;
  }

  // JSON in, JSON out; a request that cannot be met gets {"id","error"} with a plain sentence. null: `pause` said stop.
  async answer(request: string, pause?: Pause): Promise<string | null> {
    const { assist } = this;
    const begun = assist.assist_begin(this.fill(new TextEncoder().encode(request)));
    if (begun === Begun.refused) return JSON.stringify({ id: idOf(request), error: this.text() });
    if (begun === Begun.ready && !(await this.choose(pause))) return null;
    assist.assist_finish();
    return this.text();
  }

  // How long this device takes for a phrase of 64 notes read and eight written, in milliseconds.
  async trial(): Promise<number> {
    const start = performance.now();
    let past = this.emptyPast();
    for (const steps of [64, 1, 1, 1, 1, 1, 1, 1, 1]) {
      const ones = new BigInt64Array(steps * this.shape.features).fill(1n); // a bar has some length, so never nought
      const out = await this.readSteps(new this.runtime.Tensor('int64', ones, [1, steps, this.shape.features]), past);
      if (!out.hidden.every(Number.isFinite)) throw new Error('the model computes nonsense here');
      past = out.present;
    }
    past.dispose();
    return performance.now() - start;
  }

  async release(): Promise<void> {
    for (const session of [this.trunk, this.duration, this.pitch]) await session.release();
  }

  // The loop over notes. False: stopped.
  private async choose(pause?: Pause): Promise<boolean> {
    const { assist, shape } = this;
    let past = this.emptyPast();
    try {
      for (let readRows = 1; ; ) {
        if (await pause?.()) return false;
        const steps = assist.assist_steps();
        const features = this.integers(assist.assist_features(), [readRows, steps, assist.assist_feature_count()]);
        const out = await this.readSteps(features, past);
        past = out.present;
        const rows = assist.assist_rows();
        // After the first reading every suggestion starts from the same last row; when notes are only judged, from a row each.
        const rowOf = (i: number) => (readRows > 1 ? i : Math.min(assist.assist_first() + i, steps - 1));
        const hidden = new this.runtime.Tensor('float32', pickRows(out.hidden, rows, shape.hidden, rowOf), [rows, shape.hidden]);
        this.fill(bytesOf(pickRows(out.gap, rows, shape.gaps, rowOf)));
        this.expect(assist.assist_gap());
        await this.runHead(this.duration, hidden, rows);
        this.expect(assist.assist_duration());
        await this.runHead(this.pitch, hidden, rows);
        const missing = assist.assist_pitch();
        this.expect(Math.min(missing, 0));
        if (missing === 0) return true;
        if (readRows !== rows) past = await this.repeatPast(past, rows);
        readRows = rows;
      }
    } finally {
      past.dispose();
    }
  }

  private async readSteps(step: Ort.Tensor, past: Ort.Tensor) {
    const { hidden, gap, present } = await this.trunk.run({ step, past });
    past.dispose();
    return { hidden: hidden!.data as Float32Array, gap: gap!.data as Float32Array, present: present! };
  }

  // The head's opinion of what assist.wasm has chosen so far, put into its buffer.
  private async runHead(head: Ort.InferenceSession, hidden: Ort.Tensor, rows: number): Promise<void> {
    const choice = this.integers(this.assist.assist_choice(), [rows, this.assist.assist_choice_count()]);
    const opinion = (await head.run({ hidden, choice }))[head.outputNames[0]!]!;
    this.fill(bytesOf(opinion.data as Float32Array));
  }

  private emptyPast(): Ort.Tensor {
    return new this.runtime.Tensor('float32', new Float32Array(0), [this.shape.layers, 2, 1, this.shape.kv_heads, 0, this.shape.head_size]);
  }

  // What one row remembers, for every suggestion.
  private async repeatPast(past: Ort.Tensor, rows: number): Promise<Ort.Tensor> {
    const one = (await past.getData()) as Float32Array;
    const dims = [...past.dims];
    const blocks = dims[0]! * dims[1]!;
    const size = one.length / blocks;
    const all = new Float32Array(one.length * rows);
    for (let i = 0; i < blocks * rows; ++i) all.set(one.subarray(Math.floor(i / rows) * size, (Math.floor(i / rows) + 1) * size), i * size);
    dims[2] = rows;
    past.dispose();
    return new this.runtime.Tensor('float32', all, dims);
  }

  // -- assist.wasm's memory: read anew each time, because it may have grown ------------------------------------------

  private integers(at: number, dims: number[]): Ort.Tensor {
    const count = dims.reduce((product, size) => product * size, 1);
    const values = BigInt64Array.from(new Int32Array(this.assist.memory.buffer, at, count), BigInt);
    return new this.runtime.Tensor('int64', values, dims);
  }

  private fill(bytes: Uint8Array): number {
    const at = this.assist.assist_buffer(bytes.byteLength);
    if (!at) throw new Error('There is not enough memory for this.');
    new Uint8Array(this.assist.memory.buffer).set(bytes, at);
    return bytes.byteLength;
  }

  private expect(code: number): void {
    if (code !== 0) throw new Error(this.text());
  }

  private text(): string {
    const bytes = new Uint8Array(this.assist.memory.buffer, this.assist.assist_text(), this.assist.assist_text_size());
    return new TextDecoder().decode(bytes);
  }
}

function pickRows(from: Float32Array, rows: number, width: number, rowOf: (row: number) => number): Float32Array {
  const picked = new Float32Array(rows * width);
  for (let i = 0; i < rows; ++i) picked.set(from.subarray(rowOf(i) * width, (rowOf(i) + 1) * width), i * width);
  return picked;
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function idOf(request: string): unknown {
  try {
    return (JSON.parse(request) as { id?: unknown }).id;
  } catch {
    return undefined;
  }
}
