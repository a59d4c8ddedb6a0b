// What the audio thread leaves behind in a minute of playing: nothing in process(), and no memory that grows.
// V8's own sampler says who allocated, garbage that is already collected included.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launch, open, openBytes, serve, site, step, telemetry, until } from './harness.mjs';
import { midiSong } from './midi_song.mjs';

const SLICES = 6; // of the minute, each measured by itself
const SLICE_MS = 10_000;
const POST_BYTES = 13; // a quantum, with ports: a telemetry buffer that is handed over needs new views each time
const WARM_MS = 5000; // until the compiler has optimised: unoptimised code keeps its floats on the heap
// Struck anew every half second, so that the sequencer, voices and telemetry have work.
const busySong = midiSong(Array.from({ length: 400 }, (_, i) => [i * 480, 470, 48 + ((i * 7) % 24), 100]), { program: 19 });

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

async function workletOf(page) {
  const client = await page.createCDPSession();
  const targets = [];
  client.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => targets.push({ sessionId, type: targetInfo.type }));
  await client.send('Target.setAutoAttach', { autoAttach: true, waitForDebuggerOnStart: false, flatten: true });
  const { sessionId } = await until('the worklet', () => targets.find((one) => one.type === 'worklet'));
  return client.connection().session(sessionId);
}

// Bytes allocated below each function of the processor, by its name; `process` without what it called to post a message.
function allocations(profile) {
  const bytes = { process: 0, post: 0 };
  const visit = (node, inside) => {
    const name = node.callFrame.functionName;
    const here = name === 'post' ? 'post' : name === 'process' ? 'process' : inside;
    if (here) bytes[here] += node.selfSize;
    for (const child of node.children) visit(child, here);
  };
  visit(profile.head, null);
  return bytes;
}

async function liveHeap(worklet) {
  await worklet.send('HeapProfiler.collectGarbage');
  return (await worklet.send('Runtime.getHeapUsage')).usedSize;
}

async function aMinute(isolate) {
  const server = await serve(site, { isolate });
  const browser = await launch();
  try {
    const page = await open(browser, `http://localhost:${server.port}/`);
    assert.equal(await page.evaluate(() => crossOriginIsolated), isolate);
    assert.equal(await openBytes(page, busySong, 'busy.mid'), '');
    await page.evaluate(() => window.arietta.play());
    await until('sound', async () => (await telemetry(page)).peakLeft > 0.005);
    const worklet = await step('a session with the worklet', workletOf(page));
    await wait(WARM_MS);
    await worklet.send('HeapProfiler.enable');
    const before = { heap: await liveHeap(worklet), ...(await telemetry(page)) };
    const slices = [];
    for (let i = 0; i < SLICES; ++i) {
      const { quanta: begin } = await telemetry(page);
      await worklet.send('HeapProfiler.startSampling', { samplingInterval: 512, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true });
      await wait(SLICE_MS);
      const { profile } = await worklet.send('HeapProfiler.stopSampling');
      const { process, post } = allocations(profile);
      const rendered = (await telemetry(page)).quanta - begin;
      slices.push({ process: process / rendered, post: post / rendered });
    }
    const after = { heap: await liveHeap(worklet), ...(await telemetry(page)) };
    return { before, after, quanta: after.quanta - before.quanta, slices };
  } finally {
    await browser.close();
    await server.close();
  }
}

test('a minute of playing makes no garbage in process(), and neither heap nor engine grow', async () => {
  const [rings, ports] = await Promise.all([aMinute(true), aMinute(false)]);
  for (const [carrier, { before, after, quanta, slices }] of Object.entries({ rings, ports })) {
    // A compiler that draws post() into process() counts its bytes there, so with ports only the sum is certain.
    const least = Math.min(...slices.map(({ process, post }) => process + post));
    const most = carrier === 'rings' ? 6 : 6 + POST_BYTES;
    console.log(carrier, JSON.stringify({ quanta, slices, heapBefore: before.heap, heapAfter: after.heap, memoryBytes: after.memoryBytes }));
    assert.ok(quanta > 5000, `${carrier}: ${quanta} quanta were rendered`);
    // The smallest thing on the heap is twelve bytes, so one of them a quantum shows as twelve, in every slice. V8 itself adds
    // some in slices in which it runs a function unoptimised, which on a busy machine can take a while.
    assert.ok(least < most, `${carrier}: process() allocates ${least} bytes a quantum`);
    assert.ok(after.heap - before.heap < 100_000, `${carrier}: the heap grew by ${after.heap - before.heap} bytes`);
    assert.equal(after.memoryBytes, before.memoryBytes, `${carrier}: memory of the engine`);
    assert.equal(after.faults, 0);
  }
  assert.ok(rings.slices.every(({ post }) => post === 0), 'with rings nothing is posted while playing');
});
