// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include "spanlab/kernel.hpp"

namespace spanlab::bert {

/// A block of a matrix: `rows` × `columns` values, rows `stride` apart; `first` is the number of its first
/// value in the whole.
struct Block {
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t stride;
  std::uint32_t first = 0;
};

/// Weight and bias of a layer norm.
struct Norm {
  const float* weight;
  const float* bias;
  float epsilon;
};

/// output = norm(residual + dropout(input + bias)); also keeps the normalised sum and 1/deviation [rows] for
/// the backward pass. `bias` and `residual` may be null. Whole rows only.
void add_and_norm(const float* input, const float* bias, const float* residual, DropoutMask mask, Norm norm,
                  Block block, float* normalised, float* scale, float* output);

/// Backward of the same: from the gradient of the output to that of the sum (which is the residual's) and of
/// the input. Adds to `sums` [3·columns]: gradients of the norm's weight, of its bias, and of `bias`.
/// `of_sum` may be `gradient` itself.
void add_and_norm_backward(const float* gradient, const float* normalised, const float* scale,
                           DropoutMask mask, Norm norm, Block block, float* of_sum, float* of_input,
                           float* sums);

/// values·mask, in place.
void apply_mask(float* values, DropoutMask mask, Block block);

/// GELU with the exact error function of (values + bias), in place; `slope`, unless null, gets its
/// derivative.
void gelu(float* values, const float* bias, float* slope, Block block);

/// gradient·slope, in place; adds its column sums to `sums` [columns].
void gelu_backward(float* gradient, const float* slope, Block block, float* sums);

void add_bias(float* values, const float* bias, Block block);
void add_column_sums(const float* values, Block block, float* sums);

/// Row by row: values become dropout(softmax(values·factor)); `kept`, unless null, gets the softmax itself.
/// Rows are `stride` values in both, so that loops have whole vectors: what stands behind the columns may be
/// anything finite, and becomes 0.
void softmax(float* values, float factor, DropoutMask mask, Block block, float* kept);

/// From the gradient of the outcome to that of the scores before the factor, in place; `dropped` gets the
/// outcome. Behind the columns `kept` is 0, and so are both results.
void softmax_backward(float* gradient, const float* kept, float factor, DropoutMask mask, Block block,
                      float* dropped);

/// to[c,r] = from[r,c], for `block` of `from`; rows of `to` are `stride` apart and zero behind the last
/// value.
void transpose(const float* from, Block block, float* to, std::int64_t stride);

/// A matrix whose value (r,c) stands at data[r·row + c·column].
struct Strided {
  const float* data;
  std::int64_t row;
  std::int64_t column = 1;
};

/// out = a·b for matrices of one head that stay in a core's cache, where a library spends more on its call
/// and on packing than on the product: [rows,inner]·[inner,columns], rows of `out` as `block` has them,
/// values of a row of `b` side by side.
void small_product(Strided a, Strided b, std::int64_t inner, float* out, Block block);

}  // namespace spanlab::bert
