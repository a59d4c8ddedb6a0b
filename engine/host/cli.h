// The command line's shared ground: words after the command, files, songs from wherever they are.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "host/offline.h"
#include "song/document.h"

namespace arietta {

// "IN OUT.wav --rate 44100" as places and options.
struct CliArgs {
  std::vector<std::string> places;
  std::map<std::string, std::string> options;       // without the dashes; a switch has the value "yes"

  std::string option(const std::string& name, const std::string& otherwise = "") const;
};

// `known` names the options a command takes ("rate=" wants a value, "json" does not), `places` how many words.
Result<CliArgs> parse_args(const std::vector<std::string>& words, const std::vector<std::string>& known, size_t least,
                           size_t most);
Result<double> number_option(const CliArgs& args, const std::string& name, double otherwise, double least, double most);

Result<std::vector<uint8_t>> read_file(const std::string& path);
Result<bool> write_file(const std::string& path, Bytes bytes);

// A song from a .mid, project or JSON file, from a link, or from an address with a link in it.
Result<Document> load_song(const std::string& from);

// The sounds a song needs, cut from a SoundFont file; without a path from the one $ARIETTA_BANK names, and none when
// there is neither. Presets that cannot be had are told on stderr.
Result<std::vector<OfflineAsset>> load_sounds(const Document& song, const std::string& soundfont_path);

// The recorded sound a song plays from, out of its project file. What is not in it is told on stderr.
Result<std::vector<OfflineAudio>> load_audio(const Document& song, const std::string& from);

using Command = Result<bool> (*)(const std::vector<std::string>& words);

Result<bool> cli_render(const std::vector<std::string>& words);
Result<bool> cli_convert(const std::vector<std::string>& words);
Result<bool> cli_link(const std::vector<std::string>& words);
Result<bool> cli_show(const std::vector<std::string>& words);
Result<bool> cli_check(const std::vector<std::string>& words);
Result<bool> cli_hash(const std::vector<std::string>& words);
Result<bool> cli_bench(const std::vector<std::string>& words);
Result<bool> cli_slice_bank(const std::vector<std::string>& words);
Result<bool> cli_fuzz_one(const std::vector<std::string>& words);
Result<bool> cli_packets(const std::vector<std::string>& words);
Result<bool> cli_constants(const std::vector<std::string>& words);
Result<bool> cli_analyse(const std::vector<std::string>& words);
Result<bool> cli_pictures(const std::vector<std::string>& words);
Result<bool> cli_voice(const std::vector<std::string>& words);
Result<bool> cli_melody_steps(const std::vector<std::string>& words);
Result<bool> cli_melody_data(const std::vector<std::string>& words);

}  // namespace arietta
