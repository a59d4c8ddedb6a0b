// Seed corpus of the song's readers: songs with everything in them, known and unknown, and songs as people make them.
#pragma once
#include <string>
#include <vector>

#include "song/codec.h"
#include "song/codec_stream.h"
#include "song/json.h"
#include "song/link.h"
#include "tests/song/link_corpus.h"
#include "tests/song/strange_song.h"

inline std::vector<arietta::Document> seed_documents() {
  std::vector<arietta::Document> songs;
  for (uint32_t seed = 1; seed <= 6; ++seed) songs.push_back(arietta::test::StrangeSong::make(seed, int(seed) * 8));
  for (const size_t notes : {4, 40, 150}) songs.push_back(arietta::test::CorpusSong::make(2, notes));
  return songs;
}

// Plain bytes, project files, and short bytes behind the length of their coded end.
inline std::vector<std::vector<uint8_t>> song_seeds() {
  std::vector<std::vector<uint8_t>> seeds;
  for (const arietta::Document& song : seed_documents()) {
    seeds.push_back(arietta::encode_song(song));
    seeds.push_back(arietta::write_project(song));
    const arietta::Stream stream = write_stream(table_of(song), arietta::Writing::kShort);
    if (stream.coded > 255) continue;
    seeds.push_back({uint8_t(stream.coded)});
    seeds.back().insert(seeds.back().end(), stream.bytes.begin(), stream.bytes.end());
  }
  return seeds;
}

inline std::vector<std::vector<uint8_t>> link_seeds() {
  std::vector<std::vector<uint8_t>> seeds;
  for (const arietta::Document& song : seed_documents()) {
    const std::string link = arietta::make_link(song).value();
    seeds.emplace_back(link.begin(), link.end());
    const arietta::Stream stream = write_stream(table_of(song), arietta::Writing::kShort);
    if (stream.coded > 255) continue;
    seeds.push_back({uint8_t(stream.coded)});
    seeds.back().insert(seeds.back().end(), stream.bytes.begin(), stream.bytes.end());
  }
  return seeds;
}

inline std::vector<std::vector<uint8_t>> json_seeds() {
  std::vector<std::vector<uint8_t>> seeds;
  for (const arietta::Document& song : seed_documents()) {
    const std::string text = song_to_json(song);
    seeds.emplace_back(text.begin(), text.end());
  }
  return seeds;
}
