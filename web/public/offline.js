// Service worker: the studio opens without a network once it has been open with one. Nothing else is done here.
//
// Files below assets/ carry the hash of their content in their name, so a copy is as good as the original; the page itself
// is asked for first and taken from the copy when there is no answer. Instrument sounds and the melody model are kept by the page.
const CACHE = 'arietta-1';
const MOST_FILES = 80; // several deployments; the oldest go

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

// The page names what it loaded before this worker was there to see it.
self.addEventListener('message', (event) => {
  const urls = Array.isArray(event.data) ? event.data.filter(ours) : [];
  event.waitUntil(caches.open(CACHE).then(async (cache) => {
    for (const url of urls) if (!(await cache.match(url))) await cache.add(url).catch(() => undefined);
    const kept = await cache.keys();
    for (const old of kept.slice(0, Math.max(0, kept.length - MOST_FILES))) await cache.delete(old);
  }));
});

self.addEventListener('fetch', (event) => {
  if (event.request.method !== 'GET' || !ours(event.request.url)) return;
  event.respondWith(event.request.url.includes('/assets/') ? copyFirst(event) : networkFirst(event));
});

function ours(url) {
  const { origin, pathname } = new URL(url);
  return origin === self.location.origin && !pathname.includes('/bank/') && !pathname.includes('/models/');
}

async function copyFirst(event) {
  return (await caches.match(event.request)) ?? keep(event, await fetch(event.request));
}

async function networkFirst(event) {
  try {
    return keep(event, await fetch(event.request));
  } catch (problem) {
    const copy = await caches.match(event.request, { ignoreSearch: true });
    if (copy) return copy;
    throw problem;
  }
}

// The page never waits for the copy, nor for a disk that has no room for it.
function keep(event, reply) {
  if (reply.ok && reply.type === 'basic') {
    const copy = reply.clone();
    event.waitUntil(caches.open(CACHE).then((cache) => cache.put(event.request, copy)).catch(() => undefined));
  }
  return reply;
}
