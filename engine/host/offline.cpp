#include "host/offline.h"

#include <algorithm>
#include <cmath>

#include "compile/plan_ids.h"
#include "song/audio.h"
#include "song/time.h"

namespace arietta {
namespace {

constexpr int kQuantum = 1024;
constexpr int kAudioQuanta = 16;                   // to fetch the first seconds of every clip: some hundred blocks each
constexpr float kDiedAway = 3e-5f;                 // -90 dB
constexpr double kLongestTail = 12;                // seconds; the longest reverb there is
constexpr double kLongestSong = 3 * 3600;         // seconds, unless a length is asked for: 4 GB of floats
constexpr size_t kBesidesAssets = 144u << 20;       // arena bytes for everything but the sounds

bool song_ended(HostedEngine& host) {
  for (const HostedEngine::Said& said : host.take_said())
    if (said.type == Message::song_ended) return true;
  return false;
}

bool quiet(const TelemetryBlock& telemetry) {
  return std::max(telemetry.master_peak_left, telemetry.master_peak_right) < kDiedAway;
}

void drop_front(Sound& sound, size_t frames) {
  const ptrdiff_t count = ptrdiff_t(std::min(frames, sound.left.size()));
  sound.left.erase(sound.left.begin(), sound.left.begin() + count);
  sound.right.erase(sound.right.begin(), sound.right.begin() + count);
}

}  // namespace

Result<Sound> render_song(const Document& document, const std::vector<OfflineAsset>& assets, const OfflineOptions& options,
                          const std::vector<OfflineAudio>& audio) {
  if (options.seconds <= 0 && TimeMap(document).seconds_at(song_length(document)) > kLongestSong)
    return Error{"This song is longer than three hours. Say with --seconds how much of it to render."};
  size_t arena_bytes = kBesidesAssets;
  for (const OfflineAsset& asset : assets) arena_bytes += asset.bank.size() + 64;
  HostedEngine host(options.sample_rate, kQuantum, arena_bytes);
  if (!host.ok()) return Error{"There is not enough memory to render this song."};

  CompileOptions compile_options;
  for (const OfflineAsset& asset : assets) {
    const Result<bool> loaded = host.load_asset(asset.id, asset.bank);
    if (!loaded) return loaded.error();
    compile_options.ready_assets.insert(asset.id);
  }
  for (const OfflineAudio& one : audio) host.give_audio(audio_plan_id(one.hash), one.samples);
  uint32_t seq = 0;
  PlanCompiler compiler;
  const Result<bool> loaded = host.load_plan(plan_packet(compiler.compile(document, compile_options), {}, seq));
  if (!loaded) return loaded.error();

  for (int quanta = 0; quanta < kAudioQuanta && has_audio(document); ++quanta) host.render_apart(kQuantum);

  // The limiter looks ahead; without its delay the first note sits on the first frame.
  const size_t delay = host.telemetry().latency_frames - (kMaxBlock - 1);
  Sound sound;
  sound.sample_rate = options.sample_rate;
  host.send(Message::play);
  if (options.seconds > 0) {
    const size_t wanted = size_t(std::llround(options.seconds * double(options.sample_rate)));
    while (sound.left.size() < wanted + delay) host.render(int(std::min<size_t>(kQuantum, wanted + delay - sound.left.size())), sound);
  } else {
    while (!song_ended(host)) host.render(kQuantum, sound);
    const size_t longest = sound.left.size() + size_t(kLongestTail * double(options.sample_rate));
    do {
      host.telemetry();                            // starts a new peak
      host.render(kQuantum * 4, sound);
    } while (!quiet(host.telemetry()) && sound.left.size() < longest);
  }
  drop_front(sound, delay);
  return sound;
}

}  // namespace arietta
