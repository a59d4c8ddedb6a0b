// The voices of an instrument, four to a quad, in step with its voice pool. A quad has: control(cell, frames) and
// control_changed(cell, frames) draw its lines; render(cell, at, ..., frames) adds its sound; settle() gives the lanes that
// are silent, by bit; levels() how loud each is.
#pragma once
#include "devices/voice_pool.h"
#include "dsp/simd.h"

namespace arietta {

template <class Quad>
class QuadVoices {
 public:
  bool prepare(const VoicePool& pool, Arena& arena) {                                            // [setup]
    quads_ = arena.array<Quad>(size_t(pool.quads()));
    return !quads_.empty();
  }
  void reset() {                                                                                 // [audio]
    for (Quad& quad : quads_) quad = {};
  }
  Quad& of(int lane) { return quads_[size_t(lane / 4)]; }

  // At the beginning of a cell; the pool hears how loud everyone is.                             [audio]
  template <class Cell>
  void control(VoicePool& pool, const Cell& cell) {
    for (int i = 0; i < pool.quads(); ++i) {
      if (!pool.quad_in_use(i)) continue;
      quads_[size_t(i)].control(cell, kMaxBlock);
      alignas(16) float levels[4];
      quads_[size_t(i)].levels().store(levels);
      for (int lane = 0; lane < 4; ++lane) pool.set_level(i * 4 + lane, levels[lane]);
    }
  }

  template <class Cell>
  void render(const VoicePool& pool, const Cell& cell, int at, f32x4* one, f32x4* other, int frames) {   // [audio]
    for (int i = 0; i < pool.quads(); ++i) {
      if (!pool.quad_in_use(i)) continue;
      quads_[size_t(i)].control_changed(cell, float(kMaxBlock - at));
      quads_[size_t(i)].render(cell, at, one, other, frames);
    }
  }

  // At the end of a cell: frees the voices that are silent.                                      [audio]
  void settle(VoicePool& pool) {
    for (int i = 0; i < pool.quads(); ++i) {
      if (!pool.quad_in_use(i)) continue;
      const int silent = quads_[size_t(i)].settle();
      for (int lane = 0; lane < 4; ++lane)
        if (silent >> lane & 1) pool.free(i * 4 + lane);
    }
  }

 private:
  span<Quad> quads_;
};

}  // namespace arietta
