// SPDX-License-Identifier: MIT
#pragma once

#include "bert/checkpoint.hpp"
#include "spanlab/kernel.hpp"

namespace spanlab::bert {

/// One head of attention inside one sentence of T pieces, on the calling thread. Rows of queries, keys and
/// values are 3H values, those of contexts H values.
struct AttentionHead {
  const Config& config;
  std::int64_t units;   ///< T
  std::int64_t number;  ///< of h
};

/// T': the length of a row of probabilities, which is whole vectors.
constexpr std::int64_t padded_units(std::int64_t units) { return (units + 15) / 16 * 16; }

/// The head's columns of `context` [T,H] from `qkv` [T,3H]. `kept`, unless null, gets the head's
/// probabilities [T,T'].
void attend(AttentionHead head, const float* qkv, DropoutMask mask, float* kept, float* context);

/// The head's columns of `of_qkv` [T,3H] from the gradient of the context [T,H].
void attend_backward(AttentionHead head, const float* of_context, const float* qkv, const float* kept,
                     DropoutMask mask, float* of_qkv);

}  // namespace spanlab::bert
