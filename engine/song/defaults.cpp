#include "song/defaults.h"

#include <initializer_list>

#include "song/edit.h"
#include "song/gm_names.h"

namespace arietta {
namespace {

constexpr Tick kStep = kTicksPerQuarter / 4;      // a sixteenth
constexpr Tick kBar = 4 * kTicksPerQuarter;

struct StepNote { int step, steps, key, velocity; };
struct Setting { uint16_t index; float plain; };
using Settings = std::initializer_list<Setting>;

// "First light": Gmaj9, F sharp minor 7, Bm9, D(add 9), two to a bar and each second one early by an eighth. The melody
// asks in the first bar and answers in the second; its last note leads into the first chord again.
constexpr StepNote kMelody[] = {
    {2, 2, 74, 82},  {4, 2, 78, 92},  {6, 5, 81, 106},  {11, 1, 78, 78},  {12, 4, 76, 92},
    {18, 2, 74, 80}, {20, 2, 76, 90}, {22, 5, 78, 102}, {27, 1, 76, 74}, {28, 2, 74, 88}, {30, 2, 71, 84},
};
// High and quiet, in the gaps the melody leaves.
constexpr StepNote kSparkle[] = {
    {0, 2, 86, 66},  {3, 2, 90, 46},  {8, 2, 88, 60},  {10, 2, 85, 48}, {14, 2, 81, 54},
    {16, 2, 85, 64}, {19, 2, 90, 46}, {24, 2, 86, 60}, {26, 2, 88, 48}, {29, 2, 90, 44}, {31, 1, 93, 38},
};
constexpr StepNote kChords[] = {
    {0, 3, 59, 84},  {0, 3, 62, 78},  {0, 3, 66, 80},  {0, 3, 69, 86},    // Gmaj9 over the bass's G
    {3, 2, 59, 58},  {3, 2, 62, 54},  {3, 2, 66, 56},  {3, 2, 69, 60},
    {6, 6, 57, 82},  {6, 6, 61, 76},  {6, 6, 64, 78},  {6, 6, 69, 84},    // F#m7
    {13, 2, 57, 56}, {13, 2, 61, 52}, {13, 2, 64, 54}, {13, 2, 69, 58},
    {16, 3, 57, 84}, {16, 3, 61, 76}, {16, 3, 62, 78}, {16, 3, 66, 86},   // Bm9
    {19, 2, 57, 58}, {19, 2, 61, 52}, {19, 2, 62, 54}, {19, 2, 66, 60},
    {22, 7, 57, 82}, {22, 7, 62, 76}, {22, 7, 64, 78}, {22, 7, 66, 84},   // Dadd9
    {30, 2, 57, 54}, {30, 2, 62, 50}, {30, 2, 64, 52}, {30, 2, 66, 56},
};
constexpr StepNote kBass[] = {
    {0, 3, 43, 104},  {3, 1, 43, 70},  {6, 4, 42, 98},  {10, 1, 42, 72}, {12, 2, 49, 82}, {14, 2, 45, 86},
    {16, 3, 47, 102}, {19, 1, 47, 68}, {22, 4, 38, 100}, {26, 1, 38, 72}, {28, 2, 45, 84}, {30, 2, 42, 88},
};
constexpr int kKick = 36, kSnare = 38, kClosedHat = 42, kOpenHat = 46;
constexpr StepNote kDrums[] = {
    {0, 1, kKick, 112},       {6, 1, kKick, 90},        {10, 1, kKick, 100},
    {16, 1, kKick, 110},      {19, 1, kKick, 70},       {22, 1, kKick, 96},       {26, 1, kKick, 88},
    {4, 1, kSnare, 98},       {12, 1, kSnare, 104},     {15, 1, kSnare, 36},
    {20, 1, kSnare, 98},      {28, 1, kSnare, 106},     {31, 1, kSnare, 46},
    {0, 1, kClosedHat, 66},   {2, 1, kClosedHat, 88},   {3, 1, kClosedHat, 38},   {4, 1, kClosedHat, 60},
    {6, 1, kClosedHat, 86},   {8, 1, kClosedHat, 64},   {10, 1, kClosedHat, 88},  {11, 1, kClosedHat, 40},
    {12, 1, kClosedHat, 60},  {13, 1, kClosedHat, 36},  {14, 1, kClosedHat, 84},
    {16, 1, kClosedHat, 66},  {18, 1, kClosedHat, 88},  {19, 1, kClosedHat, 38},  {20, 1, kClosedHat, 60},
    {22, 1, kClosedHat, 86},  {24, 1, kClosedHat, 64},  {26, 1, kClosedHat, 88},  {27, 1, kClosedHat, 42},
    {28, 1, kClosedHat, 60},  {30, 2, kOpenHat, 76},
};

class SongBuilder {
 public:
  explicit SongBuilder(uint32_t actor) : document_(actor) {}

