// The two lists of presets that leave this library as JSON: the index of a sliced bank, and what a dropped file has.
// Names in SoundFonts are in no stated encoding: UTF-8 is kept, anything else is read as Latin-1.
#pragma once
#include <string>

#include "bank/sf_slice.h"

namespace arietta {

// "000-024.sf3".                                                                        [main]
std::string slice_file_name(const SliceInfo& info);

// {"name":..,"licence":..,"presets":[{"bank":0,"program":24,"name":..,"file":..,"bytes":..},..]}     [main]
std::string bank_index_json(const SfFile& file, const std::vector<SliceInfo>& slices);

// {"name":..,"presets":[{"bank":0,"program":24,"name":..},..]}                          [main]
std::string presets_json(const SfFile& file);

}  // namespace arietta
