// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <functional>

#include "spanlab/batch.hpp"
#include "spanlab/export.hpp"

/// Compiles a function for several instruction sets; the best one is chosen when the library is loaded, by
/// what the processor can do (a clone for a named processor would serve that model alone). Not for templates.
/// What it calls in a loop must be SPANLAB_INLINE (so __builtin_sqrtf, not std::sqrt), else the loop does not
/// become vector code; nor does it where a comparison of numbers may trap or a square root set errno, so
/// these are ruled out.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define SPANLAB_KERNEL                                                         \
  __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), \
                 optimize("O3", "no-math-errno", "no-trapping-math")))
#else
#define SPANLAB_KERNEL
#endif
#define SPANLAB_INLINE __attribute__((always_inline)) inline

namespace spanlab {

/// Runs task(0) … task(count-1), each once, on the threads that LibTorch may use; returns when all are done.
/// Autograd is off inside, and LibTorch's own operations run on one thread there. The first exception of a
/// task comes out.
SPANLAB_API void parallel_tasks(std::int64_t count, const std::function<void(std::int64_t)>& task);

/// Which entries dropout keeps: a hash of the entry's number under a key. The same on every device and in any
/// order, so that the backward pass makes the mask again instead of storing it.
struct DropoutMask {
  std::uint32_t low = 0;
  std::uint32_t high = 0;
  std::uint32_t threshold = 0;  ///< rate · 2³²
  float scale = 1;              ///< 1/(1-rate)

  DropoutMask() = default;
  DropoutMask(std::uint64_t key, double rate)
      : low(static_cast<std::uint32_t>(key)),
        high(static_cast<std::uint32_t>(key >> 32)),
        threshold(static_cast<std::uint32_t>(rate * 0x1.0p32)),
        scale(static_cast<float>(1 / (1 - rate))) {}
  /// The mask of the next dropout in `pass`; keeps everything in evaluation or at rate 0, and then draws
  /// nothing.
  static DropoutMask next(double rate, Pass& pass) {
    return pass.training() && rate > 0 ? DropoutMask(pass.generator.next(), rate) : DropoutMask();
  }

  SPANLAB_INLINE bool keeps_all() const { return threshold == 0; }
  /// What entry `index` is multiplied with: 0 or `scale`.
  SPANLAB_INLINE float factor(std::uint32_t index) const {
    std::uint32_t h = index * 0x9e3779b9u + low;
    h = (h ^ (h >> 16)) * 0x7feb352du + high;
    h = (h ^ (h >> 15)) * 0x846ca68bu;
    h ^= h >> 16;
    return h >= threshold ? scale : 0.0f;
  }
};

}  // namespace spanlab
