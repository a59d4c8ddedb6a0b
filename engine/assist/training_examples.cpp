#include "assist/training_examples.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "assist/request.h"
#include "base/hash.h"
#include "base/random.h"

namespace arietta {
namespace {

constexpr size_t kWindow = 320, kStride = 240;    // notes: a long tune is read in stretches that overlap
constexpr size_t kGapLeft = 96;                      // notes before a gap that an example keeps
constexpr size_t kShortest = 8;

int density_of(const Melody& notes, size_t first) {
  if (first >= notes.size()) return 0;
  const int span = std::max(notes.back().end() - notes[first].onset, kMelodyQuarter);
  return density_class(double(notes.size() - first) * kMelodyQuarter / span);
}

class Maker {
 public:
  Maker(MelodyPlace place, Random random, std::vector<Example>& out) : place_(std::move(place)), random_(random), out_(out) {}

  void stretches(const Melody& tune) {
    for (size_t from = 0;; from += kStride) {
      const size_t to = std::min(tune.size(), from + kWindow);
      const Melody part(tune.begin() + long(from), tune.begin() + long(to));
      MelodyPlace place = place_;
      if (to == tune.size() && random_.unit() < .5f) place.answer_end = part.back().end();
      place.density = density_of(part, 0);
      Context context;
      context.start = from == 0 ? 0 : part.front().onset;
      if (part.size() >= kShortest) out_.push_back(make_example(place, context, part));
      if (to == tune.size()) return;
    }
  }

  void gap(const Melody& tune) {
    const int unit = place_.bar > 0 ? place_.bar : 2 * kMelodyQuarter;
    const int bars = (tune.back().end() - place_.pickup) / unit;
    if (bars < 4) return;
    const int length = 1 + int(random_.unit() * 4);
    const int first_bar = 1 + int(random_.unit() * float(std::max(1, bars - length - 1)));
    const int begin = place_.pickup + first_bar * unit, end = begin + length * unit;
    MelodyPlace place = place_;
    place.part = Part::kGap;
    place.answer_end = end;
    Context context;
    Melody melody;
    size_t first = 0;
    for (const MelodyNote& note : tune) {
      if (note.onset < begin) melody.push_back(note), first = melody.size();
      else if (note.onset < end) melody.push_back(note);
      else if (int(context.after.size()) < kMostAfter) context.after.push_back(note);
    }
    if (melody.size() < first + 2 || first < 4 || melody.back().end() > end) return;
    if (first > kGapLeft) {
      melody.erase(melody.begin(), melody.begin() + long(first - kGapLeft));
      first = kGapLeft;
      context.start = melody.front().onset;
    }
    place.density = density_of(melody, first);
    out_.push_back(make_example(place, context, melody));
  }

  // `voice` against the notes of `guide`, both cut to what the model reads.
  void voice_against(Melody voice, Melody guide, Part part) {
    if (guide.size() > kMostGuide) guide.resize(kMostGuide);
    while (!voice.empty() && voice.back().onset >= guide.back().end()) voice.pop_back();
    if (voice.size() < kShortest) return;
    MelodyPlace place = place_;
    place.part = part;
    place.guide = guide;
    place.answer_end = guide.back().end();
    Context context;
    context.guide = std::move(guide);
    out_.push_back(make_example(place, context, voice));
  }

 private:
  MelodyPlace place_;
  Random random_;
  std::vector<Example>& out_;
};

}  // namespace

Result<std::vector<Example>> training_examples(std::string_view tune_json, int gaps_per_tune) {
  using Json = nlohmann::json;
  Json tune = Json::parse(tune_json.begin(), tune_json.end(), nullptr, false);
  if (!tune.is_object()) return Error{"A line of the corpus is not a JSON object."};
  const auto voices = tune.find("voices");
  const bool parts = voices != tune.end() && voices->is_object();
  if (parts) tune["notes"] = (*voices)["S"];
  if (tune.contains("n_meter_changes") && tune["n_meter_changes"].is_number() && tune["n_meter_changes"] != 0) tune["bar"] = 0;
  const Result<MelodyRequest> read = parse_request(tune.dump());
  if (!read) return read.error();
  const MelodyRequest& request = read.value();

  std::vector<Example> examples;
  if (request.notes.size() < kShortest) return examples;
  Maker maker(request.place, Random(uint32_t(Hash64().text(request.id).value())), examples);
  if (!parts) {
    maker.stretches(request.notes);
    for (int i = 0; i < gaps_per_tune; ++i) maker.gap(request.notes);
    return examples;
  }
  const auto voice = [&](const char* name) {
    Json line = tune;
    line["notes"] = (*voices)[name];
    const Result<MelodyRequest> other = parse_request(line.dump());
    return other ? other.value().notes : Melody();
  };
  const Melody soprano = request.notes, alto = voice("A"), bass = voice("B");
  if (alto.size() >= kShortest && bass.size() >= kShortest) {
    maker.voice_against(alto, soprano, Part::kVoiceBelow);
    maker.voice_against(bass, soprano, Part::kBass);
    maker.voice_against(soprano, alto, Part::kVoiceAbove);
  }
  return examples;
}

}  // namespace arietta
