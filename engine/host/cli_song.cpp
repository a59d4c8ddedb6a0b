// convert, link, show, check, hash: what can be said and done with a song without playing it.
#include <cstdio>
#include <unordered_map>

#include "compile/compile_plan.h"
#include "host/cli.h"
#include "plan/plan_check.h"
#include "song/codec.h"
#include "song/edit.h"
#include "song/json.h"
#include "song/link.h"
#include "song/midi_file.h"

namespace arietta {
namespace {

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::vector<uint8_t> text_bytes(const std::string& text) { return {text.begin(), text.end()}; }

// One song as the only word of a command.
Result<Document> song_from(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {}, 1, 1);
  if (!args) return args.error();
  return load_song(args.value().places[0]);
}

Result<bool> check_plan(const CompiledPlan& plan) {
  PlanVerdict verdict = check_plan_head(plan.head);
  for (size_t i = 0; i < plan.chunks.size() && verdict.ok(); ++i) verdict = check_plan_chunk(*plan.chunks[i].bytes);
  if (!verdict.ok()) return Error{std::string(refusal_sentence(verdict.why))};
  return true;
}

}  // namespace

Result<bool> cli_convert(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {}, 2, 2);
  if (!args) return args.error();
  const std::string& to = args.value().places[1];
  const Result<Document> song = load_song(args.value().places[0]);
  if (!song) return song.error();
  if (ends_with(to, ".mid") || ends_with(to, ".midi")) return write_file(to, write_midi(song.value()));
  if (ends_with(to, ".json")) return write_file(to, text_bytes(song_to_json(song.value(), true) + "\n"));
  if (ends_with(to, ".arietta")) return write_file(to, write_project(song.value()));
  return Error{"Arietta writes .mid, .arietta and .json files; " + to + " ends in none of them."};
}

Result<bool> cli_link(const std::vector<std::string>& words) {
  const Result<Document> song = song_from(words);
  if (!song) return song.error();
  const Result<std::string> link = make_link(song.value());
  if (!link) return link.error();
  std::printf("%s\n", link.value().c_str());
  return true;
}

Result<bool> cli_show(const std::vector<std::string>& words) {
  const Result<Document> song = song_from(words);
  if (!song) return song.error();
  std::printf("%s\n", song_to_json(song.value(), true).c_str());
  return true;
}

Result<bool> cli_check(const std::vector<std::string>& words) {
  const Result<Document> song = song_from(words);
  if (!song) return song.error();
  const CompiledPlan plan = PlanCompiler().compile(song.value(), {});
  const Result<bool> fine = check_plan(plan);
  if (!fine) return fine;
  size_t notes = 0;
  for (Id track : song->children(kSongId, Kind::track))
    for (Id clip : song->children(track, Kind::clip)) notes += song->children(clip, Kind::note).size();
  std::printf("This song is fine: %zu tracks, %zu notes.\n", plan.chunks.size(), notes);
  return true;
}

Result<bool> cli_hash(const std::vector<std::string>& words) {
  const Result<Document> song = song_from(words);
  if (!song) return song.error();
  std::printf("%016llx\n", static_cast<unsigned long long>(song->content_hash()));
  return true;
}

}  // namespace arietta
