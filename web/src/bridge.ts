// The only JavaScript that ui.wasm imports: Module.bridge, one function for each in ui/platform/platform.h, same names.
// Text arrives as JavaScript strings; bytes as copies that may be kept.

export interface Bridge {
  request_frame(): void;
  packets_ready(): void;
  mirror_ready(): void;
  copy_text(text: string): void;
  save_file(bytes: Uint8Array, name: string, mime: string): void;
  pick_file(): void;
  edit_text(item: number): void;
  song_changed(): void;
  keep_version(project: Uint8Array, title: string): void;
  remember(preferencesJson: string): void;
  page_address(): string;
  qr(text: string): string;
  assets_wanted(json: string): void;
  export_audio(json: string): void;
  measure_audio(json: string): void;
  start_audio(): void;
  connect_midi(): void;
  ask_versions(): void;
  open_version(number: number): void;
  assist_request(json: string): void;
  assist_cancel(): void;
  remember_memory(json: string): void;
  import_audio(): void;
  audio_wanted(json: string): void;
  record_audio(on: boolean): void;
  measure_delay(): void;
  announce(event: string, json: string): void;
}
