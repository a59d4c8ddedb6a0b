#include "assist/session.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <nlohmann/json.hpp>

#include "assist/reprise.h"
#include "assist/selection.h"
#include "assist/taste.h"

namespace arietta {
namespace {

using Json = nlohmann::json;

constexpr int kOpenNotes = 16;                                 // an answer without an end has at least so many notes
constexpr int kOpenTicks = 10 * kMelodyQuarter, kOpenBars = 4; // and reaches so far
constexpr int kDrafts = 48;                                    // written for each question, of which the best are shown
constexpr int kEnough = 40;                                    // finished drafts of kDrafts: nobody waits for the longest-winded
constexpr size_t kLongestTruth = 4096;
constexpr int kLongestHarmony = 4 * kMelodyQuarter * 512, kShortestBar = kMelodyQuarter / 2;   // ticks: bounds the chords' memory
constexpr double kSameBusyness = .08;                          // this near the middle nothing is asked for
// Where the second voices of the training data lie against the melody, in semitones.
constexpr int kBelow = -6, kBass = -19, kAbove = 6;

int density_wanted(const MelodyRequest& request, const Melody& heard) {
  if (std::abs(request.busy - .5) < kSameBusyness || heard.size() < 2) return 0;
  const int span = std::max(heard.back().end() - heard.front().onset, kMelodyQuarter);
  const int now = density_class(double(heard.size()) * kMelodyQuarter / span);
  return std::clamp(now + int(std::lround((request.busy - .5) * 8)), 1, 9);
}

Melody between(const Melody& notes, int from, int to) {
  Melody part;
  for (const MelodyNote& note : notes) {
    if (note.onset >= from && note.onset < to) part.push_back(note);
  }
  return part;
}

void append(std::vector<int16_t>& numbers, const auto& row) { numbers.insert(numbers.end(), row.begin(), row.end()); }

double nats(double share) { return -std::log(std::max(share, 1e-12)); }
double rounded(double value) { return std::round(value * 1e4) / 1e4; }

}  // namespace

void MelodySession::forget() {
  MelodyData kept = std::move(data);
  *this = MelodySession();
  data = std::move(kept);
}

// Fills request_: what is before and after the answer, its end, its shape and guide.
Result<bool> MelodySession::plan() {
  MelodyRequest& r = request_;
  constexpr int kForEver = 1 << 30;
  if (r.task >= Task::kVary) {
    const Melody whole = r.notes, chosen = between(whole, r.cut, r.end);
    if (chosen.empty()) return Error{r.task == Task::kVary ? "There are no notes here to vary." : "There is no melody here to harmonise."};
    if (chosen.size() > size_t(kMostAnswerNotes)) return Error{"This is a lot at once: choose at most " + std::to_string(kMostAnswerNotes) + " notes."};
    if (r.task == Task::kVary) {
      r.shape = chosen;
      const Melody behind = between(whole, r.end, kForEver);
      r.after.insert(r.after.begin(), behind.begin(), behind.end());
      r.notes = between(whole, 0, r.cut);
      r.place.part = Part::kGap;
      r.end = std::max(r.end, chosen.back().end());
      r.cut = chosen.front().onset;
    } else {
      r.place.part = Part::kVoiceBelow;
      r.place.guide = chosen;
      r.notes.clear();
      r.cut = chosen.front().onset;
      r.end = chosen.back().end();
      if (r.end - r.cut > kLongestHarmony) return Error{"This is a lot at once: choose a shorter part of the melody."};
    }
  } else {
    r.notes = between(r.notes, 0, r.truth ? kForEver : r.cut);
    if (r.notes.empty()) return Error{"There are no notes yet to go on from. Add a few first."};
    if (r.task == Task::kInfill && r.end == 0) return Error{"It is not said where the gap ends."};
    if (r.task == Task::kInfill && !r.after.empty()) r.place.part = Part::kGap;
    MelodyNote& last = r.notes.back();
    if (!r.truth && last.end() > r.cut) last.duration = std::max(1, r.cut - last.onset);
    if (r.end == 0) {
      r.least_notes = kOpenNotes;
      r.open_until = std::max(last.onset + kOpenTicks, r.place.bar > 0 ? r.cut + kOpenBars * r.place.bar : 0);
    }
  }
  r.place.answer_end = r.place.part == Part::kMelody ? 0 : r.end;
  r.place.density = density_wanted(r, r.shape.empty() ? (r.notes.empty() ? r.place.guide : r.notes) : r.shape);
  return true;
}

Result<bool> MelodySession::begin(std::string_view request_json) {
  forget();
  Result<MelodyRequest> read = parse_request(request_json);
  if (!read) return read.error();
  request_ = std::move(read.value());
  if (request_.task == Task::kGroove) return choose_grooves();
  const Result<bool> planned = plan();
  if (!planned) return planned.error();
  for (const Melody& melody : request_.memory) append_melody(memory_, melody);

  Context context;
  context.before = request_.notes;
  context.after = request_.after;
  context.guide = request_.place.guide;
  context.start = context.before.empty() ? request_.cut : std::min(0, context.before.front().onset);
  context = trim_context(std::move(context));

  Melody known = context.before;
  known.insert(known.end(), context.after.begin(), context.after.end());
  if (known.empty()) {
    const int away = request_.place.part == Part::kBass ? kBass : request_.place.part == Part::kVoiceAbove ? kAbove : kBelow;
    for (MelodyNote note : context.guide) note.pitch += away, known.push_back(note);
    if (request_.place.tonic < 0) request_.place.tonic = guess_tonic(context.guide);
  }
  if (request_.task >= Task::kHarmonise) choose_chords();
  if (request_.task == Task::kChords) {
    state_ = State::kDone;
    return true;
  }
  reader_ = std::make_unique<MelodyReader>(request_.place, known, context.start);
  for (const Step& step : context_steps(*reader_, context)) append(features_, step);
  first_ = int(features_.size()) / kStepFields - 1;
  if (request_.truth) {
    if (request_.truth->empty()) return Error{"“truth” has no notes."};
    if (request_.truth->size() > kLongestTruth) request_.truth->resize(kLongestTruth);
    begin_truth(context);
  } else {
    // A variation and a second voice are held by what they follow; the others are chosen from many.
    const bool many = request_.task < Task::kVary && !request_.greedy;
    rows_ = many ? std::max(kDrafts, 2 * request_.samples) : request_.samples;
    for (int row = 0; row < rows_; ++row) choosers_.emplace_back(request_, data, *reader_, context.before, memory_, row);
  }
  step_count_ = int(features_.size()) / kStepFields;
  state_ = State::kGap;
  refresh_choices();
  return true;
}

// A chord a bar, twice as many, and a chord a bar less expected: as many kinds as suggestions.
void MelodySession::choose_chords() {
  const MelodyPlace& place = request_.place;
  const int bar = place.bar >= kShortestBar ? place.bar : 4 * kMelodyQuarter;
  const Melody& melody = place.guide;
  ChordWish wish;
  wish.tonic = place.tonic >= 0 ? place.tonic : guess_tonic(melody);
  wish.minor = place.mode == "minor" || place.mode == "dorian" || place.mode == "phrygian" || place.mode == "locrian";
  // From the bar line before the first note.
  wish.from = std::max(0, request_.cut - (((request_.cut - place.pickup) % bar) + bar) % bar);
  wish.to = request_.end;
  for (int i = 0; i < request_.samples; ++i) {
    const bool halves = i % 3 == 1 && bar % (2 * kMelodyQuarter) == 0 && bar > 2 * kMelodyQuarter;
    wish.slot = halves ? bar / 2 : bar;
    wish.surprise = (i == 0 ? 0 : .25 * i) + std::max(0.0, request_.adventurous - .5);
    wish.seed = request_.seed + uint32_t(i);
    chords_.push_back(chords_for(data.chords, melody, wish));
  }
  chord_tonic_ = wish.tonic;
  chord_minor_ = wish.minor;
}

// Needs no network: a groove is done when it is asked for.
Result<bool> MelodySession::choose_grooves() {
  const int bar = request_.place.bar >= kShortestBar ? request_.place.bar : 4 * kMelodyQuarter;
  if (request_.end == 0) request_.end = request_.cut + kOpenBars * bar;
  if (request_.end - request_.cut > kLongestHarmony) return Error{"This is a lot at once: ask for fewer bars of drums."};
  const GrooveWish wish{request_.cut, request_.end, bar, request_.tempo, request_.busy, request_.adventurous, request_.seed, request_.hits, request_.notes};
  grooves_ = grooves_for(wish, request_.samples);
  state_ = State::kDone;
  return true;
}

void MelodySession::begin_truth(const Context& context) {
  const Melody& truth = *request_.truth;
  before_truth_ = context.before;
  Melody all = before_truth_;
  for (size_t i = 0; i < truth.size(); ++i) {
    all.push_back(truth[i]);
    if (i + 1 < truth.size()) append(features_, reader_->note(truth[i], all.size() > 1 ? &all[all.size() - 2] : nullptr, Role::kBefore));
  }
  rows_ = int(truth.size());
  parts_.resize(truth.size() * 3);
  nll_.assign(truth.size(), 0);
  nll_pitch_.assign(truth.size(), 0);
}

void MelodySession::refresh_choices() {
  choices_.clear();
  if (!request_.truth) {
    for (const Chooser& chooser : choosers_) append(choices_, chooser.choice());
    return;
  }
  const Melody& truth = *request_.truth;
  for (size_t i = 0; i < truth.size(); ++i) {
    const MelodyNote& last = i ? truth[i - 1] : before_truth_.back();
    append(choices_, reader_->choice(last.end(), reader_->degree_of(last.pitch), std::max(0, truth[i].onset - last.end()), truth[i].duration));
  }
}

void MelodySession::likelihoods(span<const float> scores, int part) {
  const Melody& truth = *request_.truth;
  Tokens recent = tokens_of(before_truth_);
  const size_t classes = scores.size() / truth.size();
  for (size_t i = 0; i < truth.size(); ++i) {
    const MelodyNote& last = i ? truth[i - 1] : before_truth_.back();
    const NoteToken token = token_of(truth[i], last);
    const int last_degree = last.pitch - reader_->reference() + kMiddleDegree;
    TruthPart& found = parts_[i * 3 + size_t(part)];
    found = truth_part(recent, token, part, last_degree, reader_->degree_of(truth[i].pitch), scores.subspan(i * classes, classes));
    const MixShares& shares = part == 0 ? data.gap_shares : part == 1 ? data.duration_shares : data.pitch_shares;
    const double cost = nats(mixed(found, shares));
    nll_[i] += cost;
    if (part == 2) nll_pitch_[i] = cost;
    recent.push_back(token);
  }
}

bool MelodySession::take_gaps(span<const float> scores) {
  if (state_ != State::kGap || scores.size() != size_t(rows_) * kGapClasses) return false;
  if (request_.truth) likelihoods(scores, 0);
  for (size_t row = 0; row < choosers_.size(); ++row) choosers_[row].choose_gap(scores.subspan(row * kGapClasses, kGapClasses));
  refresh_choices();
  state_ = State::kDuration;
  return true;
}

bool MelodySession::take_durations(span<const float> scores) {
  if (state_ != State::kDuration || scores.size() != size_t(rows_) * kDurationClasses) return false;
  if (request_.truth) likelihoods(scores, 1);
  for (size_t row = 0; row < choosers_.size(); ++row) choosers_[row].choose_duration(scores.subspan(row * kDurationClasses, kDurationClasses));
  refresh_choices();
  state_ = State::kPitch;
  return true;
}

bool MelodySession::take_pitches(span<const float> scores) {
  if (state_ != State::kPitch || scores.size() != size_t(rows_) * kPitchClasses) return false;
  if (request_.truth) {
    likelihoods(scores, 2);
    state_ = State::kDone;
    return true;
  }
  features_.clear();
  int done = 0;
  for (size_t row = 0; row < choosers_.size(); ++row) {
    choosers_[row].choose_pitch(scores.subspan(row * kPitchClasses, kPitchClasses));
    append(features_, choosers_[row].last_step());
    done += choosers_[row].done();
  }
  step_count_ = 1;
  refresh_choices();
  const int enough = rows_ > request_.samples ? std::max(request_.samples, rows_ * kEnough / kDrafts) : rows_;
  state_ = done >= enough ? State::kDone : State::kGap;
  return true;
}

std::string MelodySession::answer() const {
  Json answer = {{"id", request_.id}};
  if (request_.truth) {
    answer["nll"] = Json::array();
    answer["nll_pitch"] = Json::array();
    for (const double value : nll_) answer["nll"].push_back(rounded(value));
    for (const double value : nll_pitch_) answer["nll_pitch"].push_back(rounded(value));
    if (!request_.detail) return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
    for (const TruthPart& part : parts_) answer["parts"].push_back({part.model, part.counted, part.longest});
    return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  answer["model"] = request_.task == Task::kGroove ? kGrooveModelName : kMelodyModelName;
  answer["suggestions"] = Json::array();
  int avoided = 0;
  const bool many = int(choosers_.size()) > request_.samples;
  std::vector<Draft> drafts;
  for (const Chooser& chooser : choosers_) {
    avoided += chooser.copies_avoided();
    if (state_ == State::kDone && !chooser.done()) continue;
    drafts.push_back({chooser.answer(), many && duller(chooser.answer(), request_.notes) ? Draft::Kind::kDull : Draft::Kind::kWritten});
  }
  if (many) {
    for (Melody& passage : reprises(request_)) drafts.push_back({std::move(passage), Draft::Kind::kReprise});
  }
  drafts.resize(std::max(drafts.size(), chords_.size()));
  std::vector<int> chosen(drafts.size());
  std::iota(chosen.begin(), chosen.end(), 0);
  if (many) chosen = select_drafts(drafts, request_.samples);
  for (size_t i = 0; i < chosen.size(); ++i) {
    Json suggestion = {{"notes", Json::array()}};
    for (const MelodyNote& note : drafts[size_t(chosen[i])].notes) suggestion["notes"].push_back({note.onset, note.duration, note.pitch});
    if (i < chords_.size()) {
      for (const MelodyChord& chord : chords_[i]) {
        suggestion["chords"].push_back({chord.onset, chord.duration, chord_name(chord, chord_tonic_, chord_minor_)});
      }
    }
    answer["suggestions"].push_back(std::move(suggestion));
  }
  for (const Groove& groove : grooves_) {
    Json notes = Json::array();
    for (const GrooveStroke& s : groove) notes.push_back({s.onset, kGrooveStep, key_of_drum(s.drum), s.velocity, s.late});
    answer["suggestions"].push_back({{"notes", std::move(notes)}});
  }
  answer["copies_avoided"] = avoided;
  return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace arietta
