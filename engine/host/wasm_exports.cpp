// The engine's C ABI (proto/abi.h says what each call means). The only file with export names; it imports nothing.
// Memory grows once, in eng_init, by what the page grants; after that never.
#include <new>

#include "core/engine.h"

namespace {

using namespace arietta;

constexpr size_t kPage = 65536;          // bytes in one page of WebAssembly memory

alignas(Engine) uint8_t engine_place[sizeof(Engine)];
Engine* engine = nullptr;
uint32_t memory_epoch = 0;

}  // namespace

#define ENGINE_EXPORT(name) extern "C" __attribute__((export_name(#name), used))

ENGINE_EXPORT(eng_init) int eng_init(float sample_rate, int max_quantum, uint32_t arena_bytes) {
  if (engine) return 0;
  const size_t pages = (size_t(arena_bytes) + kPage - 1) / kPage;
  const size_t first_page = __builtin_wasm_memory_grow(0, pages);
  if (first_page == size_t(-1)) return 0;
  ++memory_epoch;
  Engine* made = new (engine_place) Engine;
  uint8_t* memory = reinterpret_cast<uint8_t*>(first_page * kPage);
  if (!made->init(sample_rate, max_quantum, {memory, pages * kPage})) return 0;
  made->set_memory_bytes(uint32_t(__builtin_wasm_memory_size(0) * kPage));
  engine = made;
  return 1;
}

ENGINE_EXPORT(eng_inbox) uint8_t* eng_inbox(uint32_t bytes) {
  return engine ? engine->inbox(bytes).data() : nullptr;
}

ENGINE_EXPORT(eng_receive) void eng_receive(uint32_t bytes) {
  if (engine) engine->receive(engine->inbox(bytes));
}

ENGINE_EXPORT(eng_render) const float* eng_render(int frames) { return engine ? engine->render(frames) : nullptr; }

ENGINE_EXPORT(eng_outbox) const uint8_t* eng_outbox() { return engine ? engine->outbox().data() : nullptr; }

ENGINE_EXPORT(eng_outbox_len) uint32_t eng_outbox_len() { return engine ? uint32_t(engine->outbox_bytes()) : 0; }

ENGINE_EXPORT(eng_telemetry) const TelemetryBlock* eng_telemetry() { return engine ? &engine->telemetry() : nullptr; }

ENGINE_EXPORT(eng_memory_epoch) uint32_t eng_memory_epoch() { return memory_epoch; }
