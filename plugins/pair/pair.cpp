// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "spanlab/head.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab {

namespace {

constexpr std::int64_t kWidths = 100;
constexpr double kDeviation = 0.02;  // BERT's rule for new layers

Schema schema() {
  return Schema()
      .texts("outputs", {"classify"}, "what the head scores; `classify`: one column per relation type, each with its own probability")
      .choices({"classify"})
      .number("threshold", 0.4, "a relation type is kept if its probability is at least this")
      .range(0, 1)
      .integer("width_embedding", 25, "size of its own width embedding, where the spans' head has none that it can share")
      .range(1, 4096)
      .number("dropout", 0.1, "rate on the joined input of the classifier")
      .range(0, 0.99);
}

/// SpERT's relation head (papers.md §1.1): [maximum between the spans, or zeros | head | tail | width of head | width of tail] → a
/// linear layer. The width table is that of the entity head, as in SpERT.
class PairHead : public Head {
 public:
  PairHead(const Parameters& parameters, const HeadSetup& setup)
      : width_(setup.width), types_(static_cast<std::int64_t>(setup.inventory.relations.size())),
        dropout_(parameters.number("dropout")), threshold_(static_cast<float>(parameters.number("threshold"))) {
    widths_ = setup.spans_widths;
    if (!widths_.defined()) {
      at::Tensor table = at::empty({kWidths, parameters.integer("width_embedding")});
      Generator widths = setup.generator.split("widths");
      fill_normal(table, kDeviation, widths);
      widths_ = register_parameter("widths", table);
    }
    at::Tensor weight = at::empty({types_, 3 * width_ + 2 * widths_.size(1)});
    Generator classify = setup.generator.split("classify");
    fill_normal(weight, kDeviation, classify);
    weight_ = register_parameter("classify_weight", weight);
    bias_ = register_parameter("classify_bias", at::zeros({types_}));
  }

  HeadKind kind() const override { return HeadKind::pairs; }
  std::vector<OutputShape> outputs() const override { return {{"classify", types_}}; }

  Outputs forward(const Features& features, const Candidates& candidates, const Outputs&, Pass& pass) override {
    const at::Tensor spans = max_over_rows(features.units, candidates.units);
    const at::Tensor widths = candidates.widths.clamp_max(widths_.size(0) - 1);
    if (!pass.training()) return {{"classify", summed(features.units, spans, widths, candidates)}};
    const at::Tensor head = candidates.pairs.select(1, 0);
    const at::Tensor tail = candidates.pairs.select(1, 1);
    const at::Tensor sizes = widths_.index_select(0, widths);
    at::Tensor input = at::cat({max_over_rows(features.units, candidates.contexts), spans.index_select(0, head), spans.index_select(0, tail),
                                sizes.index_select(0, head), sizes.index_select(0, tail)}, 1);
    return {{"classify", at::linear(dropout(input, dropout_, pass), weight_, bias_)}};
  }

  std::vector<Decision> decode(const Outputs& outputs, const Candidates& candidates) const override {
    const at::Tensor probabilities = at::sigmoid(outputs.at("classify")).to(at::kCPU, at::kFloat).contiguous();
    const at::Tensor pairs = candidates.pairs.to(at::kCPU).contiguous();
    const float* probability = probabilities.const_data_ptr<float>();
    const std::int64_t* pair = pairs.const_data_ptr<std::int64_t>();
    std::vector<Decision> decisions;
    for (std::int64_t i = 0; i < candidates.size(); ++i) {
      const PlacedSpan& head = candidates.places[static_cast<std::size_t>(pair[2 * i])];
      for (std::int32_t type = 0; type < types_; ++type, ++probability) {
        // A probability of exactly zero is no prediction even at threshold 0, as in the reference.
        if (*probability >= threshold_ && *probability > 0) decisions.push_back({i, head.sentence, head.span, type, *probability});
      }
    }
    return decisions;
  }

 private:
  // A linear layer over joined blocks is the sum of the blocks' layers: every span is projected once as head and once as tail, and
  // every distinct gap once, instead of joining [pairs, 3H].
  at::Tensor summed(const at::Tensor& units, const at::Tensor& spans, const at::Tensor& widths, const Candidates& candidates) const {
    const std::int64_t size = widths_.size(1);
    const std::vector<at::Tensor> blocks = weight_.split_with_sizes({width_, width_, width_, size, size}, 1);
    const at::Tensor as_head = at::linear(spans, blocks[1], bias_) + at::linear(widths_, blocks[3]).index_select(0, widths);
    const at::Tensor as_tail = at::linear(spans, blocks[2]) + at::linear(widths_, blocks[4]).index_select(0, widths);
    const std::int64_t stride = units.size(0) + 1;
    const at::Tensor keys = candidates.contexts.select(1, 0) * stride + candidates.contexts.select(1, 1);
    const auto [gaps, gap_of_pair] = at::_unique(keys, /*sorted=*/true, /*return_inverse=*/true);
    const at::Tensor ranges = at::stack({at::floor_divide(gaps, stride), at::remainder(gaps, stride)}, 1);
    const at::Tensor between = at::linear(max_over_rows(units, ranges), blocks[0]);
    return as_head.index_select(0, candidates.pairs.select(1, 0)) + as_tail.index_select(0, candidates.pairs.select(1, 1)) +
           between.index_select(0, gap_of_pair);
  }

  std::int64_t width_;
  std::int64_t types_;
  double dropout_;
  float threshold_;
  at::Tensor widths_;
  at::Tensor weight_;
  at::Tensor bias_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("pair", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.head({"pair", "SpERT's relation head: maximum between two spans, both spans and their widths, one linear layer", schema(), 1},
                 [](const Parameters& parameters, const HeadSetup& setup) { return std::make_shared<PairHead>(parameters, setup); });
}
