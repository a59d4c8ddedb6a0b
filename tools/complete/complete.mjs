// ./studio complete: asks the melody model once for every line of a file.
//   --in P.jsonl --out Q.jsonl   each line a prompt; Q gets one line {"id","notes"} for every suggestion
//   --nll T.jsonl --out Q.jsonl  each line with notes and truth; Q gets {"id","nll","nll_pitch"}, nats for each note of the truth
//   --samples N --seed S --greedy --task NAME     for all lines; a line's own members go before these
//   --jobs N   threads; the answers are the same whatever their number        --model FOLDER   another model than models/melody
// Lines look like those of the training data (models/README.md); names that end in .gz are packed. Lines are answered by the
// page's own code (web/src/melody_model.ts, assist.wasm, ONNX Runtime Web), in order. A line that cannot be answered gets
// {"id","error"}; when there was one, the exit code is 1.
import { createReadStream, createWriteStream, mkdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip, createGzip } from 'node:zlib';
import { Crew } from './crew.mjs';
import { readOptions } from './options.mjs';

const root = new URL('../../', import.meta.url);
const path = (name) => fileURLToPath(new URL(name, root));

async function main(words) {
  const options = readOptions(words);
  const jobs = Math.max(1, options.jobs ?? availableParallelism());
  const crew = new Crew(jobs, {
    model: options.model ?? path('models/melody'),
    assist: process.env.ARIETTA_WASM_DIR ? `${process.env.ARIETTA_WASM_DIR}/assist.wasm` : path('build/web-release/assist.wasm'),
    runtime: path('web/node_modules/onnxruntime-web/dist'),
    script: buildScript(),
    options,
  });
  const input = options.in ?? options.nll;
  const found = statSync(input, { throwIfNoEntry: false });
  if (!found) throw new Error(`${input}: there is no such file.`);
  if (found.isDirectory()) throw new Error(`${input} is a folder, not a file.`);
  const output = options.out ? createWriteStream(options.out) : process.stdout;
  const written = options.out ? writing(output, options.out) : Promise.resolve();
  const packed = options.out?.endsWith('.gz') ? createGzip() : null;
  packed?.pipe(output);
  const sink = packed ?? output;

  // Answers are waited for in the order of the lines; a few more lines than threads are on their way.
  const waiting = [];
  let failures = 0;
  const write = async () => {
    const { lines, failed } = await waiting.shift();
    failures += failed;
    if (lines && !sink.write(lines)) await new Promise((next) => sink.once('drain', next));
  };
  let number = 0;
  for await (const line of linesOf(input)) {
    ++number;
    if (line.trim() === '') continue;
    waiting.push(crew.answer(line, number));
    if (waiting.length >= jobs * 4) await write();
  }
  while (waiting.length) await write();
  await crew.leave();
  if (options.out) sink.end();
  await written;
  if (failures) process.stderr.write(`${failures} of ${number} lines could not be answered; the output says why.\n`);
  return failures ? 1 : 0;
}

async function* linesOf(file) {
  const raw = createReadStream(file);
  const stream = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  try {
    yield* createInterface({ input: stream, crlfDelay: Infinity });
    if (stream.errored) throw stream.errored;
  } catch (problem) {
    throw new Error(`${file} cannot be read to its end (${problem.message}).`);
  }
}

function writing(stream, file) {
  return finished(stream).catch((problem) => {
    throw new Error(`${file} cannot be written (${problem.message}).`);
  });
}

// web/src/melody_model.ts as it is, without its types, where the threads can import it.
function buildScript() {
  const { buildSync } = createRequire(new URL('web/package.json', root))('esbuild');
  const outfile = path('build/tools/melody_model.mjs');
  mkdirSync(path('build/tools'), { recursive: true });
  buildSync({ entryPoints: [path('web/src/melody_model.ts')], bundle: true, outfile, format: 'esm', platform: 'node' });
  return outfile;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (problem) => {
    process.stderr.write(`complete: ${problem instanceof Error ? problem.message : problem}\n`);
    process.exit(1);
  },
);
