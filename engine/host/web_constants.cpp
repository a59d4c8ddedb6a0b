#include "host/web_constants.h"

#include <cstddef>

#include "base/note_event.h"
#include "params/param_table.h"
#include "plan/plan_check.h"
#include "proto/abi.h"
#include "proto/frame.h"
#include "proto/telemetry_layout.h"

namespace arietta {
namespace {

struct Named { std::string_view name; uint64_t value; };
struct TelemetryField { std::string_view name, type; size_t offset; };

#define FIELD(type, name) {#name, #type, offsetof(TelemetryBlock, name)}
#define MASTER(name) {"master_" #name, "f32", offsetof(TelemetryBlock, master.name)}
constexpr TelemetryField kTelemetryFields[] = {
    FIELD(f64, context_frame),  FIELD(f64, song_tick),   FIELD(f64, quarters_per_minute), FIELD(u32, plan_revision),
    FIELD(u32, playing),        FIELD(u32, voices),      FIELD(u32, faults),              FIELD(u32, dropped),
    FIELD(u32, arena_high_water), FIELD(u32, memory_bytes), FIELD(u32, asset_bytes),      FIELD(u32, track_count),
    FIELD(f32, limiter_db),     FIELD(f32, master_peak_left), FIELD(f32, master_peak_right), FIELD(u32, quanta),
    FIELD(u32, latency_frames), FIELD(f32, tracks),
    MASTER(momentary_lufs),     MASTER(short_term_lufs), MASTER(integrated_lufs),         MASTER(range_lu),
    MASTER(true_peak_dbtp),     MASTER(correlation),     MASTER(spectrum_db),
    FIELD(u32, audio_missed),   FIELD(u32, audio_blocks), FIELD(u32, audio_waiting),
};
#undef FIELD
#undef MASTER

// snake_case to camelCase, as TypeScript has it.
std::string camel(std::string_view name) {
  std::string out;
  bool upper = false;
  for (char c : name) {
    if (c == '_') { upper = true; continue; }
    out += upper && c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c;
    upper = false;
  }
  return out;
}

// kBadMagic to badMagic.
std::string without_k(std::string_view constant) {
  std::string out(constant.substr(1));
  out[0] = char(out[0] - 'A' + 'a');
  return out;
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

void object(std::string& out, std::string_view comment, std::string_view name, span<const Named> entries) {
  out += "\n// " + std::string(comment) + "\nexport const " + std::string(name) + " = {\n";
  for (const Named& entry : entries)
    out += "  " + (entry.name[0] == 'k' && entry.name[1] <= 'Z' ? without_k(entry.name) : camel(entry.name)) + ": " +
           std::to_string(entry.value) + ",\n";
  out += "} as const;\n";
}

void sentences(std::string& out, std::string_view comment, std::string_view name, span<const std::string_view> lines) {
  out += "\n// " + std::string(comment) + "\nexport const " + std::string(name) + ": readonly string[] = [\n";
  for (std::string_view line : lines) out += "  " + quoted(line) + ",\n";
  out += "];\n";
}

void constant(std::string& out, std::string_view name, uint64_t value, std::string_view comment) {
  out += "export const " + std::string(name) + " = " + std::to_string(value) + ";";
  if (!comment.empty()) out += "  // " + std::string(comment);
  out += "\n";
}

void messages(std::string& out) {
  constexpr Named kMessages[] = {
#define WIRE_MESSAGE(number, name, direction) {#name, number},
#include "proto/messages.def"
#undef WIRE_MESSAGE
  };
  object(out, "Frame types (proto/messages.def).", "Message", kMessages);
}

void frames(std::string& out) {
  out += "\n// A frame: header, payload, padding to a multiple of framePadding (proto/frame.h).\n";
  constant(out, "frameHeaderBytes", sizeof(FrameHeader), "");
  constant(out, "framePadding", kFramePadding, "");
  constant(out, "frameSizeOffset", offsetof(FrameHeader, size), "u32, header and padding included");
  constant(out, "frameTypeOffset", offsetof(FrameHeader, type), "u16");
  constant(out, "frameFlagsOffset", offsetof(FrameHeader, flags), "u16");
  constant(out, "frameSeqOffset", offsetof(FrameHeader, seq), "u32");
  constant(out, "frameDstOffset", offsetof(FrameHeader, dst), "u32");
  constant(out, "flagCoalesce", kFrameCoalesce, "");
}

void telemetry(std::string& out) {
  out += "\n// Byte offsets in the block eng_telemetry points at (proto/telemetry_layout.h).\nexport const Telemetry = {\n";
  for (const TelemetryField& field : kTelemetryFields)
    out += "  " + camel(field.name) + ": " + std::to_string(field.offset) + ",  // " + std::string(field.type) + "\n";
  out += "} as const;\n";
  constant(out, "telemetryBytes", sizeof(TelemetryBlock), "");
  constant(out, "telemetryTrackBytes", sizeof(TelemetryTrack), "per track: peak left, peak right (f32)");
  constant(out, "maxTracks", kMaxTracks, "");
  constant(out, "spectrumBands", kSpectrumBands, "half octaves");
}

void note_events(std::string& out) {
  constexpr Named kTypes[] = {
      {"kNoteOn", uint64_t(NoteEventType::kNoteOn)},         {"kNoteOff", uint64_t(NoteEventType::kNoteOff)},
      {"kBend", uint64_t(NoteEventType::kBend)},             {"kPressure", uint64_t(NoteEventType::kPressure)},
      {"kController", uint64_t(NoteEventType::kController)}, {"kProgram", uint64_t(NoteEventType::kProgram)},
      {"kAllNotesOff", uint64_t(NoteEventType::kAllNotesOff)}, {"kAllSoundOff", uint64_t(NoteEventType::kAllSoundOff)},
  };
  object(out, "Payload of note_on, note_off and control (base/note_event.h).", "NoteEventType", kTypes);
  constant(out, "noteEventBytes", sizeof(NoteEvent), "");
  constant(out, "noteEventIdOffset", offsetof(NoteEvent, id), "u32");
  constant(out, "noteEventValueOffset", offsetof(NoteEvent, value), "f32");
  constant(out, "noteEventTypeOffset", offsetof(NoteEvent, type), "u8");
  constant(out, "noteEventKeyOffset", offsetof(NoteEvent, key), "u8");
  constant(out, "noteEventTuningOffset", offsetof(NoteEvent, tuning), "f32, semitones");
}

void reasons(std::string& out) {
  constexpr std::string_view kPlan[] = {
#define REFUSAL(number, symbol, sentence) sentence,
#include "plan/plan_refusals.def"
#undef REFUSAL
  };
  constexpr std::string_view kAsset[] = {
#define ASSET_REFUSAL(number, symbol, sentence) sentence,
#include "proto/reasons.def"
#undef ASSET_REFUSAL
  };
  constexpr std::string_view kFault[] = {
#define FAULT(number, symbol, sentence) sentence,
#include "proto/reasons.def"
#undef FAULT
  };
  sentences(out, "By PlanRefusal, in plan_refused.", "planRefusalSentences", kPlan);
  sentences(out, "By AssetRefusal, in asset_refused.", "assetRefusalSentences", kAsset);
  sentences(out, "By FaultCode, in fault.", "faultSentences", kFault);
}

void devices(std::string& out) {
  constexpr Named kKinds[] = {
#define DEVICE(id, symbol, label, category) {#symbol, id},
#include "params/device_ids.def"
#undef DEVICE
  };
  object(out, "Device kinds (params/device_ids.def).", "DeviceKind", kKinds);
}

}  // namespace

std::string web_constants() {
  std::string out =
      "// Generated by `studio_cli constants` from engine/proto, engine/plan and engine/params. Do not edit.\n\n";
  constant(out, "abiVersion", kAbiVersion, "");
  constant(out, "capabilitySimd", kCapabilitySimd, "");
  constant(out, "defaultArenaBytes", kDefaultArenaBytes, "third argument of eng_init");
  constant(out, "maxPacketBytes", kMaxPacketBytes, "the longest packet eng_inbox takes");
  constant(out, "maxAssetSlice", kMaxAssetSlice, "bytes in one asset_data frame; a multiple of 8 in all but the last");
  constant(out, "maxAssets", kMaxAssets, "");
  constant(out, "audioBlockSamples", kAudioBlockSamples, "floats in one audio_block, channels taking turns");
  constant(out, "subscribeMeters", kSubscribeMeters, "");
  constant(out, "subscribePlayhead", kSubscribePlayhead, "");
  constant(out, "liveNoteBit", kLiveNoteBit, "set in the ids of live notes");
  out += "export const paramTableHash = " + std::to_string(param_table_hash()) + "n;  // hello carries the engine's\n";
  frames(out);
  messages(out);
  note_events(out);
  telemetry(out);
  devices(out);
  reasons(out);
  return out;
}

}  // namespace arietta
