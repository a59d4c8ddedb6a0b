#include "bank/sf_slice.h"

#include <algorithm>
#include <map>

#include "base/bytes.h"

namespace arietta {
namespace {

constexpr uint32_t kSilenceFrames = 46;   // that must follow each uncompressed sample, section 6.1

// Numbers the records of the source anew, in the order they are first needed.
class Renumbering {
 public:
  uint16_t number(uint16_t old) {
    const auto [entry, is_new] = numbers_.try_emplace(old, uint16_t(order_.size()));
    if (is_new) order_.push_back(old);
    return entry->second;
  }
  bool has(uint16_t old) const { return numbers_.count(old) != 0; }
  const std::vector<uint16_t>& order() const { return order_; }

 private:
  std::map<uint16_t, uint16_t> numbers_;
  std::vector<uint16_t> order_;
};

// The zone, generator and modulator tables of one level, written side by side.
struct ZoneTables {
  ByteWriter bags, generators, modulators;
  uint16_t bag_count = 0, generator_count = 0, modulator_count = 0;

  void add_bag() {
    bags.u16(generator_count);
    bags.u16(modulator_count);
    ++bag_count;
  }

  // Copies the zones of `owner`; `target` is the generator whose amount is renumbered.
  void copy(const SfFile& file, SfLevel level, uint32_t owner, uint16_t target, uint32_t target_count,
            Renumbering& targets) {
    const SfRange zones = file.zones(level, owner);
    for (uint32_t zone = zones.first; zone < zones.last; ++zone) {
      add_bag();
      const SfRange gens = file.generators(level, zone);
      for (uint32_t i = gens.first; i < gens.last; ++i) {
        SfGenerator generator = file.generator(level, i);
        if (generator.number == target) {
          if (uint16_t(generator.amount) >= target_count) continue;
          generator.amount = int16_t(targets.number(uint16_t(generator.amount)));
        }
        generators.u16(generator.number);
        generators.u16(uint16_t(generator.amount));
        ++generator_count;
      }
      const SfRange mods = file.modulators(level, zone);
      for (uint32_t i = mods.first; i < mods.last; ++i) {
        const SfModulator m = file.modulator(level, i);
        for (uint16_t field : {m.source, m.destination, uint16_t(m.amount), m.amount_source, m.transform})
          modulators.u16(field);
        ++modulator_count;
      }
    }
  }

