// An engine with a song in it, and what tests measure on sound.
#pragma once
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "host/hosted_engine.h"
#include "tests/support/why.h"

namespace arietta {

// Compiles and loads songs as the page does: only what changed is sent.
class TestEngine {
 public:
  HostedEngine host;
  PlanCompiler compiler;
  CompileOptions options;

  explicit TestEngine(int max_quantum = 4096) : host(48000, max_quantum) { REQUIRE(host.ok()); }

  void load(const Document& document) {
    const Result<bool> loaded = host.load_plan(packet(document));
    REQUIRE_MESSAGE(loaded.ok(), why(loaded));
  }
  // Sends the plan and goes on; the engine swaps when it is ready.
  void send(const Document& document) { REQUIRE(host.send_packet(packet(document))); }

  Sound play(int frames) {
    Sound sound;
    host.render(frames, sound);
    return sound;
  }
  bool said(Message type) {
    const std::vector<HostedEngine::Said> all = host.take_said();
    return std::any_of(all.begin(), all.end(), [&](const HostedEngine::Said& said) { return said.type == type; });
  }

 private:
  std::vector<uint8_t> packet(const Document& document) {
    const CompiledPlan plan = compiler.compile(document, options);
    std::vector<uint8_t> bytes = plan_packet(plan, has_, seq_);
    has_.clear();
    for (const CompiledChunk& chunk : plan.chunks) has_[chunk.track_id] = chunk.hash;
    return bytes;
  }
  std::unordered_map<uint32_t, uint64_t> has_;
  uint32_t seq_ = 0;
};

inline float peak(const std::vector<float>& samples, size_t from = 0, size_t to = size_t(-1)) {
  float highest = 0;
  for (size_t i = from; i < std::min(to, samples.size()); ++i) highest = std::max(highest, std::fabs(samples[i]));
  return highest;
}

// The largest difference in dB below full scale; -200 when there is none.
inline float difference_db(const std::vector<float>& a, const std::vector<float>& b) {
  REQUIRE(a.size() == b.size());
  float largest = 0;
  for (size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::fabs(a[i] - b[i]));
  return largest > 1e-10f ? 20 * std::log10(largest) : -200.0f;
}

// The pitch of a steady tone by autocorrelation, good to a cent or so.
inline double pitch_hz(const std::vector<float>& samples, double sample_rate, double lowest, double highest) {
  const auto likeness = [&](double lag) {
    const size_t whole = size_t(lag);
    const double part = lag - double(whole);
    double sum = 0;
    for (size_t i = 0; i + whole + 1 < samples.size(); ++i)
      sum += double(samples[i]) * ((1 - part) * double(samples[i + whole]) + part * double(samples[i + whole + 1]));
    return sum / double(samples.size() - whole);
  };
  double best_lag = 0, best = -1e9;
  for (double lag = sample_rate / highest; lag <= sample_rate / lowest; lag += 0.25)
    if (const double value = likeness(lag); value > best) best = value, best_lag = lag;
  return sample_rate / best_lag;
}

}  // namespace arietta
