// Registers the service worker that lets the studio open without a network, and tells it what is loaded already.
// Only after the studio runs: nothing may compete with the first sound.

export async function workOffline(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker.register(new URL('offline.js', document.baseURI));
  const { active } = await navigator.serviceWorker.ready;
  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
  active?.postMessage([document.baseURI.split('#')[0], ...loaded]);
}
