#include "ui/commands.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "song/codec.h"
#include "song/midi_file.h"
#include "ui/platform/platform.h"
#include "ui/regions.h"
#include "ui/views/note_grid.h"
#include "ui/widgets/combo.h"

namespace arietta::ui {
namespace {

void open_dialog(App& app, Dialog dialog) {
  app.dialog = dialog;
  if (dialog == Dialog::kVersions) platform::ask_versions();
  if (dialog == Dialog::kAboutModel) platform::announce("model_card", "{}");   // the page has the text
  if (dialog == Dialog::kShare) app.learn_from_song();
  app.touch_screen();
}

void scroll_dialog(App& app, float pages) {
  if (app.dialog == Dialog::kNone) return;
  app.dialog_pages += pages;
  app.touch_screen();
}

std::string file_name(const App& app, const char* extension) {
  std::string name = app.title();
  for (char& c : name)
    if (std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos || uint8_t(c) < 0x20) c = '-';
  return name + extension;
}

void copy_link(App& app) {
  const Result<std::string> link = app.link();
  if (!link) return app.fail(link.error().message);
  platform::copy_text(platform::page_address() + link.value());
  app.mirror().say(tr(Text::kSaidLinkCopied));
  app.notice = tr(Text::kSaidLinkCopied);
  app.touch_screen();
}

void escape(App& app) {
  if (combo_is_open()) close_combo();
  else if (app.dialog != Dialog::kNone) app.dialog = Dialog::kNone;
  else if (!app.last_error.empty()) app.last_error.clear();
  else if (!app.notice.empty()) app.notice.clear();
  else if (app.proposals().state() != HelpState::kIdle) app.discard_suggestions();
  else grid_cancel(app);
  app.touch_screen();
}

void delete_notes(App& app) {
  if (!app.selection().empty()) app.delete_selection();
  else if (app.note_at(app.cursor().tick, app.cursor().key)) app.toggle_note_at_cursor();
}

void save_project(App& app) {
  app.learn_from_song();
  platform::save_file(write_project(app.document()), file_name(app, ".arietta"), "application/octet-stream");
}
void save_midi(App& app) { platform::save_file(write_midi(app.document()), file_name(app, ".mid"), "audio/midi"); }

constexpr Command kCommands[] = {
    {"toggle_play", Text::kKeyPlay, "Space", [](App& a) { a.toggle_play(); }},
    {"play", Text::kPlay, "", [](App& a) { a.play(); }},
    {"pause", Text::kPause, "", [](App& a) { a.pause(); }},
    {"stop", Text::kStop, "Ctrl+Space", [](App& a) { a.stop(); }},
    {"to_start", Text::kKeyToStart, "Home", [](App& a) { a.seek(0); }},
    {"record", Text::kRecord, "r", [](App& a) { a.set_recording(!a.recording()); }},
    {"loop", Text::kLoop, "l", [](App& a) { a.set_loop(!a.loop()); }},
    {"metronome", Text::kMetronome, "m", [](App& a) { a.set_metronome(!a.metronome()); }},
    {"tap_tempo", Text::kTapTempo, "b", [](App& a) { a.tap_tempo(); }},

    {"cursor_left", Text::kKeyCursor, "ArrowLeft", [](App& a) { grid_cursor_move(a, -1, 0); }},
    {"cursor_right", Text::kKeyCursor, "ArrowRight", [](App& a) { grid_cursor_move(a, 1, 0); }},
    {"cursor_up", Text::kKeyCursor, "ArrowUp", [](App& a) { grid_cursor_move(a, 0, 1); }},
    {"cursor_down", Text::kKeyCursor, "ArrowDown", [](App& a) { grid_cursor_move(a, 0, -1); }},
    {"bar_back", Text::kKeyJump, "Alt+ArrowLeft", [](App& a) { grid_cursor_jump(a, -1, 0); }},
    {"bar_forward", Text::kKeyJump, "Alt+ArrowRight", [](App& a) { grid_cursor_jump(a, 1, 0); }},
    {"octave_up", Text::kKeyJump, "Alt+ArrowUp", [](App& a) { grid_cursor_jump(a, 0, 1); }},
    {"octave_down", Text::kKeyJump, "Alt+ArrowDown", [](App& a) { grid_cursor_jump(a, 0, -1); }},
    {"toggle_note", Text::kKeyToggle, "Enter", [](App& a) { grid_cursor_toggle(a); }},
    {"note_shorter", Text::kKeyChange, "Shift+ArrowLeft", [](App& a) { grid_note_change(a, -1, 0); }},
    {"note_longer", Text::kKeyChange, "Shift+ArrowRight", [](App& a) { grid_note_change(a, 1, 0); }},
    {"note_higher", Text::kKeyChange, "Shift+ArrowUp", [](App& a) { grid_note_change(a, 0, 1); }},
    {"note_lower", Text::kKeyChange, "Shift+ArrowDown", [](App& a) { grid_note_change(a, 0, -1); }},
    {"select_note", Text::kKeySelect, "Shift+Enter", [](App& a) { grid_select_at_cursor(a); }},
    {"select_all", Text::kKeySelectAll, "Ctrl+a", [](App& a) { a.select_all(); }},
    {"delete", Text::kEditDeleteNotes, "Delete Backspace", delete_notes},
    {"copy", Text::kKeyCopy, "Ctrl+c", [](App& a) { a.copy_selection(); }},
    {"cut", Text::kEditCut, "Ctrl+x", [](App& a) { a.cut_selection(); }},
    {"paste", Text::kEditPaste, "Ctrl+v", [](App& a) { a.paste_at(a.cursor().tick); }},
    {"undo", Text::kUndo, "Ctrl+z", [](App& a) { a.undo(); }},
    {"redo", Text::kRedo, "Ctrl+y Ctrl+Shift+z", [](App& a) { a.redo(); }},
    {"zoom_in", Text::kKeyZoomIn, "+", [](App& a) { grid_zoom(a, 1.4); }},
    {"zoom_out", Text::kKeyZoomOut, "-", [](App& a) { grid_zoom(a, 1 / 1.4); }},

    {"continue_melody", Text::kContinueMelody, "c", [](App& a) { a.ask_for_help(Task::kContinue); }},
    {"fill_gap", Text::kFillTheGap, "i", [](App& a) { a.ask_for_help(Task::kInfill); }},
    {"vary", Text::kVary, "v", [](App& a) { a.ask_for_help(Task::kVary); }},
    {"harmonise", Text::kHarmonise, "n", [](App& a) { a.ask_for_help(Task::kHarmonise); }},
    {"next_suggestion", Text::kKeyNextSuggestion, "]", [](App& a) { a.choose_suggestion(a.proposals().chosen() + 1); }},
    {"previous_suggestion", Text::kKeyNextSuggestion, "[", [](App& a) { a.choose_suggestion(a.proposals().chosen() - 1); }},
    {"listen", Text::kKeyListen, "q", [](App& a) { a.listen_to_suggestion(); }},
    {"keep", Text::kKeyKeep, "Ctrl+Enter", [](App& a) { a.keep_suggestion(); }},
    {"discard", Text::kDiscard, "", [](App& a) { a.discard_suggestions(); }},
    {"melody_help", Text::kMelodyHelp, "", [](App& a) { open_dialog(a, Dialog::kMelodyHelp); }},
    {"about_model", Text::kAboutModel, "", [](App& a) { open_dialog(a, Dialog::kAboutModel); }},

    {"keyboard_lower", Text::kKeyOctaveDown, "z", [](App& a) { a.set_keyboard_octave(a.keyboard_octave() - 1); }},
    {"keyboard_higher", Text::kKeyOctaveUp, "x", [](App& a) { a.set_keyboard_octave(a.keyboard_octave() + 1); }},

    {"record_voice", Text::kRecordVoice, "", [](App& a) { a.record_voice(a.voice() == VoiceRecording::kOff); }},
    {"import_audio", Text::kImportAudio, "", [](App&) { platform::import_audio(); }},

    {"new", Text::kNewSong, "", [](App& a) { a.new_song(); }},
    {"open", Text::kOpen, "Ctrl+o", [](App&) { platform::pick_file(); }},
    {"save", Text::kDownloadProject, "Ctrl+s", save_project},
    {"save_midi", Text::kExportMidi, "", save_midi},
    {"export_wav", Text::kExportWav, "", [](App&) { platform::export_audio(R"({"kind":"wav"})"); }},
    {"export_stems", Text::kExportStems, "", [](App&) { platform::export_audio(R"({"kind":"stems"})"); }},
    {"balance", Text::kBalanceTracks, "", [](App& a) { a.balance_tracks(); }},
    {"master", Text::kMasterSong, "", [](App& a) { a.master_song(); }},
    {"loudness", Text::kLoudnessMeter, "", [](App& a) { open_dialog(a, Dialog::kLoudness); }},
    {"copy_link", Text::kCopyLink, "", copy_link},
    {"share", Text::kShare, "", [](App& a) { open_dialog(a, Dialog::kShare); }},
    {"versions", Text::kVersions, "", [](App& a) { open_dialog(a, Dialog::kVersions); }},
    {"help", Text::kHelp, "? F1", [](App& a) { open_dialog(a, Dialog::kHelp); }},
    {"settings", Text::kSettings, "Ctrl+,", [](App& a) { open_dialog(a, Dialog::kSettings); }},
    {"next_region", Text::kKeyNextRegion, "F6", [](App& a) { focus_next_region(a, 1); }},
    {"previous_region", Text::kKeyNextRegion, "Shift+F6", [](App& a) { focus_next_region(a, -1); }},
    {"page_up", Text::kKeyPages, "PageUp", [](App& a) { scroll_dialog(a, -1); }, true},
    {"page_down", Text::kKeyPages, "PageDown", [](App& a) { scroll_dialog(a, 1); }, true},
    {"escape", Text::kKeyEscape, "Escape", escape, true},
};

struct Request {
  std::string_view name;
  void (*run)(App&, const nlohmann::json&);
};

std::string text_in(const nlohmann::json& json, const char* name) {
  const auto it = json.find(name);
  return it != json.end() && it->is_string() ? it->get<std::string>() : std::string();
}
double number_in(const nlohmann::json& json, const char* name, double otherwise = 0) {
  const auto it = json.find(name);
  return it != json.end() && it->is_number() ? it->get<double>() : otherwise;
}

// From window.arietta.suggest and from tests.
void suggest(App& app, const nlohmann::json& json) {
  constexpr std::pair<std::string_view, Task> kTasks[] = {{"", Task::kContinue}, {"continue", Task::kContinue}, {"infill", Task::kInfill},
                                                          {"fill", Task::kInfill}, {"vary", Task::kVary}, {"harmonise", Task::kHarmonise}};
  const std::string name = text_in(json, "task");
  for (const auto& [words, task] : kTasks)
    if (words == name)
      return app.ask_for_help(task, {int(std::clamp(number_in(json, "bars", 4), 1.0, 16.0)), int(std::clamp(number_in(json, "count", 3), 1.0, 8.0)),
                                     uint32_t(std::clamp(number_in(json, "seed"), 0.0, 4294967295.0))});
  app.help_failed(tr(Text::kNoSuchHelp, name));
}

const Request kRequests[] = {
    {"preferences", [](App& a, const nlohmann::json& j) { a.preferences().from_json(j.dump()); }},
    {"notice", [](App& a, const nlohmann::json& j) { a.notice = text_in(j, "text"); a.mirror().say(a.notice); }},
    {"error", [](App& a, const nlohmann::json& j) { a.fail(text_in(j, "text")); }},
    {"suggest", suggest},
    {"assist_progress", [](App& a, const nlohmann::json& j) { a.help_progress(number_in(j, "fraction"), text_in(j, "text")); }},
    {"assist_answer", [](App& a, const nlohmann::json& j) { a.help_answer(j.dump(), text_in(j, "id")); }},
    {"assist_memory", [](App& a, const nlohmann::json& j) { a.set_memory(j.dump()); }},
    {"measured", [](App& a, const nlohmann::json& j) { a.measured(j.dump()); }},
    {"model_card", [](App& a, const nlohmann::json& j) { a.model_card = text_in(j, "text"); }},
    {"tempo", [](App& a, const nlohmann::json& j) { a.set_tempo(number_in(j, "value", a.tempo())); }},
    {"seek", [](App& a, const nlohmann::json& j) { a.seek(Tick(number_in(j, "tick"))); }},
    {"look", [](App& a, const nlohmann::json&) { a.wake_preview(); }},
    {"audio_imported", [](App& a, const nlohmann::json& j) { a.audio_imported(j.dump()); }},
    {"audio_recorded", [](App& a, const nlohmann::json& j) { a.audio_recorded(j.dump()); }},
    {"voice_recording", [](App& a, const nlohmann::json& j) { a.voice_recording(j.contains("on") && j["on"] == true); }},
    {"soundfont", [](App& a, const nlohmann::json& j) { a.use_soundfont(j.dump()); }},
    {"sample", [](App& a, const nlohmann::json& j) { a.use_sample(j.value("key", ""), j.value("name", "")); }},
    {"soundfont_here", [](App& a, const nlohmann::json& j) { a.soundfonts.add(j.dump()); }},
};

}  // namespace

span<const Command> commands() { return kCommands; }

bool run_command(App& app, std::string_view name, std::string_view json) {
  for (const Command& command : kCommands) {
    if (command.name != name) continue;
    command.run(app);
    return true;
  }
  for (const Request& request : kRequests) {
    if (request.name != name) continue;
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (parsed.is_structured()) request.run(app, parsed);
    app.touch_screen();
    return true;
  }
  return false;
}

}  // namespace arietta::ui
