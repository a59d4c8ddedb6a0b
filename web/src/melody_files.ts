// The files of the melody model: fetched once, kept on this device under the hash of their bytes, checked every time.
// They stand in models/melody/ beside the page; model.json names them. Used by the worker, and by the page for the model card.
import type { Manifest, ModelFiles } from './melody_model';

const CACHE = 'arietta-melody';

// Told how much is there, and whether it had to be fetched or was kept on this device.
export type Progress = (bytesRead: number, fetched: boolean) => void;

export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(new TextDecoder().decode(await newestCopy(`${folder}model.json`))) as Manifest;
}

// What the model learned from, how it behaves and how it fails, as text.
export async function readCard(folder: string): Promise<string> {
  return new TextDecoder().decode(await newestCopy(`${folder}MODEL_CARD.md`));
}

export function bytesOfModel(manifest: Manifest): number {
  return Object.values(manifest.files).reduce((sum, { bytes }) => sum + bytes, 0);
}

// Whether all of it is on this device already.
export async function isKept(folder: string, manifest: Manifest): Promise<boolean> {
  const urls = Object.entries(manifest.files).map(([name, { sha256 }]) => addressOf(folder, name, sha256));
  const found = await Promise.all(urls.map((url) => caches.match(url, { cacheName: CACHE }).catch(() => undefined)));
  return found.every((reply) => reply !== undefined);
}

export async function readModel(folder: string, manifest: Manifest, progress: Progress): Promise<ModelFiles> {
  const files: ModelFiles = {};
  const urls: string[] = [];
  let before = 0;
  for (const [name, { bytes, sha256 }] of Object.entries(manifest.files)) {
    const url = addressOf(folder, name, sha256);
    files[name] = await readFile(url, name, sha256, (read, fetched) => progress(before + read, fetched));
    urls.push(url);
    before += bytes;
  }
  void forgetOthers(folder, urls).catch(() => undefined);
  return files;
}

// The bytes of a reply, told as they come.
export async function readReply(reply: Response, progress: (bytesRead: number) => void = () => undefined): Promise<Uint8Array> {
  if (!reply.ok) throw new Error(`the server answered ${reply.status} for ${new URL(reply.url).pathname}`);
  const parts: Uint8Array[] = [];
  let count = 0;
  const reader = reply.body!.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value);
    progress((count += part.value.byteLength));
  }
  const bytes = new Uint8Array(count);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}

// Another version of a file is another address.
function addressOf(folder: string, name: string, sha256: string): string {
  return `${folder}${name}?${sha256.slice(0, 16)}`;
}

async function readFile(url: string, name: string, sha256: string, progress: Progress): Promise<Uint8Array> {
  const kept = await keptCopy(url);
  if (kept && (await hashOf(kept)) === sha256) {
    progress(kept.byteLength, false);
    return kept;
  }
  const bytes = await readReply(await fetch(url), (read) => progress(read, true));
  if ((await hashOf(bytes)) !== sha256) {
    throw new Error(`the file ${name} arrived damaged (${bytes.byteLength} bytes, and their checksum is wrong)`);
  }
  await keep(url, bytes);
  return bytes;
}

// For the two small files that keep their address when they change: the network first.
async function newestCopy(url: string): Promise<Uint8Array> {
  try {
    const bytes = await readReply(await fetch(url, { cache: 'no-cache' }));
    await keep(url, bytes);
    return bytes;
  } catch (problem) {
    const kept = await keptCopy(url);
    if (kept) return kept;
    throw problem;
  }
}

async function keptCopy(url: string): Promise<Uint8Array | null> {
  const reply = await caches.match(url, { cacheName: CACHE }).catch(() => undefined);
  return reply ? new Uint8Array(await reply.arrayBuffer()) : null;
}

// Without room to keep them, they are fetched again next time.
async function keep(url: string, bytes: Uint8Array): Promise<void> {
  await caches.open(CACHE).then((cache) => cache.put(url, new Response(bytes as BodyInit))).catch(() => undefined);
}

async function forgetOthers(folder: string, current: string[]): Promise<void> {
  const cache = await caches.open(CACHE);
  for (const { url } of await cache.keys()) {
    if (url.startsWith(folder) && url.includes('?') && !current.includes(url)) await cache.delete(url);
  }
}

async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
