#include "host/voice_sound.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>

#include "song/scale.h"
#include "voice/voice_follower.h"

namespace arietta {
namespace {

// Decided on the signals of the tests: single voices reach 0.95 and more of their energy, chords and songs a third.
constexpr double kOneVoice = 0.8;
constexpr float kPeriodic = 0.93f;         // two tones at once are less alike from period to period
constexpr float kHitSeconds = 0.005f;
constexpr size_t kBeside = 16;             // points of the track, 40 ms: a drum is over, a tone sounds on
constexpr float kSameTone = 0.005f;        // no singer comes back from a consonant so exactly
constexpr float kHitOver = 8;              // 9 dB more treble than before and after
constexpr int kPointsToHit = 800;          // more than one in two seconds is an instrument with a tone beside it
constexpr size_t kRoom = 8 << 20;          // enough at 192 kHz

constexpr float kGentleSeconds = 0.06f;    // a note that is pulled less than all the way is also pulled softly

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return char(std::tolower(c)); });
  return text;
}

Tuning tuning_of(const VoiceOptions& options) {
  Tuning tuning;
  tuning.shift = float(options.semitones);
  tuning.amount = options.tune ? float(options.tune_amount) : 0;
  if (!options.tune) return tuning;
  tuning.notes = options.notes;
  tuning.vibrato = options.tune_amount < 1 ? 1 : 0;
  tuning.speed_s = options.tune_amount < 1 ? kGentleSeconds : 0;
  return tuning;
}

}  // namespace

Result<Sound> voice_sound(const Sound& in, const VoiceOptions& options) {
  std::vector<uint8_t> memory(kRoom);
  Arena arena(memory);
  VoiceFollower follower;
  VoiceInput sides;                // half the difference of the channels, cut and laid down like their middle
  if (!follower.prepare(in.sample_rate, Listening::kAhead, arena) || !sides.prepare(arena, follower.input().kept()))
    return Error{"Voices can be changed at 8 to 192 kHz."};
  const auto voice = std::make_unique<GrainVoice>();
  Tuner tuner;
  tuner.prepare(in.sample_rate, 1);
  tuner.set(tuning_of(options));
  const float formant = float(std::exp2(options.formant_semitones / 12));

  const size_t length = in.left.size(), delay = size_t(follower.delay_frames());
  Sound out;
  out.sample_rate = in.sample_rate;
  for (size_t at = 0; at < length + delay + kMaxBlock; at += kMaxBlock) {
    alignas(16) float middle[kMaxBlock] = {}, side[kMaxBlock] = {};
    for (size_t i = 0; i < kMaxBlock && at + i < length; ++i) {
      middle[i] = 0.5f * (in.left[at + i] + in.right[at + i]);
      side[i] = 0.5f * (in.left[at + i] - in.right[at + i]);
    }
    follower.write(middle, kMaxBlock);
    sides.write(side, kMaxBlock);
    alignas(16) float new_middle[kMaxBlock] = {}, new_side[kMaxBlock] = {};
    const int64_t start = follower.heard();
    voice->plan(follower.marks(), start, start + kMaxBlock, tuner, formant);
    voice->render(follower.input(), start, new_middle, kMaxBlock, 1);
    voice->render(sides, start, new_side, kMaxBlock, 1);
    voice->retire(start + kMaxBlock);
    for (size_t i = 0; i < kMaxBlock; ++i) {
      if (at + i < delay || out.left.size() == length) continue;
      out.left.push_back(new_middle[i] + new_side[i]);
      out.right.push_back(new_middle[i] - new_side[i]);
    }
  }
  return out;
}

bool is_one_voice(const Sound& in) {
  std::vector<uint8_t> memory(kRoom);
  Arena arena(memory);
  VoiceFollower follower;
  if (!follower.prepare(in.sample_rate, Listening::kAhead, arena)) return false;
  const int around = int(kHitSeconds * in.sample_rate);
  double periodic = 0, all = 0;
  struct Moment { float period, treble; };       // 0 where nothing periodic sounds; energy
  std::vector<Moment> moments;
  int64_t seen = 0;
  for (size_t at = 0; at < in.left.size(); at += kMaxBlock) {
    alignas(16) float block[kMaxBlock] = {};
    for (size_t i = 0; i < kMaxBlock && at + i < in.left.size(); ++i) block[i] = 0.5f * (in.left[at + i] + in.right[at + i]);
    follower.write(block, kMaxBlock);
    for (; seen < follower.track().count(); ++seen) {
      const PitchPoint& point = follower.track()[seen];
      const float* x = follower.input().at(int64_t(point.time) - around / 2);
      double energy = 0, sharp = 0;
      for (int i = 1; i < around; ++i) {
        energy += double(x[i]) * x[i];
        sharp += double(x[i] - x[i - 1]) * (x[i] - x[i - 1]);
      }
      const bool sung = point.voiced && point.strength > kPeriodic;
      all += energy;
      if (sung) periodic += energy;
      moments.push_back({sung ? point.period : 0, float(sharp)});
    }
  }
  // What hits a tone that sounds on as before is no voice's.
  int hits = 0;
  for (size_t i = kBeside; i + kBeside < moments.size(); ++i) {
    const Moment &before = moments[i - kBeside], &after = moments[i + kBeside];
    if (before.period == 0 || std::fabs(after.period - before.period) > kSameTone * before.period) continue;
    if (moments[i].treble < kHitOver * std::max(before.treble, after.treble)) continue;
    ++hits;
    i += kBeside;
  }
  return all > 0 && periodic > kOneVoice * all && hits <= 1 + int(moments.size()) / kPointsToHit;
}

Result<TuneNotes> tune_notes(const std::string& key) {
  const Error wrong{"--tune wants a key such as C, Am, \"D minor\", \"F# dorian\", or chromatic; not \"" + key + "\"."};
  const std::string text = lower(key);
  if (text == "chromatic") return TuneNotes{};
  constexpr int kLetters[7] = {9, 11, 0, 2, 4, 5, 7};        // a to g
  if (text.empty() || text[0] < 'a' || text[0] > 'g') return wrong;
  int root = kLetters[text[0] - 'a'];
  size_t at = 1;
  if (at < text.size() && (text[at] == '#' || text[at] == 'b')) root += text[at++] == '#' ? 1 : 11;
  while (at < text.size() && text[at] == ' ') ++at;
  std::string name = text.substr(at);
  if (name.empty() || name == "maj") name = "major";
  if (name == "m" || name == "min") name = "minor";
  for (const Scale& scale : kScales) {
    if (lower(std::string(scale.name)) != name) continue;
    TuneNotes notes{0};
    for (int i = 0; i < 12; ++i)
      if (scale.mask >> i & 1) notes.mask |= uint16_t(1 << ((root + i) % 12));
    return notes;
  }
  return wrong;
}

}  // namespace arietta
