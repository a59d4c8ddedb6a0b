// Songs to measure links by: several tracks of General MIDI material on a grid of 1/24 beat, made by rule from a seed,
// so that the same songs come out everywhere. They repeat as songs do (a form of sections), and vary as players do.
#pragma once
#include <algorithm>
#include <string>
#include <vector>

#include "base/random.h"
#include "song/edit.h"

namespace arietta::test {

class CorpusSong {
 public:
  // Exactly `notes` notes.
  static Document make(uint32_t seed, size_t notes) { return CorpusSong(seed, notes).document_; }

 private:
  static constexpr Tick kBar = 4 * kTicksPerQuarter, kStep = kTicksPerQuarter / 4;
  struct Part {
    const char* name;
    int program, bank;
    std::vector<Note> notes;
  };

  CorpusSong(uint32_t seed, size_t wanted) : random_(seed * 7919 + 17), wanted_(wanted) {
    parts_ = {{"Drums", 0, 128, {}}, {"Bass", 33, 0, {}}, {"Piano", below(8), 0, {}}, {"Lead", 56 + below(24), 0, {}}};
    if (below(3) > 0) parts_.push_back({"Strings", 48, 0, {}});
    if (below(3) == 0) parts_.push_back({"Guitar", 25, 0, {}});
    root_ = 48 + below(12);
    minor_ = below(2) == 1;
    human_ = below(3) == 0;
    swing_ = below(4) == 0 ? kTicksPerQuarter / 6 : 0;
    for (int& chord : chords_) chord = pick({0, 3, 4, 5, 1, 0});
    for (int& step : bass_) step = pick({0, 0, 4, 7, -3, 0});
    for (uint32_t& hits : drums_) hits = random_.next();
    write_sections();
    build();
  }

  int below(int n) { return int(random_.next() >> 8) % n; }
  int pick(std::vector<int> from) { return from[size_t(below(int(from.size())))]; }

  int scale_key(int degree, int base) const {
    static constexpr int kMajor[7] = {0, 2, 4, 5, 7, 9, 11}, kMinor[7] = {0, 2, 3, 5, 7, 8, 10};
    const int octave = (degree + 70) / 7 - 10, step = (degree + 70) % 7;
    return base + 12 * octave + (minor_ ? kMinor[step] : kMajor[step]);
  }

  void add(size_t part, int bar, int step, Tick length, int key, int velocity) {
    if (part >= parts_.size()) return;
    Note note;
    note.start = bar * kBar + step * kStep + (step % 2 ? swing_ : 0);
    note.length = length;
    note.key = std::clamp(key, 20, 110);
    note.velocity = std::clamp(velocity + (human_ ? below(13) - 6 : 0), 1, 127);
    note.author = 1;
    parts_[part].notes.push_back(note);
  }

  // A melody of two bars: what a section sings, again each time it comes.
  struct Sung { int step, degree; Tick length; };
  std::vector<Sung> melody() {
    std::vector<Sung> sung;
    int degree = 7 + below(5);
    for (int step = 0; step < 32;) {
      const int length = std::min(pick({2, 2, 2, 4, 4, 1, 6, 8}), 32 - step);
      if (below(6) > 0) sung.push_back({step, degree, length * kStep - (below(2) ? 40 : 0)});
      degree = std::clamp(degree + pick({-2, -1, -1, 1, 1, 2, 0, 3, -4}), 2, 16);
      step += length;
    }
    return sung;
  }

