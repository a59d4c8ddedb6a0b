#include "song/number_coder.h"

#include <algorithm>
#include <cmath>

namespace arietta {
namespace {

constexpr int kLogitLimit = 2047;               // of 256ths: odds of 3,000 to 1

// ln(p / (1 - p)) in 256ths, by p in 4096ths; and the way back, in 65536ths.
struct Tables {
  std::array<int16_t, 4096> logit;
  std::array<uint16_t, 2 * kLogitLimit + 1> chance;
  std::array<uint16_t, 256> pace;               // how far new evidence moves the odds, in 65536ths

  Tables() {
    for (int i = 0; i < 4096; ++i) {
      const double p = (i + 0.5) / 4096;
      logit[size_t(i)] = int16_t(std::clamp(std::lround(256 * std::log(p / (1 - p))), long(-kLogitLimit), long(kLogitLimit)));
    }
    for (int i = -kLogitLimit; i <= kLogitLimit; ++i)
      chance[size_t(i + kLogitLimit)] = uint16_t(std::clamp(std::lround(65536 / (1 + std::exp(-i / 256.0))), 16L, 65520L));
    for (int seen = 0; seen < 256; ++seen) pace[size_t(seen)] = uint16_t(65536 / (seen + 1.4));
  }
};

const Tables& tables() {
  static const Tables kTables;
  return kTables;
}

constexpr int kMostSeen = 60;

uint32_t mix(uint32_t a, uint32_t b) {
  uint32_t h = a * 0x9e3779b1u ^ (b + 0x7f4a7c15u) * 0x85ebca6bu;
  h ^= h >> 15;
  return h * 0xc2b2ae35u ^ h >> 13;
}

}  // namespace

bool AnswerWriter::answer(uint32_t chance, bool yes) {
  ++answers_;
  const uint32_t middle = low_ + uint32_t(uint64_t(high_ - low_) * chance >> 16);
  if (yes) high_ = middle;
  else low_ = middle + 1;
  while ((low_ ^ high_) < 1u << 24) {
    bytes_.push_back(uint8_t(high_ >> 24));
    low_ <<= 8;
    high_ = high_ << 8 | 255;
  }
  return yes;
}

// As few bytes as name a number between low and high, zeros following.
std::vector<uint8_t> AnswerWriter::finish() {
  for (int bytes = 0; bytes <= 4; ++bytes) {
    const uint64_t step = uint64_t(1) << (32 - 8 * bytes);
    const uint64_t number = (uint64_t(low_) + step - 1) / step * step;
    if (number > high_) continue;
    for (int i = 0; i < bytes; ++i) bytes_.push_back(uint8_t(number >> (24 - 8 * i)));
    break;
  }
  while (!bytes_.empty() && bytes_.back() == 0) bytes_.pop_back();
  return std::move(bytes_);
}

AnswerReader::AnswerReader(Bytes bytes) : bytes_(bytes) {
  for (int i = 0; i < 4; ++i) code_ = code_ << 8 | next();
}

bool AnswerReader::answer(uint32_t chance, bool) {
  ++answers_;
  const uint32_t middle = low_ + uint32_t(uint64_t(high_ - low_) * chance >> 16);
  const bool yes = code_ <= middle;
  if (yes) high_ = middle;
  else low_ = middle + 1;
  while ((low_ ^ high_) < 1u << 24) {
    low_ <<= 8;
    high_ = high_ << 8 | 255;
    code_ = code_ << 8 | next();
  }
  return yes;
}

NumberModel::NumberModel(size_t expected_count) {
  odds_.resize(std::bit_ceil(std::clamp<size_t>(expected_count * 64, 1024, 1 << 20)));
  last_place_.resize(std::bit_ceil(std::clamp<size_t>(expected_count, 16, 1 << 16)));
  for (auto& set : weights_) set.fill(10000);       // of 65536ths
}

void NumberModel::prepare(const Hints& hints) {
  const size_t n = past_.size();
  const auto past = [&](size_t back) { return n >= back ? uint32_t(past_[n - back]) + 1 : 0; };
  const uint32_t one = mix(1, past(1)), two = mix(one, past(2)), three = mix(two, past(3));
  context_ = {0, one, two, mix(three, past(4)), mix(0x10000, hints.a), mix(0x20000, hints.b), mix(0x30000, hints.c),
              mix(mix(0x40000, hints.a), one), mix(mix(0x50000, hints.a), hints.b),
              mix(mix(0x60000, hints.a), hints.c), mix(mix(0x70000, hints.c), two), 0};

  // The number that followed when the last three were the same before.
  uint32_t& place = last_place_[three & (last_place_.size() - 1)];
  if (match_length_ == 0 || match_at_ >= n) {
    match_length_ = 0;
    match_at_ = place;
  }
  place = uint32_t(n);
  match_holds_ = match_at_ > 0 && match_at_ < n;
  guess_ = match_holds_ ? past_[match_at_] : 0;
}

uint32_t NumberModel::chance_of(uint32_t question, bool guess) {
  const Tables& table = tables();
  set_ = 0;
  for (int i = 0; i < kContexts - 1; ++i) {
    Odds& odds = odds_[mix(context_[size_t(i)] + uint32_t(i) * 77, question) & (odds_.size() - 1)];
    asked_[size_t(i)] = &odds;
    opinion_[size_t(i)] = table.logit[odds.chance >> 4];
    if (i < 4 && odds.seen) set_ = size_t(i) + 1;
  }
  asked_[kContexts - 1] = nullptr;
  opinion_[kContexts - 1] = 0;
  if (match_holds_) {
    Odds& odds = match_odds_[std::min<size_t>(match_length_, 15) * 2 + guess];
    asked_[kContexts - 1] = &odds;
    opinion_[kContexts - 1] = table.logit[odds.chance >> 4];
    set_ = 5 + (match_length_ > 3);
  }
  int64_t sum = 0;
  for (size_t i = 0; i < kContexts; ++i) sum += int64_t(weights_[set_][i]) * opinion_[i];
  mixed_ = int32_t(std::clamp<int64_t>(sum >> 16, -kLogitLimit, kLogitLimit));
  return table.chance[size_t(mixed_ + kLogitLimit)];
}

void NumberModel::learn(bool answer) {
  const Tables& table = tables();
  const int32_t error = (answer ? 65535 : 0) - int32_t(table.chance[size_t(mixed_ + kLogitLimit)]);
  for (size_t i = 0; i < kContexts; ++i) {
    weights_[set_][i] = std::clamp(weights_[set_][i] + int32_t(int64_t(error) * opinion_[i] >> 14), -(1 << 20), 1 << 20);
    if (!asked_[i]) continue;
    Odds& odds = *asked_[i];
    const int32_t toward = (answer ? 65535 : 0) - int32_t(odds.chance);
    odds.chance = uint16_t(std::clamp(int32_t(odds.chance) + int32_t(int64_t(toward) * table.pace[odds.seen] >> 16), 16, 65520));
    if (odds.seen < kMostSeen) ++odds.seen;
  }
}

void NumberModel::remember(uint64_t number) {
  if (match_at_ > 0 && match_at_ < past_.size() && past_[match_at_] == number) {
    ++match_length_;
    ++match_at_;
  } else {
    match_length_ = match_at_ = 0;
  }
  past_.push_back(number);
}

}  // namespace arietta
