#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "bank/sf_bank.h"
#include "compile/compile_plan.h"
#include "host/cli.h"
#include "song/audio.h"
#include "song/link.h"
#include "song/open.h"
#include "song/project_audio.h"

namespace arietta {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

Error file_error(const std::string& what, const std::string& path) {
  return Error{what + " " + path + ": " + std::strerror(errno) + "."};
}

std::string plain_number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

bool is_link(const std::string& from) { return from.find("#s=") != std::string::npos; }

}  // namespace

std::string CliArgs::option(const std::string& name, const std::string& otherwise) const {
  const auto found = options.find(name);
  return found == options.end() ? otherwise : found->second;
}

Result<CliArgs> parse_args(const std::vector<std::string>& words, const std::vector<std::string>& known, size_t least,
                           size_t most) {
  CliArgs args;
  for (size_t i = 0; i < words.size(); ++i) {
    if (words[i].rfind("--", 0) != 0) {
      args.places.push_back(words[i]);
      continue;
    }
    const std::string name = words[i].substr(2);
    const bool takes_value = std::count(known.begin(), known.end(), name + "=") > 0;
    if (!takes_value && std::count(known.begin(), known.end(), name) == 0) return Error{"There is no option --" + name + " here."};
    if (takes_value && i + 1 == words.size()) return Error{"The option --" + name + " needs a value after it."};
    args.options[name] = takes_value ? words[++i] : "yes";
  }
  if (args.places.size() < least) return Error{"Something is missing after the command; `studio_cli help` shows what it takes."};
  if (args.places.size() > most) return Error{"\"" + args.places[most] + "\" is one word too many for this command."};
  return args;
}

Result<double> number_option(const CliArgs& args, const std::string& name, double otherwise, double least, double most) {
  const std::string text = args.option(name);
  if (text.empty()) return otherwise;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (*end != 0 || !(value >= least && value <= most))
    return Error{"--" + name + " wants a number from " + plain_number(least) + " to " + plain_number(most) + ", not \"" + text +
                 "\"."};
  return value;
}

Result<std::vector<uint8_t>> read_file(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) return file_error("Cannot open", path);
  std::vector<uint8_t> bytes;
  uint8_t part[65536];
  while (const size_t count = std::fread(part, 1, sizeof part, file.get())) bytes.insert(bytes.end(), part, part + count);
  if (std::ferror(file.get())) return file_error("Cannot read", path);
  return bytes;
}

Result<bool> write_file(const std::string& path, Bytes bytes) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) return file_error("Cannot write", path);
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const bool closed = std::fclose(file) == 0;
  if (!written || !closed) return file_error("Cannot write", path);
  return true;
}

Result<Document> load_song(const std::string& from) {
  if (is_link(from)) return read_link(from);
  const Result<std::vector<uint8_t>> bytes = read_file(from);
  if (!bytes) return bytes.error();
  Result<Opened> opened = open_song(bytes.value(), from);
  if (!opened) return opened.error();
  for (const std::string& warning : opened->warnings) std::fprintf(stderr, "%s\n", warning.c_str());
  return std::move(opened->songs.front());
}

Result<std::vector<OfflineAsset>> load_sounds(const Document& song, const std::string& soundfont_path) {
  std::vector<OfflineAsset> assets;
  const char* usual = std::getenv("ARIETTA_BANK");
  const std::string path = !soundfont_path.empty() ? soundfont_path : usual ? usual : "";
  const std::vector<AssetNeed> needs = assets_needed(song);
  if (path.empty() || needs.empty()) return assets;
  const Result<std::vector<uint8_t>> bytes = read_file(path);
  if (!bytes) return bytes.error();
  const Result<SfFile> file = SfFile::open(bytes.value());
  if (!file) return Error{path + ": " + file.error().message, file.error().offset};
  for (const AssetNeed& need : needs) {
    std::vector<BankChoice> choices;
    for (const PresetRef& preset : need.presets) choices.push_back({uint16_t(preset.bank), uint16_t(preset.program)});
    Result<std::vector<uint8_t>> bank = build_bank(file.value(), choices);
    if (bank) assets.push_back({need.asset, std::move(*bank)});
    else std::fprintf(stderr, "%s A built-in synth plays instead.\n", bank.error().message.c_str());
  }
  return assets;
}

Result<std::vector<OfflineAudio>> load_audio(const Document& song, const std::string& from) {
  std::vector<OfflineAudio> audio;
  if (!has_audio(song)) return audio;
  if (!is_link(from)) {
    const Result<std::vector<uint8_t>> bytes = read_file(from);
    if (!bytes) return bytes.error();
    const Bytes file = bytes.value();
    const size_t song_bytes = project_song_bytes(file);
    const Result<std::vector<AudioPart>> parts = read_audio_parts(song_bytes ? file.subspan(std::min(file.size(), song_bytes)) : Bytes{});
    if (!parts) return parts.error();
    for (const AudioPart& part : parts.value()) {
      OfflineAudio one{std::string(part.hash), std::vector<float>(part.samples.size() / sizeof(float))};
      if (!one.samples.empty()) std::memcpy(one.samples.data(), part.samples.data(), part.samples.size());
      audio.push_back(std::move(one));
    }
  }
  for (const AudioAsset& asset : audio_assets_of(song)) {
    const bool here = std::any_of(audio.begin(), audio.end(), [&](const OfflineAudio& one) { return one.hash == asset.hash; });
    if (!here) std::fprintf(stderr, "The recorded sound \"%s\" is not in this file; its clips are silent.\n", asset.name.c_str());
  }
  return audio;
}

}  // namespace arietta
