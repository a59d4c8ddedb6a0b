// Numbers as an arithmetic-coded stream. Each number is a few yes-or-no questions; what the answers were in the same
// situations before gives the odds, several such guesses are mixed, and a likely answer costs next to nothing. Made
// for short columns that hardly repeat, where a table of Huffman codes would cost more than it saves.
//
// All arithmetic is in whole numbers: every machine reads what another wrote.
// Sources: I. Witten, R. Neal, J. Cleary, "Arithmetic Coding for Data Compression", CACM 30(6), 1987;
// M. Mahoney, "Adaptive Weighing of Context Models for Lossless Data Compression", Florida Tech CS-2005-16.   [main]
#pragma once
#include <array>
#include <bit>
#include <vector>

#include "base/types.h"

namespace arietta {

// Writes answers; chance is the probability of a yes in 65536ths, 1 to 65535.
class AnswerWriter {
 public:
  bool answer(uint32_t chance, bool yes);
  size_t answers() const { return answers_; }
  std::vector<uint8_t> finish();

 private:
  std::vector<uint8_t> bytes_;
  size_t answers_ = 0;
  uint32_t low_ = 0, high_ = 0xffffffff;
};

// Reads them back. Behind the end there are zeros for ever.
class AnswerReader {
 public:
  explicit AnswerReader(Bytes bytes);
  bool answer(uint32_t chance, bool = false);
  size_t answers() const { return answers_; }

 private:
  uint8_t next() { return at_ < bytes_.size() ? bytes_[at_++] : uint8_t(0); }

  Bytes bytes_;
  size_t at_ = 0, answers_ = 0;
  uint32_t low_ = 0, high_ = 0xffffffff, code_ = 0;
};

// What both sides know before a number: the numbers before it, and three hints of the caller's.
struct Hints {
  uint32_t a = 0, b = 0, c = 0;
};

class NumberModel {
 public:
  explicit NumberModel(size_t expected_count);

  // Writing: puts `value` and returns it. Reading: `value` does not matter, the number that was put is returned.
  template <class Coder>
  uint64_t code(Coder& coder, const Hints& hints, uint64_t value) {
    prepare(hints);
    // How many bits the number has, counted up; then those below the highest.
    int bits = 0;
    const int wanted = std::bit_width(value);
    while (bits < 64 && ask(coder, uint32_t(bits), guess_bits() > bits, wanted > bits)) ++bits;
    uint64_t number = bits > 0;
    for (int at = bits - 2; at >= 0; --at) {
      if (number >= kFineNumbers) {
        number = number << 1 | uint64_t(coder.answer(1 << 15, value >> at & 1));
        continue;
      }
      number = number << 1 | uint64_t(ask(coder, 64 + uint32_t(number), guess_ >> at & 1, value >> at & 1));
    }
    remember(number);
    return number;
  }

 private:
  static constexpr int kContexts = 12;            // the last two are bias and match
  static constexpr uint64_t kFineNumbers = 256;   // numbers beyond have bits nobody guesses at

  struct Odds { uint16_t chance = 1 << 15; uint8_t seen = 0; };

  template <class Coder>
  bool ask(Coder& coder, uint32_t question, bool guess, bool yes) {
    const bool answer = coder.answer(chance_of(question, guess), yes);
    learn(answer);
    match_holds_ = match_holds_ && answer == guess;
    return answer;
  }
  int guess_bits() const { return std::bit_width(guess_); }

  void prepare(const Hints& hints);
  uint32_t chance_of(uint32_t question, bool guess);
  void learn(bool answer);
  void remember(uint64_t number);

  std::vector<Odds> odds_;
  std::vector<uint64_t> past_;
  std::vector<uint32_t> last_place_;              // of a run of three numbers, by hash
  std::array<uint32_t, kContexts> context_{};
  std::array<Odds*, kContexts> asked_{};
  std::array<int32_t, kContexts> opinion_{};      // logit of each guess
  std::array<std::array<int32_t, kContexts>, kContexts> weights_{};
  std::array<Odds, 32> match_odds_{};
  int32_t mixed_ = 0;
  size_t set_ = 0;
  uint64_t guess_ = 0;
  size_t match_at_ = 0, match_length_ = 0;
  bool match_holds_ = false;
};

}  // namespace arietta
