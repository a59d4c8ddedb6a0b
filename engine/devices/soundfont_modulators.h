// Works out what a voice's modulators add to each destination, from the note's key and velocity and the channel's
// controllers. Done when a note starts and when a controller moves, never per frame.
// Source: SoundFont Technical Specification 2.04, sections 8.2, 8.3 and 9.5.
#pragma once
#include "base/rt.h"
#include "plan/bank_format.h"

namespace arietta {

struct ChannelState {
  float controllers[128];
  float pressure;
  float bend_semitones;
};

// Controllers as if nobody had touched them: volume at rest, full expression, pan in the middle.     [any]
ChannelState neutral_channel();

struct ModulatorSums {
  float to[kBankDestinations];
};

// `key` and `velocity` are the note's, 0..127 and 0..1.                                         [audio]
void sum_modulators(span<const BankModulator> modulators, const ChannelState& channel, float key, float velocity,
                    ModulatorSums& sums) ARIETTA_RT;

}  // namespace arietta
