// SPDX-License-Identifier: MIT
#include "bert/kernels.hpp"

#include <algorithm>
#include <cmath>

#include "spanlab/vector_math.hpp"

namespace spanlab::bert {

namespace {

constexpr int kLanes = 16;

/// Sums of lanes that the compiler keeps in registers, as it may not reorder a plain sum.
struct Lanes {
  float values[kLanes] = {};
  SPANLAB_INLINE float total() const {
    float sum = 0;
    for (float value : values) sum += value;
    return sum;
  }
};

template <typename Term>
SPANLAB_INLINE float sum_of(std::int64_t count, const Term& term) {
  Lanes lanes;
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) lanes.values[lane] += term(i + lane);
  }
  for (; i < count; ++i) lanes.values[0] += term(i);
  return lanes.total();
}

SPANLAB_INLINE float largest_of(const float* values, std::int64_t count) {
  float lanes[kLanes];
  for (float& lane : lanes) lane = values[0];
  std::int64_t i = 0;
  for (; i + kLanes <= count; i += kLanes) {
    for (int lane = 0; lane < kLanes; ++lane) lanes[lane] = values[i + lane] > lanes[lane] ? values[i + lane] : lanes[lane];
  }
  for (; i < count; ++i) lanes[0] = values[i] > lanes[0] ? values[i] : lanes[0];
  float largest = lanes[0];
  for (float lane : lanes) largest = lane > largest ? lane : largest;
  return largest;
}

}  // namespace

SPANLAB_KERNEL void add_and_norm(const float* input, const float* bias, const float* residual, DropoutMask mask, Norm norm, Block block,
                                 float* normalised, float* scale, float* output) {
  const std::int64_t n = block.columns;
  for (std::int64_t r = 0; r < block.rows; ++r) {
    const float* in = input + r * block.stride;
    float* __restrict sum = normalised + r * n;
    float* __restrict out = output + r * block.stride;
    for (std::int64_t c = 0; c < n; ++c) sum[c] = in[c];
    if (bias) for (std::int64_t c = 0; c < n; ++c) sum[c] += bias[c];
    if (!mask.keeps_all()) {
      const std::uint32_t first = block.first + static_cast<std::uint32_t>(r * n);
      for (std::int64_t c = 0; c < n; ++c) sum[c] *= mask.factor(first + static_cast<std::uint32_t>(c));
    }
    if (residual) for (std::int64_t c = 0; c < n; ++c) sum[c] += residual[r * block.stride + c];
    const float mean = sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return sum[c]; }) / static_cast<float>(n);
    for (std::int64_t c = 0; c < n; ++c) sum[c] -= mean;
    const float variance = sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return sum[c] * sum[c]; }) / static_cast<float>(n);
    const float inverse = 1.0f / __builtin_sqrtf(variance + norm.epsilon);
    scale[r] = inverse;
    for (std::int64_t c = 0; c < n; ++c) {
      sum[c] *= inverse;
      out[c] = sum[c] * norm.weight[c] + norm.bias[c];
    }
  }
}

SPANLAB_KERNEL void add_and_norm_backward(const float* gradient, const float* normalised, const float* scale, DropoutMask mask, Norm norm,
                                          Block block, float* of_sum, float* of_input, float* sums) {
  const std::int64_t n = block.columns;
  float *__restrict of_weight = sums, *__restrict of_shift = sums + n, *__restrict of_bias = sums + 2 * n;
  for (std::int64_t r = 0; r < block.rows; ++r) {
    const float *g = gradient + r * block.stride, *x = normalised + r * n;
    float *to = of_sum + r * block.stride, *__restrict in = of_input + r * block.stride;
    for (std::int64_t c = 0; c < n; ++c) {
      of_weight[c] += g[c] * x[c];
      of_shift[c] += g[c];
      in[c] = g[c] * norm.weight[c];
    }
    const float mean = sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return in[c]; }) / static_cast<float>(n);
    const float slope = sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return in[c] * x[c]; }) / static_cast<float>(n);
    for (std::int64_t c = 0; c < n; ++c) in[c] = scale[r] * (in[c] - mean - x[c] * slope);
    for (std::int64_t c = 0; c < n; ++c) to[c] = in[c];
    if (!mask.keeps_all()) {
      const std::uint32_t first = block.first + static_cast<std::uint32_t>(r * n);
      for (std::int64_t c = 0; c < n; ++c) in[c] *= mask.factor(first + static_cast<std::uint32_t>(c));
    }
    for (std::int64_t c = 0; c < n; ++c) of_bias[c] += in[c];
  }
}

