// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "spanlab/error.hpp"
#include "spanlab/head.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab {

namespace {

constexpr std::int64_t kWidths = 100;
constexpr double kDeviation = 0.02;  // BERT's rule for new layers

Schema schema() {
  return Schema()
      .texts("outputs", {"classify"},
             "what the head scores; `classify`: entity types, after a column for none where it stands alone "
             "(SpERT); `identify`: whether it is "
             "an entity at all, so that `classify` tells types apart only (SpERT.MT)")
      .choices({"classify", "identify"})
      .outputs()
      .number("threshold", 0.5, "a span is an entity if the probability of `identify` exceeds this")
      .range(0, 1)
      .number(
          "none_score", 0.0,
          "where set, `classify` has no column for none, and a span is an entity if the score of a type "
          "exceeds this, whatever "
          "`identify` says: 0 as dos Santos et al. (2015) have it, 0.5 as in the code of Ye et al. (2019)")
      .range(-100, 100)
      .unset()
      .integer("width_embedding", 25, "size of the embedding of a span's width in words")
      .range(1, 4096)
      .number("dropout", 0.1, "rate on the joined input of the classifier")
      .range(0, 0.99);
}

/// A linear layer that scores one output.
struct Layer {
  std::string output;
  at::Tensor weight;  // [C,D]
  at::Tensor bias;    // [C]
};

/// The entity heads of SpERT and SpERT.MT (docs/papers.md, Model): [state of the sentence | maximum over
/// the span | width embedding] → a linear layer per output.
class SpanHead : public Head {
 public:
  SpanHead(const Parameters& parameters, const HeadSetup& setup)
      : width_(setup.width),
        types_(static_cast<std::int64_t>(setup.inventory.entities.size())),
        dropout_(parameters.number("dropout")),
        threshold_(static_cast<float>(parameters.number("threshold"))) {
    if (parameters.has("none_score")) none_score_ = static_cast<float>(parameters.number("none_score"));
    const std::vector<std::string>& names = parameters.texts("outputs");
    identifies_ = std::ranges::find(names, "identify") != names.end();
    classifies_ = std::ranges::find(names, "classify") != names.end();
    if (!identifies_ && !classifies_) {
      throw Error(ErrorKind::usage, "outputs", "expected at least one output");
    }
    if (!classifies_ && (types_ != 1 || none_score_)) {
      throw Error(ErrorKind::usage, "outputs",
                  "without `classify` there must be one entity type only, and no `none_score`");
    }
    const std::int64_t embedding = parameters.integer("width_embedding");
    at::Tensor table = at::empty({kWidths, embedding});
    Generator widths = setup.generator.split("widths");
    fill_normal(table, kDeviation, widths);
    widths_ = register_parameter("widths", table);
    for (const OutputShape& shape : outputs()) {
      at::Tensor weight = at::empty({shape.columns, 2 * width_ + embedding});
      Generator generator = setup.generator.split(shape.name);
      fill_normal(weight, kDeviation, generator);
      layers_.push_back({shape.name, register_parameter(shape.name + "_weight", weight),
                         no_decay(register_parameter(shape.name + "_bias", at::zeros({shape.columns})))});
    }
  }

  HeadKind do_kind() const override { return HeadKind::spans; }
  at::Tensor do_widths() const override { return widths_; }

  std::vector<OutputShape> do_outputs() const override {
    std::vector<OutputShape> shapes;
    if (identifies_) shapes.push_back({"identify", 1});
    if (classifies_) shapes.push_back({"classify", has_none() ? types_ + 1 : types_});
    return shapes;
  }

  Outputs do_forward(const Features& features, const Candidates& candidates, const Outputs&,
                     Pass& pass) override {
    const at::Tensor spans = max_over_rows(features.units, candidates.units);
    const at::Tensor widths = candidates.widths.clamp_max(kWidths - 1);
    Outputs scores;
    if (!pass.training()) {
      for (const Layer& layer : layers_)
        scores.emplace(layer.output, summed(layer, features.sentences, spans, candidates.sentences, widths));
      return scores;
    }
    at::Tensor input = at::cat(
        {features.sentences.index_select(0, candidates.sentences), spans, widths_.index_select(0, widths)},
        1);
    input = dropout(input, dropout_, pass);
    for (const Layer& layer : layers_)
      scores.emplace(layer.output, at::linear(input, layer.weight, layer.bias));
    return scores;
  }

  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override {
    const auto values = [&](const at::Tensor& tensor) {
      return tensor.to(at::kCPU, at::kFloat).contiguous();
    };
    at::Tensor scores = classifies_ ? values(outputs.at("classify")) : at::zeros({candidates.size(), 1});
    if (has_none()) scores = at::softmax(scores, 1);
    const at::Tensor probabilities = identifies_ ? values(at::sigmoid(outputs.at("identify"))) : at::Tensor();
    const float* probability = identifies_ ? probabilities.const_data_ptr<float>() : nullptr;
    const float* row = scores.const_data_ptr<float>();
    std::vector<Decision> decisions;
    for (std::size_t i = 0; i < candidates.places.size(); ++i, row += scores.size(1)) {
      const auto best = static_cast<std::int32_t>(std::max_element(row, row + scores.size(1)) - row);
      const PlacedSpan& place = candidates.places[i];
      const auto add = [&](std::int32_t type, float score) {
        decisions.push_back({static_cast<std::int64_t>(i), place.sentence, place.span, type, score});
      };
      if (has_none()) {
        if (best > 0) add(best - 1, row[best]);
      } else if (none_score_) {
        if (row[best] > *none_score_) add(best, 1 / (1 + std::exp(-row[best])));
      } else if (probability[i] > threshold_) {
        add(best, probability[i]);
      }
    }
    return decisions;
  }

 private:
  bool has_none() const { return !identifies_ && !none_score_; }

  // A linear layer over joined blocks is the sum of the blocks' layers, and there are far fewer sentences and
  // widths than spans.
  at::Tensor summed(const Layer& layer, const at::Tensor& states, const at::Tensor& spans,
                    const at::Tensor& sentences, const at::Tensor& widths) const {
    const std::vector<at::Tensor> blocks =
        layer.weight.split_with_sizes({width_, width_, widths_.size(1)}, 1);
    at::Tensor scores = at::linear(spans, blocks[1]);
    scores += at::linear(states, blocks[0], layer.bias).index_select(0, sentences);
    scores += at::linear(widths_, blocks[2]).index_select(0, widths);
    return scores;
  }

  std::int64_t width_;
  std::int64_t types_;
  double dropout_;
  float threshold_;
  std::optional<float> none_score_;
  bool identifies_ = false;
  bool classifies_ = false;
  at::Tensor widths_;
  std::vector<Layer> layers_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("span", "0.2.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.head({"span",
                  "entity head of SpERT and SpERT.MT: sentence state, maximum over the span and width, a "
                  "linear layer per output",
                  schema(), 1},
                 [](const Parameters& parameters, const HeadSetup& setup) {
                   return std::make_shared<SpanHead>(parameters, setup);
                 });
}
