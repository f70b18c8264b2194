// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "contract/samples.hpp"
#include "model/component_tree.hpp"
#include "spanlab/head.hpp"

namespace spanlab::host::suite {

namespace {

// Decisions as one tensor [D,6].
at::Tensor numbers_of(const std::vector<Decision>& decisions) {
  at::Tensor rows = at::empty({std::ssize(decisions), 6}, at::kDouble);
  auto* next = rows.data_ptr<double>();
  for (const Decision& one : decisions) {
    for (const double value : {static_cast<double>(one.row), static_cast<double>(one.sentence),
                               static_cast<double>(one.span.begin), static_cast<double>(one.span.end),
                               static_cast<double>(one.type), static_cast<double>(one.score)})
      *next++ = value;
  }
  return rows;
}

class BuiltHead : public Built {
 public:
  explicit BuiltHead(std::shared_ptr<Head> head) : head_(std::move(head)) {}

  Answer answer(const Scene& scene, Pass& pass) override {
    const Candidates candidates = scene.candidates(head_->kind());
    return {forward(scene, candidates, pass), {}};
  }
  NamedTensors decide(const Scene& scene, Pass& pass) override {
    const Candidates candidates = scene.candidates(head_->kind());
    return {{"decisions", numbers_of(head_->decode(forward(scene, candidates, pass), candidates))}};
  }
  torch::nn::Module* module() override { return head_.get(); }
  std::vector<at::Tensor> inputs(const Scene& scene) override {
    return {scene.features.units, scene.features.sentences};
  }
  std::int64_t size(const Scene& scene) override { return scene.candidates(head_->kind()).size(); }

 private:
  Outputs forward(const Scene& scene, const Candidates& candidates, Pass& pass) {
    return head_->forward(scene.features, candidates,
                          head_->reads_spans_outputs() ? scene.of_spans : Outputs(), pass);
  }

  std::shared_ptr<Head> head_;
};

class HeadSubject : public Subject {
 public:
  HeadSubject(const Surroundings& around, const std::string& id) : Subject(around, ComponentKind::head, id) {}

 private:
  std::unique_ptr<Built> make(const Order& order) const override {
    return std::make_unique<BuiltHead>(made_head(*this, order));
  }
};

}  // namespace

std::shared_ptr<Head> made_head(const Subject& subject, const Order& order) {
  Generator generator(order.seed);
  const HeadSetup setup{.width = Scene::kWidth,
                        .inventory = inventory(),
                        .spans_outputs = {{"identify", 1}, {"classify", types_of(HeadKind::spans)}},
                        .spans_widths = {},
                        .generator = generator,
                        .context = context_at(subject.around.trial, "")};
  const Registry& registry = subject.around.registry;
  return build_nested(registry, subject.setting(order), setup,
                      [&](const ComponentSetting& one, const HeadSetup& own) {
                        return registry.head(one.id, one.parameters, own);
                      });
}

std::unique_ptr<Subject> head_subject(const Surroundings& around, const std::string& id) {
  return std::make_unique<HeadSubject>(around, id);
}

}  // namespace spanlab::host::suite
