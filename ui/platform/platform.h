// What the studio asks of the machine it runs on: one narrow interface, so that the same ui/ code runs in a page
// (platform_web.cpp, through web/src/bridge.ts) and in tests (platform_test.cpp).   All [main].
#pragma once
#include <string>
#include <string_view>

#include "base/types.h"

namespace arietta::ui::platform {

void request_frame();                                    // draw soon: something changed
void packets_ready();                                    // App::take_packets() has something for the engine
void mirror_ready();                                     // App::mirror().take_changes() has something
void copy_text(std::string_view text);
void save_file(Bytes bytes, std::string_view name, std::string_view mime);
void pick_file();                                        // the page opens its file dialog and calls ui_open
void edit_text(uint32_t item);                           // show the mirror's own input over the canvas and focus it
void song_changed();                                     // autosave soon
void keep_version(Bytes project, std::string_view title);   // before another song takes the place of this one
void remember(std::string_view preferences_json);        // for next time; comes back by ui_command("preferences", json)
std::string page_address();                              // what a link's "#s=…" is put behind
std::string qr(std::string_view text);                   // rows of 0 and 1 ended by newlines; "" when it does not fit
void assets_wanted(std::string_view json);               // all the song plays from: [{"asset":7,"presets":[[0,4]],"soundfont":""}]
void export_audio(std::string_view json);                // {"kind":"wav"|"stems"}
void import_audio();                                     // the page opens its dialog for sound files
void audio_wanted(std::string_view json);                // recorded sound of the song: [{"asset":7,"hash":"…","name":"…"}]
void record_audio(bool on);                              // the microphone; answers with commands voice_recording, audio_recorded
void measure_delay();                                    // of recordings, with clicks; the page says what it found
void measure_audio(std::string_view json);               // {"plans":2}: renders App::measuring_packet(0 and 1); answers ui_command("measured", …)
void start_audio();                                      // inside a gesture: create or resume the context
void connect_midi();                                     // asks the person, then ui_midi brings what keyboards send
void assist_request(std::string_view json);               // to the melody model; the answer comes by ui_command("assist_answer", …)
void assist_cancel();
void remember_memory(std::string_view json);              // the person's own melodies; come back by ui_command("assist_memory", …)
void ask_versions();                                     // page answers with ui_versions
void open_version(uint32_t number);
void announce(std::string_view event, std::string_view json);   // for window.arietta.on
double now_ms();

}  // namespace arietta::ui::platform
