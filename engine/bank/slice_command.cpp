#include "bank/slice_command.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "bank/bank_json.h"
#include "bank/sf_slice.h"

namespace arietta {
namespace {

int complain(const std::string& sentence) {
  std::fprintf(stderr, "%s\n", sentence.c_str());
  return 1;
}

bool write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), std::streamsize(bytes.size()));
  return bool(file.flush());
}

}  // namespace

int slice_bank_command(const char* in, const char* out_dir) {
  std::ifstream file(in, std::ios::binary);
  if (!file) return complain(std::string("The SoundFont ") + in + " cannot be opened.");
  const std::vector<uint8_t> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const std::filesystem::path folder(out_dir);
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (failed) return complain(std::string("The folder ") + out_dir + " cannot be made.");

  const Result<std::vector<SliceInfo>> slices = slice_soundfont(bytes, [&](const SliceInfo& info, Bytes slice) {
    return write_file(folder / slice_file_name(info), {reinterpret_cast<const char*>(slice.data()), slice.size()});
  });
  if (!slices) return complain(slices.error().message);
  if (!write_file(folder / "index.json", bank_index_json(SfFile::open(bytes).value(), slices.value())))
    return complain(std::string("The list ") + out_dir + "/index.json could not be written.");
  return 0;
}

}  // namespace arietta