SPANLAB_KERNEL void apply_mask(float* values, DropoutMask mask, Block block) {
  if (mask.keeps_all()) return;
  for (std::int64_t r = 0; r < block.rows; ++r) {
    const std::uint32_t first = block.first + static_cast<std::uint32_t>(r * block.columns);
    for (std::int64_t c = 0; c < block.columns; ++c) values[r * block.stride + c] *= mask.factor(first + static_cast<std::uint32_t>(c));
  }
}

SPANLAB_KERNEL void gelu(float* values, const float* bias, float* slope, Block block) {
  for (std::int64_t r = 0; r < block.rows; ++r) {
    float *__restrict row = values + r * block.stride, *__restrict to = slope ? slope + r * block.stride : nullptr;
    if (!to) {
      for (std::int64_t c = 0; c < block.columns; ++c) {
        const float x = row[c] + bias[c];
        row[c] = 0.5f * x * (1.0f + erf_of(x * 0.70710678f));
      }
      continue;
    }
    for (std::int64_t c = 0; c < block.columns; ++c) {
      const float x = row[c] + bias[c];
      const float below = 0.5f * (1.0f + erf_of(x * 0.70710678f));  // Φ(x)
      to[c] = below + x * 0.39894228f * exp_of_negative(-0.5f * x * x);
      row[c] = x * below;
    }
  }
}

SPANLAB_KERNEL void gelu_backward(float* gradient, const float* slope, Block block, float* __restrict sums) {
  for (std::int64_t r = 0; r < block.rows; ++r) {
    float* __restrict row = gradient + r * block.stride;
    const float* of = slope + r * block.stride;
    for (std::int64_t c = 0; c < block.columns; ++c) {
      row[c] *= of[c];
      sums[c] += row[c];
    }
  }
}

SPANLAB_KERNEL void add_bias(float* values, const float* bias, Block block) {
  for (std::int64_t r = 0; r < block.rows; ++r) {
    for (std::int64_t c = 0; c < block.columns; ++c) values[r * block.stride + c] += bias[c];
  }
}

SPANLAB_KERNEL void add_column_sums(const float* values, Block block, float* __restrict sums) {
  for (std::int64_t r = 0; r < block.rows; ++r) {
    for (std::int64_t c = 0; c < block.columns; ++c) sums[c] += values[r * block.stride + c];
  }
}

SPANLAB_KERNEL void softmax(float* values, float factor, DropoutMask mask, Block block, float* kept) {
  const std::int64_t n = block.columns;
  for (std::int64_t r = 0; r < block.rows; ++r) {
    float* __restrict row = values + r * n;
    const float largest = largest_of(row, n);
    for (std::int64_t c = 0; c < n; ++c) row[c] = exp_of_negative((row[c] - largest) * factor);
    const float inverse = 1.0f / sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return row[c]; });
    for (std::int64_t c = 0; c < n; ++c) row[c] *= inverse;
    if (kept) std::copy_n(row, n, kept + r * n);
  }
  apply_mask(values, mask, block);
}

SPANLAB_KERNEL void softmax_backward(float* gradient, const float* kept, float factor, DropoutMask mask, Block block) {
  const std::int64_t n = block.columns;
  apply_mask(gradient, mask, block);
  for (std::int64_t r = 0; r < block.rows; ++r) {
    float* __restrict row = gradient + r * n;
    const float* p = kept + r * n;
    const float mean = sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return row[c] * p[c]; });
    for (std::int64_t c = 0; c < n; ++c) row[c] = p[c] * (row[c] - mean) * factor;
  }
}

}  // namespace spanlab::bert
