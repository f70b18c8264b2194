// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include "contract/subject.hpp"
#include "model/component_tree.hpp"
#include "spanlab/labeler.hpp"

namespace spanlab::host::suite {

namespace {

class BuiltLabeler : public Built {
 public:
  BuiltLabeler(std::shared_ptr<SoftLabeler> labeler, HeadKind kind, std::size_t view)
      : labeler_(std::move(labeler)), kind_(kind), view_(view) {}

  Answer answer(const Scene& scene, Pass&) override {
    Answer answer;
    for (std::size_t i = 0; i < scene.sentences.size(); ++i)
      answer.others["targets " + std::to_string(i)] = targets(scene, i);
    return answer;
  }
  std::int64_t size(const Scene& scene) override { return std::ssize(scene.sentences); }

 private:
  at::Tensor targets(const Scene& scene, std::size_t i) const {
    const Sentence& sentence = scene.sentences[i];
    const SpanSample spans = scene.spans(i, view_);
    const PairSample pairs = scene.pairs(i, view_);
    const std::size_t rows = kind_ == HeadKind::words   ? sentence.words.size()
                             : kind_ == HeadKind::spans ? spans.spans.size()
                                                        : pairs.pairs.size();
    const std::int64_t types = types_of(kind_);
    at::Tensor made = at::zeros({static_cast<std::int64_t>(rows), types});
    const std::span<float> all(made.data_ptr<float>(), static_cast<std::size_t>(made.numel()));
    if (kind_ == HeadKind::words)
      labeler_->label_words(sentence, view_, static_cast<std::size_t>(types), all);
    else if (kind_ == HeadKind::spans)
      labeler_->label_spans(sentence, view_, spans, static_cast<std::size_t>(types), all);
    else
      labeler_->label_pairs(sentence, view_, spans, pairs, static_cast<std::size_t>(types), all);
    return made;
  }

  std::shared_ptr<SoftLabeler> labeler_;
  HeadKind kind_;
  std::size_t view_;
};

// Of the first view or the second; the use's columns say which.
class LabelerSubject : public Subject {
 public:
  LabelerSubject(const Surroundings& around, const std::string& id)
      : Subject(around, ComponentKind::labeler, id) {}

  std::vector<Use> uses() const override {
    std::vector<Use> uses;
    for (const Use& use : kind_uses()) {
      for (const std::int64_t view : {0, 1})
        uses.push_back({use.name + (view == 0 ? ", first view" : ", second view"), use.kind, view});
    }
    return uses;
  }

 private:
  std::unique_ptr<Built> make(const Order& order) const override {
    static const std::vector<std::string> views{"first", "second"};
    static const std::vector<Inventory> inventories{inventory(), inventory()};
    const auto view = static_cast<std::size_t>(order.use.columns);
    const LabelerSetup setup{.kind = order.use.kind,
                             .views = views,
                             .inventories = inventories,
                             .view = view,
                             .context = context_at(around.trial, "")};
    auto labeler = build_nested(around.registry, setting(order), setup,
                                [&](const ComponentSetting& one, const LabelerSetup& own) {
                                  return around.registry.labeler(one.id, one.parameters, own);
                                });
    auto built = std::make_unique<BuiltLabeler>(std::move(labeler), order.use.kind, view);
    try_out(*built);
    return built;
  }
};

}  // namespace

std::unique_ptr<Subject> labeler_subject(const Surroundings& around, const std::string& id) {
  return std::make_unique<LabelerSubject>(around, id);
}

}  // namespace spanlab::host::suite
