// Everything of the page that has to do with recorded sound: importing, recording, keeping, giving it to the engine, putting
// it into project files.
import type { Audio } from './audio';
import { importAudio } from './audio_import';
import { AudioStore } from './audio_store';
import { AudioStreams, type AudioNeed } from './audio_streams';
import { saveBlob, saveFile } from './files';
import { keepAudioOf, songBytes, withAudio } from './project_file';
import { Recorder, type Recorded } from './recorder';
import type { Store } from './store';

export interface SoundEvents {
  command(name: string, detail: unknown): void; // of ui.wasm
  peaks(hash: string, bytes: Uint8Array): void; // the sound is here and looks like this; no bytes: its looks are not known
}

export class RecordedSound {
  private readonly sounds: AudioStore;
  private readonly streams: AudioStreams;
  private readonly recorder: Recorder;
  private needs: AudioNeed[] = [];

  constructor(
    store: Store,
    private readonly audio: Audio,
    private readonly events: SoundEvents,
  ) {
    this.sounds = new AudioStore(store);
    this.streams = new AudioStreams(this.sounds, (bytes) => audio.link?.send(bytes), (hash) => void this.isHere(hash), (text) => this.notice(text));
    this.recorder = new Recorder(audio, this.sounds, store, {
      started: () => events.command('voice_recording', { on: true }),
      ended: (recorded, trouble) => this.recordingEnded(recorded, trouble),
      notice: (text) => this.notice(text),
    });
  }

  // What the song plays from.
  need(needs: AudioNeed[]): void {
    this.needs = needs;
    this.streams.need(needs);
  }

  want(asset: number, first: number, count: number): Promise<void> {
    return this.streams.want(asset, first, count);
  }

  blocks(asset: number, first: number, count: number): Promise<Uint8Array[]> {
    return this.streams.blocks(asset, first, count);
  }

  record(on: boolean): void {
    void (on ? this.recorder.start() : this.recorder.stop());
  }

  measureDelay(): void {
    void this.recorder.measureDelay();
  }

  // A sound file becomes a track. Throws, in plain words, and says them on the screen.
  async importFile(bytes: Uint8Array, name: string): Promise<void> {
    try {
      const rate = this.audio.context?.sampleRate ?? 48000;
      const { info, peaks } = await importAudio(this.sounds, bytes, name, rate, (part) => this.notice(`Reading “${name}”: ${Math.round(part * 100)} %`));
      this.events.command('audio_imported', { ...info, name }); // first: a song that waited for this sound takes it in its place
      this.events.peaks(info.hash, peaks);
      this.streams.arrived(info.hash);
      this.notice(`“${name}” is in the song.`);
    } catch (problem) {
      const why = problem instanceof Error ? problem.message : String(problem);
      this.events.command('error', { text: why });
      throw new Error(why);
    }
  }

  // Keeps the sound that a project file carries; gives back the song alone. Other files come back as they are.
  async takeFromProject(bytes: Uint8Array): Promise<Uint8Array> {
    const song = songBytes(bytes);
    if (song === 0 || bytes.byteLength <= song) return bytes;
    for (const hash of await keepAudioOf(bytes, this.sounds)) this.streams.arrived(hash);
    return bytes.subarray(0, song);
  }

  // A download; a project takes its sound along.
  saveFile(bytes: Uint8Array, name: string, mime: string): void {
    if (this.needs.length === 0 || songBytes(bytes) === 0) return saveFile(bytes, name, mime);
    void withAudio(bytes, this.sounds, this.needs.map((need) => need.hash)).then(
      (blob) => saveBlob(blob, name),
      () => this.notice('The recorded sound could not be read, so the project was not saved. Try again.'),
    );
  }

  private async isHere(hash: string): Promise<void> {
    this.events.peaks(hash, (await this.sounds.loadPeaks(hash).catch(() => undefined)) ?? new Uint8Array());
  }

  private recordingEnded(recorded: Recorded | null, trouble: string): void {
    if (recorded) {
      this.events.command('audio_recorded', { ...recorded.info, first_frame: recorded.firstFrame, latency_s: recorded.latencySeconds });
      this.events.peaks(recorded.info.hash, recorded.peaks);
      this.streams.arrived(recorded.info.hash);
    } else {
      this.events.command('voice_recording', { on: false });
    }
    if (trouble) this.events.command('error', { text: trouble });
  }

  private notice(text: string): void {
    this.events.command('notice', { text });
  }
}
