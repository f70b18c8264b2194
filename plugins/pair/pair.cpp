// SPDX-License-Identifier: MIT
#include "pair/pair.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "spanlab/error.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab::pair {

namespace {

constexpr std::int64_t kWidths = 100;
constexpr double kDeviation = 0.02;  // BERT's rule for new layers

bool contains(const std::vector<std::string>& names, const char* name) {
  return std::ranges::find(names, name) != names.end();
}

at::Tensor normal(std::int64_t rows, std::int64_t columns, const Generator& generator,
                  const std::string& purpose) {
  at::Tensor table = at::empty({rows, columns});
  Generator own = generator.split(purpose);
  fill_normal(table, kDeviation, own);
  return table;
}

}  // namespace

Schema pair_schema() {
  return Schema()
      .texts("outputs", {"classify"},
             "what the head scores; `classify`: relation types; `identify`: whether there is a relation at "
             "all (SpERT.MT)")
      .choices({"classify", "identify"})
      .outputs()
      .number("threshold", 0.4,
              "a pair has a relation, of the type with the highest score, if the probability of `identify` "
              "is at least this; without "
              "`identify`, it has every type of at least this probability")
      .range(0, 1)
      .number("none_score", 0.0,
              "where set, a pair has the type with the highest score if that exceeds this, whatever "
              "`identify` says: 0 as dos Santos et al. "
              "(2015) have it, 0.5 as in the code of Ye et al. (2019)")
      .range(-100, 100)
      .unset()
      .texts("inputs", {},
             "what is known of the two entities besides their states: the scores that their own head gives "
             "to their types, "
             "and an embedding of the type itself (gold in training, predicted in evaluation)")
      .choices({"entity_logits", "entity_type"})
      .text("logits", "raw", "`entity_logits` as they are or as probabilities; SpERT.MT's authors do not say")
      .choices({"raw", "softmax"})
      .boolean("with_identification", false,
               "`entity_logits` are followed by the score of `identify`; SpERT.MT's authors do not say")
      .boolean("detached", false, "no gradient flows through `entity_logits`; SpERT.MT's authors do not say")
      .integer("type_embedding", 25, "size of the embedding of `entity_type`")
      .range(1, 4096)
      .integer("width_embedding", 25,
               "size of its own width embedding, where the spans' head has none that it can share")
      .range(1, 4096)
      .number("dropout", 0.1, "rate on the joined input of the classifier")
      .range(0, 0.99);
}

PairHead::PairHead(const Parameters& parameters, const HeadSetup& setup)
    : width_(setup.width),
      types_(static_cast<std::int64_t>(setup.inventory.relations.size())),
      dropout_(parameters.number("dropout")),
      threshold_(static_cast<float>(parameters.number("threshold"))) {
  if (parameters.has("none_score")) none_score_ = static_cast<float>(parameters.number("none_score"));
  read_outputs(parameters.texts("outputs"));
  read_inputs(parameters, setup);
  widths_ = setup.spans_widths;
  if (!widths_.defined()) {
    widths_ = register_parameter(
        "widths", normal(kWidths, parameters.integer("width_embedding"), setup.generator, "widths"));
  }
  std::int64_t known = logits_;
  if (contains(parameters.texts("inputs"), "entity_type")) {
    const auto rows = static_cast<std::int64_t>(setup.inventory.entities.size()) + 1;
    embeddings_ = register_parameter(
        "types", normal(rows, parameters.integer("type_embedding"), setup.generator, "types"));
    known += embeddings_.size(1);
  }
  for (const OutputShape& shape : outputs()) {
    const std::int64_t size = 3 * width_ + 2 * widths_.size(1) + 2 * known;
    layers_.push_back(
        {shape.name,
         register_parameter(shape.name + "_weight", normal(shape.columns, size, setup.generator, shape.name)),
         no_decay(register_parameter(shape.name + "_bias", at::zeros({shape.columns})))});
  }
}

void PairHead::read_outputs(const std::vector<std::string>& names) {
  identifies_ = contains(names, "identify");
  classifies_ = contains(names, "classify");
  if (!identifies_ && !classifies_) throw Error(ErrorKind::usage, "outputs", "expected at least one output");
  if (!classifies_ && (types_ != 1 || none_score_)) {
    throw Error(ErrorKind::usage, "outputs",
                "without `classify` there must be one relation type only, and no `none_score`");
  }
}

void PairHead::read_inputs(const Parameters& parameters, const HeadSetup& setup) {
  if (!contains(parameters.texts("inputs"), "entity_logits")) return;
  softmax_ = parameters.text("logits") == "softmax";
  detached_ = parameters.boolean("detached");
  for (const OutputShape& shape : setup.spans_outputs) {
    if (shape.name == "classify" || parameters.boolean("with_identification")) logits_ += shape.columns;
    with_identification_ |= shape.name == "identify" && parameters.boolean("with_identification");
  }
  if (logits_ == 0 || with_identification_ != parameters.boolean("with_identification")) {
    throw Error(ErrorKind::usage, "inputs",
                "the head of the spans has no output `classify`, or no `identify` for `with_identification`");
  }
}

std::vector<OutputShape> PairHead::do_outputs() const {
  std::vector<OutputShape> shapes;
  if (identifies_) shapes.push_back({"identify", 1});
  if (classifies_) shapes.push_back({"classify", types_});
  return shapes;
}

