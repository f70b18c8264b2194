// SPDX-License-Identifier: MIT
#include "evaluate/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace spanlab::host {
namespace {

std::vector<Annotation> predicted_annotations(std::span<const Prediction> predicted) {
  std::vector<Annotation> all;
  for (const Prediction& prediction : predicted) all.push_back(prediction.annotation());
  return all;
}

// The scores of items by what they are; of one predicted twice the higher.
template <typename Item>
void note(std::map<Item, float>& scores, const Item& item, float score) {
  const auto [place, is_new] = scores.emplace(item, score);
  if (!is_new) place->second = std::max(place->second, score);
}

template <typename Item>
void judge(std::size_t sentence, const std::vector<Item>& gold, const std::vector<Item>& predicted,
           const std::map<Item, float>& scores, JudgedItems& items) {
  items.gold += static_cast<std::int64_t>(gold.size());
  for (const Item& item : predicted)
    items.predicted.push_back({scores.at(item), std::ranges::binary_search(gold, item), sentence});
}

void sort_by_score(JudgedItems& items) {
  std::ranges::stable_sort(items.predicted, std::ranges::greater(), &JudgedItem::score);
}

}  // namespace

JudgedItems& JudgedItems::operator+=(const JudgedItems& other) {
  predicted.insert(predicted.end(), other.predicted.begin(), other.predicted.end());
  gold += other.gold;
  sort_by_score(*this);
  return *this;
}

JudgedItems judged_entities(std::span<const Annotation> gold, std::span<const Prediction> predicted,
                            Overlap overlaps) {
  const std::vector<Annotation> said = predicted_annotations(predicted);
  check_same_number(gold, said);
  JudgedItems items;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    std::map<Entity, float> scores;
    for (const ScoredEntity& one : predicted[i].entities) note(scores, one.entity, one.score);
    judge(i, scored_entities(gold[i], overlaps), scored_entities(said[i], overlaps), scores, items);
  }
  sort_by_score(items);
  return items;
}

JudgedItems judged_relations(std::span<const Annotation> gold, std::span<const Prediction> predicted,
                             const Inventory& inventory, Overlap overlaps, ArgumentTypes types) {
  const std::vector<Annotation> said = predicted_annotations(predicted);
  check_same_number(gold, said);
  JudgedItems items;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    std::map<JoinedRelation, float> scores;
    for (const ScoredRelation& one : predicted[i].relations)
      note(scores, joined(one.relation, said[i], inventory, types), one.score);
    judge(i, scored_relations(gold[i], inventory, overlaps, types),
          scored_relations(said[i], inventory, overlaps, types), scores, items);
  }
  sort_by_score(items);
  return items;
}

std::vector<CurvePoint> precision_recall_curve(const JudgedItems& items) {
  std::vector<CurvePoint> curve;
  std::int64_t predicted = 0, correct = 0;
  for (const JudgedItem& item : items.predicted) {
    ++predicted;
    correct += item.correct ? 1 : 0;
    if (curve.empty() || curve.back().threshold != item.score) curve.push_back({item.score, 0, {}});
    curve.back().predicted = predicted;
    curve.back().score = score_of({correct, predicted, items.gold});
  }
  return curve;
}

std::vector<CurvePoint> thinned(std::span<const CurvePoint> curve, std::size_t most) {
  if (curve.size() <= most || most < 2) return {curve.begin(), curve.end()};
  const double first = curve.front().score.recall, last = curve.back().score.recall;
  std::vector<CurvePoint> few;
  std::size_t next = 0;
  for (std::size_t step = 0; step + 1 < most; ++step) {
    const double recall = first + (last - first) * static_cast<double>(step) / static_cast<double>(most - 1);
    while (next < curve.size() && curve[next].score.recall < recall) ++next;
    if (next + 1 < curve.size()) few.push_back(curve[next++]);
  }
  few.push_back(curve.back());
  return few;
}

Calibration calibration(const JudgedItems& items, std::size_t bins) {
  Calibration result;
  const double width = 1.0 / static_cast<double>(bins);
  for (std::size_t bin = 0; bin < bins; ++bin) {
    const auto place = static_cast<double>(bin);
    result.bins.push_back({place * width, (place + 1) * width, 0, 0, 0});
  }
  for (const JudgedItem& item : items.predicted) {
    const double place = std::clamp(item.score / width, 0.0, static_cast<double>(bins - 1));
    CalibrationBin& bin = result.bins[static_cast<std::size_t>(place)];
    ++bin.predicted;
    bin.correct += item.correct ? 1 : 0;
    bin.mean_score += item.score;  // divided below
  }
  for (CalibrationBin& bin : result.bins) {
    if (bin.predicted == 0) continue;
    bin.mean_score /= static_cast<double>(bin.predicted);
    const double share = static_cast<double>(bin.correct) / static_cast<double>(bin.predicted);
    result.expected_error += static_cast<double>(bin.predicted) /
                             static_cast<double>(items.predicted.size()) * std::abs(share - bin.mean_score);
  }
  return result;
}

}  // namespace spanlab::host
