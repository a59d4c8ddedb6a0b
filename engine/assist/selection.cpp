#include "assist/selection.h"

#include <algorithm>
#include <cstdint>

namespace arietta {
namespace {

constexpr size_t kCompared = 16;     // notes: what comes later is heard later, and matters less
constexpr double kRepriseSay = 2;    // of a returning passage beside a draft's; found on held-out tunes (models/README.md)
constexpr int kReprisesOneIn = 3;    // suggestions
constexpr double kMostGain = 1e6;    // more than all drafts together can give

// Harmonic mean of the shares that `common` is of the two lengths.
double f1(double common, double a, double b) { return a + b > 0 ? 2 * common / (a + b) : 0; }

}  // namespace

double likeness(const Melody& a, const Melody& b) {
  const size_t count_a = std::min(a.size(), kCompared), count_b = std::min(b.size(), kCompared);
  if (count_a < 2 || count_b < 2) return count_a == count_b && count_a > 0 && a[0] == b[0] ? 1 : 0;
  std::vector<int64_t> moves;
  moves.reserve(count_a * count_b);
  int same = 0;
  for (size_t i = 0; i < count_a; ++i) {
    for (size_t k = 0; k < count_b; ++k) {
      const int64_t time = a[i].onset - b[k].onset, pitch = a[i].pitch - b[k].pitch;
      moves.push_back(time * 256 + pitch + 128);
      same += time == 0 && pitch == 0;
    }
  }
  std::sort(moves.begin(), moves.end());
  size_t most = 0;
  for (size_t from = 0, to = 0; from < moves.size(); from = to) {
    while (to < moves.size() && moves[to] == moves[from]) ++to;
    most = std::max(most, to - from);
  }
  const double a_steps = double(count_a) - 1, b_steps = double(count_b) - 1;
  return (f1(double(most) - 1, a_steps, b_steps) + f1(same, double(count_a), double(count_b))) / 2;
}

std::vector<int> select_drafts(const std::vector<Draft>& drafts, int count) {
  const size_t all = drafts.size();
  std::vector<double> alike(all * all, 1.0);
  for (size_t i = 0; i < all; ++i) {
    for (size_t k = i + 1; k < all; ++k) alike[i * all + k] = alike[k * all + i] = likeness(drafts[i].notes, drafts[k].notes);
  }
  std::vector<int> chosen;
  int reprises = 0;
  // What only stands in for want of others; the worse, the lower.
  const auto last_resort = [&](size_t i) {
    const Draft& draft = drafts[i];
    if (std::any_of(chosen.begin(), chosen.end(), [&](int other) { return drafts[size_t(other)].notes == draft.notes; })) return 3;
    if (draft.kind == Draft::Kind::kReprise && (chosen.empty() || reprises >= std::max(1, count / kReprisesOneIn))) return 2;
    return draft.kind == Draft::Kind::kDull ? 1 : 0;
  };
  std::vector<double> covered(all);            // how near each draft is to the nearest chosen one
  while (chosen.size() < std::min(size_t(std::max(count, 0)), all)) {
    int best = -1;
    double best_gain = 0;
    for (size_t i = 0; i < all; ++i) {
      if (std::find(chosen.begin(), chosen.end(), int(i)) != chosen.end()) continue;
      double gain = -last_resort(i) * kMostGain;
      for (size_t k = 0; k < all; ++k) {
        gain += std::max(0.0, alike[i * all + k] - covered[k]) * (drafts[k].kind == Draft::Kind::kReprise ? kRepriseSay : 1);
      }
      if (best < 0 || gain > best_gain) best_gain = gain, best = int(i);
    }
    reprises += drafts[size_t(best)].kind == Draft::Kind::kReprise;
    chosen.push_back(best);
    for (size_t k = 0; k < all; ++k) covered[k] = std::max(covered[k], alike[size_t(best) * all + k]);
  }
  return chosen;
}

}  // namespace arietta
