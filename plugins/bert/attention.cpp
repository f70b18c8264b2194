// SPDX-License-Identifier: MIT
#include "bert/attention.hpp"

#include <ATen/ATen.h>

#include <cmath>

#include "bert/kernels.hpp"

namespace spanlab::bert {

namespace {

// Places and sizes of one head.
struct Sizes {
  std::int64_t units, width, size, padded;  // T, H, d, T'
  std::int64_t column;                      // of the head's values in a row
  float factor;                             // 1/√d
  Block scores;

  explicit Sizes(const AttentionHead& head)
      : units(head.units),
        width(head.config.hidden_size),
        size(head.config.head_size()),
        padded(padded_units(units)),
        column(head.number * size),
        factor(static_cast<float>(1 / std::sqrt(static_cast<double>(size)))),
        scores{units, units, padded, static_cast<std::uint32_t>(head.number * units * units)} {}

  // Part 0, 1 or 2 (queries, keys, values) of rows of 3H values.
  template <typename Value>
  Value* part(Value* rows, std::int64_t number) const {
    return rows + number * width + column;
  }
  Block rows(std::int64_t stride) const { return {units, size, stride}; }
  Block padded_scores() const { return {units, padded, padded}; }
};

}  // namespace

// Scores are queries · keysᵀ. small_product() wants the right matrix in rows, so the keys are transposed;
// rows are padded to whole vectors, which the softmax then goes over without a remainder.
void attend(AttentionHead head, const float* qkv, DropoutMask mask, float* kept, float* context) {
  const Sizes sizes(head);
  const std::int64_t stride = 3 * sizes.width;
  const at::Tensor memory = at::empty({(sizes.size + sizes.units) * sizes.padded}, at::kFloat);
  float *keys = memory.mutable_data_ptr<float>(), *scores = keys + sizes.size * sizes.padded;
  transpose(sizes.part(qkv, 1), sizes.rows(stride), keys, sizes.padded);
  small_product({sizes.part(qkv, 0), stride}, {keys, sizes.padded}, sizes.size, scores,
                sizes.padded_scores());
  softmax(scores, sizes.factor, mask, sizes.scores, kept);
  small_product({scores, sizes.padded}, {sizes.part(qkv, 2), stride}, sizes.units, context + sizes.column,
                sizes.rows(sizes.width));
}

// With P the probabilities after dropout and C = P·V: the gradient of P is that of C · Vᵀ, of V it is Pᵀ ·
// that of C. Through softmax and factor it becomes that of the scores S = Q·Kᵀ, and then of Q by S·K and of K
// by Sᵀ·Q. P after dropout is not kept: softmax_backward() makes it again from the probabilities and the
// mask.
void attend_backward(AttentionHead head, const float* of_context, const float* qkv, const float* kept,
                     DropoutMask mask, float* of_qkv) {
  const Sizes sizes(head);
  const std::int64_t stride = 3 * sizes.width;
  const Strided gradient{of_context + sizes.column, sizes.width};
  const at::Tensor memory = at::empty({(sizes.size + 2 * sizes.units) * sizes.padded}, at::kFloat);
  float *values = memory.mutable_data_ptr<float>(), *of_scores = values + sizes.size * sizes.padded,
        *dropped = of_scores + sizes.units * sizes.padded;
  transpose(sizes.part(qkv, 2), sizes.rows(stride), values, sizes.padded);
  small_product(gradient, {values, sizes.padded}, sizes.size, of_scores, sizes.padded_scores());
  softmax_backward(of_scores, kept, sizes.factor, mask, sizes.scores, dropped);
  small_product({dropped, 1, sizes.padded}, gradient, sizes.units, sizes.part(of_qkv, 2), sizes.rows(stride));
  small_product({of_scores, sizes.padded}, {sizes.part(qkv, 1), stride}, sizes.units, sizes.part(of_qkv, 0),
                sizes.rows(stride));
  small_product({of_scores, 1, sizes.padded}, {sizes.part(qkv, 0), stride}, sizes.units,
                sizes.part(of_qkv, 1), sizes.rows(stride));
}

}  // namespace spanlab::bert
