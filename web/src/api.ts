// window.arietta: the page's own small API, for pages that embed the studio, for scripts and for tests. Version 1.
// Errors are thrown in plain words; nothing is changed then.
import type { Listener, Studio, SuggestOptions } from './studio';

export interface AriettaApi {
  readonly version: 1;
  readonly ready: Promise<void>;
  // Plain JSON: transport, tempo, song, tracks, notes, selection, audio, lastError.
  state(): Record<string, unknown>;
  // A MIDI file, a project, project JSON or a SoundFont.
  openFile(bytes: ArrayBuffer | Uint8Array | number[], name: string): Promise<void>;
  openLink(link: string): Promise<void>;
  // The whole address of this page with the song in it.
  link(): string;
  song(): unknown;
  play(): Promise<void>;
  stop(): void;
  telemetry(): Record<string, number | number[]>;
  // Asks the melody model, at the selection or in the current track; resolves to the suggestions, the first in at most some
  // seconds. They are shown as well, and nothing is changed until one is kept. The first call fetches the model.
  suggest(options?: SuggestOptions): Promise<unknown>;
  // 'change' 'play' 'stop' 'open' 'audio' 'fault' 'error'; the answer takes the listener away again.
  on(event: string, listener: Listener): () => void;
}

export function makeApi(studio: () => Studio, ready: Promise<void>): AriettaApi {
  return {
    version: 1,
    ready,
    state: () => studio().state(),
    async openFile(bytes, name) {
      await ready;
      await studio().openFile(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes), String(name));
    },
    async openLink(link) {
      await ready;
      studio().openLink(String(link));
    },
    link() {
      const fragment = studio().ui.text('link');
      if (!fragment) throw new Error(studio().ui.text('error') || 'This song is too long for a link.');
      return new URL(fragment, location.href.split('#')[0]).href;
    },
    song: () => JSON.parse(studio().ui.text('song_json')) as unknown,
    async play() {
      await ready;
      void studio().audio.start();
      studio().command('play');
    },
    stop: () => void studio().command('stop'),
    async suggest(options = {}) {
      await ready;
      return studio().suggest(options);
    },
    telemetry: () => studio().readTelemetry(),
    on: (event, listener) => studio().on(event, listener),
  };
}
