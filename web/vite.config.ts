// Builds the page into build/site, a folder any plain file server can serve, at its root or in a sub-folder.
//
// How web/src names the things it loads at run time (each becomes a file with its content hash in the name,
// so a new deployment can never be mixed with an old cache, and hosts may cache for ever):
//   import engineUrl from '@wasm/engine.wasm?url';               the modules of the CMake web build
//   import bankUrl   from '@wasm/bank.wasm?url';
//   import uiUrl     from '@wasm/ui.mjs?url';                    then: await import(/* @vite-ignore */ uiUrl)
//   import uiWasmUrl from '@wasm/ui.wasm?url';                   pass it through Module.locateFile
//   import ortUrl    from '@ort/ort.wasm.min.mjs?url';           ONNX Runtime Web, as its authors built it
//   import processorUrl from './processor.ts?worker&url';        one self-contained script for addModule()
//   import MidiWorker   from './some_worker.ts?worker';          a Worker class
// The instrument slices and the melody model are not known to Vite: `./studio build` copies them to build/site/bank/ and
// build/site/models/, and the page finds them relative to itself, at new URL('bank/', document.baseURI).
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const wasm = process.env.ARIETTA_WASM_DIR ?? `${root}build/web-release`;
const ort = `${root}web/node_modules/onnxruntime-web/dist`;
const runtimeBytes = (kind: string) => String(statSync(`${ort}/ort-wasm-simd-threaded${kind}.wasm`).size);

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  resolve: { alias: { '@wasm': wasm, '@ort': ort } },
  // For the progress bar: a reply that travels packed does not say how long it is.
  define: { PLAIN_RUNTIME_BYTES: runtimeBytes(''), GPU_RUNTIME_BYTES: runtimeBytes('.jspi') },
  server: { fs: { allow: [root] } },
  worker: { format: 'iife' },        // worklet and workers: no imports left, so they load everywhere
  build: {
    outDir: process.env.ARIETTA_SITE_DIR ?? `${root}build/site`,
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,            // a data: URL cannot be streamed, cached or given to addModule()
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
