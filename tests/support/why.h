// What went wrong, for the messages of doctest: it works them out even when all is well.
#pragma once
#include "base/result.h"

namespace arietta {

template <class T>
std::string why(const Result<T>& result) { return result.ok() ? std::string() : result.error().message; }

}  // namespace arietta
