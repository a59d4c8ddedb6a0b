// Starts the export worker for one job and ends it afterwards, so that its memory goes back.
import ExportWorker from './export_worker.ts?worker';
import { defaultArenaBytes } from './constants.gen';
import type { ExportReply, ExportRequest } from './export_worker';

export function exportAudio(
  request: Omit<ExportRequest, 'arenaBytes'>,
  progress: (part: number) => void,
): Promise<{ name: string; bytes: Uint8Array }[]> {
  const worker = new ExportWorker();
  return new Promise<{ name: string; bytes: Uint8Array }[]>((resolve, reject) => {
    worker.onmessage = (event: MessageEvent<ExportReply>) => {
      const reply = event.data;
      if (reply.kind === 'progress') progress(reply.part);
      else if (reply.kind === 'done') resolve(reply.files);
      else reject(new Error(reply.why));
    };
    worker.onerror = (event) => reject(new Error(event.message || 'the renderer stopped'));
    worker.postMessage({ ...request, arenaBytes: defaultArenaBytes });
  }).finally(() => worker.terminate());
}
