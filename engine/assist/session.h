// One question to the melody model, from JSON to JSON. Whoever runs the network (a worker of the page, the command line)
// alternates: feed the steps, hand in the scores; nothing here knows ONNX. The batch's rows are the suggestions, or, when
// the question is how likely a given truth is, its notes.   [any]; allocates.
//
//   begin → trunk(features: one row of steps()) → repeat the result to rows() →
//     [ gap scores → duration head(choices) → duration scores → pitch head(choices) → pitch scores → trunk(one step a row) ]*
//   → answer
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assist/chooser.h"
#include "assist/melody_data.h"
#include "assist/request.h"
#include "assist/steps.h"
#include "assist/truth.h"

namespace arietta {

class MelodySession {
 public:
  enum class State { kIdle, kGap, kDuration, kPitch, kDone };

  MelodyData data;                                   // of the model that is loaded

  // The error is a sentence for the person; nothing is asked of the network then, nor when the state is kDone at once.
  Result<bool> begin(std::string_view request_json);
  void forget();

  State state() const { return state_; }
  int rows() const { return rows_; }
  int step_count() const { return step_count_; }     // steps for each row to feed now
  int first() const { return first_; }               // of the first steps: the one whose thought row 0 starts from
  const std::vector<int16_t>& features() const { return features_; }   // [1 or rows][step_count][kStepFields]
  const std::vector<int16_t>& choices() const { return choices_; }     // [rows][kChoiceFields]

  // Scores of all rows, in the order of the states. False when they are not asked for now or are too few.
  bool take_gaps(span<const float> scores);
  bool take_durations(span<const float> scores);
  bool take_pitches(span<const float> scores);

  std::string answer() const;                        // JSON; also while unfinished, with what there is

 private:
  Result<bool> plan();                               // what the task makes of the notes
  void begin_truth(const Context& context);
  void choose_chords();
  Result<bool> choose_grooves();
  void refresh_choices();
  void likelihoods(span<const float> scores, int part);

  MelodyRequest request_;
  std::unique_ptr<MelodyReader> reader_;
  Tokens memory_;
  std::vector<Chooser> choosers_;
  State state_ = State::kIdle;
  int rows_ = 0, step_count_ = 0, first_ = 0;
  std::vector<int16_t> features_, choices_;
  std::vector<std::vector<MelodyChord>> chords_;     // of each suggestion, to harmonise
  std::vector<Groove> grooves_;
  int chord_tonic_ = 0;
  bool chord_minor_ = false;
  Melody before_truth_;                              // truth asked for: what the model was shown before it
  std::vector<double> nll_, nll_pitch_;
  std::vector<TruthPart> parts_;                     // with "detail": for fitting the shares of the counted model
};

}  // namespace arietta