  // The records that mark the ends.
  void finish() {
    add_bag();
    generators.u32(0);
    for (int i = 0; i < 5; ++i) modulators.u16(0);
  }
};

void chunk(ByteWriter& out, const char* id, Bytes body) {
  out.text({id, 4});
  out.u32(uint32_t(body.size()));
  out.raw(body);
  if (body.size() % 2) out.u8(0);
}

void end_record(ByteWriter& out, const char* name, size_t bytes) {
  std::string text(name);
  text.resize(bytes);
  out.text(text);
}

// Sample data and headers of the samples in use.
void copy_samples(const SfFile& file, Renumbering& samples, ByteWriter& data, ByteWriter& headers) {
  for (size_t i = 0; i < samples.order().size(); ++i) {
    const uint32_t index = samples.order()[i];
    const SfSample sample = file.sample(index);
    const uint32_t unit = sample.is_ogg() ? 1 : 2;
    const uint32_t limit = uint32_t(file.sample_data().size() / unit);
    const uint32_t start = std::min(sample.start, limit), end = std::clamp(sample.end, start, limit);
    if (!sample.is_ogg() && data.size() % 2) data.u8(0);
    const uint32_t new_start = uint32_t(data.size() / unit);
    data.raw(file.sample_data().subspan(size_t(start) * unit, size_t(end - start) * unit));
    if (!sample.is_ogg())
      for (uint32_t frame = 0; frame < kSilenceFrames; ++frame) data.u16(0);
    const uint32_t moved = sample.is_ogg() ? 0 : new_start - start;   // wraps around and back
    const bool link_is_kept = samples.has(sample.link);
    headers.raw(file.sample_record(index).subspan(0, 20));
    headers.u32(new_start);
    headers.u32(new_start + (end - start));
    headers.u32(sample.loop_start + moved);
    headers.u32(sample.loop_end + moved);
    headers.u32(sample.rate);
    headers.u8(sample.root_key);
    headers.u8(uint8_t(sample.correction_cents));
    headers.u16(link_is_kept ? samples.number(sample.link) : 0);
    headers.u16(link_is_kept || sample.is_rom() ? sample.type : uint16_t((sample.type & 0x10) | 1));   // 1: mono
  }
  end_record(headers, "EOS", 46);
}

}  // namespace

std::vector<uint8_t> slice_preset(const SfFile& file, uint32_t index) {
  Renumbering instruments, samples;
  ZoneTables preset_zones, instrument_zones;
  preset_zones.copy(file, SfLevel::kPreset, index, sfgen::kInstrument, file.instrument_count(), instruments);
  ByteWriter instrument_table;
  for (uint16_t instrument : instruments.order()) {
    instrument_table.raw(file.instrument_record(instrument).subspan(0, 20));
    instrument_table.u16(instrument_zones.bag_count);
    instrument_zones.copy(file, SfLevel::kInstrument, instrument, sfgen::kSample, file.sample_count(), samples);
  }
  end_record(instrument_table, "EOI", 20);
  instrument_table.u16(instrument_zones.bag_count);

  ByteWriter preset_table;
  preset_table.raw(file.preset_record(index).subspan(0, 24));
  preset_table.u16(0);
  preset_table.raw(file.preset_record(index).subspan(26));
  end_record(preset_table, "EOP", 24);
  preset_table.u16(preset_zones.bag_count);
  end_record(preset_table, "", 12);
  preset_zones.finish();
  instrument_zones.finish();

  ByteWriter data, headers, sound, tables;
  copy_samples(file, samples, data, headers);
  sound.text("sdta");
  chunk(sound, "smpl", data.bytes());
  tables.text("pdta");
  chunk(tables, "phdr", preset_table.bytes());
  chunk(tables, "pbag", preset_zones.bags.bytes());
  chunk(tables, "pmod", preset_zones.modulators.bytes());
  chunk(tables, "pgen", preset_zones.generators.bytes());
  chunk(tables, "inst", instrument_table.bytes());
  chunk(tables, "ibag", instrument_zones.bags.bytes());
  chunk(tables, "imod", instrument_zones.modulators.bytes());
  chunk(tables, "igen", instrument_zones.generators.bytes());
  chunk(tables, "shdr", headers.bytes());

  ByteWriter riff, whole;
  riff.text("sfbk");
  chunk(riff, "LIST", file.info());
  chunk(riff, "LIST", sound.bytes());
  chunk(riff, "LIST", tables.bytes());
  chunk(whole, "RIFF", riff.bytes());
  return whole.release();
}

Result<std::vector<SliceInfo>> slice_soundfont(Bytes bytes, const SliceWriter& write) {
  const Result<SfFile> file = SfFile::open(bytes);
  if (!file) return file.error();
  std::map<std::pair<uint16_t, uint16_t>, uint32_t> presets;
  for (uint32_t i = 0; i < file->preset_count(); ++i) {
    const SfPreset preset = file->preset(i);
    presets.try_emplace({preset.bank, preset.program}, i);
  }
  std::vector<SliceInfo> list;
  for (const auto& [place, index] : presets) {
    const std::vector<uint8_t> slice = slice_preset(file.value(), index);
    list.push_back({place.first, place.second, file->preset(index).name, slice.size()});
    if (!write(list.back(), slice))
      return Error{"The slice of \"" + list.back().name + "\" could not be written."};
  }
  return list;
}

}  // namespace arietta
