// Convolves each side of a sound with its half of a stereo impulse response, seconds long, without delay. The response's
// first 128 frames must be silent (the way to the nearest wall): the next 1920 are done in pieces of 128 frames, all
// further ones in pieces of 1024, whose work is spread over the 1024 frames that come after.
// W. G. Gardner, "Efficient convolution without input-output delay", JAES 43(3), 1995; overlap-save with a line of
// spectra after G. Garcia, "Optimal filter partition for efficient convolution with short input/output delay", AES 113,
// 2002. The response arrives piece by piece and may still be coming while the first sound is convolved with it.
#pragma once
#include "dsp/block.h"
#include "dsp/fft.h"
#include "dsp/simd.h"

namespace arietta {

class StereoConvolver {
 public:
  static constexpr int kPiece = 128;           // frames of the response in one append(), and silent at its start

  // For responses of up to `longest` frames.                                                    [setup]
  bool prepare(Arena& arena, int longest);

  void forget_sound();                         // what went in so far will not be heard             [audio]
  void forget_response();                      // the next piece is the first one again             [audio]
  bool wants_more() const { return pieces_ < kSmallPieces + 1 + kPieces * large_.count; }

  // The next kPiece frames of the response. It is heard in time if a piece comes with every 32 frames of sound. [audio]
  void append(const float* left, const float* right);

  void process(Block io);                                                                        // [audio] in place

 private:
  static constexpr int kLarge = 1024, kPieces = kLarge / kPiece;
  static constexpr int kSmallPieces = 2 * kLarge / kPiece - 1;
  static constexpr int kSlice = 32, kSlices = kLarge / kSlice;     // of the work on the long pieces

  // Spectra of the response's pieces and of the blocks of sound before now.
  struct Level {
    RealFft fft;
    int bins = 0;                              // rounded up to fours
    int count = 0;                             // pieces
    int known = 0, heard = 0;                  // pieces of the response there; blocks of sound there
    int newest = 0;                            // place of the last block of sound
    span<float> response[2], sound[2];         // count times bins of real, then imaginary parts

    bool prepare(Arena& arena, int frames, int pieces);
    float* piece(span<float> of, int index) const { return of.data() + size_t(index) * size_t(2 * bins); }
    void learn(int side, const float* twice);              // of the next piece, which is half of it
    void hear(int side, const float* twice);               // of the block that advance() made place for
    void advance();
    void add(int side, int from, int to, float* sum) const;
  };

  void small_block();
  void large_slice(int slice);
  void large_block();

  Level small_, large_;
  span<float> input_[2];                       // the last 1024 frames and the ones that come in
  span<float> window_[2], sum_[2], made_[2], time_;
  span<float> heard_large_[2];
  alignas(16) float heard_small_[2][kPiece];
  int at_ = 0, slices_done_ = 0;
  int pieces_ = 0, terms_ = 0;
};

}  // namespace arietta
