// The Fourier transform: what the definition says, there and back, sums, sizes it refuses.
#include <doctest/doctest.h>

#include "base/random.h"
#include "dsp/fft.h"
#include "tests/support/measure.h"

using namespace arietta;
using namespace arietta::test;

namespace {

struct Bins {
  std::vector<float> re, im;
};

struct Transform {
  std::vector<uint8_t> memory;
  RealFft fft;

  explicit Transform(int size) : memory(size_t(size) * 40 + 4096) {
    Arena arena(memory);
    REQUIRE(fft.prepare(size, arena));
    REQUIRE(fft.size() == size);
  }
  Bins forward(const std::vector<float>& x) {
    Bins bins{std::vector<float>(size_t(fft.bins())), std::vector<float>(size_t(fft.bins()))};
    fft.forward(x.data(), bins.re.data(), bins.im.data());
    return bins;
  }
  std::vector<float> inverse(const Bins& bins) {
    std::vector<float> x(size_t(fft.size()));
    fft.inverse(bins.re.data(), bins.im.data(), x.data());
    return x;
  }
};

std::vector<float> noise(int size, uint32_t seed) {
  Random random(seed);
  std::vector<float> x(static_cast<size_t>(size));
  for (float& v : x) v = random.bipolar();
  return x;
}

constexpr int kSizes[] = {32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768};

}  // namespace

TEST_CASE("the transform is what its definition says") {
  for (const int size : {32, 64, 128, 512, 1024}) {
    CAPTURE(size);
    Transform transform(size);
    const std::vector<float> x = noise(size, 1);
    const Bins bins = transform.forward(x);
    double worst = 0;
    for (int k = 0; k <= size / 2; ++k) {
      std::complex<double> sum = 0;
      for (int n = 0; n < size; ++n) sum += double(x[size_t(n)]) * std::polar(1.0, -kTau * double(k) * n / size);
      worst = std::max(worst, std::abs(sum - std::complex<double>(bins.re[size_t(k)], bins.im[size_t(k)])));
    }
    CHECK(worst < 2e-7 * size);
  }
}

TEST_CASE("large transforms agree with another one in double") {
  for (const int size : {2048, 4096, 32768}) {
    CAPTURE(size);
    Transform transform(size);
    const std::vector<float> x = noise(size, 2);
    std::vector<std::complex<double>> truth(x.begin(), x.end());
    fft(truth);
    const Bins bins = transform.forward(x);
    double wrong = 0, all = 0;
    for (size_t k = 0; k < bins.re.size(); ++k) {
      wrong += std::norm(truth[k] - std::complex<double>(bins.re[k], bins.im[k]));
      all += std::norm(truth[k]);
    }
    CHECK(10 * std::log10(wrong / all) < -130);
  }
}

TEST_CASE("there and back is the same sound, at every size") {
  for (const int size : kSizes) {
    CAPTURE(size);
    Transform transform(size);
    const std::vector<float> x = noise(size, 3);
    CHECK(difference(transform.inverse(transform.forward(x)), x) < 2e-6);
  }
}

TEST_CASE("the transform of a sum is the sum of the transforms") {
  const int size = 1024;
  Transform transform(size);
  const std::vector<float> x = noise(size, 4), y = noise(size, 5);
  std::vector<float> sum(x.size());
  for (size_t i = 0; i < x.size(); ++i) sum[i] = x[i] - 0.25f * y[i];
  const Bins a = transform.forward(x), b = transform.forward(y), c = transform.forward(sum);
  for (size_t k = 0; k < a.re.size(); ++k) {
    CHECK(std::fabs(c.re[k] - (a.re[k] - 0.25f * b.re[k])) < 1e-4);
    CHECK(std::fabs(c.im[k] - (a.im[k] - 0.25f * b.im[k])) < 1e-4);
  }
}

TEST_CASE("sizes that are no power of two, and scant memory, are refused") {
  std::vector<uint8_t> memory(1 << 16);
  for (const int size : {0, -4, 16, 33, 48, 1000, 65536}) {
    Arena arena(memory);
    CHECK_FALSE(RealFft().prepare(size, arena));
  }
  Arena scant(MutableBytes(memory.data(), 1 << 14));
  CHECK_FALSE(RealFft().prepare(1024, scant));
}
