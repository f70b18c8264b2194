// SPDX-License-Identifier: MIT
#include "bert/kernels.hpp"

#include <algorithm>
#include <cmath>

#include "spanlab/vector_math.hpp"

namespace spanlab::bert {

namespace {

constexpr int kLanes = 16;
typedef float Vector __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));

/// Sixteen sums side by side. The compiler may not change the order of a plain sum, so it could not make
/// vector code of it; here the order is fixed: lane by lane, then halves onto halves, the same on every
/// processor.
struct Lanes {
  float values[kLanes] = {};
  SPANLAB_INLINE float total() {
    for (int half = kLanes / 2; half > 0; half /= 2) {
      for (int lane = 0; lane < half; ++lane) values[lane] += values[lane + half];
    }
    return values[0];
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
  std::int64_t i = 0;
  float largest = values[0];
  if (count >= kLanes) {
    Vector lanes = *reinterpret_cast<const Vector*>(values);
    for (; i + kLanes <= count; i += kLanes) {
      const Vector next = *reinterpret_cast<const Vector*>(values + i);
      lanes = next > lanes ? next : lanes;
    }
    for (int lane = 0; lane < kLanes; ++lane) largest = lanes[lane] > largest ? lanes[lane] : largest;
  }
  for (; i < count; ++i) largest = values[i] > largest ? values[i] : largest;
  return largest;
}

// One row; `first` is the number of its first value in the whole.
SPANLAB_INLINE void mask_row(float* __restrict row, DropoutMask mask, std::uint32_t first,
                             std::int64_t count) {
  if (mask.keeps_all()) return;
  for (std::int64_t c = 0; c < count; ++c) row[c] *= mask.factor(first + static_cast<std::uint32_t>(c));
}

SPANLAB_INLINE std::uint32_t first_of(const Block& block, std::int64_t row) {
  return block.first + static_cast<std::uint32_t>(row * block.columns);
}

}  // namespace

SPANLAB_KERNEL void add_and_norm(const float* input, const float* bias, const float* residual,
                                 DropoutMask mask, Norm norm, Block block, float* normalised, float* scale,
                                 float* output) {
  const std::int64_t n = block.columns;
  for (std::int64_t r = 0; r < block.rows; ++r) {
    const float* in = input + r * block.stride;
    float* __restrict sum = normalised + r * n;
    float* __restrict out = output + r * block.stride;
    for (std::int64_t c = 0; c < n; ++c) sum[c] = in[c];
    if (bias) {
      for (std::int64_t c = 0; c < n; ++c) sum[c] += bias[c];
    }
    mask_row(sum, mask, first_of(block, r), n);
    if (residual) {
      for (std::int64_t c = 0; c < n; ++c) sum[c] += residual[r * block.stride + c];
    }
    const float mean = sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return sum[c]; }) /
                       static_cast<float>(n);
    for (std::int64_t c = 0; c < n; ++c) sum[c] -= mean;
    const float variance =
        sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return sum[c] * sum[c]; }) /
        static_cast<float>(n);
    const float inverse = 1.0f / __builtin_sqrtf(variance + norm.epsilon);
    scale[r] = inverse;
    for (std::int64_t c = 0; c < n; ++c) {
      sum[c] *= inverse;
      out[c] = sum[c] * norm.weight[c] + norm.bias[c];
    }
  }
}

SPANLAB_KERNEL void add_and_norm_backward(const float* gradient, const float* normalised, const float* scale,
                                          DropoutMask mask, Norm norm, Block block, float* of_sum,
                                          float* of_input, float* sums) {
  const std::int64_t n = block.columns;
  float* __restrict of_weight = sums, * __restrict of_shift = sums + n, * __restrict of_bias = sums + 2 * n;
  for (std::int64_t r = 0; r < block.rows; ++r) {
    const float *g = gradient + r * block.stride, *x = normalised + r * n;
    float *to = of_sum + r * block.stride, *__restrict in = of_input + r * block.stride;
    for (std::int64_t c = 0; c < n; ++c) {
      of_weight[c] += g[c] * x[c];
      of_shift[c] += g[c];
      in[c] = g[c] * norm.weight[c];
    }
    // With x the normalised sum and g' = g·weight, the gradient of the sum is (g' - mean(g') - x·mean(g'·x))
    // / deviation: what mean and deviation take out of the sum has no gradient.
    const float mean = sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return in[c]; }) /
                       static_cast<float>(n);
    const float slope =
        sum_of(n, [&](std::int64_t c) __attribute__((always_inline)) { return in[c] * x[c]; }) /
        static_cast<float>(n);
    for (std::int64_t c = 0; c < n; ++c) in[c] = scale[r] * (in[c] - mean - x[c] * slope);
    // The residual gets it as it is; the input was dropped, and gets the mask, which is made again.
    for (std::int64_t c = 0; c < n; ++c) to[c] = in[c];
    mask_row(in, mask, first_of(block, r), n);
    for (std::int64_t c = 0; c < n; ++c) of_bias[c] += in[c];
  }
}

SPANLAB_KERNEL void apply_mask(float* values, DropoutMask mask, Block block) {
  if (mask.keeps_all()) return;
  for (std::int64_t r = 0; r < block.rows; ++r)
    mask_row(values + r * block.stride, mask, first_of(block, r), block.columns);
}

