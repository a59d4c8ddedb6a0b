// Everything the page may call on ui.wasm. Text is UTF-8, zero-terminated; returned text and bytes stay valid until the
// next call that returns the same kind. Memory handed in is the caller's, taken with ui_alloc. All [main].
#pragma once
#include <cstdint>

// Kept and exported although nothing in C++ calls it.
#define UI_EXPORT __attribute__((used))

extern "C" {

// Canvas "#canvas", sizes in CSS pixels. flags: 1 reduced motion, 2 prefers light, 4 prefers more contrast, 8 coarse pointer.
// Returns 0 when drawing is possible, 1 when there is no WebGL (the mirror still works and can be shown).
UI_EXPORT int ui_start(double width, double height, double pixel_ratio, int flags);
UI_EXPORT void ui_resize(double width, double height, double pixel_ratio, double safe_top, double safe_bottom);
// Draws one frame if something changed. Returns bits: 1 drew, 2 call again next animation frame (something moves),
// 4 call again in a while (the silent preview, which must not take time from the start of the sound).
UI_EXPORT int ui_frame(double now_ms);
UI_EXPORT int ui_wants_frame();                                    // 1: something on the screen is out of date
UI_EXPORT void ui_context_lost();
UI_EXPORT int ui_context_restored();

UI_EXPORT uint8_t* ui_alloc(uint32_t bytes);
UI_EXPORT void ui_free(uint8_t* memory);

// Input the canvas's own events do not carry. `code` and `key` as in KeyboardEvent; mods: 1 shift, 2 ctrl or command, 4 alt.
// Returns 1 when the studio used the key (the page then prevents the default).
UI_EXPORT int ui_key(const char* code, const char* key, int down, int mods, int repeat);
UI_EXPORT void ui_midi(const uint8_t* bytes, uint32_t count, double time_ms);
UI_EXPORT void ui_blur();                                          // window lost focus: let go of every key

// Songs. 0 is success; otherwise ui_error() says why and nothing changed.
UI_EXPORT int ui_open(const uint8_t* bytes, uint32_t count, const char* name);
UI_EXPORT int ui_open_link(const char* link);
UI_EXPORT void ui_new_song();
UI_EXPORT const char* ui_error();
UI_EXPORT const char* ui_link();                                   // "#s=…", "" when the song does not fit in a link
UI_EXPORT const char* ui_state_json();
UI_EXPORT const char* ui_song_json();
// what: 0 project, 1 MIDI file, 2 plan packet for an export engine, 16 and up the same with only track (what - 16),
// 4096 and up what is to be measured
// to be heard. Length by ui_bytes_count.
UI_EXPORT const uint8_t* ui_bytes(int what);
UI_EXPORT uint32_t ui_bytes_count();
// The sound with this hash is on this device; its peaks as web/src/peaks.ts makes them, or none.
UI_EXPORT void ui_audio_peaks(const char* hash, const uint8_t* pairs, uint32_t count);
UI_EXPORT void ui_versions(const char* json);                      // [{"number":3,"title":"…","when":"…"}] for the Versions dialog

// Commands by name: "play" "pause" "stop" "undo" "redo" …; the same ones keys and buttons use. 0: unknown.
UI_EXPORT int ui_command(const char* name, const char* json);

// Engine.
UI_EXPORT void ui_audio(int status, const char* text, double sample_rate, double output_latency_s);   // AudioStatus
UI_EXPORT void ui_engine_restarted();
UI_EXPORT void ui_packet_in(const uint8_t* bytes, uint32_t count, double now_ms);
UI_EXPORT const uint8_t* ui_packet_out();                          // length by ui_packet_out_count; nullptr when there is nothing
UI_EXPORT uint32_t ui_packet_out_count();

// Mirror.
UI_EXPORT const char* ui_mirror_changes();                         // JSON, "" when nothing changed
UI_EXPORT void ui_mirror_act(uint32_t item, int kind, double value, const char* text);                // ActKind
UI_EXPORT void ui_mirror_forget();

}
