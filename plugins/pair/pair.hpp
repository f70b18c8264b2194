// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "spanlab/head.hpp"
#include "spanlab/parameters.hpp"

namespace spanlab::pair {

/// Parameters of the head `pair`.
Schema pair_schema();

/// A linear layer that scores one output.
struct Layer {
  std::string output;
  at::Tensor weight;  ///< [C,D]
  at::Tensor bias;    ///< [C]
};

/// The relation heads of SpERT and SpERT.MT (docs/papers.md, Model): [maximum between the spans, or zeros |
/// head | tail | width of head | width of tail | what is known of head | … of tail] → a linear layer per
/// output. The width table is that of the entity head, as in SpERT.
class PairHead : public Head {
 public:
  PairHead(const Parameters& parameters, const HeadSetup& setup);

  HeadKind do_kind() const override { return HeadKind::pairs; }
  std::vector<OutputShape> do_outputs() const override;
  bool do_reads_spans_outputs() const override { return logits_ > 0; }
  Outputs do_forward(const Features& features, const Candidates& candidates, const Outputs& of_spans,
                     Pass& pass) override;
  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override;

 private:
  void read_outputs(const std::vector<std::string>& names);
  void read_inputs(const Parameters& parameters, const HeadSetup& setup);
  at::Tensor known(const Candidates& candidates, const Outputs& of_spans) const;
  // A linear layer over joined blocks is the sum of the blocks' layers: every span is projected once as head
  // and once as tail, and every distinct gap once, instead of joining [pairs, 3H].
  at::Tensor summed(const Layer& layer, const at::Tensor& units, const at::Tensor& spans,
                    const at::Tensor& widths, const at::Tensor& known, const Candidates& candidates) const;

  std::int64_t width_;
  std::int64_t types_;
  double dropout_;
  float threshold_;
  std::optional<float> none_score_;
  bool identifies_ = false;
  bool classifies_ = false;
  std::int64_t logits_ = 0;  // numbers that the spans' head gives of an entity; 0: they are no input
  bool softmax_ = false;
  bool detached_ = false;
  bool with_identification_ = false;
  at::Tensor widths_;
  at::Tensor embeddings_;  // [types + 1, size], row 0 for none; undefined: no input
  std::vector<Layer> layers_;
};

}  // namespace spanlab::pair
