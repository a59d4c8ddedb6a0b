// slice-bank, fuzz-one, packets, constants: for those who build and test Arietta.
#include <cstdio>

#include "bank/slice_command.h"
#include "host/cli.h"
#include "host/fuzz_targets.h"
#include "host/page_packets.h"
#include "host/web_constants.h"

namespace arietta {

Result<bool> cli_slice_bank(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {}, 2, 2);
  if (!args) return args.error();
  const std::vector<std::string>& places = args.value().places;
  if (slice_bank_command(places[0].c_str(), places[1].c_str()) != 0) return Error{"The bank was not cut."};
  return true;
}

Result<bool> cli_fuzz_one(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {}, 2, 2);
  if (!args) return args.error();
  const Result<std::vector<uint8_t>> bytes = read_file(args.value().places[1]);
  if (!bytes) return bytes.error();
  std::string names;
  for (const FuzzTarget& target : fuzz_targets()) {
    if (target.name == args.value().places[0]) {
      target.run(bytes.value());
      std::printf("Nothing broke.\n");
      return true;
    }
    names += " " + std::string(target.name);
  }
  return Error{"There is no fuzz target " + args.value().places[0] + "; there are:" + names + "."};
}

Result<bool> cli_packets(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {"soundfont="}, 2, 2);
  if (!args) return args.error();
  const Result<Document> song = load_song(args.value().places[0]);
  if (!song) return song.error();
  const Result<std::vector<OfflineAsset>> assets = load_sounds(song.value(), args.value().option("soundfont"));
  if (!assets) return assets.error();
  return write_file(args.value().places[1], page_packets(song.value(), assets.value()));
}

Result<bool> cli_constants(const std::vector<std::string>& words) {
  const Result<CliArgs> args = parse_args(words, {}, 0, 0);
  if (!args) return args.error();
  std::fputs(web_constants().c_str(), stdout);
  return true;
}

}  // namespace arietta
