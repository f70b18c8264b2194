// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "spanlab/export.hpp"

namespace spanlab {

/// The only source of randomness: xoshiro256** seeded by SplitMix64. The same seed gives the same numbers on
/// every machine.
class SPANLAB_API Generator {
 public:
  explicit Generator(std::uint64_t seed);

  std::uint64_t next();                      ///< 64 random bits
  std::uint64_t below(std::uint64_t bound);  ///< uniform in [0, bound), unbiased; bound > 0
  double uniform();                          ///< uniform in [0, 1)
  double normal();                           ///< standard normal (polar method, no value is kept back)

  /// An independent generator for one purpose ("dropout", a sentence id, …). It depends on this generator's
  /// seed and on `purpose` alone, never on how many numbers were drawn before.
  Generator split(std::string_view purpose) const;
  Generator split(std::uint64_t purpose) const;

  /// The whole state as text, for resume files, and back. `restore` throws Error(data) if the text is none of
  /// ours.
  std::string save() const;
  static Generator restore(std::string_view text);

 private:
  std::uint64_t seed_;
  std::array<std::uint64_t, 4> state_;
};

}  // namespace spanlab
