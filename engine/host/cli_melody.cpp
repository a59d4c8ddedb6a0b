// melody-steps: the corpora as the numbers the melody model learns from. melody-data: what travels beside its weights.
// models/melody/train calls both.
#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "assist/features.h"
#include "assist/melody_data.h"
#include "assist/request.h"
#include "assist/training_examples.h"
#include "base/bytes.h"
#include "host/cli.h"

namespace arietta {
namespace {

// All int16, little-endian: fields a step, fields a choice; then for each example its number of steps and, step by step,
// the step, the choice after it, the pitch after it and whether it is to be learned.
void write_example(ByteWriter& out, const Example& example) {
  out.u16(uint16_t(example.steps.size()));
  for (size_t i = 0; i < example.steps.size(); ++i) {
    for (const int16_t value : example.steps[i]) out.u16(uint16_t(value));
    for (const int16_t value : example.choices[i]) out.u16(uint16_t(value));
    out.u16(uint16_t(example.pitches[i]));
    out.u16(uint16_t(example.learned[i]));
  }
}

// Calls each(line) for every line that is not empty; stops at the first that is wrong and says which.
template <class Each>
Result<size_t> for_lines(const std::string& path, Each each) {
  const Result<std::vector<uint8_t>> file = read_file(path);
  if (!file) return file.error();
  const std::string_view text(reinterpret_cast<const char*>(file.value().data()), file.value().size());
  size_t lines = 0;
  for (size_t begin = 0; begin < text.size(); ++lines) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) {
      const Result<bool> fine = each(text.substr(begin, end - begin));
      if (!fine) return Error{"Line " + std::to_string(lines + 1) + " of " + path + ": " + fine.error().message};
    }
    begin = end + 1;
  }
  return lines;
}

constexpr int kFilterBits = 22;      // log2: half a megabyte, about one false alarm in a hundred

Result<bool> read_shares(const std::string& path, MelodyData& data) {
  const Result<std::vector<uint8_t>> file = read_file(path);
  if (!file) return file.error();
  const std::string text(file.value().begin(), file.value().end());
  const char* at = text.c_str();
  for (MixShares* shares : {&data.gap_shares, &data.duration_shares, &data.pitch_shares}) {
    for (float& share : *shares) {
      char* end = nullptr;
      share = std::strtof(at, &end);
      if (end == at || !(share >= 0 && share <= 1)) return Error{path + " must hold " + std::to_string(3 * shares->size()) + " shares from 0 to 1."};
      at = end;
    }
  }
  return true;
}

}  // namespace

Result<bool> cli_melody_steps(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {"gaps="}, 2, 2);
  if (!args) return args.error();
  const Result<double> gaps = number_option(args.value(), "gaps", 2, 0, 100);
  if (!gaps) return gaps.error();
  ByteWriter out;
  out.u16(kStepFields);
  out.u16(kChoiceFields);
  size_t examples = 0;
  const Result<size_t> lines = for_lines(args.value().places[0], [&](std::string_view line) -> Result<bool> {
    const Result<std::vector<Example>> made = training_examples(line, int(gaps.value()));
    if (!made) return made.error();
    for (const Example& example : made.value()) write_example(out, example), ++examples;
    return true;
  });
  if (!lines) return lines.error();
  std::printf("%zu lines, %zu examples\n", lines.value(), examples);
  return write_file(args.value().places[1], out.bytes());
}

Result<bool> cli_melody_data(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {}, 4, 4);
  if (!args) return args.error();
  const std::vector<std::string>& places = args.value().places;
  MelodyData data;
  const Result<bool> shares = read_shares(places[2], data);
  if (!shares) return shares.error();
  data.training = PhraseFilter(kFilterBits);
  size_t phrases = 0;
  ChordCounter chords;
  const auto count = [&](std::string_view line) -> Result<bool> {
    const Result<MelodyRequest> tune = parse_request(line);
    if (!tune) return tune.error();
    const MelodyPlace& place = tune.value().place;
    const int tonic = place.tonic >= 0 || tune.value().notes.empty() ? place.tonic : guess_tonic(tune.value().notes);
    chords.add(tonic, place.chords, place.bar, place.pickup, tune.value().notes);
    const Tokens tokens = tokens_of(tune.value().notes);
    for (size_t i = 0; i + kPhraseNotes - 1 <= tokens.size(); ++i) {
      const uint64_t hash = PhraseFilter::hash(&tokens[i]);
      if (PhraseFilter::chosen(hash)) data.training.add(hash), ++phrases;
    }
    return true;
  };
  for (const std::string& path : {places[0], places[1]}) {
    const Result<size_t> lines = for_lines(path, count);
    if (!lines) return lines.error();
  }
  data.chords = chords.tables();
  std::printf("%zu phrases\n", phrases);
  return write_file(places[3], write_melody_data(data));
}

}  // namespace arietta
