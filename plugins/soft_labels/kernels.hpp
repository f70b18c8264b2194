// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <set>
#include <span>

namespace spanlab {

/// Types of one candidate in one view, without repetition.
using Types = std::set<std::int32_t>;

/// Adds `weight` times the mean of the types' one-hot vectors to `target`; nothing without types.
void add_mean_of_one_hots(const Types& types, double weight, std::span<double> target);

/// (1-ε) · mean of one-hots + ε/K (Szegedy et al. 2016); no type: zeros.
void smoothing(const Types& own, double epsilon, std::span<double> target);

/// What each type that a level does not name gets of what is missing to 1: an equal share as if there were
/// the paper's five types, or as there are. By the default levels the first gives the paper's 0.025, 0.05 and
/// 0.03, whatever the number of types.
enum class Rest { paper, shared };

/// Targets of the label-variation paper (docs/papers.md, Label variation); `low` and `conflict` together at
/// most 1.
struct AgreementLevels {
  double high = 0.9;       ///< the type, where the other view has it too
  double medium = 0.8;     ///< where the other view has no type
  double low = 0.6;        ///< where it has others only
  double conflict = 0.31;  ///< of these others
  Rest rest = Rest::paper;
};

/// The mean, over the own types, of each one's vector by its level; several conflicting types: mean over them
/// too. No own type: zeros, whatever the other view says.
void agreement(const Types& own, const Types& other, const AgreementLevels& levels, std::span<double> target);

}  // namespace spanlab
