#include "assist/chooser.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "assist/shares.h"

namespace arietta {
namespace {

constexpr int kLongestWait = 60;          // ticks of rest that the model is asked to choose; more is skipped over
constexpr size_t kMostNotes = kMostAnswerNotes;
constexpr int kReach = 7;                 // semitones beyond the range of what is there
constexpr int kVoiceReach = 24;           // for a second voice, which lies elsewhere
constexpr size_t kRangeNeeds = 8;         // notes from which a range is taken
constexpr size_t kLongestQuote = 24;      // tokens in a row an answer may take from the tune it goes on with
constexpr int kRedraws = 12;
constexpr float kMostLikeMe = .5f;        // share of the person's own melodies at the most
constexpr float kEchoes[] = {.25f, .5f, 0};
constexpr int kEchoFrom = 2;              // notes that must have come in this order before

// Found on held-out tunes (models/README.md).
Daring daring_of(const MelodyRequest& request, int sample) {
  // One draft in eight strays further than asked for, so that there are other ideas where the model is very sure of one.
  const bool bold = request.task < Task::kVary && sample % 8 == 7;
  const double stray = request.adventurous - .5 + (bold ? .6 : 0);
  Daring daring;
  daring.temperature = float(std::clamp(.62 + .92 * stray, .2, 1.3));
  daring.nucleus = float(std::clamp(.92 + .15 * stray, .7, .995));
  daring.greedy = request.greedy && sample == 0;
  return daring;
}

}  // namespace

int draw(span<const float> shares, const Daring& daring, Random& random) {
  const auto best = std::max_element(shares.begin(), shares.end());
  if (best == shares.end() || !(*best > 0)) return -1;
  if (daring.greedy) return int(best - shares.begin());
  std::vector<int> order(shares.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return shares[size_t(a)] > shares[size_t(b)]; });
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  std::vector<double> weights;
  double seen = 0, total = 0;
  for (const int i : order) {
    const double share = shares[size_t(i)] / sum;
    if (!(share > 0) || seen > daring.nucleus) break;
    seen += share;
    weights.push_back(std::pow(share, 1 / double(daring.temperature)));
    total += weights.back();
  }
  double at = double(random.unit()) * total;
  for (size_t i = 0; i < weights.size(); ++i) {
    if ((at -= weights[i]) < 0) return order[i];
  }
  return order[weights.size() - 1];
}

Chooser::Chooser(const MelodyRequest& request, const MelodyData& data, const MelodyReader& reader, const Melody& before,
                 const Tokens& memory, int sample)
    : request_(request),
      data_(data),
      reader_(reader),
      memory_(memory),
      daring_(daring_of(request, sample)),
      echo_(request.task < Task::kVary && !request.greedy ? kEchoes[sample % 3] : 0),
      random_(request.seed * 2654435761u + uint32_t(sample) * 40503u + 1),
      tokens_(tokens_of(before)),
      prompt_tokens_(tokens_.size()),
      low_(request.low),
      high_(request.high) {
  for (int i = 0; i < 8; ++i) random_.next();      // seeds that are near each other start alike
  if (!before.empty()) last_ = before.back(), has_last_ = true;
  if (before.size() > 1) before_last_ = before[before.size() - 2];
  const bool voice = request.place.part >= Part::kVoiceBelow;
  const Melody& heard = voice ? request.place.guide : before;
  if (heard.size() >= kRangeNeeds) {
    const auto [lowest, highest] = std::minmax_element(heard.begin(), heard.end(), [](auto& a, auto& b) { return a.pitch < b.pitch; });
    const int reach = voice ? kVoiceReach : kReach;
    low_ = std::max(low_, lowest->pitch - reach);
    high_ = std::min(high_, highest->pitch + reach);
    if (low_ > high_) low_ = request.low, high_ = request.high;
  }
  const int end_before = has_last_ ? last_.end() : request.cut;
  if (request.cut - end_before > kLongestWait || !has_last_) jump_ = request.cut - end_before;
}

// Tunes repeat themselves more in some places than in others: one draft in three leans on what has been as much as the
// shares say, the others more.
float Chooser::counted_share(const MixShares& shares, int longest) const {
  const float share = shares[size_t(longest)];
  return longest < kEchoFrom ? share : share + (1 - share) * echo_;
}

int Chooser::last_end() const { return (has_last_ ? last_.end() : request_.cut) + (answer_.empty() ? jump_ : 0); }
int Chooser::last_pitch() const { return has_last_ ? last_.pitch : reader_.reference(); }

Choice Chooser::choice() const {
  return reader_.choice(last_end(), has_last_ ? reader_.degree_of(last_.pitch) : kNoDegree, gap_, duration_);
}

Step Chooser::last_step() const {
  return reader_.note(last_, before_last_ ? &*before_last_ : nullptr, Role::kBefore);
}

// Mixes in what came after the same turn in the tune so far, and in the person's own melodies. count(corpus, shares) turns
// shares into the counted ones and says how long a stretch was found again.
template <class Answers, class Count>
void Chooser::mix(Answers& answers, const MixShares& shares, Count count) const {
  Answers counted = answers;
  const int longest = count(tokens_, counted);
  answers.blend(counted, counted_share(shares, longest));
  if (!(request_.like_me > 0)) return;
  counted = answers;
  if (count(memory_, counted) > 0) answers.blend(counted, float(request_.like_me) * kMostLikeMe);
}

bool Chooser::complete(int onset) const {
  if (answer_.size() >= kMostNotes) return true;
  if (!request_.shape.empty()) return answer_.size() >= request_.shape.size();
  if (request_.end > 0) return onset >= request_.end;
  return int(answer_.size()) >= request_.least_notes && last_.onset >= request_.open_until;
}