// [N,2·logits of entities] what is known of the entities besides their states; undefined if nothing is.
at::Tensor PairHead::known(const Candidates& candidates, const Outputs& of_spans) const {
  std::vector<at::Tensor> parts;
  if (logits_ > 0) {
    const at::Tensor& scores = of_spans.at("classify");
    parts.push_back(softmax_ ? at::softmax(scores, 1) : scores);
    if (with_identification_) parts.push_back(of_spans.at("identify"));
    if (detached_) {
      for (at::Tensor& part : parts) part = part.detach();
    }
  }
  if (embeddings_.defined()) parts.push_back(embeddings_.index_select(0, candidates.types + 1));
  return parts.empty() ? at::Tensor() : at::cat(parts, 1);
}

Outputs PairHead::do_forward(const Features& features, const Candidates& candidates, const Outputs& of_spans,
                             Pass& pass) {
  const at::Tensor spans = max_over_rows(features.units, candidates.units);
  const at::Tensor widths = candidates.widths.clamp_max(widths_.size(0) - 1);
  const at::Tensor known = this->known(candidates, of_spans);
  Outputs scores;
  if (!pass.training()) {
    for (const Layer& layer : layers_)
      scores.emplace(layer.output, summed(layer, features.units, spans, widths, known, candidates));
    return scores;
  }
  const at::Tensor sizes = widths_.index_select(0, widths);
  std::vector<at::Tensor> blocks{max_over_rows(features.units, candidates.contexts)};
  for (const at::Tensor& block : {spans, sizes, known}) {
    if (!block.defined()) continue;
    for (int end : {0, 1}) blocks.push_back(block.index_select(0, candidates.pairs.select(1, end)));
  }
  const at::Tensor input = dropout(at::cat(blocks, 1), dropout_, pass);
  for (const Layer& layer : layers_)
    scores.emplace(layer.output, at::linear(input, layer.weight, layer.bias));
  return scores;
}

at::Tensor PairHead::summed(const Layer& layer, const at::Tensor& units, const at::Tensor& spans,
                            const at::Tensor& widths, const at::Tensor& known,
                            const Candidates& candidates) const {
  const std::int64_t size = widths_.size(1);
  const std::int64_t more = known.defined() ? known.size(1) : 0;
  const std::vector<at::Tensor> blocks =
      layer.weight.split_with_sizes({width_, width_, width_, size, size, more, more}, 1);
  at::Tensor as_head =
      at::linear(spans, blocks[1], layer.bias) + at::linear(widths_, blocks[3]).index_select(0, widths);
  at::Tensor as_tail = at::linear(spans, blocks[2]) + at::linear(widths_, blocks[4]).index_select(0, widths);
  if (more > 0) {
    as_head += at::linear(known, blocks[5]);
    as_tail += at::linear(known, blocks[6]);
  }
  const std::int64_t stride = units.size(0) + 1;
  const at::Tensor keys = candidates.contexts.select(1, 0) * stride + candidates.contexts.select(1, 1);
  const auto [gaps, gap_of_pair] = at::_unique(keys, /*sorted=*/true, /*return_inverse=*/true);
  const at::Tensor ranges = at::stack({at::floor_divide(gaps, stride), at::remainder(gaps, stride)}, 1);
  const at::Tensor between = at::linear(max_over_rows(units, ranges), blocks[0]);
  return as_head.index_select(0, candidates.pairs.select(1, 0)) +
         as_tail.index_select(0, candidates.pairs.select(1, 1)) + between.index_select(0, gap_of_pair);
}

std::vector<Decision> PairHead::do_decode(const Outputs& outputs, const Candidates& candidates) const {
  const auto values = [](const at::Tensor& tensor) { return tensor.to(at::kCPU, at::kFloat).contiguous(); };
  const at::Tensor pairs = candidates.pairs.to(at::kCPU).contiguous();
  const at::Tensor scores = classifies_ ? values(outputs.at("classify")) : at::zeros({candidates.size(), 1});
  const at::Tensor probabilities =
      values(at::sigmoid(identifies_ ? outputs.at("identify") : outputs.at("classify")));
  const auto* pair = pairs.const_data_ptr<std::int64_t>();
  const auto* row = scores.const_data_ptr<float>();
  const auto* probability = probabilities.const_data_ptr<float>();
  std::vector<Decision> decisions;
  for (std::int64_t i = 0; i < candidates.size(); ++i, row += types_, probability += probabilities.size(1)) {
    const PlacedSpan& head = candidates.places[static_cast<std::size_t>(pair[2 * i])];
    const auto add = [&](std::int32_t type, float score) {
      decisions.push_back({i, head.sentence, head.span, type, score});
    };
    const auto best = static_cast<std::int32_t>(std::max_element(row, row + types_) - row);
    // A probability of exactly zero is no prediction even at threshold 0, as in the reference.
    const auto passes = [&](float value) { return value >= threshold_ && value > 0; };
    if (none_score_) {
      if (row[best] > *none_score_) add(best, 1 / (1 + std::exp(-row[best])));
    } else if (identifies_) {
      if (passes(*probability)) add(best, *probability);
    } else {
      for (std::int32_t type = 0; type < types_; ++type) {
        if (passes(probability[type])) add(type, probability[type]);
      }
    }
  }
  return decisions;
}

}  // namespace spanlab::pair
