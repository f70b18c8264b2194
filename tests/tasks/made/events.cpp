// SPDX-License-Identifier: MIT
// A head for a kind of task that the house does not have: it scores words as triggers of events.
#include <ATen/ATen.h>

#include "spanlab/head.hpp"
#include "spanlab/plugin.hpp"
#include "spanlab/span_ops.hpp"

namespace {

using namespace spanlab;

class EventHead : public Head {
 public:
  explicit EventHead(const HeadSetup& setup) : types_(std::ssize(setup.inventory.entities)) {
    at::Tensor weight = at::empty({types_, setup.width});
    fill_normal(weight, 0.02, setup.generator);
    weight_ = register_parameter("weight", weight);
    bias_ = register_parameter("bias", at::zeros({types_}));
  }

  HeadKind do_kind() const override { return HeadKind::spans; }
  std::string do_task_kind() const override { return "events"; }
  std::vector<OutputShape> do_outputs() const override { return {{"classify", types_}}; }

  Outputs do_forward(const Features& features, const Candidates& candidates, const Outputs&, Pass&) override {
    return {{"classify", at::linear(max_over_rows(features.units, candidates.units), weight_, bias_)}};
  }

  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override {
    const at::Tensor scores = at::sigmoid(outputs.at("classify")).contiguous();
    const float* row = scores.const_data_ptr<float>();
    std::vector<Decision> found;
    for (std::int64_t i = 0; i < candidates.size(); ++i, row += types_) {
      const auto& [sentence, span] = candidates.places[static_cast<std::size_t>(i)];
      for (std::int32_t type = 0; type < types_; ++type) {
        if (row[type] > 0.5f) found.push_back({i, sentence, span, type, row[type]});
      }
    }
    return found;
  }

 private:
  std::int64_t types_;
  at::Tensor weight_;
  at::Tensor bias_;
};

}  // namespace

SPANLAB_PLUGIN("events", "1.0", "T. Ester") {
  registrar.head(
      {.id = "events", .summary = "a linear layer over a word", .schema = {}},
      [](const Parameters&, const HeadSetup& setup) { return std::make_shared<EventHead>(setup); });
}
