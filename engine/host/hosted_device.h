// One device with memory of its own, for programs that are not the page: benches, pictures, tests.
#pragma once
#include <memory>
#include <vector>

#include "devices/device_registry.h"

namespace arietta {

class HostedDevice {
 public:
  explicit HostedDevice(DeviceKind kind, const AudioSpec& spec = {}) : memory_(bytes(kind, spec) + 64) {
    Arena arena(memory_);
    device_ = make_device(kind, spec, arena);
  }

  HostedDevice(HostedDevice&&) = default;
  HostedDevice& operator=(HostedDevice&&) = default;

  bool ok() const { return device_ != nullptr; }
  Device& operator*() const { return *device_; }
  Device* operator->() const { return device_; }

  // What the device asks for; 0 for a kind that is unknown.                               [setup]
  static size_t bytes(DeviceKind kind, const AudioSpec& spec) {
    constexpr size_t kRoom = size_t(64) << 20;             // the longest delays at the highest rate, four times over
    static const std::unique_ptr<uint8_t[]> room(new uint8_t[kRoom]);
    return device_bytes(kind, spec, {room.get(), kRoom});
  }

 private:
  std::vector<uint8_t> memory_;
  Device* device_ = nullptr;
};

}  // namespace arietta
