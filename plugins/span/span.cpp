// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <algorithm>

#include "spanlab/head.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab {

namespace {

constexpr std::int64_t kWidths = 100;
constexpr double kDeviation = 0.02;  // BERT's rule for new layers

Schema schema() {
  return Schema()
      .texts("outputs", {"classify"}, "what the head scores; `classify`: one column per entity type after column 0, which is none")
      .choices({"classify"})
      .integer("width_embedding", 25, "size of the embedding of a span's width in words")
      .range(1, 4096)
      .number("dropout", 0.1, "rate on the joined input of the classifier")
      .range(0, 0.99);
}

/// SpERT's entity head (papers.md §1.1): [state of the sentence | maximum over the span | width embedding] → a linear layer.
class SpanHead : public Head {
 public:
  SpanHead(const Parameters& parameters, const HeadSetup& setup)
      : width_(setup.width), types_(static_cast<std::int64_t>(setup.inventory.entities.size())),
        dropout_(parameters.number("dropout")) {
    const std::int64_t embedding = parameters.integer("width_embedding");
    at::Tensor table = at::empty({kWidths, embedding});
    at::Tensor weight = at::empty({types_ + 1, 2 * width_ + embedding});
    Generator widths = setup.generator.split("widths");
    Generator classify = setup.generator.split("classify");
    fill_normal(table, kDeviation, widths);
    fill_normal(weight, kDeviation, classify);
    widths_ = register_parameter("widths", table);
    weight_ = register_parameter("classify_weight", weight);
    bias_ = register_parameter("classify_bias", at::zeros({types_ + 1}));
  }

  HeadKind kind() const override { return HeadKind::spans; }
  std::vector<OutputShape> outputs() const override { return {{"classify", types_ + 1}}; }
  at::Tensor widths() const override { return widths_; }

  Outputs forward(const Features& features, const Candidates& candidates, const Outputs&, Pass& pass) override {
    const at::Tensor spans = max_over_rows(features.units, candidates.units);
    const at::Tensor widths = candidates.widths.clamp_max(kWidths - 1);
    if (!pass.training()) return {{"classify", summed(features.sentences, spans, candidates.sentences, widths)}};
    at::Tensor input = at::cat({features.sentences.index_select(0, candidates.sentences), spans, widths_.index_select(0, widths)}, 1);
    return {{"classify", at::linear(dropout(input, dropout_, pass), weight_, bias_)}};
  }

  std::vector<Decision> decode(const Outputs& outputs, const Candidates& candidates) const override {
    const at::Tensor probabilities = at::softmax(outputs.at("classify"), 1).to(at::kCPU, at::kFloat).contiguous();
    const float* row = probabilities.const_data_ptr<float>();
    std::vector<Decision> decisions;
    for (std::size_t i = 0; i < candidates.places.size(); ++i, row += types_ + 1) {
      const auto best = std::max_element(row, row + types_ + 1) - row;
      const PlacedSpan& place = candidates.places[i];
      if (best > 0) {
        decisions.push_back({static_cast<std::int64_t>(i), place.sentence, place.span, static_cast<std::int32_t>(best - 1), row[best]});
      }
    }
    return decisions;
  }

 private:
  // A linear layer over joined blocks is the sum of the blocks' layers, and there are far fewer sentences and widths than spans.
  at::Tensor summed(const at::Tensor& states, const at::Tensor& spans, const at::Tensor& sentences, const at::Tensor& widths) const {
    const std::vector<at::Tensor> blocks = weight_.split_with_sizes({width_, width_, widths_.size(1)}, 1);
    at::Tensor scores = at::linear(spans, blocks[1]);
    scores += at::linear(states, blocks[0], bias_).index_select(0, sentences);
    scores += at::linear(widths_, blocks[2]).index_select(0, widths);
    return scores;
  }

  std::int64_t width_;
  std::int64_t types_;
  double dropout_;
  at::Tensor widths_;
  at::Tensor weight_;
  at::Tensor bias_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("span", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.head({"span", "SpERT's entity head: sentence state, maximum over the span and width, one linear layer", schema(), 1},
                 [](const Parameters& parameters, const HeadSetup& setup) { return std::make_shared<SpanHead>(parameters, setup); });
}
