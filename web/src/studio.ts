// Ties the page together: the screen (ui.wasm), the sound (engine.wasm in the AudioWorklet), the mirror, this device's
// storage, MIDI and files. No song data is kept here; it asks ui.wasm.
import { Assets, isSoundFont, siteUrl, type AssetNeed } from './assets';
import { Audio, AudioStatus } from './audio';
import { isAudioFile } from './audio_import';
import type { AudioNeed } from './audio_streams';
import { Autosave } from './autosave';
import type { Bridge } from './bridge';
import { Message } from './constants.gen';
import { exportAudio, measureAudio, safeFileName, stemName } from './export';
import { chooseFile, listenToDrops, saveBlob, SOUND_KINDS } from './files';
import { assetPackets, frames } from './frames';
import { listenToKeys } from './keys';
import { Melody } from './melody';
import { Midi } from './midi';
import { Mirror, type MirrorChanges } from './mirror';
import { qrRows } from './qr';
import { RecordedSound } from './recorded_sound';
import type { Store } from './store';
import { copyText, displayFlags, element, inset, wear } from './surroundings';
import { Report } from './telemetry';
import type { UiModule } from './ui_module';

const SLOW_FRAME_MS = 80;
const MIRROR_PERIOD_MS = 100; // ten times a second is as fast as a screen reader can use
const enum UiBytes { project = 0, midi = 1, plan = 2, firstStem = 16, firstMeasured = 4096 }

export type Listener = (detail: unknown) => void;

export interface SuggestOptions {
  task?: 'continue' | 'infill' | 'vary' | 'harmonise';
  bars?: number;
  count?: number;
  seed?: number;
}

export class Studio {
  readonly ui: UiModule;
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly mirror: Mirror;
  private readonly assets: Assets;
  private readonly autosave: Autosave;
  private readonly midi: Midi;
  private readonly melody = new Melody((name, detail) => void this.command(name, detail));
  private readonly report = new Report();
  private readonly recorded: RecordedSound;
  private frameAsked = false;
  private mirrorTimer = 0;
  private started = false;
  private drawn = false;

  constructor(
    makeUi: (bridge: Bridge) => UiModule,
    private readonly engine: Promise<WebAssembly.Module | ArrayBuffer>,
    private readonly store: Store,
    readonly audio: Audio,
  ) {
    this.ui = makeUi(this.bridge());
    this.mirror = new Mirror(element('mirror'), element('polite'), element('assertive'), (id, kind, value, text) => {
      this.ui.callText('mirror_act', id, kind, value, text);
      this.askFrame();
    });
    this.assets = new Assets(store, (id, bank) => this.sendAsset(id, bank), (why) => this.notice(why));
    this.recorded = new RecordedSound(store, audio, {
      command: (name, detail) => void this.command(name, detail),
      peaks: (hash, bytes) => {
        this.ui.callTextBytes('audio_peaks', hash, bytes);
        this.askFrame();
      },
    });
    const song = () => ({ bytes: this.ui.bytes(UiBytes.project), title: this.title() });
    this.autosave = new Autosave(store, song, (why) => this.notice(why));
    this.midi = new Midi(
      (bytes, timeMs) => {
        this.ui.callBytes('midi', bytes, timeMs);
        this.flushPackets();
      },
      (text) => this.notice(text),
    );
  }

