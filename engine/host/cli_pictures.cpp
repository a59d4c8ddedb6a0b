// pictures: one SVG file a device, for engine/devices/README.md.
#include <cstdio>

#include "host/cli.h"
#include "host/device_pictures.h"

namespace arietta {

Result<bool> cli_pictures(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {}, 1, 1);
  if (!args) return args.error();
  for (const DeviceInfo& device : kDevices) {
    const std::string picture = device_picture(device.kind);
    if (picture.empty()) {
      std::printf("%s is silent by itself\n", std::string(device.symbol).c_str());
      continue;
    }
    const std::string path = args.value().places[0] + "/" + std::string(device.symbol) + ".svg";
    const Result<bool> written = write_file(path, {reinterpret_cast<const uint8_t*>(picture.data()), picture.size()});
    if (!written) return written.error();
  }
  return true;
}

}  // namespace arietta
