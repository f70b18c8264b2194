// SPDX-License-Identifier: MIT
#include "spanlab/labeler.hpp"
#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

/// 1 for every type of a candidate's gold items in the task's own view, 0 for the others.
class Hard : public SoftLabeler {
 public:
  void do_label_spans(const Sentence& sentence, std::size_t view, const SpanSample& sample, std::size_t types,
                      std::span<float> targets) const override {
    const std::vector<Entity>& entities = sentence.views[view].entities;
    for (std::size_t row = 0; row < sample.gold.size(); ++row) {
      for (std::int32_t item : sample.gold[row])
        targets[row * types + static_cast<std::size_t>(entities[item].type)] = 1;
    }
  }

  void do_label_pairs(const Sentence& sentence, std::size_t view, const SpanSample&, const PairSample& sample,
                      std::size_t types, std::span<float> targets) const override {
    const std::vector<Relation>& relations = sentence.views[view].relations;
    for (std::size_t row = 0; row < sample.gold.size(); ++row) {
      for (std::int32_t item : sample.gold[row])
        targets[row * types + static_cast<std::size_t>(relations[item].type)] = 1;
    }
  }
};

}  // namespace

}  // namespace spanlab

SPANLAB_PLUGIN("hard", "0.1.0", "the Spanlab authors") {
  using namespace spanlab;
  registrar.labeler({"hard", "one-hot targets from the task's own view", Schema(), 1},
                    [](const Parameters&, const LabelerSetup&) { return std::make_unique<Hard>(); });
}
