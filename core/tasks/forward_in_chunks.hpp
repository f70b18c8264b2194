// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include "spanlab/head.hpp"

namespace spanlab::host {

/// So many candidates go through a head at once: all pairs of a sentence's spans would fill the memory with
/// their joined inputs.
inline constexpr std::int64_t kMostCandidates = 8192;

/// The outputs of a head over pairs in a training pass, computed `most` pairs at a time. Only the scores of a
/// chunk stay; the backward pass computes each chunk again with the same random numbers (Chen et al. 2016,
/// arXiv 1604.06174), so that memory does not grow with the inputs of all pairs. `parameters`: what the head
/// is trained by, its own and what it shares. With no more than `most` pairs it is head.forward().
SPANLAB_API Outputs forward_in_chunks(Head& head, const std::vector<at::Tensor>& parameters,
                                      const Features& features, const Candidates& candidates,
                                      const Outputs& of_spans, Pass& pass,
                                      std::int64_t most = kMostCandidates);

}  // namespace spanlab::host
