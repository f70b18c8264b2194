// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <cmath>

#include "spanlab/head.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/span_ops.hpp"
#include "spanlab/tags.hpp"

namespace spanlab {

namespace {

constexpr double kLeastNorm = 1e-8;

Schema schema() {
  return Schema()
      .integer("tag_embedding", 25,
               "size of the embedding of the tag of an entity's last word, gold in training and predicted in "
               "evaluation")
      .range(1, 4096)
      .integer("hidden", 128,
               "width of the layer over an entity; as in a public re-implementation of Crone (2020, arXiv "
               "2002.06424), "
               "who does not say")
      .range(1, 4096)
      .text("activation", "relu",
            "after that layer; as in the re-implementation of Crone (2020), who does not say")
      .choices({"tanh", "relu"})
      .number("threshold", 0.9, "a relation type is kept if its probability is at least this")
      .range(0, 1)
      .number("dropout", 0.5, "rate on what is known of an entity, before it is scored")
      .range(0, 0.99);
}

/// The relation head of Crone (2020, arXiv 2002.06424; docs/papers.md, Task depth) over the last words of two
/// entities: g = [state | tag embedding], f = act(FF1 g), scores = FF2 [f_i; f_j; cos(f_i, f_j); Σ_d g_i[d]
/// W_k[d] g_j[d] for each type k].
class TokenPairHead : public Head {
 public:
  TokenPairHead(const Parameters& parameters, const HeadSetup& setup)
      : types_(static_cast<std::int64_t>(setup.inventory.relations.size())),
        tanh_(parameters.text("activation") == "tanh"),
        threshold_(static_cast<float>(parameters.number("threshold"))),
        dropout_(parameters.number("dropout")) {
    const std::int64_t tags = 1 + 2 * static_cast<std::int64_t>(setup.inventory.entities.size());
    const std::int64_t size = parameters.integer("tag_embedding"), hidden = parameters.integer("hidden");
    const std::int64_t known = setup.width + size, scored = 2 * hidden + 1 + types_;
    auto add = [&](const char* name, at::IntArrayRef shape, std::int64_t inputs) {
      at::Tensor tensor = at::empty(shape);
      Generator generator = setup.generator.split(name);
      // The deviation of a uniform distribution in ±1/√inputs, which is what PyTorch begins linear layers
      // with.
      fill_normal(tensor, 1 / std::sqrt(3.0 * static_cast<double>(inputs)), generator);
      return register_parameter(name, tensor);
    };
    tags_ = add("tags", {tags, size}, size);
    ff1_weight_ = add("ff1_weight", {hidden, known}, known);
    ff1_bias_ = no_decay(add("ff1_bias", {hidden}, known));
    ff2_weight_ = add("ff2_weight", {types_, scored}, scored);
    ff2_bias_ = no_decay(add("ff2_bias", {types_}, scored));
    distmult_ = add("distmult", {types_, known}, known);
  }

  HeadKind do_kind() const override { return HeadKind::pairs; }
  std::vector<OutputShape> do_outputs() const override { return {{"classify", types_}}; }

  Outputs do_forward(const Features& features, const Candidates& candidates, const Outputs&,
                     Pass& pass) override {
    const at::Tensor states = features.units.index_select(0, candidates.units.select(1, 1) - 1);
    const at::Tensor known =
        dropout(at::cat({states, tags_.index_select(0, last_tags(candidates))}, 1), dropout_, pass);
    const at::Tensor inner = at::linear(known, ff1_weight_, ff1_bias_);
    const at::Tensor hidden = tanh_ ? at::tanh(inner) : at::relu(inner);
    const at::Tensor unit = hidden / norms(hidden);
    const at::Tensor head = candidates.pairs.select(1, 0), tail = candidates.pairs.select(1, 1);
    const at::Tensor cosine =
        (unit.index_select(0, head) * unit.index_select(0, tail)).sum(1, /*keepdim=*/true);
    const at::Tensor products =
        at::linear(known.index_select(0, head) * known.index_select(0, tail), distmult_);
    const at::Tensor input =
        at::cat({hidden.index_select(0, head), hidden.index_select(0, tail), cosine, products}, 1);
    return {{"classify", at::linear(input, ff2_weight_, ff2_bias_)}};
  }

  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override {
    const at::Tensor probabilities =
        at::sigmoid(outputs.at("classify")).to(at::kCPU, at::kFloat).contiguous();
    const at::Tensor pairs = candidates.pairs.to(at::kCPU).contiguous();
    const auto* probability = probabilities.const_data_ptr<float>();
    const auto* pair = pairs.const_data_ptr<std::int64_t>();
    std::vector<Decision> decisions;
    for (std::int64_t i = 0; i < candidates.size(); ++i) {
      const PlacedSpan& head = candidates.places[static_cast<std::size_t>(pair[2 * i])];
      for (std::int32_t type = 0; type < types_; ++type, ++probability) {
        if (*probability >= threshold_) {
          decisions.push_back({i, head.sentence, head.span, type, *probability});
        }
      }
    }
    return decisions;
  }

 private:
  // The tag of each entity's last word: inside if there is more than one word, none where there is no type.
  static at::Tensor last_tags(const Candidates& candidates) {
    const at::Tensor inside = (candidates.widths > 1).to(at::kLong);
    return at::where(candidates.types < 0, at::zeros_like(candidates.types),
                     begin_tag(0) + 2 * candidates.types + inside);
  }

  // [N,1], at least kLeastNorm; no gradient goes through a norm that is less.
  static at::Tensor norms(const at::Tensor& rows) {
    const at::Tensor squares = rows.square().sum(1, /*keepdim=*/true);
    const at::Tensor small = squares < kLeastNorm * kLeastNorm;
    return squares.masked_fill(small, 1).sqrt().masked_fill(small, kLeastNorm);
  }

  std::int64_t types_;
  bool tanh_;
  float threshold_;
  double dropout_;
  at::Tensor tags_;
  at::Tensor ff1_weight_, ff1_bias_, ff2_weight_, ff2_bias_;
  at::Tensor distmult_;
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("token_pair", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.head(
      {"token_pair", "relations between the last words of two entities: states, tags, cosine and DistMult",
       schema(), 1},
      [](const Parameters& parameters, const HeadSetup& setup) {
        return std::make_shared<TokenPairHead>(parameters, setup);
      });
}
