// What the instruments sounded like when they were last listened to: 128 samples at three places of a short phrase
// for each, and of the starter song. A change of sound is not wrong, but it must be meant:
// ARIETTA_WRITE_GOLDENS=1 writes the files anew, and the difference is there to read in the commit.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "host/offline.h"
#include "host/wave_bank.h"
#include "song/defaults.h"
#include "tests/support/song_builder.h"
#include "tests/support/test_engine.h"

using namespace arietta;

namespace {

constexpr size_t kExcerpt = 128;
constexpr size_t kPlaces[] = {2400, 24000, 60000};
constexpr float kToleranceDb = -90;              // another compiler's sine or exponential may differ that much

Document phrase(DeviceKind instrument) {
  SongBuilder song;
  song.track(instrument);
  const int keys[] = {48, 55, 60, 64, 38, 42, 67, 36};
  for (int i = 0; i < 8; ++i) song.note(keys[i], i * 360, 700, 50 + 9 * i);
  song.control(1000, int(NoteEventType::kBend), 0, 10000);
  song.control(1500, int(NoteEventType::kController), 1, 9000);
  return song.document;
}

std::vector<float> excerpts(const Document& document) {
  std::vector<OfflineAsset> assets;
  for (const AssetNeed& need : assets_needed(document)) assets.push_back({need.asset, wave_bank(2)});
  const Result<Sound> sound = render_song(document, assets, {48000, 1.5});
  REQUIRE(sound.ok());
  std::vector<float> out;
  for (size_t place : kPlaces)
    for (const std::vector<float>* side : {&sound.value().left, &sound.value().right})
      out.insert(out.end(), side->begin() + ptrdiff_t(place), side->begin() + ptrdiff_t(place + kExcerpt));
  return out;
}

void compare(const std::string& name, const Document& document) {
  const std::string path = ARIETTA_SOURCE_DIR "/tests/golden/" + name + ".txt";
  const std::vector<float> now = excerpts(document);
  if (std::getenv("ARIETTA_WRITE_GOLDENS")) {
    std::ofstream out(path);
    char line[32];
    for (float sample : now) {
      std::snprintf(line, sizeof line, "%.7f\n", double(sample));
      out << line;
    }
  }
  std::vector<float> golden;
  std::ifstream file(path);
  for (float sample; file >> sample;) golden.push_back(sample);
  REQUIRE_MESSAGE(golden.size() == now.size(), path << " is missing or cut off");
  CHECK(peak(now) > 0.02f);
  CHECK(difference_db(now, golden) < kToleranceDb);
}

}  // namespace

TEST_CASE("The synth sounds as it did") { compare("poly_synth", phrase(DeviceKind::poly_synth)); }
TEST_CASE("The drum kit sounds as it did") { compare("drum_kit", phrase(DeviceKind::drum_kit)); }
TEST_CASE("The sampled instrument sounds as it did") { compare("soundfont", phrase(DeviceKind::soundfont)); }
