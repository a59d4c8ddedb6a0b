// Starts the export worker for one job and ends it afterwards, so that its memory goes back.
import ExportWorker from './export_worker.ts?worker';
import { defaultArenaBytes } from './constants.gen';
import type { AudioWant, ExportReply, ExportRequest } from './export_worker';

type Job = Omit<ExportRequest, 'arenaBytes' | 'measure'>;
type Done = Extract<ExportReply, { kind: 'done' | 'measured' }>;
type Recorded = (want: AudioWant) => Promise<Uint8Array[]>; // packets that give the engine what it asks for

function run(request: Omit<ExportRequest, 'arenaBytes'>, progress: (part: number) => void, recorded: Recorded): Promise<Done> {
  const worker = new ExportWorker();
  return new Promise<Done>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<ExportReply>) => {
      const reply = event.data;
      if (reply.kind === 'progress') progress(reply.part);
      else if (reply.kind === 'want') void Promise.all(reply.wants.map(recorded)).then((packets) => worker.postMessage({ packets: packets.flat() }));
      else if (reply.kind === 'failed') reject(new Error(reply.why));
      else resolve(reply);
    };
    worker.onerror = (event) => reject(new Error(event.message || 'the renderer stopped'));
    worker.postMessage({ ...request, arenaBytes: defaultArenaBytes });
  }).finally(() => worker.terminate());
}

export async function exportAudio(job: Job, progress: (part: number) => void, recorded: Recorded): Promise<Blob> {
  const reply = await run({ ...job, measure: false }, progress, recorded);
  return reply.kind === 'done' ? reply.file : new Blob();
}

// The integrated loudness of each plan, in LUFS.
export async function measureAudio(job: Job, recorded: Recorded): Promise<number[]> {
  const reply = await run({ ...job, measure: true }, () => undefined, recorded);
  return reply.kind === 'measured' ? reply.lufs : [];
}

// A name every file system takes; letters of all scripts stay.
export function safeFileName(name: string): string {
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '-').trim();
  return [...safe].slice(0, 80).join('').replace(/[. ]+$/, '') || 'Untitled';
}

// "03 Slap bass.wav": numbered, so that they stand in the order of the tracks and no two are the same.
export function stemName(index: number, track: string): string {
  return `${String(index + 1).padStart(2, '0')} ${safeFileName(track)}.wav`;
}
