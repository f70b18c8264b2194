// SPDX-License-Identifier: MIT
// Tasks over spans: the sampler names them, gold and negative ones for training, all for evaluation.
#include "tasks/kinds.hpp"

namespace spanlab::host {

namespace {

std::vector<PlacedSpan> evaluation_spans(const TaskPass& pass) {
  std::vector<PlacedSpan> places;
  for (std::size_t s = 0; s < pass.batch.sentences.size(); ++s) {
    const Sentence& sentence = *pass.batch.sentences[s];
    for (const Span& span : pass.task.sampler->evaluation_spans(sentence))
      places.push_back({static_cast<std::int64_t>(s), span});
  }
  return places;
}

class SpanKind : public TaskKind {
 public:
  bool scores_spans() const override { return true; }
  LabelSet labels(const Inventory& inventory) const override { return {inventory.entities, "entity"}; }
  std::vector<std::int32_t> gold_labels(const Annotation& gold) const override { return entity_types(gold); }

  std::shared_ptr<const Drawn> draw(const Drawing& drawing) const override {
    const auto& [task, inventory, sentence, spans, generator] = drawing;
    return std::make_shared<DrawnSpans>(task.sampler->sample_spans(sentence, drawing.gold(), generator));
  }

  GoldTypes gold_types(const Labelling& labelling) const override {
    const SpanSample& sample = drawn_as<DrawnSpans>(labelling.drawn).sample;
    return types_of(sample.gold, sample.spans.size(), labelling.gold().entities);
  }

  void label(const Labelling& labelling, std::span<float> targets) const override {
    const auto& [task, sentence, drawn, spans, types] = labelling;
    const SpanSample& sample = drawn_as<DrawnSpans>(drawn).sample;
    task.labeler->label_spans(sentence, task.view, sample, types, targets);
  }

  Placed place(const TaskPass& pass, const BatchSamples& samples) const override {
    return drawn_spans(pass, samples);
  }

  std::unique_ptr<TaskDecisions> decide(const TaskPass& pass) const override {
    return SpanDecisions::about(pass, evaluation_spans(pass));
  }
};

}  // namespace

std::shared_ptr<const TaskKind> span_kind() { return std::make_shared<SpanKind>(); }

}  // namespace spanlab::host
