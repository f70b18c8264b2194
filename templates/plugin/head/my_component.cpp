// SPDX-License-Identifier: MIT
#include "my_component.hpp"

#include <ATen/ATen.h>

#include <cmath>

#include "spanlab/plugin.hpp"
#include "spanlab/span_ops.hpp"

namespace {

/// A hidden layer over the maximum of a span's states, then a score for "none" and each entity type.
class MyComponent : public spanlab::Head {
 public:
  MyComponent(const spanlab::Parameters& parameters, const spanlab::HeadSetup& setup)
      : classes_(static_cast<std::int64_t>(setup.inventory.entities.size()) + 1) {
    const std::int64_t hidden = parameters.integer("hidden");
    hidden_ = weights("hidden", hidden, setup.width, setup.generator);
    scores_ = weights("scores", classes_, hidden, setup.generator);
    bias_ = no_decay(register_parameter("bias", at::zeros({classes_})));
  }

 protected:
  spanlab::HeadKind do_kind() const override { return spanlab::HeadKind::spans; }
  std::vector<spanlab::OutputShape> do_outputs() const override { return {{"classify", classes_}}; }

  // One row for each candidate, of which there may be none.
  spanlab::Outputs do_forward(const spanlab::Features& features, const spanlab::Candidates& candidates,
                              const spanlab::Outputs&, spanlab::Pass&) override {
    const at::Tensor spans = spanlab::max_over_rows(features.units, candidates.units);
    return {{"classify", at::linear(at::linear(spans, hidden_).relu(), scores_, bias_)}};
  }

  // The class with the highest score, unless it is "none".
  std::vector<spanlab::Decision> do_decode(const spanlab::Outputs& outputs,
                                           const spanlab::Candidates& candidates) const override {
    const auto [best, classes] = outputs.at("classify").softmax(1).cpu().max(1);
    std::vector<spanlab::Decision> decisions;
    for (std::int64_t row = 0; row < candidates.size(); ++row) {
      const auto type = static_cast<std::int32_t>(classes[row].item<std::int64_t>()) - 1;
      const spanlab::PlacedSpan& place = candidates.places[static_cast<std::size_t>(row)];
      if (type >= 0) decisions.push_back({row, place.sentence, place.span, type, best[row].item<float>()});
    }
    return decisions;
  }

 private:
  at::Tensor weights(const std::string& name, std::int64_t rows, std::int64_t columns,
                     const spanlab::Generator& generator) {
    at::Tensor weight = at::empty({rows, columns});
    spanlab::Generator own = generator.split(name);
    fill_normal(weight, 1 / std::sqrt(static_cast<double>(columns)), own);
    return register_parameter(name, weight);
  }

  std::int64_t classes_;
  at::Tensor hidden_;  // [hidden,H]
  at::Tensor scores_;  // [classes,hidden]
  at::Tensor bias_;    // [classes]
};

}  // namespace

spanlab::Schema my_component_schema() {
  return spanlab::Schema().integer("hidden", 64, "numbers of the hidden layer").range(1, 4096);
}

std::shared_ptr<spanlab::Head> make_my_component(const spanlab::Parameters& parameters,
                                                 const spanlab::HeadSetup& setup) {
  return std::make_shared<MyComponent>(parameters, setup);
}

SPANLAB_PLUGIN("my_component", "0.1", "your name") {
  registrar.head({.id = "my_component",
                  .summary = "a hidden layer over the maximum of a span's states",
                  .schema = my_component_schema()},
                 make_my_component);
}
