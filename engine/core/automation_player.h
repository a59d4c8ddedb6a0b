// Moves automated knobs to where the song has them, once a block; the devices ramp over the way. It does so while the
// song stands too, so that playing along sounds as the song does there. A knob a person holds stays in their hand; when
// they let go it eases back.
#pragma once
#include "core/node.h"
#include "plan/plan_view.h"

namespace arietta {

class AutomationPlayer {
 public:
  bool prepare(float sample_rate, Arena& arena);                         // [setup]

  // Another plan's curves, with its nodes as numbered there.                                [audio]
  void adopt(const PlanView& plan, Node* const* nodes) ARIETTA_RT;

  // Sets every automated parameter as it is at `tick`.                                      [audio]
  void run_block(double tick) ARIETTA_RT;

 private:
  struct Curve {
    Node* node;
    const ParamInfo* param;
    span<const PlanPoint> points;
    size_t at;                    // the last point that is not after the tick; 0 also before the first
    float shown, plain;           // what was set last: position and value
    bool held;                    // a person holds the knob
    float away;                   // how far from the curve it was let go
    int blocks_back;              // until it is on the curve again
  };

  static float position(Curve& curve, double tick);

  span<Curve> curves_;            // kMaxCurves, of which count_ are in use
  size_t count_ = 0;
  int blocks_back_ = 1;           // how long easing back takes
};

}  // namespace arietta
