// SPDX-License-Identifier: MIT
#include "data/noise.hpp"

#include <cmath>
#include <fstream>
#include <set>

#include "spanlab/error.hpp"
#include "components.hpp"
#include "test.hpp"

using namespace spanlab;

BOOST_AUTO_TEST_SUITE(noise)

static Corpus sample(std::int64_t limit = 0) {
  const std::vector<std::string> path{test::source_folder().string()}, train{"train"};
  const CardIndex index(standard_locations(path), test::components());
  const DataCard& card = index.data("sample");
  return read_corpus(card, index.folder(card), train, limit);
}

static Corpus noisy(Corpus corpus, const Noise& noise) {
  add_noise(corpus, noise);
  return corpus;
}

static const std::pair<const char*, NoiseKind> kKinds[] = {{"type", NoiseKind::type},
                                                           {"boundary", NoiseKind::boundary},
                                                           {"drop", NoiseKind::drop},
                                                           {"spurious", NoiseKind::spurious}};

static std::vector<std::tuple<Entity, Entity, std::int32_t>> spelled(const Annotation& gold) {
  std::vector<std::tuple<Entity, Entity, std::int32_t>> relations;
  for (const Relation& r : gold.relations)
    relations.emplace_back(gold.entities.at(r.head), gold.entities.at(r.tail), r.type);
  return relations;
}

// noise_reference.py makes the same noise from a generator of its own.
BOOST_AUTO_TEST_CASE(equals_the_reference) {
  std::ifstream stream(test::source_folder() / "tests/data/noise_expected.json");
  const auto expected = nlohmann::json::parse(stream);
  for (const auto& [name, kind] : kKinds) {
    const Corpus corpus = noisy(sample(60), {kind, 0.4, {}, {"train"}, 7});
    const Inventory& types = corpus.inventories.at(0);
    for (std::size_t i = 0; i < 60; ++i) {
      const Annotation& gold = corpus.sentences[i].views[0];
      nlohmann::json entities = nlohmann::json::array(), relations = nlohmann::json::array();
      for (const Entity& e : gold.entities)
        entities.push_back({e.span.begin, e.span.end, types.entities[e.type].name});
      for (const Relation& r : gold.relations)
        relations.push_back({r.head, r.tail, types.relations[r.type].name});
      BOOST_TEST((nlohmann::json{entities, relations} == expected.at(name).at(i)),
                 name << " of sentence " << i << ": " << entities << relations);
    }
  }
}

BOOST_AUTO_TEST_CASE(strikes_as_many_as_the_rate_says) {
  const Corpus clean = sample();
  for (const double rate : {0.1, 0.5}) {
    const Corpus corpus = noisy(clean, {NoiseKind::type, rate, {}, {"train"}, 3});
    double changed = 0, all = 0;
    for (std::size_t i = 0; i < clean.sentences.size(); ++i) {
      const auto &a = clean.sentences[i].views[0].entities, &b = corpus.sentences[i].views[0].entities;
      for (std::size_t k = 0; k < a.size(); ++k) changed += a[k].type != b[k].type;
      all += static_cast<double>(a.size());
    }
    // Four deviations of a binomial variable.
    BOOST_TEST(std::abs(changed - rate * all) < 4 * std::sqrt(all * rate * (1 - rate)),
               changed << " of " << all << " at " << rate);
  }
}

BOOST_AUTO_TEST_CASE(a_higher_rate_strikes_all_that_a_lower_one_does) {
  const Corpus clean = sample(), low = noisy(clean, {NoiseKind::drop, 0.1, {}, {"train"}, 3}),
               high = noisy(clean, {NoiseKind::drop, 0.3, {}, {"train"}, 3});
  std::size_t lost = 0;
  for (std::size_t i = 0; i < clean.sentences.size(); ++i) {
    auto names = [&](const Corpus& corpus) {
      return std::set<Entity>(corpus.sentences[i].views[0].entities.begin(),
                              corpus.sentences[i].views[0].entities.end());
    };
    BOOST_TEST(std::ranges::includes(names(low), names(high)));
    lost += names(low).size() - names(high).size();
  }
  BOOST_TEST(lost > 0u);
}

BOOST_AUTO_TEST_CASE(all_or_nothing) {
  const Corpus clean = sample(30);
  for (const auto& [name, kind] : kKinds) {
    const Corpus same = noisy(clean, {kind, 0, {}, {"train"}, 3});
    for (std::size_t i = 0; i < 30; ++i)
      BOOST_CHECK(same.sentences[i].views[0].entities == clean.sentences[i].views[0].entities);
  }
  for (const Sentence& sentence : noisy(clean, {NoiseKind::drop, 1, {}, {"train"}, 3}).sentences) {
    BOOST_TEST(sentence.views[0].entities.empty());
    BOOST_TEST(sentence.views[0].relations.empty());
  }
}

BOOST_AUTO_TEST_CASE(keeps_to_its_views_and_its_sentences) {
  Corpus two = sample(40);
  two.views = {"sci", "sem"};
  two.inventories.push_back(two.inventories[0]);
  for (Sentence& sentence : two.sentences) sentence.views.push_back(sentence.views[0]);
  const Corpus struck = noisy(two, {NoiseKind::drop, 0.5, {"sem"}, {"train"}, 3});
  Corpus last = two;
  last.sentences.erase(last.sentences.begin(), last.sentences.end() - 1);
  const Corpus alone = noisy(last, {NoiseKind::drop, 0.5, {}, {"train"}, 3});
  std::size_t lost = 0;
  for (std::size_t i = 0; i < two.sentences.size(); ++i) {
    BOOST_CHECK(struck.sentences[i].views[0].entities == two.sentences[i].views[0].entities);
    BOOST_CHECK(spelled(struck.sentences[i].views[0]) == spelled(two.sentences[i].views[0]));
    lost += two.sentences[i].views[1].entities.size() - struck.sentences[i].views[1].entities.size();
  }
  BOOST_TEST(lost > 0u);
  BOOST_CHECK(alone.sentences[0].views[1].entities == struck.sentences.back().views[1].entities);
}

BOOST_AUTO_TEST_SUITE_END()
