#include "assist/melody_data.h"

#include <bit>
#include <cmath>

#include "base/bytes.h"
#include "base/hash.h"

namespace arietta {
namespace {

constexpr uint32_t kMark = 0x4c454d41;   // "AMEL"
constexpr uint32_t kVersion = 1;
constexpr int kProbes = 5;
constexpr uint32_t kLeastBits = 3, kMostBits = 26;

// Every number of the tables, in the file's order.
template <class Data, class Each>
void for_numbers(Data& data, Each each) {
  for (auto* shares : {&data.gap_shares, &data.duration_shares, &data.pitch_shares}) {
    for (auto& share : *shares) each(share, 0.f, 1.f);
  }
  constexpr float kLeast = -100;      // a logarithm
  for (auto& first : data.chords.first) for (auto& value : first) each(value, kLeast, 0.f);
  for (auto& moves : data.chords.move) for (auto& row : moves) for (auto& value : row) each(value, kLeast, 0.f);
  for (auto& tones : data.chords.tone) for (auto& value : tones) each(value, kLeast, 0.f);
}

template <class Each>
void probe(uint64_t hash, size_t bytes, Each each) {
  const uint64_t step = hash >> 33 | 1, mask = uint64_t(bytes) * 8 - 1;
  for (int i = 0; i < kProbes; ++i) each((hash / kPhraseEvery + uint64_t(i) * step) & mask);
}

}  // namespace

uint64_t PhraseFilter::hash(const NoteToken* tokens) {
  Hash64 hash;
  for (int i = 0; i < kPhraseNotes - 1; ++i) {
    // A rest belongs to the note before it: engraved short or long, it is the same tune.
    hash.byte(uint8_t(tokens[i].interval)).byte(uint8_t(tokens[i].gap + tokens[i].duration));
  }
  return hash.value();
}

void PhraseFilter::add(uint64_t hash) {
  if (bits_.empty()) return;
  probe(hash, bits_.size(), [&](uint64_t bit) { bits_[size_t(bit >> 3)] |= uint8_t(1u << (bit & 7)); });
}

bool PhraseFilter::contains(uint64_t hash) const {
  if (bits_.empty()) return false;
  bool all = true;
  probe(hash, bits_.size(), [&](uint64_t bit) { all = all && (bits_[size_t(bit >> 3)] >> (bit & 7) & 1); });
  return all;
}

Result<MelodyData> read_melody_data(Bytes file) {
  const Error damaged{"The melody model’s tables are damaged; load the model again."};
  ByteReader in(file);
  if (in.u32() != kMark || in.u32() != kVersion) return damaged;
  MelodyData data;
  bool fine = true;
  for_numbers(data, [&](float& value, float least, float most) {
    value = in.f32();
    fine = fine && value >= least && value <= most;
  });
  if (!fine) return damaged;
  const uint32_t log2_bits = in.u32();
  if (!in.ok() || log2_bits < kLeastBits || log2_bits > kMostBits) return damaged;
  data.training = PhraseFilter(int(log2_bits));
  if (in.left() != data.training.bytes().size()) return damaged;
  const Bytes bits = in.take(in.left());
  data.training.bytes().assign(bits.begin(), bits.end());
  return data;
}

std::vector<uint8_t> write_melody_data(const MelodyData& data) {
  ByteWriter out;
  out.u32(kMark);
  out.u32(kVersion);
  for_numbers(data, [&](float value, float, float) { out.f32(value); });
  out.u32(uint32_t(std::bit_width(data.training.bytes().size() * 8) - 1));
  out.raw(data.training.bytes());
  return out.release();
}

}  // namespace arietta
