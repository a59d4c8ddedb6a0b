// Small musical and numeric conversions.   [any]
#pragma once
#include <cmath>

namespace arietta {

inline constexpr float kPi = 3.14159265358979323846f;

constexpr float lerp(float a, float b, float t) { return a + (b - a) * t; }
constexpr float clampf(float v, float low, float high) { return v < low ? low : v > high ? high : v; }

inline float db_to_gain(float db) { return std::exp2(db * 0.16609640474f); }   // 2^(dB / 6.0206)
inline float gain_to_db(float gain) { return gain > 1e-9f ? 20.0f * std::log10(gain) : -180.0f; }
inline float key_to_hz(float key) { return 440.0f * std::exp2((key - 69.0f) / 12.0f); }
inline float cents_to_ratio(float cents) { return std::exp2(cents / 1200.0f); }

}  // namespace arietta
