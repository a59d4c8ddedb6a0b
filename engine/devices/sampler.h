// Plays a sound that somebody dropped on the studio: over the keys, cut and looped, or in slices, one to a key.
// It reads the same banks as the sampled instrument (plan/bank_format.h): a dropped file is a bank of one region, two
// when it is stereo; key maps are regions with ranges.
#pragma once
#include "devices/cell_instrument.h"
#include "devices/param_values.h"
#include "devices/sampler_quad.h"

namespace arietta {

class Sampler final : public CellInstrument {
 public:
  bool prepare(const AudioSpec& spec, Arena& arena) override;
  void reset() ARIETTA_RT override;
  void set_param(uint16_t index, float plain) ARIETTA_RT override;
  void set_asset(AssetView bank) ARIETTA_RT override;

 private:
  static constexpr int kPlaying = 32, kSpare = 8;
  static constexpr int kParams = int(params_of(DeviceKind::sampler).size());

  void settle() override;
  void start_voice(int lane, const NoteEvent& note) override;
  void move_voice(int lane, const NoteEvent& note) override;
  void end_voice(int lane, VoiceEnd how) ARIETTA_RT override;
  void begin_cell() override;
  void render_cell(float* left, float* right, int at, int frames) override;
  void end_cell() override;

  void aim();
  SamplerCut cut_for(const BankRegion& region, int slice) const;
  float keys_from(const BankRegion& region, float pitch) const;

  ParamValues<DeviceKind::sampler> params_;
  Glide smooth_[kParams];
  span<SamplerQuad> quads_;
  SamplerCell cell_;
  span<const BankRegion> regions_;
  const BankRegion* playing_[kPlaying + kSpare] = {};      // the region each lane plays, for its root
};

}  // namespace arietta
