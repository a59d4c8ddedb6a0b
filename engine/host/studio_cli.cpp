// Arietta without a browser: the same C++ code, one command a run. Trouble is one plain sentence on stderr and exit 1.
#include <cstdio>
#include <cstring>

#include "host/cli.h"

namespace arietta {
namespace {

struct CommandLine { const char* name; Command run; const char* usage; int trouble = 1; };

constexpr CommandLine kCommands[] = {
    {"render", cli_render, "IN OUT.wav [--rate HZ] [--seconds S] [--bits 16|24|32] [--stems DIR] [--soundfont FILE] [--balance] [--loudness LUFS]"},
    {"analyse", cli_analyse, "IN [--soundfont FILE]   tempo, beats, key, loudness, mood as JSON; IN may be WAV, MP3 or FLAC; trouble is exit 2", 2},
    {"convert", cli_convert, "IN OUT            OUT ends in .mid, .arietta or .json"},
    {"link", cli_link, "IN                the song as the part of an address after the page"},
    {"show", cli_show, "IN                the song as JSON"},
    {"check", cli_check, "IN                whether the song can be played"},
    {"hash", cli_hash, "IN                equal for equal songs"},
    {"bench", cli_bench, "[--song IN] [--json FILE]   what each device and a whole song cost"},
    {"voice", cli_voice, "IN.wav OUT.wav [--pitch SEMITONES] [--formant SEMITONES] [--stretch RATIO] [--tune KEY]\n"
                         "              [--tune-amount 0..1] [--vocals remove|isolate]"},
    {"slice-bank", cli_slice_bank, "IN.sf2 OUTDIR     one file per instrument for the page"},
    {"fuzz-one", cli_fuzz_one, "TARGET FILE       replays what a fuzzer found"},
    {"packets", cli_packets, "IN OUT            what the page would send the engine, as one file"},
    {"pictures", cli_pictures, "OUTDIR            what each device does, as an SVG file each (engine/devices/pictures)"},
    {"constants", cli_constants, "                  the text of web/src/constants.gen.ts"},
    {"melody-steps", cli_melody_steps, "IN.jsonl OUT [--gaps N]   training data of the melody model"},
    {"melody-data", cli_melody_data, "TUNES.jsonl CHORDS.jsonl SHARES OUT   the tables that travel with it: melody.bin"},
};

void print_usage() {
  std::fprintf(stderr, "IN is a .mid, .arietta or .json file, a link (#s=...) or an address with a link in it.\n");
  for (const CommandLine& command : kCommands) std::fprintf(stderr, "  %-11s %s\n", command.name, command.usage);
}

int run(int count, char** words) {
  const char* name = count > 1 ? words[1] : "help";
  if (std::strcmp(name, "help") == 0 || std::strcmp(name, "--help") == 0) {
    print_usage();
    return count > 1 ? 0 : 1;
  }
  for (const CommandLine& command : kCommands) {
    if (std::strcmp(command.name, name) != 0) continue;
    const Result<bool> done = command.run({words + 2, words + count});
    if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
    return done ? 0 : command.trouble;
  }
  std::fprintf(stderr, "There is no command %s; `studio_cli help` lists them.\n", name);
  return 1;
}

}  // namespace
}  // namespace arietta

int main(int count, char** words) { return arietta::run(count, words); }
