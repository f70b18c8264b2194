// SPDX-License-Identifier: MIT
#include "soft_labels/kernels.hpp"

#include <algorithm>

namespace spanlab {

namespace {

constexpr double kPaperTypes = 5;

/// Adds `weight` times a vector that names one type, perhaps a conflicting one, and gives the others the
/// rest.
class Level {
 public:
  Level(const AgreementLevels& levels, std::span<double> target) : levels_(levels), target_(target) {}

  void add(double weight, std::int32_t own, double value) const { add(weight, own, value, -1, 0); }

  void add(double weight, std::int32_t own, double value, std::int32_t conflict,
           double conflict_value) const {
    const double types = levels_.rest == Rest::paper ? kPaperTypes : static_cast<double>(target_.size());
    const double others = types - (conflict < 0 ? 1 : 2);
    const double rest = others > 0 ? std::max(0.0, 1 - value - conflict_value) / others : 0;
    for (std::int32_t type = 0; type < std::ssize(target_); ++type) {
      target_[type] += weight * (type == own ? value : type == conflict ? conflict_value : rest);
    }
  }

 private:
  const AgreementLevels& levels_;
  std::span<double> target_;
};

}  // namespace

void add_mean_of_one_hots(const Types& types, double weight, std::span<double> target) {
  for (std::int32_t type : types) target[type] += weight / static_cast<double>(types.size());
}

void smoothing(const Types& own, double epsilon, std::span<double> target) {
  if (own.empty()) return;
  add_mean_of_one_hots(own, 1 - epsilon, target);
  for (double& value : target) value += epsilon / static_cast<double>(target.size());
}

void agreement(const Types& own, const Types& other, const AgreementLevels& levels,
               std::span<double> target) {
  const Level level(levels, target);
  const double share = 1.0 / static_cast<double>(own.size());
  for (std::int32_t type : own) {
    if (other.contains(type)) {
      level.add(share, type, levels.high);
    } else if (other.empty()) {
      level.add(share, type, levels.medium);
    } else {
      const double part = share / static_cast<double>(other.size());
      for (std::int32_t conflict : other) level.add(part, type, levels.low, conflict, levels.conflict);
    }
  }
}

}  // namespace spanlab
