#include "compile/routing.h"

namespace arietta {
namespace {

constexpr uint16_t kMaster = 0, kRoom = 1, kTrack = 2;     // buffers
constexpr uint16_t kNoNode = 0xffff, kMasterMeter = 0xffff;

PlanOp clear(uint16_t buffer) { return {uint16_t(PlanOpCode::kClear), kNoNode, buffer, buffer, 0, 0, 1}; }
PlanOp render(uint16_t node, uint16_t to) { return {uint16_t(PlanOpCode::kRender), node, to, to, 0, 0, 1}; }
PlanOp process(uint16_t node, uint16_t buffer) { return {uint16_t(PlanOpCode::kProcess), node, buffer, buffer, 0, 0, 1}; }
PlanOp mix(uint16_t from, uint16_t to) { return {uint16_t(PlanOpCode::kMix), kNoNode, to, from, 0, 0, 1}; }
PlanOp send(uint16_t strip, uint16_t from, uint16_t to) { return {uint16_t(PlanOpCode::kSend), strip, to, from, 0, 0, 1}; }
PlanOp meter(uint16_t buffer, uint16_t slot) { return {uint16_t(PlanOpCode::kMeter), kNoNode, buffer, buffer, slot, 0, 1}; }
PlanOp output(uint16_t buffer) { return {uint16_t(PlanOpCode::kOutput), kNoNode, buffer, buffer, 0, 0, 1}; }

}  // namespace

std::vector<PlanOp> route(const std::vector<TrackNodes>& tracks, const MasterNodes& master) {
  std::vector<PlanOp> ops{clear(kMaster), clear(kRoom)};
  for (size_t i = 0; i < tracks.size(); ++i) {
    ops.push_back(clear(kTrack));
    ops.push_back(render(tracks[i].instrument, kTrack));
    ops.push_back(process(tracks[i].strip, kTrack));
    ops.push_back(meter(kTrack, uint16_t(i)));
    ops.push_back(mix(kTrack, kMaster));
    ops.push_back(send(tracks[i].strip, kTrack, kRoom));
  }
  ops.push_back(process(master.reverb, kRoom));
  ops.push_back(mix(kRoom, kMaster));
  ops.push_back(render(master.metronome, kMaster));
  ops.push_back(process(master.limiter, kMaster));
  ops.push_back(meter(kMaster, kMasterMeter));
  ops.push_back(output(kMaster));
  return ops;
}

}  // namespace arietta
