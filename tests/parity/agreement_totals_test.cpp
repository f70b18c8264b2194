// SPDX-License-Identifier: MIT
// How far two views of a whole data set agree, by what the labeler `agreement` makes of their relations and
// entities.
#include <algorithm>
#include <set>

#include "components.hpp"
#include "data/statistics.hpp"
#include "parity/agreement_levels.hpp"
#include "parity/fixtures.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/sampler.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

// Relations of the second view whose type is among `types`, turned round.
void turn(Corpus& corpus, const std::set<std::string>& types) {
  for (Sentence& sentence : corpus.sentences) {
    for (Relation& relation : sentence.views[1].relations) {
      if (types.contains(corpus.inventories[1].relations[static_cast<std::size_t>(relation.type)].name))
        std::swap(relation.head, relation.tail);
    }
  }
}

// Any levels would do to tell the three cases apart, that the other view has the same type, none, and others
// only; these are the paper's.
const AgreementValues kValues(json{{"high", {0.9}}, {"medium", {0.8}}, {"low", {0.6, 0.31}}});

/// What the labeler says of one view's relations, one by one.
class Agreement {
 public:
  Agreement(const Corpus& corpus, std::size_t view)
      : corpus_(corpus),
        view_(view),
        labeler_(components().labeler(
            "agreement",
            Parameters(components().info(ComponentKind::labeler, "agreement").schema, kValues.given()),
            {HeadKind::pairs, corpus.views, corpus.inventories, view})) {
    for (const Sentence& sentence : corpus.sentences) count(sentence);
  }

  json levels = {{"high", 0}, {"medium", 0}, {"low", 0}};
  json high_per_type = json::object();
  json conflicts = json::object();
  std::int64_t spans_of_both = 0;

 private:
  const std::string& type_name(std::size_t type) const {
    return corpus_.inventories[view_].relations[type].name;
  }

  void count(const Sentence& sentence) {
    const Annotation& gold = sentence.views[view_];
    SpanSample spans;
    for (std::int32_t i = 0; i < std::ssize(gold.entities); ++i)
      spans.spans.push_back(gold.entities[i].span), spans.gold.push_back({i});
    std::vector<float> of_spans(spans.spans.size());  // there is one entity type
    labeler_->label_spans(sentence, view_, spans, 1, of_spans);
    spans_of_both +=
        std::ranges::count_if(of_spans, [](float target) { return kValues.level_of(target) == "high"; });
    for (std::int32_t i = 0; i < std::ssize(gold.relations); ++i) add(sentence, spans, gold.relations[i], i);
  }

  void add(const Sentence& sentence, const SpanSample& spans, const Relation& relation, std::int32_t item) {
    const std::size_t types = corpus_.inventories[view_].relations.size(),
                      own = static_cast<std::size_t>(relation.type);
    std::vector<float> target(types);
    labeler_->label_pairs(sentence, view_, spans, {{{relation.head, relation.tail}}, {{item}}}, types,
                          target);
    const std::string level = kValues.level_of(target[own]);
    levels[level] = levels[level].get<int>() + 1;
    if (!high_per_type.contains(type_name(own))) high_per_type[type_name(own)] = 0;
    if (level == "high") high_per_type[type_name(own)] = high_per_type[type_name(own)].get<int>() + 1;
    for (std::size_t other = 0; level == "low" && other < types; ++other) {
      const std::string pair = type_name(own) + " / " + type_name(other);
      if (other != own && target[other] > 0.2F) conflicts[pair] = conflicts.value(pair, 0) + 1;
    }
  }

  const Corpus& corpus_;
  std::size_t view_;
  std::shared_ptr<SoftLabeler> labeler_;
};

// Pairs of spans that have relations: the candidates of a sampler that merges the types of a pair.
std::int64_t distinct_pairs(const Corpus& corpus, std::size_t view) {
  const Inventory& inventory = corpus.inventories[view];
  const auto sampler = components().sampler(
      "uniform",
      Parameters(components().info(ComponentKind::sampler, "uniform").schema, {{"merge_types", true}}),
      {HeadKind::pairs, inventory, {}});
  Generator generator(1);
  std::int64_t pairs = 0;
  for (const Sentence& sentence : corpus.sentences) {
    const SpanSample spans = sampler->sample_spans(sentence, sentence.views[view], generator);
    pairs +=
        std::ssize(sampler->sample_pairs(sentence, sentence.views[view], inventory, spans, generator).gold);
  }
  return pairs;
}

void compare_variant(Comparison& comparison, Corpus corpus, const json& expected, const json& types,
                     const std::string& place) {
  turn(corpus, expected.at("flipped_sem_types").get<std::set<std::string>>());
  comparison.exact("sentences", corpus.sentences.size() == expected.at("sentences"), place);
  const SplitCounts counts = count(corpus, 10);
  const Agreement of_sci(corpus, 0), of_sem(corpus, 1);
  for (const std::size_t view : {0, 1}) {
    const Agreement& agreement = view == 0 ? of_sci : of_sem;
    const std::string& name = corpus.views[view];
    for (const char* level : {"high", "medium", "low"})
      comparison.exact("levels", agreement.levels[level] == expected.at(name).at(level), place + " " + name);
    comparison.exact("high per type", agreement.high_per_type == expected.at(name).at("high_per_type"),
                     place + " " + name);
    json per_type = json::object();
    for (const auto& [type, number] : counts.views[view].relation_types) per_type[type] = number;
    comparison.exact("relations per type", per_type == expected.at(name).at("relations_per_type"),
                     place + " " + name);
    comparison.exact("distinct pairs", distinct_pairs(corpus, view) == expected.at("distinct_pairs").at(name),
                     place + " " + name);
    comparison.exact("identical spans", agreement.spans_of_both == expected.at("identical_entity_spans"),
                     place + " " + name);
  }
  comparison.exact("conflicts", of_sci.conflicts == expected.at("conflicts_sci_sem"), place);
  turn(corpus, types.get<std::set<std::string>>());
  comparison.exact("same type reversed",
                   Agreement(corpus, 0).high_per_type == expected.at("same_type_reversed"), place);
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_agreement_of_a_data_set) {
  const std::filesystem::path file = fixtures_folder("systems/labels/totals.json");
  if (file.empty() || !data_sets_at_hand()) return;
  Comparison comparison("agreement of a data set");
  const json expected = read_json(file);
  const std::vector<std::string> places{(shared_folder() / "datasets").string()}, splits{"train"};
  const CardIndex cards(standard_locations(places), components());
  const DataCard& card = cards.data("label_variation_overlap");
  comparison.exact("file", card.folder + "/" + split_file(card, splits[0]).path == expected.at("file"),
                   card.name);
  const Corpus corpus = read_corpus(card, cards.folder(card), splits);
  for (const char* variant : {"as_released", "flipped"})
    compare_variant(comparison, corpus, expected.at(variant), expected.at("types"), variant);
}

}  // namespace spanlab::test