void Chooser::choose_gap(span<const float> scores) {
  if (done_) return;
  if (complete(last_end())) { done_ = true; return; }
  if (!request_.shape.empty()) {
    gap_ = request_.shape[answer_.size()].onset - last_end();
    return;
  }
  Shares<kGapClasses> shares(scores);
  mix(shares, data_.gap_shares, [&](const Tokens& corpus, span<float> counted) { return count_gaps(tokens_, corpus, counted); });
  // A rest to the end or beyond it means that the melody is over; the model is asked whether it wants that.
  float over = 0;
  for (int gap = 0; gap < kGapClasses; ++gap) {
    if (last_end() + gap < request_.cut) shares[size_t(gap)] = 0;
    if (request_.end > 0 && last_end() + gap >= request_.end) over += shares[size_t(gap)], shares[size_t(gap)] = 0;
  }
  if (over > 0 && int(answer_.size()) >= 2) {
    const float total = shares.sum() + over;
    if (random_.unit() * total < over && !daring_.greedy) { done_ = true; return; }
  }
  const int chosen = draw(shares.all(), daring_, random_);
  if (chosen < 0 && (request_.end > 0 || last_end() >= request_.cut)) { done_ = true; return; }
  gap_ = chosen < 0 ? request_.cut - last_end() : chosen;
}

void Chooser::choose_duration(span<const float> scores) {
  if (done_) return;
  if (!request_.shape.empty()) {
    duration_ = request_.shape[answer_.size()].duration;
    return;
  }
  Shares<kDurationClasses> shares(scores);
  mix(shares, data_.duration_shares,
      [&](const Tokens& corpus, span<float> counted) { return count_durations(tokens_, corpus, gap_, counted); });
  shares[0] = 0;
  const int onset = last_end() + gap_, longest = request_.end > 0 ? request_.end - onset : kDurationClasses;
  for (int duration = std::max(longest, 0) + 1; duration < kDurationClasses; ++duration) shares[size_t(duration)] = 0;
  const int chosen = draw(shares.all(), daring_, random_);
  duration_ = chosen > 0 ? chosen : std::clamp(longest, 1, kMelodyQuarter);
}

void Chooser::choose_pitch(span<const float> scores) {
  if (done_) return;
  Shares<kPitchClasses> shares(scores);
  const int zero = last_pitch() - reader_.reference() + kMiddleDegree;
  mix(shares, data_.pitch_shares, [&](const Tokens& corpus, span<float> counted) { return count_intervals(tokens_, corpus, zero, counted); });
  for (int degree = 0; degree < kPitchClasses; ++degree) {
    const int pitch = reader_.pitch_of(degree);
    const bool allowed = pitch >= low_ && pitch <= high_ && pitch >= 0 && pitch <= 127 && (request_.scale >> (((pitch % 12) + 12) % 12) & 1);
    if (!allowed) shares[size_t(degree)] = 0;
    else if (!request_.shape.empty()) shares[size_t(degree)] *= likeness(pitch);
  }
  int pitch = -1;
  for (int tries = 0; tries < kRedraws; ++tries) {
    const int degree = draw(shares.all(), daring_, random_);
    if (degree < 0) break;
    pitch = reader_.pitch_of(degree);
    if (!copies(pitch)) break;
    ++copies_avoided_;
    shares[size_t(degree)] = 0;
  }
  if (pitch < 0) pitch = nearest_allowed(last_pitch());
  push({last_end() + gap_, duration_, pitch});
}

// For variations: near the note that was there, and rather not the very same.
float Chooser::likeness(int pitch) const {
  const float away = float(pitch - request_.shape[answer_.size()].pitch);
  const float width = 2 + 4 * float(request_.adventurous);
  return std::exp(-away * away / (2 * width * width)) * (away == 0 ? .6f - .5f * float(request_.adventurous) : 1.f);
}

int Chooser::nearest_allowed(int pitch) const {
  for (int away = 0; away < 128; ++away) {
    for (const int key : {pitch - away, pitch + away}) {
      if (key >= request_.low && key <= request_.high && (request_.scale >> (((key % 12) + 12) % 12) & 1)) return key;
    }
  }
  return std::clamp(pitch, request_.low, request_.high);
}

bool Chooser::copies(int pitch) const {
  if (!has_last_) return false;
  const NoteToken next{int16_t(gap_), int16_t(duration_), int16_t(pitch - last_.pitch)};
  constexpr size_t kTail = kPhraseNotes - 2;
  if (tokens_.size() >= kTail) {
    std::array<NoteToken, kPhraseNotes - 1> phrase;
    std::copy(tokens_.end() - kTail, tokens_.end(), phrase.begin());
    phrase.back() = next;
    const uint64_t hash = PhraseFilter::hash(phrase.data());
    if (PhraseFilter::chosen(hash) && data_.training.contains(hash)) return true;
  }
  const auto same = [](const NoteToken& a, const NoteToken& b) { return a.gap == b.gap && a.duration == b.duration && a.interval == b.interval; };
  if (answer_.size() < kLongestQuote) return false;
  for (size_t end = kLongestQuote; end < prompt_tokens_; ++end) {
    if (!same(tokens_[end], next)) continue;
    size_t run = 1;
    while (run <= end && run <= kLongestQuote && same(tokens_[end - run], tokens_[tokens_.size() - run])) ++run;
    if (run > kLongestQuote) return true;
  }
  return false;
}

void Chooser::push(const MelodyNote& note) {
  if (has_last_) {
    tokens_.push_back(token_of(note, last_));
    before_last_ = last_;
  }
  last_ = note;
  has_last_ = true;
  answer_.push_back(note);
  gap_ = duration_ = 0;
}

}  // namespace arietta
