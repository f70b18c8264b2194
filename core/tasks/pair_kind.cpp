// SPDX-License-Identifier: MIT
// Tasks over ordered pairs of another task's spans: of those that it drew in training, of those that it
// decided on in evaluation.
#include "tasks/candidates.hpp"
#include "tasks/kinds.hpp"
#include "tasks/pair_chunks.hpp"
#include "tasks/strongest_pairs.hpp"

namespace spanlab::host {

namespace {

/// Lays the pairs of a batch's sentences end to end over those spans alone that one of them names.
class PairPlacing {
 public:
  void sentence(std::int64_t number, const SpanSample& spans, const PairSample& pairs,
                const Annotation& gold) {
    places_.assign(spans.spans.size(), -1);
    for (const Pair& pair : pairs.pairs) {
      const std::int32_t head = place(number, pair.head, spans, gold);
      placed_.pairs.push_back({head, place(number, pair.tail, spans, gold)});
    }
    placed_.offsets.push_back(static_cast<std::int64_t>(placed_.pairs.size()));
    first_ += static_cast<std::int64_t>(spans.spans.size());
  }

  Placed finish(const Batch& batch, std::vector<const Annotation*> gold) {
    return {pair_candidates(batch, std::move(placed_), std::move(gold)), std::move(rows_)};
  }

 private:
  // Where the span stands among those that are named; it becomes one of them.
  std::int32_t place(std::int64_t sentence, std::int32_t row, const SpanSample& spans,
                     const Annotation& gold) {
    const auto number = static_cast<std::size_t>(row);
    if (places_[number] < 0) {
      places_[number] = static_cast<std::int32_t>(placed_.spans.size());
      placed_.spans.push_back({sentence, spans.spans[number]});
      const bool positive = number < spans.gold.size();
      placed_.types.push_back(positive ? gold.entities[spans.gold[number].front()].type : -1);
      rows_.push_back(first_ + row);
    }
    return places_[number];
  }

  PlacedPairs placed_{{}, {}, {0}};
  std::vector<std::int64_t> rows_;    // of each named span: its row among all that the other task drew
  std::int64_t first_ = 0;            // of the sentence's spans, among those
  std::vector<std::int32_t> places_;  // of each of the sentence's spans; -1: not named so far
};

class PairKind : public TaskKind {
 public:
  bool takes_spans() const override { return true; }
  LabelSet labels(const Inventory& inventory) const override { return {inventory.relations, "relation"}; }
  std::vector<std::int32_t> gold_labels(const Annotation& gold) const override {
    std::vector<std::int32_t> types;
    for (const Relation& relation : gold.relations) types.push_back(relation.type);
    return types;
  }

  std::shared_ptr<const Drawn> draw(const Drawing& drawing) const override {
    const auto& [task, inventory, sentence, spans, generator] = drawing;
    return std::make_shared<DrawnPairs>(
        task.sampler->sample_pairs(sentence, drawing.gold(), inventory, *spans, generator));
  }

  GoldTypes gold_types(const Labelling& labelling) const override {
    const PairSample& sample = drawn_as<DrawnPairs>(labelling.drawn).sample;
    return types_of(sample.gold, sample.pairs.size(), labelling.gold().relations);
  }

  void label(const Labelling& labelling, std::span<float> targets) const override {
    const auto& [task, sentence, drawn, spans, types] = labelling;
    const PairSample& sample = drawn_as<DrawnPairs>(drawn).sample;
    task.labeler->label_pairs(sentence, task.view, *spans, sample, types, targets);
  }

  Placed place(const TaskPass& pass, const BatchSamples& samples) const override {
    const std::vector<const Annotation*> gold = gold_of(pass.batch, pass.task);
    PairPlacing placing;
    for (std::size_t s = 0; s < samples.sentences.size(); ++s) {
      const SpanSample& spans = *samples.sentences[s][pass.task.spans].drawn->spans();
      const PairSample& pairs = samples.of(s).as<DrawnPairs>().sample;
      placing.sentence(static_cast<std::int64_t>(s), spans, pairs, *gold[s]);
    }
    return placing.finish(pass.batch, gold);
  }

  std::unique_ptr<TaskDecisions> decide(const TaskPass& pass) const override {
    StrongestPairs found(pass.batch.size(), pass.task.most_relations);
    pair_chunks(pass.batch, pass.task, pass.spans.decisions, pass.most,
                [&](PairChunk chunk) { take(pass, std::move(chunk), found); });
    return found.finish();
  }

 private:
  static void take(const TaskPass& pass, PairChunk chunk, StrongestPairs& found) {
    Scored scored = pass.score({std::move(chunk.candidates), chunk.spans});
    const std::vector<Decision> decisions = pass.decide(scored);
    const auto span = [&](std::int32_t row) {
      return static_cast<std::int32_t>(chunk.spans[static_cast<std::size_t>(row)]);
    };
    for (Decision decision : decisions) {
      const auto row = static_cast<std::size_t>(decision.row);
      decision.row = chunk.rows[row];
      found.add(decision, {span(chunk.pairs[row].head), span(chunk.pairs[row].tail)});
    }
    found.keep(std::move(scored));
  }
};

}  // namespace

std::shared_ptr<const TaskKind> pair_kind() { return std::make_shared<PairKind>(); }

}  // namespace spanlab::host
