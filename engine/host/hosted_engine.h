// An engine with memory of its own, for programs that are not the page: the command line, tests, benches. It speaks
// to the engine in the same packets as the page does.
#pragma once
#include <memory>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "compile/compile_plan.h"
#include "core/engine.h"
#include "host/sound.h"

namespace arietta {

class HostedEngine {
 public:
  struct Said { Message type; uint32_t dst; std::vector<uint8_t> payload; };

  explicit HostedEngine(float sample_rate = 48000, int max_quantum = 4096, size_t arena_bytes = kDefaultArenaBytes);
  ~HostedEngine();
  HostedEngine(const HostedEngine&) = delete;
  HostedEngine& operator=(const HostedEngine&) = delete;

  bool ok() const { return ok_; }                        // false: the arena is too small
  Engine& engine() { return *engine_; }

  void send(Message type) { send_bytes(type, {}); }
  template <class Payload>
  void send(Message type, const Payload& payload, uint32_t dst = 0) {
    send_bytes(type, {reinterpret_cast<const uint8_t*>(&payload), sizeof payload}, dst);
  }
  void send_bytes(Message type, Bytes payload, uint32_t dst = 0);
  bool send_packet(Bytes packet);                        // false: too long for the engine's inbox

  // Sends a sound in slices, or a plan, and waits for the engine's answer (rendering and dropping what it needs to
  // answer). Why it was refused is left in the error.
  Result<bool> load_asset(uint32_t id, Bytes bank);
  Result<bool> load_plan(Bytes plan_packet);

  // Recorded sound for the song's clips; the samples stay with the caller as long as they may be heard. What is not
  // given is told to be gone.
  void give_audio(uint32_t asset, span<const float> samples) { audio_[asset] = samples; }

  void render(int frames, Sound& out);                   // appends
  void render_apart(int frames);                         // drops
  std::vector<Said> take_said();                         // everything the engine said since the last call
  const TelemetryBlock& telemetry() { return engine_->telemetry(); }

 private:
  void listen();
  void answer_audio_wants(Bytes packet);
  bool wait_for(Message fine, Message refused, std::vector<uint8_t>& answer);

  size_t arena_bytes_;
  uint8_t* arena_;
  std::unique_ptr<Engine> engine_;
  bool ok_;
  uint32_t seq_ = 0;
  std::vector<Said> said_;
  std::unordered_map<uint32_t, span<const float>> audio_;
};

}  // namespace arietta
