// From navigation to a studio that can be touched: checks what the browser can do, loads both modules side by side,
// brings back the song. Sound starts later, with the first gesture. Whatever fails is said in plain words.
import engineUrl from '@wasm/engine.wasm?url';
import uiScriptUrl from '@wasm/ui.mjs?url';
import uiWasmUrl from '@wasm/ui.wasm?url';
import { makeApi } from './api';
import { Audio } from './audio';
import type { Bridge } from './bridge';
import { workOffline } from './offline';
import { Store } from './store';
import { siteUrl, Studio } from './studio';
import { UiModule, type ModuleFactory } from './ui_module';
import processorUrl from './processor.ts?worker&url';

// (module (func (result v128) i32.const 0 i8x16.splat)): valid only where there is SIMD.
const SIMD_PROBE = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 253, 15, 11]);

function missingFeature(): string | null {
  if (typeof WebAssembly !== 'object') return 'This browser cannot run WebAssembly, which Arietta is made of.';
  if (!WebAssembly.validate(SIMD_PROBE)) {
    return 'This browser is too old for Arietta’s sound. Chrome or Edge 91, Firefox 89, Safari 16.4 and everything newer will do.';
  }
  return null;
}

async function compile(url: string): Promise<WebAssembly.Module> {
  const address = siteUrl(url);
  try {
    return await WebAssembly.compileStreaming(fetch(address));
  } catch {
    // A host that sends a wrong type for .wasm: the bytes are the same.
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(`The studio’s files are not complete on this server (${url}: ${reply.status}).`);
    return WebAssembly.compile(await reply.arrayBuffer());
  }
}

async function loadUi(): Promise<(bridge: Bridge) => UiModule> {
  const [module, script] = await Promise.all([
    compile(uiWasmUrl),
    import(/* @vite-ignore */ siteUrl(uiScriptUrl)) as Promise<{ default: ModuleFactory }>,
  ]);
  // The bridge is filled in once the studio exists; ui.wasm calls nothing before ui_start.
  const late: { bridge: Bridge | null } = { bridge: null };
  const raw = await script.default({
    canvas: document.getElementById('canvas'),
    bridge: new Proxy({}, { get: (_, name: string) => (...args: unknown[]) => (late.bridge as unknown as Record<string, (...a: unknown[]) => unknown>)[name]!(...args) }),
    instantiateWasm: (imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void) => {
      void WebAssembly.instantiate(module, imports).then((instance) => done(instance, module));
      return {};
    },
  });
  return (bridge) => {
    late.bridge = bridge;
    return new UiModule(raw);
  };
}

function show(text: string, reload: boolean): void {
  const message = document.getElementById('message')!;
  message.textContent = text;
  if (reload) {
    const button = document.createElement('button');
    button.textContent = 'Try again';
    button.onclick = () => location.reload();
    message.append(button);
  }
  message.hidden = false;
}

async function boot(): Promise<Studio> {
  const missing = missingFeature();
  if (missing) throw new Error(missing);
  const query = new URLSearchParams(location.search);
  const engine = compile(engineUrl);
  engine.catch(() => undefined); // reported when sound starts; the screen works without
  const loadingUi = loadUi();
  loadingUi.catch(() => undefined); // said below
  const { store, remembered } = await Store.open();
  const { preferences, song } = remembered;
  const audio = new Audio(engine, siteUrl(processorUrl), {
    latencyHint: preferences.includes('"latency":"safe"') ? 'playback' : 'interactive',
    carrier: query.get('carrier') === 'port' ? 'port' : 'auto',
  });
  audio.load();
  const studio = new Studio(await loadingUi, engine, store, audio);
  if (preferences) studio.command('preferences', JSON.parse(preferences));
  const drawing = studio.start();
  if (song) await studio.openFile(song, 'the song from last time').catch(() => undefined);
  studio.openAddress();
  void store.loadMemory().then((memory) => memory && studio.command('assist_memory', JSON.parse(memory))).catch(() => undefined);
  if (!drawing) studio.notice('This browser shows no WebGL picture, so the studio is invisible; every control still works by keyboard and screen reader.');
  if (store.trouble) studio.notice(store.trouble);
  return studio;
}

let studio: Studio | null = null;
const ready = boot().then(
  (made) => {
    studio = made;
    void workOffline().catch(() => undefined); // some hosts and private windows do not allow it
  },
  (problem: unknown) => {
    show(`${problem instanceof Error ? problem.message : String(problem)}`, true);
    throw problem;
  },
);
ready.catch(() => undefined); // said on the page

const api = makeApi(() => {
  if (!studio) throw new Error('Arietta is still starting: wait for arietta.ready.');
  return studio;
}, ready);
Object.defineProperty(window, 'arietta', { value: Object.freeze(api) });
