// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include "spanlab/batch.hpp"
#include "spanlab/export.hpp"

namespace spanlab {

/// Column-wise maximum of `states` [U,H] over each range of rows [N,2] → [N,H]; an empty range gives zeros
/// and no gradient. Differentiable in `states`; of equal maxima the first row takes the gradient. Ranges may
/// overlap and repeat.
SPANLAB_API at::Tensor max_over_rows(const at::Tensor& states, const at::Tensor& ranges);

/// The same by slicing and reducing range after range: slow, for comparison.
SPANLAB_API at::Tensor max_over_rows_reference(const at::Tensor& states, const at::Tensor& ranges);

/// Inverted dropout: entries are zeroed with probability `rate` and the others scaled by 1/(1-rate). Identity
/// in evaluation or at rate 0. The mask comes from a counter-based hash keyed by one draw of the pass's
/// generator.
SPANLAB_API at::Tensor dropout(const at::Tensor& input, double rate, Pass& pass);

/// Fills `tensor` with normal numbers of the given deviation, mean 0.
SPANLAB_API void fill_normal(at::Tensor& tensor, double deviation, Generator& generator);

}  // namespace spanlab
