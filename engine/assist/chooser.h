// Chooses the next note of one suggestion from the model's scores: mixes in what the tune and the person have done before,
// keeps to the range, the scale and the end of the answer, does not copy, and draws by seed.
//
// Asked for greedily it takes what is likeliest; else it draws, the further from it the more adventurous the person is
// (nucleus sampling: Holtzman et al., ICLR 2020).   [any]; allocates only to grow.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "assist/features.h"
#include "assist/melody_data.h"
#include "assist/repeats.h"
#include "assist/request.h"
#include "base/random.h"

namespace arietta {

// How far a choice may stray.
struct Daring {
  float temperature = 1;     // divides the logarithms of the shares
  float nucleus = 1;         // only the likeliest answers that together have this share
  bool greedy = false;
};

// One of the answers a distribution gives; scores sum to anything, 0 is never chosen. -1 when all are 0.
int draw(span<const float> shares, const Daring& daring, Random& random);

class Chooser {
 public:
  // `before` are the notes the answer follows, `memory` the person's own.
  Chooser(const MelodyRequest& request, const MelodyData& data, const MelodyReader& reader, const Melody& before,
          const Tokens& memory, int sample);

  bool done() const { return done_; }
  const Melody& answer() const { return answer_; }
  int copies_avoided() const { return copies_avoided_; }
  Choice choice() const;                           // what the next head must know
  Step last_step() const;                          // the note chosen last, for the trunk

  // Scores as the model gives them, before softmax. In this order for each note; the answer is done when choose_gap finds
  // that it is complete.
  void choose_gap(span<const float> scores);
  void choose_duration(span<const float> scores);
  void choose_pitch(span<const float> scores);

 private:
  int last_end() const;
  int last_pitch() const;
  bool complete(int onset) const;                  // nothing may start here any more
  bool copies(int pitch) const;                    // would the answer repeat the training tunes or the prompt word for word?
  template <class Answers, class Count>
  void mix(Answers& answers, const MixShares& shares, Count count) const;
  float counted_share(const MixShares& shares, int longest) const;
  float likeness(int pitch) const;                 // of a variation to the note it stands for
  int nearest_allowed(int pitch) const;
  void push(const MelodyNote& note);

  const MelodyRequest& request_;
  const MelodyData& data_;
  const MelodyReader& reader_;
  const Tokens& memory_;
  Daring daring_;
  float echo_ = 0;                                 // how much more than usual the answer leans on what has been
  Random random_;
  Melody answer_;
  MelodyNote last_;                                // before the answer, then its last
  bool has_last_ = false;
  std::optional<MelodyNote> before_last_;
  Tokens tokens_;                                  // of before and answer
  size_t prompt_tokens_ = 0;
  int gap_ = 0, duration_ = 0;
  int jump_ = 0;                                   // ticks of silence up to the cut that are skipped, not chosen
  int low_ = 0, high_ = 127;
  int copies_avoided_ = 0;
  bool done_ = false;
};

}  // namespace arietta
