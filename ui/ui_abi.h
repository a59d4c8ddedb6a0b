// Everything the page may call on ui.wasm. Text is UTF-8, zero-terminated; returned text and bytes stay valid until the
// next call that returns the same kind. Memory handed in is the caller's, taken with ui_alloc. All [main].
#pragma once
#include <cstdint>

extern "C" {

// Canvas "#canvas", sizes in CSS pixels. flags: 1 reduced motion, 2 prefers light, 4 prefers more contrast, 8 coarse pointer.
// Returns 0 when drawing is possible, 1 when there is no WebGL (the mirror still works and can be shown).
int ui_start(double width, double height, double pixel_ratio, int flags);
void ui_resize(double width, double height, double pixel_ratio, double safe_top, double safe_bottom);
// Draws one frame if something changed. Returns bits: 1 drew, 2 call again next animation frame (something moves).
int ui_frame(double now_ms);
void ui_context_lost();
int ui_context_restored();

uint8_t* ui_alloc(uint32_t bytes);
void ui_free(uint8_t* memory);

// Input the canvas's own events do not carry. `code` and `key` as in KeyboardEvent; mods: 1 shift, 2 ctrl or command, 4 alt.
// Returns 1 when the studio used the key (the page then prevents the default).
int ui_key(const char* code, const char* key, int down, int mods, int repeat);
void ui_midi(const uint8_t* bytes, uint32_t count, double time_ms);
void ui_blur();                                          // window lost focus: let go of every key

// Songs. 0 is success; otherwise ui_error() says why and nothing changed.
int ui_open(const uint8_t* bytes, uint32_t count, const char* name);
int ui_open_link(const char* link);
void ui_new_song();
const char* ui_error();
const char* ui_link();                                   // "#s=…", "" when the song does not fit in a link
const char* ui_state_json();
const char* ui_song_json();
// what: 0 project, 1 MIDI file, 2 plan packet for an export engine, 16 and up the same with only track (what - 16)
// to be heard. Length by ui_bytes_count.
const uint8_t* ui_bytes(int what);
uint32_t ui_bytes_count();
void ui_versions(const char* json);                      // [{"number":3,"title":"…","when":"…"}] for the Versions dialog

// Commands by name: "play" "pause" "stop" "undo" "redo" …; the same ones keys and buttons use. 0: unknown.
int ui_command(const char* name, const char* json);

// Engine.
void ui_audio(int status, const char* text, double sample_rate, double output_latency_s);   // AudioStatus
void ui_engine_restarted();
void ui_packet_in(const uint8_t* bytes, uint32_t count, double now_ms);
const uint8_t* ui_packet_out();                          // length by ui_packet_out_count; nullptr when there is nothing
uint32_t ui_packet_out_count();

// Mirror.
const char* ui_mirror_changes();                         // JSON, "" when nothing changed
void ui_mirror_act(uint32_t item, int kind, double value, const char* text);                // ActKind
void ui_mirror_forget();

}