  void write_sections() {
    std::vector<std::vector<Sung>> themes;
    for (int i = 0; i < 3; ++i) themes.push_back(melody());
    static constexpr int kForm[] = {0, 0, 1, 0, 0, 2, 1, 0};
    for (int bar = 0; count() < wanted_ * 2 + 200; ++bar) {
      const int section = kForm[bar / 8 % 8];
      const int degree = chords_[size_t(section * 4 + bar % 4)];
      write_drums(bar);
      for (int i = 0; i < 8; ++i) add(1, bar, 2 * i, 2 * kStep - 40, scale_key(degree + bass_[size_t(i)], root_ - 12), i % 2 ? 88 : 100);
      for (int half = 0; half < 2; ++half)
        for (int voice = 0; voice < 3; ++voice) add(2, bar, 8 * half, 8 * kStep - 40, scale_key(degree + 2 * voice, root_ + 12), 76);
      for (const Sung& sung : themes[size_t(section)]) {
        const bool turn = bar % 8 >= 6 && sung.step % 16 > 8;        // the end of a phrase is sung anew
        if (sung.step / 16 == bar % 2)
          add(3, bar, sung.step % 16, sung.length, scale_key(sung.degree + (turn ? below(5) - 2 : 0), root_ + 12), 96);
      }
      for (int voice = 0; voice < 2; ++voice) add(4, bar, 0, kBar - 40, scale_key(degree + 4 * voice, root_ + 24), 64);
      for (int i = 0; i < 16; ++i) add(5, bar, i, kStep, scale_key(degree + 2 * (i % 4), root_ + 12), 60 + 6 * (i % 4));
    }
  }

  void write_drums(int bar) {
    const uint32_t hits = drums_[bar % 8 == 7 ? 1 : 0];
    for (int step = 0; step < 16; ++step) {
      if (step % 8 == 0 || (hits >> step & 5) == 5) add(0, bar, step, kStep, 36, step ? 96 : 110);
      if (step % 8 == 4) add(0, bar, step, kStep, 38, 104);
      if (step % 2 == 0) add(0, bar, step, kStep, step == 14 ? 46 : 42, step % 4 ? 64 : 84);
      if (bar % 8 == 7 && step >= 8 && hits >> (step + 8) & 1) add(0, bar, step, kStep, 50 - step / 3, 90);
    }
  }

  size_t count() const {
    size_t notes = 0;
    for (const Part& part : parts_) notes += part.notes.size();
    return notes;
  }

  // The first `wanted_` notes in time, as a player who stops there would leave them.
  void build() {
    std::vector<Tick> starts;
    for (const Part& part : parts_)
      for (const Note& note : part.notes) starts.push_back(note.start);
    std::sort(starts.begin(), starts.end());
    const Tick end = starts[wanted_ - 1];
    size_t at_end = wanted_ - size_t(std::lower_bound(starts.begin(), starts.end(), end) - starts.begin());

    Ops ops;
    const auto flush = [&] {
      for (const Op& op : ops) document_.apply(op);
      ops.clear();
    };
    set_field(ops, kSongId, Kind::song, field::song::title, std::string("A song"));
    set_tempo(document_, ops, 0, 90 + below(60));
    set_meter(document_, ops, 0, 4, 4);
    for (Part& part : parts_) {
      const Id track = add_track(document_, ops, part.name, DeviceKind::soundfont);
      flush();
      set_instrument(document_, ops, track, DeviceKind::soundfont, part.program, part.bank);
      set_param(document_, ops, strip_of(document_, track)->id, param::strip::gain_db, float(below(80)) / -10);
      set_param(document_, ops, strip_of(document_, track)->id, param::strip::pan, float(below(60) - 30) / 50);
      const Id clip = add_clip(document_, ops, track, 0, (end / kBar + 1) * kBar);
      for (Note& note : part.notes) {
        if (note.start > end || (note.start == end && at_end == 0)) continue;
        if (note.start == end) --at_end;
        note.clip = clip;
        add_note(document_, ops, note);
      }
      flush();
    }
  }

  Random random_;
  size_t wanted_;
  std::vector<Part> parts_;
  Document document_;
  int root_ = 48;
  bool minor_ = false, human_ = false;
  Tick swing_ = 0;
  int chords_[12] = {}, bass_[8] = {};
  uint32_t drums_[2] = {};
};

}  // namespace arietta::test