// x·Φ(x) and, for training, its slope Φ(x) + x·φ(x): both need Φ(x) = (1 + erf(x/√2))/2, so the slope is made
// here and kept. φ(x) = e^(-x²/2)/√2π.
SPANLAB_KERNEL void gelu(float* values, const float* bias, float* slope, Block block) {
  for (std::int64_t r = 0; r < block.rows; ++r) {
    float* __restrict row = values + r * block.stride;
    float* __restrict to = slope ? slope + r * block.stride : nullptr;
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

// The largest value is taken off first: e to the others' power stays between 0 and 1, and no sum overflows.
SPANLAB_KERNEL void softmax(float* values, float factor, DropoutMask mask, Block block, float* kept) {
  const std::int64_t n = block.columns, stride = block.stride;
  for (std::int64_t r = 0; r < block.rows; ++r) {
    float* __restrict row = values + r * stride;
    const float largest = largest_of(row, n);
    for (std::int64_t c = 0; c < stride; ++c) row[c] = exp_of_negative((row[c] - largest) * factor);
    for (std::int64_t c = n; c < stride; ++c) row[c] = 0;
    const float inverse =
        1.0f / sum_of(stride, [&](std::int64_t c) __attribute__((always_inline)) { return row[c]; });
    for (std::int64_t c = 0; c < stride; ++c) row[c] *= inverse;
    if (kept) std::copy_n(row, stride, kept + r * stride);
    mask_row(row, mask, first_of(block, r), stride);
  }
}

// With p the probabilities, d = dropout(p) and g the gradient of d, the gradient of the scores is g·d - p·Σ
// g·d: g·d is p times the gradient that reaches p through the mask.
SPANLAB_KERNEL void softmax_backward(float* gradient, const float* kept, float factor, DropoutMask mask,
                                     Block block, float* dropped) {
  const std::int64_t stride = block.stride;
  for (std::int64_t r = 0; r < block.rows; ++r) {
    const float* p = kept + r * stride;
    float* __restrict row = gradient + r * stride, * __restrict given = dropped + r * stride;
    std::copy_n(p, stride, given);
    mask_row(given, mask, first_of(block, r), stride);
    const float mean =
        sum_of(stride, [&](std::int64_t c) __attribute__((always_inline)) { return row[c] * given[c]; });
    for (std::int64_t c = 0; c < stride; ++c) row[c] = (row[c] * given[c] - p[c] * mean) * factor;
  }
}

void transpose(const float* from, Block block, float* to, std::int64_t stride) {
  for (std::int64_t c = 0; c < block.columns; ++c) {
    float* row = to + c * stride;
    for (std::int64_t r = 0; r < block.rows; ++r) row[r] = from[r * block.stride + c];
    std::fill(row + block.rows, row + stride, 0.0f);
  }
}

namespace {

/// kRows × kLanes values of a product. Their sums stay in registers until they are done: a vector of `b` is
/// loaded once for all rows, and nothing is written on the way.
template <int kRows>
SPANLAB_INLINE void tile(const float* a, Strided steps, const float* b, std::int64_t b_row,
                         std::int64_t inner, float* out, std::int64_t out_row) {
  Vector sums[kRows] = {};
  for (std::int64_t k = 0; k < inner; ++k) {
    const Vector right = *reinterpret_cast<const Vector*>(b + k * b_row);
    for (int r = 0; r < kRows; ++r) sums[r] += a[r * steps.row + k * steps.column] * right;
  }
  for (int r = 0; r < kRows; ++r) *reinterpret_cast<Vector*>(out + r * out_row) = sums[r];
}

}  // namespace

SPANLAB_KERNEL void small_product(Strided a, Strided b, std::int64_t inner, float* out, Block block) {
  // Six rows of sums, a vector of `b` and a value of `a` fit into the sixteen registers of AVX2, where a
  // vector here is two of them.
  constexpr int kRows = 6;
  const std::int64_t whole = block.columns / kLanes * kLanes;
  for (std::int64_t r = 0; r < block.rows; r += kRows) {
    const float* left = a.data + r * a.row;
    float* to = out + r * block.stride;
    for (std::int64_t c = 0; c < whole; c += kLanes) {
      switch (block.rows - r) {
        case 1:
          tile<1>(left, a, b.data + c, b.row, inner, to + c, block.stride);
          break;
        case 2:
          tile<2>(left, a, b.data + c, b.row, inner, to + c, block.stride);
          break;
        case 3:
          tile<3>(left, a, b.data + c, b.row, inner, to + c, block.stride);
          break;
        case 4:
          tile<4>(left, a, b.data + c, b.row, inner, to + c, block.stride);
          break;
        case 5:
          tile<5>(left, a, b.data + c, b.row, inner, to + c, block.stride);
          break;
        default:
          tile<kRows>(left, a, b.data + c, b.row, inner, to + c, block.stride);
      }
    }
    // Columns behind the last whole vector, one by one.
    for (std::int64_t row = 0; row < kRows && r + row < block.rows; ++row) {
      for (std::int64_t c = whole; c < block.columns; ++c) {
        float sum = 0;
        for (std::int64_t k = 0; k < inner; ++k)
          sum += left[row * a.row + k * a.column] * b.data[k * b.row + c];
        to[row * block.stride + c] = sum;
      }
    }
  }
}

}  // namespace spanlab::bert
