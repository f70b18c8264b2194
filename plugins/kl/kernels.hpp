// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <span>

namespace spanlab {

/// Which distribution the expectation is taken under: that of the model, Σ p (log p - log q), or that of the
/// labels.
enum class Expectation { model, labels };

/// Divergence of p = softmax(scores) and the soft targets q, both [N,K], divided by K → [N]. A row of zeros
/// has none: its value is 0. Expectation::model has no value where a row that is not all zeros holds a 0.
at::Tensor divergence(const at::Tensor& scores, const at::Tensor& targets, Expectation under);

/// What the released code of the label-variation paper computes (Pham et al., 2023, arXiv 2312.15751): the
/// softmax runs over the candidates of a sentence, type by type, and a logarithm is missing:
/// 1/K Σ p (log p - q) or 1/K Σ q (log q - p). `offsets` [S+1] bound the sentences.
at::Tensor literal_divergence(const at::Tensor& scores, const at::Tensor& targets,
                              std::span<const std::int64_t> offsets, Expectation under);

}  // namespace spanlab