  // Draws from now on. False: this browser gave us no WebGL; everything else works.
  start(): boolean {
    const canvas = element('canvas');
    const drawing = this.ui.call('start', innerWidth, innerHeight, devicePixelRatio, displayFlags()) === 0;
    this.started = true;
    const resized = () => {
      this.ui.call('resize', innerWidth, innerHeight, devicePixelRatio, inset('top'), inset('bottom'));
      this.askFrame();
    };
    addEventListener('resize', resized);
    resized();
    canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault(); // else it never comes back
      this.ui.call('context_lost');
      this.notice('The picture was lost for a moment; the music goes on.');
    });
    canvas.addEventListener('webglcontextrestored', () => {
      this.ui.call('context_restored');
      this.askFrame();
    });
    for (const kind of ['pointerdown', 'pointermove', 'pointerup', 'wheel', 'touchstart', 'touchmove', 'touchend']) {
      canvas.addEventListener(kind, () => this.askFrame(), { passive: true });
    }
    for (const kind of ['pointerdown', 'pointerup', 'keydown', 'touchend']) {
      addEventListener(kind, () => void this.audio.start(), { capture: true, passive: true });
    }
    // SDL keeps the canvas from taking the focus, so a field that is being typed in would never be left.
    canvas.addEventListener('pointerdown', () => (document.activeElement as HTMLElement | null)?.blur?.());
    addEventListener('blur', () => this.ui.call('blur'));
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.command('look'));
    addEventListener('hashchange', () => this.openAddress());
    listenToKeys((code, key, down, mods, repeat) => {
      const used = this.ui.callTexts('key', code, key, down ? 1 : 0, mods, repeat ? 1 : 0) === 1;
      this.flushPackets();
      this.askFrame();
      return used;
    });
    const open = (bytes: Uint8Array, name: string) => void this.openFile(bytes, name).catch(() => undefined);
    listenToDrops(open, (why) => this.notice(why));
    void this.midi.connectIfAllowed();
    void this.assets.kept().then((fonts) => fonts.forEach((font) => this.command('soundfont_here', font)));
    void this.audio.prepare({
      packet: (bytes) => this.receive(bytes),
      telemetry: (bytes, seconds) => this.receiveTelemetry(bytes, seconds),
      ready: () => this.engineReady(),
      trap: () => this.emit('fault', { what: 'engine stopped' }),
      status: (status, text) => this.audioStatus(status, text),
    });
    this.askFrame();
    return drawing;
  }

  // -- songs ----------------------------------------------------------------------------------------------------

  async openFile(bytes: Uint8Array, name: string): Promise<void> {
    if (isSoundFont(bytes)) return this.openSoundFont(bytes, name);
    if (isAudioFile(bytes, name) && this.playsSampler()) return this.openSample(bytes, name);
    if (isAudioFile(bytes, name)) return this.recorded.importFile(bytes, name);
    bytes = await this.recorded.takeFromProject(bytes);
    const opened = this.ui.open(bytes, name);
    this.askFrame();
    if (!opened) throw new Error(this.ui.text('error'));
  }

  openLink(link: string): void {
    const opened = this.ui.callText('open_link', link) === 0;
    this.askFrame();
    if (!opened) throw new Error(this.ui.text('error'));
  }

  // The song in the address, if there is one. What was open stays as a version.
  openAddress(): boolean {
    if (!location.hash.startsWith('#s=')) return false;
    try {
      this.openLink(location.hash);
      // A link opened is a copy of one's own from here on; reloading must not undo what was changed since.
      history.replaceState(null, '', location.pathname + location.search);
      this.autosave.changed();
      return true;
    } catch {
      return false; // the screen says why
    }
  }

  private async openSoundFont(bytes: Uint8Array, name: string): Promise<void> {
    try {
      this.command('soundfont', await this.assets.add(bytes, name));
    } catch (problem) {
      const why = problem instanceof Error ? problem.message : String(problem);
      this.notice(why);
      throw new Error(why);
    }
  }

  // A recording goes onto the keys where the current track is a sampler.
  private playsSampler(): boolean {
    const { tracks } = this.state() as { tracks: { current: boolean; instrument: string }[] };
    return tracks.find((track) => track.current)?.instrument === 'sampler';
  }

  private async openSample(bytes: Uint8Array, name: string): Promise<void> {
    try {
      this.command('sample', await this.assets.addSample(bytes, name));
    } catch (problem) {
      const why = problem instanceof Error ? problem.message : String(problem);
      this.notice(why);
      throw new Error(why);
    }
  }

  command(name: string, detail: unknown = {}): boolean {
    const known = this.ui.callTexts('command', name, JSON.stringify(detail)) === 1;
    this.flushPackets();
    this.askFrame();
    return known;
  }

  // Asks for melodies as the buttons do; the suggestions are on the screen too, to be kept or discarded there.
  suggest(options: SuggestOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const answered = this.on('suggestions', (detail) => end(() => resolve(detail)));
      const failed = this.on('suggestions_failed', (detail) => end(() => reject(new Error((detail as { text: string }).text))));
      const end = (settle: () => void) => {
        answered();
        failed();
        settle();
      };
      this.command('suggest', options);
    });
  }

  notice(text: string): void {
    this.command('notice', { text });
  }

  state(): Record<string, unknown> {
    return JSON.parse(this.ui.text('state_json')) as Record<string, unknown>;
  }

  // -- events for window.arietta.on ----------------------------------------------------------------------------------

  on(event: string, listener: Listener): () => void {
    const all = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, all.add(listener));
    return () => void all.delete(listener);
  }

  private emit(event: string, detail: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(detail);
  }

  // -- the screen ----------------------------------------------------------------------------------------------------

  // Frames are asked for, never run by themselves: an idle page costs nothing.
  private askFrame(): void {
    if (this.frameAsked || !this.started) return;
    this.frameAsked = true;
    if (this.drawn && this.audio.settling) setTimeout(() => this.drawFrame(), SLOW_FRAME_MS);
    else this.drawFrame();
  }

  private drawFrame(): void {
    requestAnimationFrame((now) => {
      this.frameAsked = false;
      this.drawn = true;
      this.audio.link?.poll();
      const again = this.ui.call('frame', now);
      this.flushPackets();
      if (again & 2) this.askFrame();
      else if (again & 4) setTimeout(() => this.askFrame(), SLOW_FRAME_MS);
    });
  }

  private refreshMirror(): void {
    if (this.mirrorTimer) return;
    this.mirrorTimer = window.setTimeout(() => {
      this.mirrorTimer = 0;
      const json = this.ui.text('mirror_changes');
      if (json) this.mirror.apply(JSON.parse(json) as MirrorChanges);
    }, this.firstMirror ? 0 : MIRROR_PERIOD_MS);
    this.firstMirror = false;
  }
  private firstMirror = true;

  private title(): string {
    return ((this.state().song as { title?: string } | undefined)?.title ?? '') || 'Untitled';
  }

  // -- the engine ----------------------------------------------------------------------------------------------------

  private flushPackets(): void {
    const bytes = this.ui.takePacket();
    if (bytes && this.audio.link) this.audio.link.send(bytes);
  }

  private engineReady(): void {
    this.ui.call('engine_restarted');
    for (const [id, bank] of this.assets.banks) this.sendAsset(id, bank);
    this.flushPackets();
    this.askFrame();
  }

  private sendAsset(id: number, bank: Uint8Array): void {
    for (const packet of assetPackets(id, bank)) this.audio.link?.send(packet);
  }

  private receive(bytes: Uint8Array): void {
    for (const frame of frames(bytes)) {
      if (frame.type === Message.audioWant) {
        void this.recorded.want(frame.payload.getUint32(0, true), frame.payload.getUint32(4, true), frame.payload.getUint32(8, true));
      }
      if (frame.type === Message.fault) this.emit('fault', { code: frame.payload.getUint32(0, true), node: frame.payload.getUint32(4, true) });
    }
    this.ui.callBytes('packet_in', bytes, performance.now());
    this.flushPackets();
    this.askFrame();
  }

  private receiveTelemetry(bytes: Uint8Array, contextSeconds: number): void {
    this.report.take(bytes);
    this.ui.callBytes('packet_in', this.report.frame, this.audio.pageTimeOf(contextSeconds));
    if (this.ui.call('wants_frame')) this.askFrame();
  }

  private audioStatus(status: AudioStatus, text: string): void {
    const context = this.audio.context;
    this.ui.callText('audio', status, text, context?.sampleRate ?? 0, this.audio.outputLatency());
    this.flushPackets();
    this.emit('audio', { status, text });
    this.askFrame();
  }

  private async export(kind: string): Promise<void> {
    const tracks = this.state().tracks as { name: string }[];
    const title = this.title();
    const zip = kind === 'stems';
    const plans = zip
      ? tracks.map((track, i) => ({ name: stemName(i, track.name), plan: this.ui.bytes(UiBytes.firstStem + i) }))
      : [{ name: '', plan: this.ui.bytes(UiBytes.plan) }];
    try {
      const assets = [...this.assets.banks].flatMap(([id, bank]) => assetPackets(id, bank));
      const rate = this.audio.context?.sampleRate ?? 48000;
      const made = await exportAudio(
        { module: await this.engine, sampleRate: rate, assets, plans, zip },
        (part) => this.notice(`Rendering: ${Math.round(part * 100)} %`),
        ({ asset, first, count }) => this.recorded.blocks(asset, first, count),
      );
      const name = safeFileName(title) + (zip ? ' stems.zip' : '.wav');
      saveBlob(made, name);
      this.notice(`Saved “${name}”.`);
    } catch (problem) {
      this.notice(`The song could not be rendered: ${problem instanceof Error ? problem.message : String(problem)}`);
    }
  }

  // How loud the plans come out that ui.wasm wants to know of: for Balance the tracks and Master.
  private async measure(count: number): Promise<void> {
    try {
      const plans = Array.from({ length: count }, (_, i) => ({ name: '', plan: this.ui.bytes(UiBytes.firstMeasured + i) }));
      const assets = [...this.assets.banks].flatMap(([id, bank]) => assetPackets(id, bank));
      const rate = this.audio.context?.sampleRate ?? 48000;
      const lufs = await measureAudio({ module: await this.engine, sampleRate: rate, assets, plans, zip: false }, ({ asset, first, count: frames }) =>
        this.recorded.blocks(asset, first, frames),
      );
      this.command('measured', { lufs });
    } catch (problem) {
      this.command('measured', { why: problem instanceof Error ? problem.message : String(problem) });
    }
  }

  private async sendVersions(): Promise<void> {
    const versions = await this.store.versions().catch(() => []);
    const list = versions.map(({ number, title, when }) => ({ number, title, when: new Date(when).toLocaleString() }));
    this.ui.callText('versions', JSON.stringify(list));
    this.askFrame();
  }

  private async openVersion(number: number): Promise<void> {
    const version = (await this.store.versions()).find((one) => one.number === number);
    if (version) await this.openFile(version.bytes, version.title).catch(() => undefined);
    else this.notice('That version is no longer on this device.');
  }

  private bridge(): Bridge {
    return {
      request_frame: () => this.askFrame(),
      packets_ready: () => queueMicrotask(() => this.flushPackets()), // after the call that made them
      mirror_ready: () => this.refreshMirror(),
      copy_text: (text) => void copyText(text).catch(() => this.notice('The browser did not let Arietta copy. Select the link and copy it yourself.')),
      save_file: (bytes, name, mime) => this.recorded.saveFile(bytes, name, mime),
      pick_file: () => chooseFile((bytes, name) => void this.openFile(bytes, name).catch(() => undefined), (why) => this.notice(why)),
      edit_text: (item) => this.mirror.editText(item),
      song_changed: () => {
        this.autosave.changed();
        this.emit('change', null);
      },
      keep_version: (project, title) => void this.store.keepVersion(project, title).catch((why: unknown) => this.notice(`The song that was open could not be kept as a version (${String(why)}).`)),
      remember: (json) => void this.store.savePreferences(json).catch(() => undefined),
      page_address: () => location.href.split('#')[0]!,
      qr: qrRows,
      assets_wanted: (json) => this.assets.want(JSON.parse(json) as AssetNeed[]),
      import_audio: () => chooseFile((bytes, name) => void this.recorded.importFile(bytes, name).catch(() => undefined), (why) => this.notice(why), SOUND_KINDS),
      audio_wanted: (json) => this.recorded.need(JSON.parse(json) as AudioNeed[]),
      record_audio: (on) => this.recorded.record(on),
      measure_delay: () => this.recorded.measureDelay(),
      measure_audio: (json) => void this.measure((JSON.parse(json) as { plans: number }).plans),
      export_audio: (json) => void this.export((JSON.parse(json) as { kind: string }).kind),
      start_audio: () => void this.audio.start(),
      connect_midi: () => void this.midi.connect(),
      ask_versions: () => void this.sendVersions(),
      open_version: (number) => void this.openVersion(number),
      assist_request: (json) => this.melody.ask(json),
      assist_cancel: () => this.melody.cancel(),
      remember_memory: (json) => void this.store.saveMemory(json).catch((why: unknown) => this.notice(`What the model was to remember could not be kept (${String(why)}).`)),
      announce: (event, json) => {
        const detail = json ? (JSON.parse(json) as unknown) : null;
        if (event === 'look') wear(detail as Record<string, string>);
        else if (event === 'model_card') void this.melody.showCard();
        else this.emit(event, detail);
      },
    };
  }

  readTelemetry(): Record<string, number | number[]> {
    const stats = (this.audio.context as { playbackStats?: { underrunEvents: number } } | null)?.playbackStats;
    return { ...this.report.named(), underruns: stats?.underrunEvents ?? 0, latency: this.audio.outputLatency() };
  }
}

export { siteUrl };
