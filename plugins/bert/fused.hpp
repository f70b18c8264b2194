// SPDX-License-Identifier: MIT
#pragma once

#include "bert/workspace.hpp"

namespace spanlab::bert {

/// Memory that the passes of one encoder share: training has one pass at a time, evaluation as many as there
/// are threads.
struct Workspace {
  Memory activations, scratch, gradients;
  MemoryPool evaluation;
};

/// The same states as forward_reference with the same random numbers, in single precision on the processor:
/// fused kernels, no tape of small operations, threads over columns of the products and over sentences,
/// gradients in memory that stays.
at::Tensor forward_fused(const Network& network, const Batch& batch, Pass& pass,
                         const std::shared_ptr<Workspace>& workspace);

/// States and sentence vectors by the fused kernels where they can be used, else by forward_reference.
Features features_of(const Network& network, const Batch& batch, Pass& pass,
                     const std::shared_ptr<Workspace>& workspace);

}  // namespace spanlab::bert
