// Which periods a moment of sound could have: the peaks of its normalised autocorrelation. Each lag is judged by two
// stretches that lie symmetrically around the moment and are as long as the lag, so that high voices are followed
// quickly and low ones still fit.
// Sources: P. McLeod, G. Wyvill, "A smarter way to find pitch", ICMC 2005 (normalisation, peaks); A. de Cheveigne,
// H. Kawahara, "YIN", JASA 111 (2002) (windows that grow with the lag).
#pragma once
#include "base/arena.h"
#include "voice/voice_input.h"

namespace arietta {

inline constexpr int kMaxCandidates = 6;      // a voice has its period, its multiples and at most a formant or two

struct PeriodCandidate {
  float period;          // frames
  float strength;        // 0 to 1
};

struct PeriodCandidates {
  PeriodCandidate list[kMaxCandidates];
  int count = 0;
};

class PeriodFinder {
 public:
  // Periods from `shortest` to `longest` frames, judged by at least `window` frames.            [setup]
  bool prepare(Arena& arena, int shortest, int longest, int window);

  // Around frame `centre` of `input`, which must reach frames_after() beyond it or else is looked at as far as it goes
  // and as much further back.                                                                   [audio]
  void find(const VoiceInput& input, int64_t centre, PeriodCandidates& found);

  int frames_after() const { return longest_ + 4; }

 private:
  void correlate(const VoiceInput& input, int64_t centre);

  int shortest_ = 0, longest_ = 0, window_ = 0;
  span<float> alike_;        // one value a lag, from shortest_ - 1 to longest_ + 1
  span<float> energy_;       // running sum of squares
};

}  // namespace arietta
