// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "contract/subject.hpp"
#include "model/component_tree.hpp"
#include "spanlab/loss.hpp"

namespace spanlab::host::suite {

namespace {

class BuiltLoss : public Built {
 public:
  BuiltLoss(std::shared_ptr<Loss> loss, Use use) : loss_(std::move(loss)), use_(std::move(use)) {}

  Answer answer(const Scene& scene, Pass&) override {
    const Scores& given = scene.scores(use_.kind, use_.columns);
    const Candidates candidates = scene.candidates(use_.kind);
    const bool words = use_.kind == HeadKind::words;
    const LossValues found = loss_->forward(
        {given.scores, given.targets, given.hard, given.first, candidates, given.outputs, words});
    Answer answer{{{"values", found.values}}, {}};
    for (const auto& [name, part] : found.parts) answer.others["part " + name] = part;
    if (found.samples.defined()) answer.others["samples"] = found.samples;
    return answer;
  }
  torch::nn::Module* module() override { return loss_.get(); }
  std::vector<at::Tensor> inputs(const Scene& scene) override {
    return {scene.scores(use_.kind, use_.columns).scores};
  }
  std::int64_t size(const Scene& scene) override { return scene.candidates(use_.kind).size(); }

 private:
  std::shared_ptr<Loss> loss_;
  Use use_;
};

class LossSubject : public Subject {
 public:
  LossSubject(const Surroundings& around, const std::string& id) : Subject(around, ComponentKind::loss, id) {}

  // Scores of "is there any", of each type, and of none before them.
  std::vector<Use> uses() const override {
    std::vector<Use> uses;
    for (const Use& use : kind_uses()) {
      for (const std::int64_t columns : {std::int64_t{1}, types_of(use.kind), types_of(use.kind) + 1})
        uses.push_back(
            {fmt::format("{}, {} column{}", use.name, columns, columns == 1 ? "" : "s"), use.kind, columns});
    }
    return uses;
  }

 private:
  std::unique_ptr<Built> make(const Order& order) const override {
    const std::int64_t types = types_of(order.use.kind);
    const auto counts = [types] {
      std::vector<std::int64_t> counts;
      for (std::int64_t i = 0; i <= types; ++i) counts.push_back(100 / (i + 1));
      return counts;
    };
    const LossSetup setup{.kind = order.use.kind,
                          .columns = order.use.columns,
                          .types = types,
                          .counts = counts,
                          .context = context_at(around.trial, "")};
    auto loss = build_nested(around.registry, setting(order), setup,
                             [&](const ComponentSetting& one, const LossSetup& own) {
                               return around.registry.loss(one.id, one.parameters, own);
                             });
    if (!loss->accepts(order.use.columns, types))
      throw Refused{fmt::format("accepts() says no to {} columns and {} types", order.use.columns, types)};
    return std::make_unique<BuiltLoss>(std::move(loss), order.use);
  }
};

}  // namespace

std::unique_ptr<Subject> loss_subject(const Surroundings& around, const std::string& id) {
  return std::make_unique<LossSubject>(around, id);
}

}  // namespace spanlab::host::suite
