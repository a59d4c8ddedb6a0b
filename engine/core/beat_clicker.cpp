#include "core/beat_clicker.h"

namespace arietta {

void BeatClicker::seek(Tick next) {
  if (meters_.empty()) return;
  meter_ = 0;
  while (meter_ + 1 < meters_.size() && meters_[meter_ + 1].tick <= next) ++meter_;
  const PlanMeter& meter = meters_[meter_];
  const Tick beats = (next - meter.tick + beat_ticks() - 1) / beat_ticks();
  beat_ = meter.tick + beats * beat_ticks();
  number_ = int(beats % meter.beats);
  enter_next_meter();
}

void BeatClicker::advance() {
  if (meters_.empty()) return;
  beat_ += beat_ticks();
  number_ = (number_ + 1) % meters_[meter_].beats;
  enter_next_meter();
}

void BeatClicker::enter_next_meter() {
  if (meter_ + 1 == meters_.size() || meters_[meter_ + 1].tick > beat_) return;
  beat_ = meters_[++meter_].tick;
  number_ = 0;
}

}  // namespace arietta
