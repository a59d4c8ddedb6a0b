// Melody help: asking, hearing, keeping. Until a suggestion is kept the song is not touched.
#include <algorithm>

#include "ui/a11y/json_text.h"
#include "ui/app.h"
#include "ui/i18n/text.h"
#include "ui/platform/platform.h"
#include "ui/views/note_names.h"

namespace arietta::ui {
namespace {

// For window.arietta.suggest: song ticks, as everywhere in the page's API.
std::string suggestions_json(const Proposals& proposals) {
  std::string out;
  JsonText json(out);
  json.open_object().member("model", proposals.answer().model).member("copiesAvoided", proposals.answer().copies_avoided);
  json.member("start", proposals.place().start).member("end", proposals.place().end).member("remark", proposals.place().remark);
  json.key("suggestions").open_array();
  for (const Suggestion& one : proposals.answer().suggestions) {
    json.open_object().key("notes").open_array();
    for (const AnswerNote& note : one.notes) {
      json.open_array().number(double(note.start)).number(double(note.length)).number(note.key).close_array();
    }
    json.close_array().key("chords").open_array();
    for (const AnswerChord& chord : one.chords) {
      json.open_array().number(double(chord.start)).number(double(chord.length)).text(chord.name).close_array();
    }
    json.close_array().close_object();
  }
  json.close_array().close_object();
  return out;
}

}  // namespace

void App::ask_for_help(Task task, const HelpWish& wish) {
  discard_suggestions();
  touch();
  HelpAsk ask;
  ask.task = task;
  ask.track = current_track();
  ask.selection.assign(selection_.begin(), selection_.end());
  ask.cursor = cursor_.tick;
  ask.bars = wish.bars;
  ask.samples = std::clamp(wish.samples, 1, kMostSamples);
  ask.seed = wish.seed ? wish.seed : ++help_seed_;
  ask.id = "help " + std::to_string(++help_count_);
  // What is likeliest to be right is also the plainest, so the middle of the slider already strays a little.
  ask.adventurous = 0.4 + 0.6 * double(preferences_.adventurous);
  ask.busy = double(preferences_.busy);
  ask.like_me = double(preferences_.like_me);
  ask.memory = own_melodies_.json();
  Result<SongRequest> request = make_request(document_, ask);
  if (!request) return help_failed(request.error().message);
  proposals_.ask(document_, std::move(request.value().place), ask.id);
  mirror_.say(tr(Text::kSaidAsking));
  platform::assist_request(request.value().json);
  touch_screen();
  platform::request_frame();
}

void App::help_failed(std::string_view why) {
  proposals_.fail(why);
  mirror_.say(why, true);
  std::string detail;
  JsonText(detail).open_object().member("text", why).close_object();
  platform::announce("suggestions_failed", detail);
  touch_screen();
  platform::request_frame();
}

void App::help_progress(double fraction, std::string_view text) {
  proposals_.progress(fraction, text);
  touch_screen();
}

void App::help_answer(std::string_view json, std::string_view id) {
  // An answer that comes too late, or to a question that has been replaced, is nobody's.
  if (proposals_.state() != HelpState::kAsking || (!id.empty() && id != proposals_.id())) return;
  Result<HelpAnswer> answer = read_answer(json, proposals_.place());
  if (!answer) return help_failed(answer.error().message);
  proposals_.offer(std::move(answer.value()));
  mirror_.say(tr(Text::kSaidSuggestions, std::to_string(proposals_.answer().suggestions.size()), describe_suggestion(0)));
  platform::announce("suggestions", suggestions_json(proposals_));
  touch_screen();
  platform::request_frame();
}

std::string App::describe_suggestion(int index) const {
  const Suggestion& one = proposals_.answer().suggestions[size_t(index)];
  if (one.notes.empty()) return tr(Text::kSuggestionChords, one.chords.front().name, std::to_string(one.chords.size()));
  int low = 127, high = 0;
  for (const AnswerNote& note : one.notes) low = std::min(low, note.key), high = std::max(high, note.key);
  return tr(Text::kSuggestionNotes, std::to_string(one.notes.size()), key_name(low), key_name(high));
}

void App::choose_suggestion(int index) {
  if (index == proposals_.chosen() || !proposals_.suggestion()) return;
  proposals_.choose(index);
  if (proposals_.listening()) recompile();
  mirror_.say(tr(Text::kSaidSuggestion, std::to_string(proposals_.chosen() + 1), describe_suggestion(proposals_.chosen())));
  touch_screen();
}

App::LoopRange App::heard_loop() const {
  const LoopRange own{loop(), loop_start(), loop_end()};
  if (!proposals_.listening() || !own.on) return own;
  // A loop that leaves the suggestion out makes room: from a bar before it to its end.
  const HelpPlace& place = proposals_.place();
  if (own.start <= place.start && own.end >= place.end) return own;
  return {true, listen_from(), place.end};
}

Tick App::listen_from() const {
  const int64_t bar = time().bar_at(proposals_.place().start).bar;
  return time().tick_of_bar(std::max<int64_t>(0, bar - 1));
}

void App::recompile() {
  compiled_revision_ = ~uint64_t(0);
  touch_screen();
}

void App::listen_to_suggestion() {
  if (!proposals_.suggestion()) return;
  if (proposals_.listening()) return stop_listening(true);
  end_recording();
  before_listening_ = {playing_, still_tick_};
  proposals_.listen(true);
  recompile();
  compile_if_due(platform::now_ms());
  const LoopRange range = heard_loop();
  const double here = song_tick();
  const bool in_range = !range.on || (here >= double(range.start) && here < double(range.end));
  if (!playing_ || !in_range) seek(listen_from());
  play();
  touch_screen();
}

// `rest`: the music that Listen began ends with it, and the position is again where it was.
void App::stop_listening(bool rest) {
  if (!proposals_.listening()) return;
  proposals_.listen(false);
  recompile();
  if (!rest) return;
  if (!before_listening_.playing) {
    pause();
    seek(Tick(before_listening_.tick));
  } else if (playing_ && song_tick() >= double(loop() ? loop_end() : length())) {
    seek(loop() ? loop_start() : 0);
  }
}

void App::keep_suggestion() {
  const Suggestion* chosen = proposals_.suggestion();
  if (!chosen) return;
  const Suggestion kept = *chosen;
  const HelpPlace place = proposals_.place();
  const std::string model = proposals_.answer().model;
  proposals_.clear();                        // before the edit: it is no change under a suggestion
  recompile();
  edit(suggestion_ops(document_, place, kept, model), tr(Text::kEditKeep));
  learn_from_song();
  mirror_.say(tr(Text::kSaidKept, std::to_string(kept.notes.size())));
}

void App::discard_suggestions() {
  if (proposals_.state() == HelpState::kIdle) return;
  if (proposals_.state() == HelpState::kAsking) platform::assist_cancel();
  const bool offered = proposals_.state() == HelpState::kOffered;
  stop_listening(true);
  proposals_.clear();
  if (offered) mirror_.say(tr(Text::kSaidDiscarded));
  touch_screen();
}

// What was suggested for other notes than there are now is put away.
void App::check_suggestions() {
  if (proposals_.state() == HelpState::kIdle || proposals_.state() == HelpState::kFailed || proposals_.fits(document_)) return;
  discard_suggestions();
}

void App::set_memory(std::string_view json) {
  own_melodies_.read(json);
  touch_screen();
}

void App::learn_from_song() {
  if (preferences_.like_me <= 0 || !own_melodies_.learn(document_, first_own_id_)) return;
  platform::remember_memory(own_melodies_.json());
  touch_screen();
}

void App::forget_memory() {
  own_melodies_.forget();
  platform::remember_memory(own_melodies_.json());
  mirror_.say(tr(Text::kSaidForgotten));
  touch_screen();
}

}  // namespace arietta::ui
