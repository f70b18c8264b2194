// SPDX-License-Identifier: MIT
#pragma once

#include "crf/viterbi.hpp"
#include "parity/fixtures.hpp"
#include "spanlab/head.hpp"
#include "host.hpp"

namespace spanlab::test {

/// By how much the second-best sequence of tags is behind `best`: the best one that has another tag
/// somewhere.
double margin_of(const crf::Chain& chain, crf::Steps steps, const crf::Path& best);

/// What the last layer of the head `token_pair` reads, [M,2h+1+R]: f of head and tail, cosine, DistMult. The
/// head does not tell; its last layer is made to show one after another, and restored.
at::Tensor last_layer_inputs(Head& head, const Features& features, const Candidates& candidates);

/// Compares that with a fixture's `f` [N,h], `cosine` [M] and `distmult` [M,R]; `pairs` [M,2] are rows of
/// `f`.
void compare_pair_inputs(Comparison& comparison, const at::Tensor& shown, const at::Tensor& pairs,
                         const at::Tensor& f, const at::Tensor& cosine, const at::Tensor& distmult,
                         const std::string& place);

}  // namespace spanlab::test
