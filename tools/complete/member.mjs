// One thread of `./studio complete`: the page's own model code on ONNX Runtime Web's WebAssembly, under Node.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { model: folder, assist, runtime, script, options } = workerData;
const MOST_AT_ONCE = 8; // kMostSamples in engine/assist/request.h

async function load() {
  const shape = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  const files = {};
  for (const [name, { sha256 }] of Object.entries(shape.files)) {
    files[name] = readFileSync(join(folder, name));
    const found = createHash('sha256').update(files[name]).digest('hex');
    if (found !== sha256) throw new Error(`the model's file ${join(folder, name)} is damaged: its checksum is not the one in model.json.`);
  }
  const ort = await import(pathToFileURL(join(runtime, 'ort.node.min.mjs')).href);
  ort.env.logLevel = 'error';
  ort.env.wasm.numThreads = 1; // the work is shared out by lines
  const { MelodyModel } = await import(pathToFileURL(script).href);
  return MelodyModel.load(ort, await WebAssembly.compile(readFileSync(assist)), shape, files, 'wasm');
}

let model = null;

// { lines, failed } for one line of input.
async function answer(line, number) {
  let id = null;
  try {
    const prompt = parse(line, number);
    id = prompt.id ?? null;
    model ??= await load();
    const answers = options.nll ? [await likelihood(prompt)] : await suggestions(prompt, id ?? number);
    return { lines: answers.map((one) => JSON.stringify({ id, ...one }) + '\n').join(''), failed: 0 };
  } catch (problem) {
    if (!(problem instanceof Refusal)) {
      if (!model) throw problem; // nothing can be answered without a model
      model = null; // whatever stopped it, the next line gets a fresh one
    }
    return { lines: JSON.stringify({ id, error: problem.message }) + '\n', failed: 1 };
  }
}

class Refusal extends Error {}

function parse(line, number) {
  let prompt;
  try {
    prompt = JSON.parse(line);
  } catch (problem) {
    throw new Refusal(`Line ${number} is not JSON (${problem.message}).`);
  }
  if (prompt === null || typeof prompt !== 'object' || Array.isArray(prompt)) throw new Refusal(`Line ${number} is not a JSON object.`);
  return prompt;
}

async function ask(request) {
  const reply = JSON.parse(await model.answer(JSON.stringify(request)));
  if (reply.error !== undefined) throw new Refusal(reply.error);
  return reply;
}

async function suggestions({ truth, ...prompt }, name) {
  const count = prompt.samples ?? options.samples;
  const seed = prompt.seed ?? seedOf(options.seed, name);
  const found = [];
  for (let first = 0; first < count; first += MOST_AT_ONCE) {
    const samples = Math.min(MOST_AT_ONCE, count - first);
    const reply = await ask({ task: options.task, greedy: options.greedy, ...prompt, id: '', samples, seed: (seed + first) >>> 0 });
    // How often a phrase of the training tunes was avoided is told once for all drafts, with the first suggestion.
    found.push(...reply.suggestions.map(({ notes, chords }, i) => ({ notes, chords, copies_avoided: i === 0 ? reply.copies_avoided || undefined : undefined })));
  }
  return found;
}

async function likelihood(prompt) {
  if (!Array.isArray(prompt.truth)) throw new Refusal('There is no “truth”: the notes whose likelihood is asked.');
  const { nll, nll_pitch, parts } = await ask({ ...prompt, id: '' });
  return parts ? { nll, nll_pitch, parts } : { nll, nll_pitch };
}

// Each prompt has chances of its own (FNV-1a of seed and id), so that neither order nor neighbours matter.
function seedOf(seed, name) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(`${seed} ${name}`)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

// One after another: a thread holds one model.
let queue = Promise.resolve();
parentPort.on('message', ({ line, number }) => {
  queue = queue.then(async () => parentPort.postMessage(await answer(line, number)));
});
