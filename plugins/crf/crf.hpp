// SPDX-License-Identifier: MIT
#pragma once

#include "spanlab/head.hpp"
#include "spanlab/parameters.hpp"

namespace spanlab::crf {

/// Parameters of the head `crf`.
Schema crf_schema();

/// Tags words by BIO (docs/papers.md, Task depth): two linear layers with an activation between them give the
/// emissions of a linear-chain conditional random field. Its transitions go to the loss beside the emissions:
/// `transitions` [K,K] (row = from), `start`, `end` [K]. A word is seen through the maximum over its units.
/// Every entity found has the probability of its sentence's whole sequence as score.
class CrfHead : public Head {
 public:
  CrfHead(const Parameters& parameters, const HeadSetup& setup);

  HeadKind do_kind() const override { return HeadKind::words; }
  std::vector<OutputShape> do_outputs() const override { return {{"emissions", tags_}}; }
  Outputs do_forward(const Features& features, const Candidates& candidates, const Outputs& of_spans,
                     Pass& pass) override;
  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override;

 private:
  std::int64_t tags_;
  bool tanh_;
  bool legal_;
  at::Tensor ff1_weight_, ff1_bias_, ff2_weight_, ff2_bias_;
  at::Tensor transitions_, start_, end_;
};

}  // namespace spanlab::crf
