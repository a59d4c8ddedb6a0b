// Registers the service worker that lets the studio open without a network, and tells it what is loaded already and what
// sound and export will want later. Only after the studio runs: nothing may compete with the first sound.
import bankUrl from '@wasm/bank.wasm?url';
import bankWorkerUrl from './bank_worker.ts?worker&url';
import exportWorkerUrl from './export_worker.ts?worker&url';
import processorUrl from './processor.ts?worker&url';

export async function workOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(new URL('offline.js', document.baseURI));
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
  const later = [bankUrl, bankWorkerUrl, exportWorkerUrl, processorUrl].map((url) => new URL(url, document.baseURI).href);
  active?.postMessage([document.baseURI.split('#')[0], ...loaded, ...later]);
}
