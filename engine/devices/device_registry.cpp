#include "devices/device_registry.h"

#include "devices/audio.h"
#include "devices/choir.h"
#include "devices/chorus.h"
#include "devices/compressor.h"
#include "devices/convolution.h"
#include "devices/crusher.h"
#include "devices/delay.h"
#include "devices/drive.h"
#include "devices/drum_kit.h"
#include "devices/electric_piano.h"
#include "devices/eq.h"
#include "devices/filter.h"
#include "devices/flanger.h"
#include "devices/fm_synth.h"
#include "devices/gate.h"
#include "devices/limiter.h"
#include "devices/metronome.h"
#include "devices/modal.h"
#include "devices/organ.h"
#include "devices/phaser.h"
#include "devices/poly_synth.h"
#include "devices/reverb.h"
#include "devices/sampler.h"
#include "devices/soundfont.h"
#include "devices/string_instrument.h"
#include "devices/strip.h"
#include "devices/tremolo.h"
#include "devices/vocals.h"
#include "devices/voice.h"
#include "devices/wavetable.h"
#include "devices/width.h"

namespace arietta {
namespace {

template <class T>
Device* make(const AudioSpec& spec, Arena& arena) {
  T* device = arena.make<T>();
  return device && device->prepare(spec, arena) ? device : nullptr;
}

}  // namespace

Device* make_device(DeviceKind kind, const AudioSpec& spec, Arena& arena) {
  switch (kind) {
    case DeviceKind::strip: return make<Strip>(spec, arena);
    case DeviceKind::poly_synth: return make<PolySynth>(spec, arena);
    case DeviceKind::drum_kit: return make<DrumKit>(spec, arena);
    case DeviceKind::soundfont: return make<Soundfont>(spec, arena);
    case DeviceKind::reverb: return make<Reverb>(spec, arena);
    case DeviceKind::limiter: return make<Limiter>(spec, arena);
    case DeviceKind::metronome: return make<Metronome>(spec, arena);
    case DeviceKind::eq: return make<Eq>(spec, arena);
    case DeviceKind::compressor: return make<Compressor>(spec, arena);
    case DeviceKind::delay: return make<Delay>(spec, arena);
    case DeviceKind::chorus: return make<Chorus>(spec, arena);
    case DeviceKind::phaser: return make<Phaser>(spec, arena);
    case DeviceKind::flanger: return make<Flanger>(spec, arena);
    case DeviceKind::drive: return make<Drive>(spec, arena);
    case DeviceKind::crusher: return make<Crusher>(spec, arena);
    case DeviceKind::filter: return make<Filter>(spec, arena);
    case DeviceKind::gate: return make<Gate>(spec, arena);
    case DeviceKind::width: return make<Width>(spec, arena);
    case DeviceKind::tremolo: return make<Tremolo>(spec, arena);
    case DeviceKind::convolution: return make<Convolution>(spec, arena);
    case DeviceKind::fm_synth: return make<FmSynth>(spec, arena);
    case DeviceKind::wavetable: return make<Wavetable>(spec, arena);
    case DeviceKind::string: return make<StringInstrument>(spec, arena);
    case DeviceKind::modal: return make<Modal>(spec, arena);
    case DeviceKind::organ: return make<Organ>(spec, arena);
    case DeviceKind::electric_piano: return make<ElectricPiano>(spec, arena);
    case DeviceKind::choir: return make<Choir>(spec, arena);
    case DeviceKind::audio: return make<AudioDevice>(spec, arena);
    case DeviceKind::vocals: return make<Vocals>(spec, arena);
    case DeviceKind::sampler: return make<Sampler>(spec, arena);
    case DeviceKind::voice: return make<Voice>(spec, arena);
    case DeviceKind::none: break;
  }
  return nullptr;
}

size_t device_bytes(DeviceKind kind, const AudioSpec& spec, MutableBytes room) {
  Arena arena(room);
  return make_device(kind, spec, arena) ? arena.high_water() : 0;
}

}  // namespace arietta
