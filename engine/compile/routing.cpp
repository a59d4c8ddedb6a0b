#include "compile/routing.h"

#include <array>

namespace arietta {
namespace {

constexpr uint16_t kMaster = 0, kRoom = 1, kTrack = 2, kClick = 3, kFirstBus = 4;     // buffers
constexpr uint16_t kBuses = kMaxSends - 1;
constexpr uint16_t kFirstTap = kFirstBus + kBuses;         // what effects on other tracks listen to
constexpr uint16_t kTaps = kMaxBuffers - kFirstTap;
constexpr uint16_t kMasterMeter = 0xffff;
constexpr uint16_t kTracksGroup = 0, kBusesGroup = 1;      // of kAlign

class Router {
 public:
  Router(const std::vector<TrackRoute>& tracks, const MasterRoute& master) : tracks_(tracks), master_(master) {}

  std::vector<PlanOp> ops() {
    find_buses();
    for (size_t i = 0; i < tracks_.size(); ++i) visit(i);
    find_taps();
    clear(kMaster);
    clear(kRoom);
    for (int number = 1; number <= kBuses; ++number)
      if (bus(number) >= 0) clear(bus_buffer(number));
    for (const size_t track : order_) play_track(track);
    align(master_.limiter, kMaster, kBusesGroup);
    align(master_.reverb, kRoom, kBusesGroup);
    for (size_t i = 0; i < tracks_.size(); ++i)
      if (is_bus(i)) play_bus(i);
    op(PlanOpCode::kProcess, master_.reverb, kRoom, kRoom);
    mix(kRoom, kMaster);
    effects(master_.effects, kMaster);
    clear(kClick);
    op(PlanOpCode::kRender, master_.metronome, kClick, kClick);
    op(PlanOpCode::kAlign, master_.metronome, kClick, kMaster);
    mix(kClick, kMaster);
    op(PlanOpCode::kProcess, master_.limiter, kMaster, kMaster);
    meter(kMaster, kMasterMeter);
    op(PlanOpCode::kOutput, kNoNode, kMaster, kMaster);
    return std::move(ops_);
  }

 private:
  enum class Visit : uint8_t { kNot, kOnTheWay, kDone };

  bool is_bus(size_t track) const { return tracks_[track].instrument == kNoNode; }
  int bus(int number) const { return buses_[size_t(number)]; }
  static uint16_t bus_buffer(int number) { return uint16_t(kFirstBus + number - 1); }

  void find_buses() {
    buses_.fill(-1);
    for (size_t i = 0; i < tracks_.size(); ++i) {
      const int number = tracks_[i].bus;
      if (is_bus(i) && number > 0 && number <= kBuses && bus(number) < 0) buses_[size_t(number)] = int(i);
    }
  }

  // Those it listens to come before it.
  void visit(size_t track) {
    if (is_bus(track) || visits_[track] != Visit::kNot) return;
    visits_[track] = Visit::kOnTheWay;
    for (const EffectRoute& effect : tracks_[track].effects)
      if (can_be_heard(effect.listens_to)) visit(size_t(effect.listens_to));
    visits_[track] = Visit::kDone;
    order_.push_back(track);
  }

  bool can_be_heard(int track) const { return track >= 0 && size_t(track) < tracks_.size() && !is_bus(size_t(track)); }

  void find_taps() {
    const auto tap = [&](const std::vector<EffectRoute>& effects) {
      for (const EffectRoute& effect : effects)
        if (can_be_heard(effect.listens_to) && taps_[size_t(effect.listens_to)] == 0 && tap_count_ < kTaps)
          taps_[size_t(effect.listens_to)] = uint16_t(kFirstTap + tap_count_++);
    };
    for (const TrackRoute& track : tracks_) tap(track.effects);
    tap(master_.effects);
  }

  void play_track(size_t i) {
    const TrackRoute& track = tracks_[i];
    clear(kTrack);
    op(PlanOpCode::kRender, track.instrument, kTrack, kTrack);
    effects(track.effects, kTrack);
    if (taps_[i]) {
      clear(taps_[i]);
      mix(kTrack, taps_[i]);
      played_[i] = true;
    }
    align(track.strip, kTrack, kTracksGroup);
    op(PlanOpCode::kProcess, track.strip, kTrack, kTrack);
    meter(kTrack, uint16_t(i));
    mix(kTrack, kMaster);
    send(track.strip, kTrack, kRoom, 0);
    for (int number = 1; number <= kBuses; ++number)
      if (bus(number) >= 0) send(track.strip, kTrack, bus_buffer(number), number);
  }

  void play_bus(size_t i) {
    const TrackRoute& track = tracks_[i];
    if (track.bus < 1 || track.bus > kBuses || bus(track.bus) != int(i)) return;
    const uint16_t buffer = bus_buffer(track.bus);
    effects(track.effects, buffer);
    align(track.strip, buffer, kBusesGroup);
    op(PlanOpCode::kProcess, track.strip, buffer, buffer);
    meter(buffer, uint16_t(i));
    mix(buffer, kMaster);
    send(track.strip, buffer, kRoom, 0);
  }

  void effects(const std::vector<EffectRoute>& chain, uint16_t buffer) {
    for (const EffectRoute& effect : chain) {
      const bool hears = can_be_heard(effect.listens_to) && played_[size_t(effect.listens_to)];
      op(PlanOpCode::kProcess, effect.node, buffer, hears ? taps_[size_t(effect.listens_to)] : buffer,
         effect.bypassed ? kBypassed : uint16_t(0));
    }
  }

  void op(PlanOpCode code, uint16_t node, uint16_t target, uint16_t source, uint16_t argument = 0) {
    ops_.push_back({uint16_t(code), node, target, source, argument, 0, 1});
  }
  void clear(uint16_t buffer) { op(PlanOpCode::kClear, kNoNode, buffer, buffer); }
  void mix(uint16_t from, uint16_t to) { op(PlanOpCode::kMix, kNoNode, to, from); }
  void meter(uint16_t buffer, uint16_t slot) { op(PlanOpCode::kMeter, kNoNode, buffer, buffer, slot); }
  void align(uint16_t node, uint16_t buffer, uint16_t group) { op(PlanOpCode::kAlign, node, buffer, buffer, group); }
  void send(uint16_t strip, uint16_t from, uint16_t to, int number) {
    op(PlanOpCode::kSend, strip, to, from, uint16_t(number));
  }

  const std::vector<TrackRoute>& tracks_;
  const MasterRoute& master_;
  std::vector<PlanOp> ops_;
  std::vector<size_t> order_;                              // tracks that play notes
  std::vector<Visit> visits_ = std::vector<Visit>(tracks_.size(), Visit::kNot);
  std::vector<bool> played_ = std::vector<bool>(tracks_.size(), false);
  std::vector<uint16_t> taps_ = std::vector<uint16_t>(tracks_.size(), 0);     // 0: nobody listens
  uint16_t tap_count_ = 0;
  std::array<int, kBuses + 1> buses_{};                    // places of tracks, -1: no such bus
};

}  // namespace

std::vector<PlanOp> route(const std::vector<TrackRoute>& tracks, const MasterRoute& master) {
  return Router(tracks, master).ops();
}

}  // namespace arietta
