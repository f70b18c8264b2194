// SPDX-License-Identifier: MIT
#include "app/compared_text.hpp"

#include <cmath>

#include "statistics/summary.hpp"

namespace spanlab::host::app {

std::string points_text(const std::vector<double>& values) {
  if (values.empty()) return "–";
  const Summary summary = summarise(values);
  if (!summary.deviation) return fmt::format("{:.2f}", summary.mean);
  return fmt::format("{:.2f} ± {:.2f}", summary.mean, *summary.deviation);
}

std::string difference_text(const ComparedScore& score) {
  if (score.a.empty() || score.b.empty()) return "–";
  return fmt::format("{:+.2f}", summarise(score.b).mean - summarise(score.a).mean);
}

std::string interval_text(const ComparedScore& score) {
  const auto& interval = score.test.interval;
  return interval ? fmt::format("{:+.2f} to {:+.2f}", interval->low, interval->high) : "–";
}

std::string p_text(const ComparedScore& score) {
  if (!score.test.p) return "–";
  return *score.test.p < 0.001 ? "< 0.001" : fmt::format("{:.3f}", *score.test.p);
}

std::string verdict_text(const ComparedScore& score) {
  constexpr double kLevel = 0.05;
  if (!score.test.interval || !score.test.p) return score.test.reason;
  const auto [low, high] = *score.test.interval;
  if (*score.test.p <= kLevel && low > 0) return fmt::format("B is higher ({:.2f} to {:.2f})", low, high);
  if (*score.test.p <= kLevel && high < 0) return fmt::format("A is higher ({:.2f} to {:.2f})", -high, -low);
  return fmt::format("no difference larger than {:.2f} shown", std::max(std::abs(low), std::abs(high)));
}

std::string share_text(double share, std::size_t trials) {
  return fmt::format("{:.0f} of {}", share * static_cast<double>(trials), trials);
}

std::string wrong_text(const ErrorExample& example, std::size_t trials) {
  std::string text = example.category + ": ";
  if (example.predicted.empty()) {
    text += "nothing for " + example.gold;
  } else {
    text += example.predicted + (example.gold.empty() ? "" : " for " + example.gold);
  }
  if (trials > 1) text += fmt::format(" ({} of {})", example.seeds.size(), trials);
  return text;
}

}  // namespace spanlab::host::app
