#include "host/fuzz_targets.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "bank/sf_bank.h"
#include "host/audio_file.h"
#include "host/hosted_engine.h"
#include "host/wav.h"
#include "plan/bank_check.h"
#include "plan/plan_view.h"
#include "song/codec.h"
#include "song/defaults.h"
#include "song/json.h"
#include "song/link.h"
#include "song/midi_file.h"
#include "song/open.h"
#include "song/scala.h"

namespace arietta {
namespace {

constexpr size_t kSmallArena = 112u << 20;
constexpr int kFrames = 256;

void must(bool fine, const char* what) {
  if (fine) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

void must_be_finite(const Sound& sound) {
  for (float sample : sound.left) must(std::isfinite(sample), "a sample that is not a number left the engine");
  for (float sample : sound.right) must(std::isfinite(sample), "a sample that is not a number left the engine");
}

std::string text_of(Bytes bytes) { return {bytes.begin(), bytes.end()}; }

// What the reader accepts must come out of the writer as the same song again.
void fuzz_song_codec(Bytes bytes) {
  const Result<Document> song = decode_song(bytes);
  if (!song) return;
  const std::vector<uint8_t> written = encode_song(song.value());
  const Result<Document> again = decode_song(written);
  must(again.ok(), "a song that was read cannot be read again");
  must(encode_song(again.value()) == written, "a song changes when it is written and read");
}

void fuzz_bank(Bytes bytes) {
  std::vector<uint64_t> aligned((bytes.size() + 7) / 8);
  uint8_t* copy = reinterpret_cast<uint8_t*>(aligned.data());
  std::copy(bytes.begin(), bytes.end(), copy);
  check_bank({copy, bytes.size()});
}

void fuzz_soundfont(Bytes bytes) {
  const Result<SfFile> file = SfFile::open(bytes);
  if (!file) return;
  const BankChoice choice{0, 0};
  build_bank(file.value(), {&choice, 1}, {size_t(8) << 20, 0});
}

void fuzz_midi(Bytes bytes) {
  const Result<MidiImport> import = read_midi(bytes, "fuzz.mid");
  if (import)
    for (const Document& song : import.value().songs) PlanCompiler().compile(song, {});
}

void fuzz_link(Bytes bytes) { read_link(text_of(bytes)); }
void fuzz_json(Bytes bytes) { song_from_json(text_of(bytes)); }
void fuzz_scala(Bytes bytes) {
  read_scale(text_of(bytes));
  read_key_map(text_of(bytes));
}
void fuzz_open(Bytes bytes) { open_song(bytes, "fuzz"); }
void fuzz_wav(Bytes bytes) { read_wav(bytes); }
void fuzz_audio(Bytes bytes) { read_audio(bytes); }

constexpr FuzzTarget kTargets[] = {
    {"plan", fuzz_plan}, {"packet", fuzz_packet}, {"song_codec", fuzz_song_codec}, {"open", fuzz_open}, {"link", fuzz_link},
    {"json", fuzz_json}, {"midi", fuzz_midi},     {"bank", fuzz_bank},            {"soundfont", fuzz_soundfont}, {"wav", fuzz_wav},
    {"audio", fuzz_audio}, {"scala", fuzz_scala},
};

}  // namespace

span<const FuzzTarget> fuzz_targets() { return kTargets; }

void fuzz_plan(Bytes bytes) {
  static HostedEngine host(48000, kFrames, kSmallArena);
  if (bytes.size() < 4) return;
  const size_t head_bytes = std::min<size_t>(size_t(bytes[0]) | size_t(bytes[1]) << 8, bytes.size() - 4);
  const Bytes head = bytes.subspan(4, head_bytes), chunk = bytes.subspan(4 + head_bytes);
  host.send(Message::plan_begin, PlanBeginPayload{1, uint32_t(head.size())});
  host.send_bytes(Message::plan_head, head);
  if (chunk.size() >= sizeof(PlanChunkHead)) {
    PlanChunkHead chunk_head;
    std::memcpy(&chunk_head, chunk.data(), sizeof chunk_head);
    host.send_bytes(Message::plan_chunk, chunk, chunk_head.track);
  }
  host.send(Message::plan_commit, uint32_t(1));
  host.send(Message::play);
  Sound sound;
  host.render(4 * kFrames, sound);
  must_be_finite(sound);
  host.send(Message::reset);
  host.take_said();
}

void fuzz_packet(Bytes bytes) {
  static HostedEngine host(48000, kFrames, kSmallArena);
  static bool loaded = false;
  if (!loaded) {
    uint32_t seq = 0;
    loaded = host.load_plan(plan_packet(PlanCompiler().compile(starter_song(), {}), {}, seq)).ok();
    must(loaded, "the starter song was refused");
  }
  host.send_packet(bytes);
  Sound sound;
  host.render(kFrames, sound);
  must_be_finite(sound);
  host.telemetry();
  host.take_said();
}

}  // namespace arietta
