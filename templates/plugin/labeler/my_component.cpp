// SPDX-License-Identifier: MIT
#include "my_component.hpp"

#include "spanlab/plugin.hpp"

namespace {

/// The right types of a candidate get a target below 1: annotators err, too.
class MyComponent : public spanlab::SoftLabeler {
 public:
  explicit MyComponent(double certainty) : certainty_(static_cast<float>(certainty)) {}

 protected:
  void do_label_spans(const spanlab::Sentence& sentence, std::size_t view, const spanlab::SpanSample& sample,
                      std::size_t types, std::span<float> targets) const override {
    fill(sentence.views[view].entities, sample.gold, types, targets);
  }

  void do_label_pairs(const spanlab::Sentence& sentence, std::size_t view, const spanlab::SpanSample&,
                      const spanlab::PairSample& sample, std::size_t types,
                      std::span<float> targets) const override {
    fill(sentence.views[view].relations, sample.gold, types, targets);
  }

 private:
  // `items` are the entities or relations of the view, `gold` those that each positive candidate stands for.
  template <typename Items>
  void fill(const Items& items, const std::vector<spanlab::GoldItems>& gold, std::size_t types,
            std::span<float> targets) const {
    for (std::size_t row = 0; row < gold.size(); ++row) {
      for (const std::int32_t item : gold[row]) {
        const auto type = static_cast<std::size_t>(items[static_cast<std::size_t>(item)].type);
        targets[row * types + type] = certainty_;
      }
    }
  }

  float certainty_;
};

}  // namespace

spanlab::Schema my_component_schema() {
  return spanlab::Schema().number("certainty", 0.9, "target of a candidate's types").range(0.5, 1);
}

std::shared_ptr<spanlab::SoftLabeler> make_my_component(const spanlab::Parameters& parameters,
                                                        const spanlab::LabelerSetup&) {
  return std::make_shared<MyComponent>(parameters.number("certainty"));
}

SPANLAB_PLUGIN("my_component", "0.1", "your name") {
  registrar.labeler({.id = "my_component",
                     .summary = "targets that are less than certain",
                     .schema = my_component_schema()},
                    make_my_component);
}
