// SPDX-License-Identifier: MIT
#include "data/dataset.hpp"
#include "parity/spert_model.hpp"

namespace spanlab::test {

namespace {

// Types are named, not listed, in these files: the metrics' types files say which relations are symmetric.
Inventory all_types() {
  Inventory all;
  for (const std::filesystem::path& folder : cases("metrics")) {
    const Inventory one = read_types(folder / "types.json");
    all.entities.insert(all.entities.end(), one.entities.begin(), one.entities.end());
    all.relations.insert(all.relations.end(), one.relations.begin(), one.relations.end());
  }
  return all;
}

std::shared_ptr<Sampler> sampler(const Inventory& inventory) {
  const Schema& schema = components().info(ComponentKind::sampler, "uniform").schema;
  return components().sampler("uniform", Parameters(schema, {{"negatives", std::int64_t{1000000}}}),
                              {HeadKind::pairs, inventory, {}});
}

// The reference's form of a sample's pairs: head, tail, context in units, and the type of a positive.
nlohmann::json pairs_as_json(const PairSample& sample, std::size_t first, std::size_t end,
                             const Candidates& candidates, const Sentence& sentence,
                             const Inventory& inventory) {
  nlohmann::json list = nlohmann::json::array();
  for (std::size_t i = first; i < end; ++i) {
    const auto row = static_cast<std::int64_t>(i);
    const std::int64_t begin = candidates.contexts[row][0].item<std::int64_t>(),
                       stop = candidates.contexts[row][1].item<std::int64_t>();
    nlohmann::json pair{{"head", sample.pairs[i].head}, {"tail", sample.pairs[i].tail}, {"context", nullptr}};
    if (begin < stop) pair["context"] = {begin, stop};
    if (i < sample.gold.size())
      pair["type"] = inventory.relations[sentence.views[0].relations[sample.gold[i][0]].type].name;
    list.push_back(std::move(pair));
  }
  return list;
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_candidates) {
  if (fixtures_folder("candidates").empty()) return;
  Comparison comparison("candidates");
  const Inventory inventory = all_types();
  const auto uniform = sampler(inventory);
  Generator generator(1);
  for (const std::filesystem::path& file : cases("candidates")) {
    std::size_t number = 0;
    for (const nlohmann::json& line : read_json_lines(file)) {
      const std::string place = file.filename().string() + ":" + std::to_string(++number);
      const Sentence sentence = sentence_of(line, Labels{{"default"}, {inventory}});
      const Annotation& gold = sentence.views[0];
      const SpanSample spans = uniform->sample_spans(sentence, gold, generator);
      const PairSample pairs = uniform->sample_pairs(sentence, gold, inventory, spans, generator);

      EncodedSentence encoded{.ids = line.at("ids"), .words = {}, .channels = {}};
      for (const nlohmann::json& word : line.at("token_spans")) encoded.words.push_back({word[0], word[1]});
      const Item item{&sentence, &encoded};
      const Batch batch = make_batch({&item, 1});
      PlacedPairs placed{{}, pairs.pairs, {0, static_cast<std::int64_t>(pairs.pairs.size())}};
      for (const Span& span : spans.spans) placed.spans.push_back({0, span});
      const Candidates candidates = pair_candidates(batch, placed, {});

      nlohmann::json positives = nlohmann::json::array(), negatives = nlohmann::json::array();
      for (std::size_t i = 0; i < spans.spans.size(); ++i) {
        const Span& span = spans.spans[i];
        if (i >= spans.gold.size())
          negatives.push_back({span.begin, span.end});
        else
          positives.push_back({{"start", span.begin},
                               {"end", span.end},
                               {"type", inventory.entities[gold.entities[spans.gold[i][0]].type].name}});
      }
      const std::size_t positive_pairs = pairs.gold.size();
      comparison.exact("positive spans", positives == line.at("positive_entities"), place);
      comparison.exact("negative spans", negatives == line.at("negative_entities"), place);
      comparison.exact("positive pairs",
                       pairs_as_json(pairs, 0, positive_pairs, candidates, sentence, inventory) ==
                           line.at("positive_relations"),
                       place);
      comparison.exact("negative pairs",
                       pairs_as_json(pairs, positive_pairs, pairs.pairs.size(), candidates, sentence,
                                     inventory) == line.at("negative_relations"),
                       place);
    }
  }
}

}  // namespace spanlab::test
