// SPDX-License-Identifier: MIT
// Tasks that tag words: every word is a candidate, and the head assembles spans from the tags.
#include "spanlab/tags.hpp"
#include "tasks/candidates.hpp"
#include "tasks/kinds.hpp"

namespace spanlab::host {

namespace {

class WordKind : public TaskKind {
 public:
  bool may_score_sentences() const override { return true; }  // such as the likelihood of its tags
  LabelSet labels(const Inventory& inventory) const override { return {inventory.entities, "entity"}; }
  std::size_t types(const Inventory& inventory) const override {
    return 2 * inventory.entities.size();  // B- and I-
  }
  std::vector<std::int32_t> gold_labels(const Annotation& gold) const override { return entity_types(gold); }

  std::shared_ptr<const Drawn> draw(const Drawing& drawing) const override {
    const auto& [task, inventory, sentence, spans, generator] = drawing;
    return std::make_shared<DrawnSpans>(task.sampler->sample_words(sentence, drawing.gold()));
  }

  GoldTypes gold_types(const Labelling& labelling) const override {
    const auto words = static_cast<std::int64_t>(labelling.sentence.words.size());
    const std::vector<std::int64_t> tags = to_tags(labelling.gold(), words);
    GoldTypes gold{words, {}};
    for (std::int64_t word = 0; word < words; ++word) {
      const std::int64_t tag = tags[static_cast<std::size_t>(word)];
      if (tag > 0) gold.types.push_back({word, static_cast<std::int32_t>(tag - 1)});  // 0 is `O`
    }
    return gold;
  }

  void label(const Labelling& labelling, std::span<float> targets) const override {
    const Task& task = labelling.task;
    task.labeler->label_words(labelling.sentence, task.view, labelling.types, targets);
  }

  Placed place(const TaskPass& pass, const BatchSamples&) const override {
    return {word_candidates(pass.batch, gold_of(pass.batch, pass.task))};
  }

  std::unique_ptr<TaskDecisions> decide(const TaskPass& pass) const override {
    return SpanDecisions::about_words(pass);
  }
};

}  // namespace

std::shared_ptr<const TaskKind> word_kind() { return std::make_shared<WordKind>(); }

}  // namespace spanlab::host
