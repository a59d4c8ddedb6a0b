// Plays stereo sound at another speed and another pitch while either moves: a phase vocoder in which every spectral
// peak turns as one with its neighbourhood, both channels turn alike, and onsets are laid down unstretched at their
// exact place in time.
//
// It is pulled: before every pull() the owner asks need() which source frames come next, feed()s them (silence
// where there is no source) and then takes its frames. Speed and pitch may change before any pull. Positions are
// frames of the source; `speed` is source frames per output frame, so 0.5 lasts twice as long.
//
//   J. Laroche, M. Dolson, "Improved phase vocoder time-scale modification of audio", 1999: locked regions
//   A. Roebel, "A new approach to transient processing in the phase vocoder", 2003: onsets bin by bin
//   Z. Prusa, N. Holighaus, "Phase vocoder done right", 2017: why phases must also fit across frequency
#pragma once
#include "stretch/phase_turner.h"
#include "stretch/fraction_reader.h"
#include "stretch/onset_finder.h"
#include "stretch/source_ring.h"

namespace arietta {

class Stretcher {
 public:
  static constexpr double kMinSpeed = 0.25, kMaxSpeed = 4;
  static constexpr double kMaxSemitones = 24;
  static constexpr int kMaxPull = 1024;               // frames a pull() or a feed() may have

  // Lengths of the window. A live song must not wait longer; a clip can be read ahead, so its lowest basses get the time
  // that takes them apart into harmonics (41 Hz: 40 dB clean instead of 13).
  static constexpr double kLiveWindow_s = 0.0685, kClipWindow_s = 0.1;

  // Memory prepare() takes from the arena.                                                        [any]
  static size_t bytes(float sample_rate, double window_s = kLiveWindow_s);
  // False when the arena is full or the rate is not one of 8 to 192 kHz.                         [setup]
  bool prepare(float sample_rate, Arena& arena, double window_s = kLiveWindow_s);

  // The next frame out sounds the source at `source_frame`. What was fed before is forgotten.     [audio]
  void start(double source_frame);

  void set_speed(double source_frames_per_frame);     // clamped to the range above               [audio]
  // Up is higher. Glides there, an octave in 24 ms: a jump would be a corner in the sound.       [audio]
  void set_pitch(double semitones);
  // Corrects a small difference to the owner's clock: from the next step of the vocoder on the sound is on its way
  // as if the next frame out were at `source_frame`. Without a click, unlike start().             [audio]
  void steer(double source_frame);

  struct Span { int64_t first = 0; int count = 0; };
  // The source frames the next pull(frames) wants fed, at the speed and pitch now set: the ones that
  // follow what was fed last.                                                                     [audio]
  Span need(int frames) const;
  void feed(const float* left, const float* right, int count);                                  // [audio]
  // Writes frames <= kMaxPull. What was not fed sounds as silence.                                [audio]
  void pull(float* left, float* right, int frames);

  double position() const { return position_; }       // of the next frame out, in source frames   [audio]
  // How far ahead of position() the newest source frame must be for the settings now set: the delay when the
  // source is a live input.                                                                       [audio]
  int latency() const;
  // Frames out after start() that sound at the source's own speed, because the first steps are not ready yet. Who
  // knows the start beforehand starts so much earlier and throws them away.                       [audio]
  int warm_up() const;

 private:
  // One step of the vocoder, cut into pieces of about the same cost.
  enum class Piece {
    kLeft, kRight, kLeftBefore, kRightBefore, kCompare, kLock, kOnsets, kTurn, kLeftBack, kRightBack, kCount
  };

  void lay_down_start();
  void read(float* left, float* right, int count, double pitch_after);
  void work_until(int pieces);
  void run(Piece piece);
  void plan_step();
  void transform(int channel, int64_t centre, Spectrum to);
  void add_back(int channel);
  double ratio() const { return pitch_ / speed_; }    // stretched frames per source frame

  SourceRing source_;
  OnsetFinder finder_;
  OnsetPlacer onsets_;
  PhaseTurner turner_;
  FractionReader reader_;
  RealFft fft_;

  int window_ = 0, hop_ = 0, reach_ = 0;              // frames; reach: half of what a step adds to the sound
  span<float> analysis_, synthesis_;                  // windows
  span<float> excerpt_, frame_;                       // of the source; the transform's time side
  Spectrum now_[2], before_[2], out_[2];              // at this step, one hop of source earlier, turned
  span<float> stretched_[2];                          // overlap-add ring, in stretched frames
  int64_t ring_mask_ = 0;

  int64_t finder_from_ = 0;                           // source frame from which on onsets are looked for
  double speed_ = 1;
  double pitch_ = 1, wanted_pitch_ = 1;               // stretched frames per output frame
  double position_ = 0;                               // source frame of the next frame out
  double read_at_ = 0;                                // stretched frame of the next frame out
  int64_t complete_to_ = 0;                           // stretched frames before this are finished
  int64_t now_centre_ = 0;                            // source frame that now_ is centred on
  bool knows_before_ = false;                         // before_ is the step before's now_
  int pieces_done_ = 0;
  bool fresh_ = true, planned_ = false;
};

}  // namespace arietta