  void set_song(FieldKey key, Value value) { set_field(ops_, kSongId, Kind::song, key, std::move(value)); }
  void set_time(double quarters_per_minute) {
    set_tempo(document_, ops_, 0, quarters_per_minute);
    set_meter(document_, ops_, 0, 4, 4);
  }

  // A track with one clip from the start; the devices start from `instrument` and `strip`.
  Id track(std::string_view name, DeviceKind kind, Tick length, span<const StepNote> notes, Settings instrument,
           Settings strip) {
    const Id track = add_track(document_, ops_, name, kind);
    flush();
    for (const Setting& s : instrument) set_param(document_, ops_, instrument_of(document_, track)->id, s.index, s.plain);
    for (const Setting& s : strip) set_param(document_, ops_, strip_of(document_, track)->id, s.index, s.plain);
    const Id clip = add_clip(document_, ops_, track, 0, length);
    for (const StepNote& n : notes)
      add_note(document_, ops_, {.clip = clip, .start = n.step * kStep, .length = n.steps * kStep, .key = n.key,
                                 .velocity = n.velocity});
    flush();
    return track;
  }

  Document finish() {
    flush();
    return std::move(document_);
  }

 private:
  void flush() {
    for (Op& op : ops_) document_.apply(std::move(op));
    ops_.clear();
  }

  Document document_;
  Ops ops_;
};

}  // namespace

Document starter_song(uint32_t actor) {
  using namespace param;
  constexpr float kSaw = 0, kSquare = 1, kTriangle = 2;
  constexpr Tick kLength = 2 * kBar;
  SongBuilder song(actor);
  song.set_song(field::song::title, "First light");
  song.set_song(field::song::key_root, int64_t(2));       // D major
  song.set_song(field::song::easy_scale, int64_t(1));
  song.set_song(field::song::loop_on, int64_t(1));
  song.set_song(field::song::loop_end, int64_t(kLength));
  song.set_time(100);

  song.track("Melody", DeviceKind::poly_synth, kLength, kMelody,
             {{poly_synth::shape, kSquare}, {poly_synth::detune, 5}, {poly_synth::cutoff_hz, 2200},
              {poly_synth::env_amount, 1}, {poly_synth::filter_decay_s, 0.5f}, {poly_synth::attack_s, 0.01f},
              {poly_synth::decay_s, 0.4f}, {poly_synth::sustain, 0.6f}, {poly_synth::release_s, 0.25f},
              {poly_synth::vibrato, 9}, {poly_synth::level_db, -3}},
             {{strip::gain_db, -0.5f}, {strip::pan, 0.06f}, {strip::reverb_db, -13}});
  song.track("Sparkle", DeviceKind::poly_synth, kLength, kSparkle,
             {{poly_synth::shape, kTriangle}, {poly_synth::detune, 4}, {poly_synth::cutoff_hz, 9000},
              {poly_synth::env_amount, 0}, {poly_synth::attack_s, 0.001f}, {poly_synth::decay_s, 0.9f},
              {poly_synth::sustain, 0}, {poly_synth::release_s, 0.8f}, {poly_synth::level_db, 3}},
             {{strip::gain_db, -1}, {strip::pan, 0.45f}, {strip::reverb_db, -9}});
  song.track("Chords", DeviceKind::poly_synth, kLength, kChords,
             {{poly_synth::shape, kSaw}, {poly_synth::detune, 14}, {poly_synth::cutoff_hz, 1600},
              {poly_synth::resonance, 0.12f}, {poly_synth::env_amount, 1.8f}, {poly_synth::filter_decay_s, 0.4f},
              {poly_synth::attack_s, 0.006f}, {poly_synth::decay_s, 0.8f}, {poly_synth::sustain, 0.55f},
              {poly_synth::release_s, 0.35f}, {poly_synth::level_db, -3}},
             {{strip::gain_db, -3}, {strip::pan, -0.25f}, {strip::reverb_db, -14}});
  song.track("Bass", DeviceKind::poly_synth, kLength, kBass,
             {{poly_synth::shape, kSaw}, {poly_synth::detune, 0}, {poly_synth::sub_db, -12},
              {poly_synth::cutoff_hz, 650}, {poly_synth::resonance, 0.2f}, {poly_synth::env_amount, 1.8f},
              {poly_synth::filter_decay_s, 0.2f}, {poly_synth::decay_s, 0.5f}, {poly_synth::release_s, 0.08f},
              {poly_synth::level_db, -5}},
             {{strip::reverb_db, -40}});
  song.track("Drums", DeviceKind::drum_kit, kLength, kDrums, {{drum_kit::punch, 0.6f}},
             {{strip::reverb_db, -24}});
  return song.finish();
}

Document empty_song(uint32_t actor) {
  SongBuilder song(actor);
  song.set_song(field::song::easy_scale, int64_t(1));
  song.set_time(120);
  song.track(gm_name(0, 0), DeviceKind::soundfont, 4 * kBar, {}, {}, {});
  return song.finish();
}

}  // namespace arietta
