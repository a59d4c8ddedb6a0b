// What the trained network says in ONNX Runtime Web is what it said in PyTorch, to 1e-3 (models/melody/reference.json).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const root = new URL('../../', import.meta.url);
const file = (name) => readFileSync(new URL(`models/melody/${name}`, root));
const shape = JSON.parse(file('model.json'));
const said = JSON.parse(file('reference.json'));

const { InferenceSession, Tensor, env } = await import(new URL('web/node_modules/onnxruntime-web/dist/ort.node.min.mjs', root));
env.wasm.numThreads = 1;
const open = (name) => InferenceSession.create(file(name), { executionProviders: ['wasm'], logSeverityLevel: 3 });

const whole = (rows, dims) => new Tensor('int64', BigInt64Array.from(rows.flat(), BigInt), dims);

const nothing = () => new Tensor('float32', new Float32Array(0), [shape.layers, 2, 1, shape.kv_heads, 0, shape.head_size]);

function near(values, expected, what) {
  const all = expected.flat();
  assert.equal(values.length, all.length, what);
  for (const [i, value] of values.entries()) assert.ok(Math.abs(value - all[i]) < 1e-3, `${what} ${i}: ${value} instead of ${all[i]}`);
}

test('trunk and heads agree with PyTorch', async () => {
  const trunk = await open('trunk.onnx');
  const step = whole(said.steps, [1, said.steps.length, shape.features]);
  const { hidden, gap, present } = await trunk.run({ step, past: nothing() });
  near(hidden.data.slice(-shape.hidden), said.hidden, 'hidden');
  near(gap.data.slice(-shape.gaps), said.gap, 'gap');
  assert.deepEqual([...present.dims], [shape.layers, 2, 1, shape.kv_heads, said.steps.length, shape.head_size]);
  const last = new Tensor('float32', hidden.data.slice(-2 * shape.hidden), [2, shape.hidden]);
  const choice = whole(said.choice, [2, shape.choices]);
  for (const name of ['duration', 'pitch']) {
    const head = await open(`${name}.onnx`);
    near((await head.run({ hidden: last, choice }))[head.outputNames[0]].data, said[name], name);
  }
});

test('reading note by note, remembering the past, is reading at once', async () => {
  const trunk = await open('trunk.onnx');
  let past = nothing();
  let hidden;
  for (const step of said.steps) ({ hidden, present: past } = await trunk.run({ step: whole(step, [1, 1, shape.features]), past }));
  near(hidden.data, said.hidden, 'hidden');
});
