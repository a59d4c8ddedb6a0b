// Which voice plays which note: allocation, stealing, pedals. It knows nothing of sound; an instrument
// keeps its own state in lanes of the same numbers (lane / 4 is the quad, lane % 4 the place in it) and is
// told when a voice has to end.
//
// Stealing takes the quietest released voice, else the oldest. The stolen voice is not moved: it keeps its
// lane, fades for 5 ms, and the new note starts in one of the spare lanes. So a steal cannot click.
#pragma once
#include "base/arena.h"
#include "base/note_event.h"
#include "base/rt.h"

namespace arietta {

inline constexpr float kStealFadeSeconds = 0.005f;   // short enough to go unnoticed, too long to click

enum class VoiceEnd : uint8_t {
  kRelease,   // the key went up: the sound's own release
  kQuick,     // the same key was struck again: let go within some 50 ms
  kFade,      // stolen or silenced: gone after kStealFadeSeconds
};

// The instrument's side of the pool.
class VoiceListener {
 public:
  virtual void end_voice(int lane, VoiceEnd how) ARIETTA_RT = 0;   // [audio]

 protected:
  ~VoiceListener() = default;
};

class VoicePool {
 public:
  // Room for `playing` notes at a time and `spare` stolen ones that still fade. Both are rounded up to
  // whole quads. False when the arena is full.                                                 [setup]
  bool prepare(Arena& arena, VoiceListener& listener, int playing, int spare);

  // Every lane free, pedals up; the listener hears nothing of it.                               [audio]
  void reset() ARIETTA_RT;

  // A new note. First `strike` (once a note: an older note on the same key lets go), then one or more
  // `take`, each giving the lane of one voice. `group` is an exclusive class; 0 is none.        [audio]
  void strike(const NoteEvent& event) ARIETTA_RT;
  int take(const NoteEvent& event, uint8_t group = 0) ARIETTA_RT;

  // Fades every voice of an exclusive class: call between `strike` and `take`.                 [audio]
  void end_group(uint8_t group) ARIETTA_RT;

  // Solo playing: a sounding voice goes on as another note, or makes room for one.              [audio]
  void hand_over(int lane, const NoteEvent& event) ARIETTA_RT;
  void let_go(int lane) ARIETTA_RT { end(lane, VoiceEnd::kQuick); }

  // Offs by note id, or by key where the id is 0. A pedal may keep the note.                   [audio]
  void note_off(const NoteEvent& event) ARIETTA_RT;

  // Sustain (64) and sostenuto (66), down from 0.5; other controllers are not the pool's.      [audio]
  void controller(uint8_t number, float value) ARIETTA_RT;

  void all_notes_off() ARIETTA_RT;   // releases everything and lifts the pedals                [audio]
  void all_sound_off() ARIETTA_RT;   // fades everything and lifts the pedals                   [audio]

  // From the instrument: the voice is silent now / how loud it is (the steal order).           [audio]
  void free(int lane) ARIETTA_RT;
  void set_level(int lane, float level) ARIETTA_RT { lanes_[size_t(lane)].level = level; }

  int lanes() const { return int(lanes_.size()); }
  int quads() const { return lanes() / 4; }
  int sounding() const { return sounding_; }            // lanes in use, fading ones too
  bool in_use(int lane) const { return lanes_[size_t(lane)].stage != Stage::kFree; }
  // By its key or by a pedal.
  bool held(int lane) const {
    return lanes_[size_t(lane)].stage == Stage::kHeld || lanes_[size_t(lane)].stage == Stage::kPedalled;
  }
  // The lanes of a quad that sound, by bit.
  int lanes_used(int quad) const {
    const int first = quad * 4;
    return int(in_use(first)) | int(in_use(first + 1)) << 1 | int(in_use(first + 2)) << 2 | int(in_use(first + 3)) << 3;
  }
  bool quad_in_use(int quad) const { return lanes_used(quad) != 0; }
  uint8_t key(int lane) const { return lanes_[size_t(lane)].key; }
  uint32_t note_id(int lane) const { return lanes_[size_t(lane)].id; }

 private:
  enum class Stage : uint8_t { kFree, kHeld, kPedalled, kReleased, kFading };
  struct Lane {
    uint32_t id = 0;
    uint32_t born = 0;      // counts up with every take: the smallest is the oldest
    float level = 0;
    Stage stage = Stage::kFree;
    uint8_t key = 0;
    uint8_t group = 0;
    bool sostenuto = false;
  };

  void end(int lane, VoiceEnd how);
  void lift(bool was_sostenuto);
  void steal();
  int lowest_free() const;

  span<Lane> lanes_;
  VoiceListener* listener_ = nullptr;
  int limit_ = 0;             // notes that may play at once, fading ones not counted
  int sounding_ = 0;
  int fading_ = 0;
  uint32_t births_ = 0;
  bool sustain_ = false;
  bool sostenuto_ = false;
};

}  // namespace arietta
