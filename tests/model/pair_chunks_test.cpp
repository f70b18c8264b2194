// SPDX-License-Identifier: MIT
// Evaluation chunk by chunk: the same predictions, and memory that the number of pairs does not fill.
#include "tasks/pair_chunks.hpp"

#include <ATen/Parallel.h>
#include <sys/resource.h>

#include <cmath>
#include <map>
#include <set>

#include "model/papers.hpp"
#include "model/predict.hpp"
#include "records/predictions.hpp"
#include "train/evaluation.hpp"

namespace spanlab::test {

namespace {

struct Read {
  Read(const Model& model, const std::vector<Sentence>& sentences) : encoded(model.encode(sentences)) {
    for (std::size_t i = 0; i < sentences.size(); ++i) items.push_back({&sentences[i], &encoded[i]});
    batch = make_batch(items);
  }
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  Batch batch;
};

// One of the papers, with so many relations at most in a sentence.
std::shared_ptr<Model> limited(Paper paper, const TinyBert& bert, std::int64_t most) {
  for (auto& [name, node] : paper.configuration.items()) {
    if (node.contains("spans")) node["max_relations"] = most;
  }
  return moved(paper, bert);
}

std::int64_t peak_megabytes() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss / 1024;
}

// Scores the pairs of its sampler's list.
struct Listed : Sampler {
  std::vector<Pair> pairs;
  std::vector<Pair> do_evaluation_pairs(std::int32_t spans) const override {
    return spans > 2 ? pairs : std::vector<Pair>();
  }
};

std::vector<Decision> spans_of(std::int64_t first, std::int64_t second) {
  std::vector<Decision> all;
  for (std::int64_t i = 0; i < first + second; ++i) {
    const auto place = static_cast<std::int32_t>(i < first ? i : i - first);
    all.push_back({i, i < first ? 0 : 1, {place, place + 1}, 0, 1});
  }
  return all;
}

// What the task over the first one's spans decided.
const PairDecisions& relations_of(const BatchDecisions& decided) {
  return dynamic_cast<const PairDecisions&>(*decided[1]);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pair_chunks_of_evaluation)

BOOST_AUTO_TEST_CASE(all_pairs_come_once_in_chunks_that_are_small) {
  const std::vector<std::string> words(40, "w");
  const std::vector<Sentence> sentences{
      {"a", "", words, {{}}}, {"b", "", words, {{}}}, {"c", "", words, {{}}}};
  EncodedSentence encoded;
  for (std::int64_t i = 0; i < 40; ++i) encoded.ids.push_back(i), encoded.words.push_back({i, i + 1});
  const Item items[] = {{&sentences[0], &encoded}, {&sentences[1], &encoded}, {&sentences[2], &encoded}};
  const Batch batch = make_batch(items);
  for (const auto& [first, second] : std::vector<std::pair<std::int64_t, std::int64_t>>{
           {0, 0}, {1, 1}, {3, 2}, {17, 0}, {5, 33}, {40, 40}}) {
    const std::vector<Decision> spans = spans_of(first, second);
    for (const std::int64_t most : {1, 9, 30, 400, 100000}) {
      if (first > 20 && most == 1) continue;  // the same, for long
      Task task;
      auto sampler = std::make_unique<Listed>();
      task.sampler = std::move(sampler);
      std::set<std::pair<std::int64_t, std::int64_t>> seen;
      std::map<std::int64_t, std::pair<std::int64_t, std::int64_t>> by_row;
      pair_chunks(batch, task, spans, most, [&](PairChunk chunk) {
        BOOST_TEST((chunk.candidates.size() > 0 && chunk.candidates.size() <= most));
        BOOST_TEST(chunk.rows.size() == chunk.pairs.size());
        const at::Tensor rows = chunk.candidates.pairs;
        BOOST_TEST(chunk.candidates.size() == std::ssize(chunk.pairs));
        BOOST_TEST(chunk.candidates.offsets.back() == chunk.candidates.size());
        for (std::int64_t row = 0; row < chunk.candidates.size(); ++row) {
          const Pair& pair = chunk.pairs[static_cast<std::size_t>(row)];
          const std::int64_t head = chunk.spans[static_cast<std::size_t>(pair.head)],
                             tail = chunk.spans[static_cast<std::size_t>(pair.tail)];
          if (rows.const_data_ptr<std::int64_t>()[2 * row] != pair.head) BOOST_ERROR("another head");
          by_row[chunk.rows[static_cast<std::size_t>(row)]] = {head, tail};
          BOOST_TEST((chunk.candidates.places[static_cast<std::size_t>(pair.tail)].span ==
                      spans[static_cast<std::size_t>(tail)].span));
          BOOST_TEST(spans[static_cast<std::size_t>(head)].sentence ==
                     spans[static_cast<std::size_t>(tail)].sentence);
          BOOST_TEST((seen.emplace(head, tail).second && head != tail));
        }
      });
      BOOST_TEST(std::ssize(seen) ==
                 first * (first - 1) * (first > 0) + second * (second - 1) * (second > 0));
      std::vector<std::pair<std::int64_t, std::int64_t>> in_order;
      for (const auto& [row, pair] : by_row) in_order.push_back(pair);
      BOOST_TEST((in_order == std::vector(seen.begin(), seen.end())));
      BOOST_TEST((by_row.empty() || by_row.rbegin()->first == std::ssize(seen) - 1));
    }
  }
  Task task;
  auto sampler = std::make_unique<Listed>();
  sampler->pairs = {{0, 1}, {2, 0}, {1, 2}};
  task.sampler = std::move(sampler);
  std::vector<std::pair<std::int64_t, std::int64_t>> found;
  pair_chunks(batch, task, spans_of(3, 2), 2, [&](PairChunk chunk) {
    for (const Pair& pair : chunk.pairs)
      found.emplace_back(chunk.spans[static_cast<std::size_t>(pair.head)],
                         chunk.spans[static_cast<std::size_t>(pair.tail)]);
  });
  BOOST_TEST(
      (found == std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 1}, {2, 0}, {1, 2}, {3, 4}, {4, 3}}));
}

BOOST_AUTO_TEST_CASE(chunks_predict_what_the_whole_does) {
  const TinyBert bert;
  for (const Paper& paper : papers()) {
    BOOST_TEST_CONTEXT(paper.name) {
      const auto model = moved(paper, bert);
      const Read read(*model, paper.sentences);
      const std::vector<SpanTaskPredictions> whole = assemble(*model, read.batch, decide(*model, read.batch));
      for (const std::int64_t most : {1, 5, 40}) {
        const std::vector<SpanTaskPredictions> chunks =
            assemble(*model, read.batch, decide(*model, read.batch, most));
        for (std::size_t task = 0; task < whole.size(); ++task) {
          for (std::size_t s = 0; s < paper.sentences.size(); ++s) {
            const Prediction &a = chunks[task].sentences[s], &b = whole[task].sentences[s];
            BOOST_REQUIRE(
                (a.entities.size() == b.entities.size() && a.relations.size() == b.relations.size()));
            // Products of other shapes may add in another order.
            for (std::size_t i = 0; i < a.entities.size(); ++i) {
              BOOST_TEST((a.entities[i].entity == b.entities[i].entity &&
                          std::abs(a.entities[i].score - b.entities[i].score) < 1e-5));
            }
            for (std::size_t i = 0; i < a.relations.size(); ++i) {
              BOOST_TEST((a.relations[i].relation == b.relations[i].relation &&
                          std::abs(a.relations[i].score - b.relations[i].score) < 1e-5));
            }
          }
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_strongest_relations_stay) {
  const TinyBert bert;
  const Paper paper = papers()[1];
  const auto free = moved(paper, bert);
  const Read read(*free, paper.sentences);
  const BatchDecisions decided = decide(*free, read.batch);
  const PairDecisions& all = relations_of(decided);
  BOOST_TEST(std::ranges::all_of(all.left_out, [](std::int64_t count) { return count == 0; }));
  for (const std::int64_t most : {1, 3, 10}) {
    const auto model = limited(paper, bert, most);
    const BatchDecisions in_chunks = decide(*model, read.batch, 7), at_once = decide(*model, read.batch);
    const PairDecisions& some = relations_of(in_chunks);
    BOOST_TEST((some.left_out == relations_of(at_once).left_out));
    std::int64_t cut = 0;
    for (std::int64_t s = 0; s < read.batch.size(); ++s) {
      std::vector<float> expected, found;
      for (const Decision& decision : all.decisions)
        if (decision.sentence == s) expected.push_back(decision.score);
      for (const Decision& decision : some.decisions)
        if (decision.sentence == s) found.push_back(decision.score);
      const std::int64_t left_out = std::max<std::int64_t>(0, std::ssize(expected) - most);
      BOOST_TEST(some.left_out[static_cast<std::size_t>(s)] == left_out);
      cut += left_out;
      std::ranges::sort(expected, std::greater());
      std::ranges::sort(found, std::greater());
      BOOST_REQUIRE(std::ssize(found) == std::ssize(expected) - left_out);
      for (std::size_t i = 0; i < found.size(); ++i) BOOST_TEST(std::abs(found[i] - expected[i]) < 1e-5);
    }
    BOOST_TEST(cut > 0);
    BOOST_TEST(some.pairs.size() == some.decisions.size());
    // What was left out is counted in the scores.
    const std::vector<SpanTaskPredictions> predictions = predict(*model, read.items);
    const EvaluationSet set{"test", paper.sentences, read.encoded};
    const ScoreTree scores = score_predictions(*model, set, predictions, Overlap::allowed);
    BOOST_TEST((*scores.find("relation")->find("left_out") == ScoreTree(cut)));
  }
  const EvaluationSet set{"test", paper.sentences, read.encoded};
  const ScoreTree scores = score_predictions(*free, set, predict(*free, read.items), Overlap::allowed);
  BOOST_TEST(!scores.find("relation")->find("left_out"));
}

// 6 million pairs of 2,455 spans, of which an untrained model takes every one for a relation.
BOOST_AUTO_TEST_CASE(a_long_sentence_needs_no_memory_for_all_its_pairs) {
  const TinyBert bert;
  Paper paper = papers()[1];
  paper.configuration["encoder"] = {{"component", "birnn"}, {"size", 8}, {"least", 1}, {"word_size", 8}};
  std::vector<std::string> words;
  for (int i = 0; i < 250; ++i) words.push_back("w" + std::to_string(i % 90));
  paper.sentences = {{"long", "", words, {{}}}};
  const auto model = fresh(paper, bert, 4);
  {
    const at::NoGradGuard no_gradients;
    for (const char* task : {"entity", "relation"})
      model->named_parameters()[std::string(task) + ".head.identify_bias"].fill_(2);
  }
  const Read read(*model, paper.sentences);
  const std::int64_t before = peak_megabytes();
  const int usual = at::get_num_threads();
  at::set_num_threads(1);  // on a busy machine threads wait for each other in every one of 750 chunks
  const std::vector<SpanTaskPredictions> predictions = predict(*model, read.items);
  at::set_num_threads(usual);
  const Prediction& prediction = predictions[0].sentences[0];
  BOOST_TEST(peak_megabytes() - before < 150);
  BOOST_TEST(prediction.entities.size() == 2455u);
  BOOST_TEST(prediction.relations.size() <= 50000u);
  BOOST_TEST(prediction.relations.size() > 20000u);  // of the symmetric type two directions are one
  BOOST_TEST(prediction.relations_left_out == 2455 * 2454 - 50000);
  BOOST_TEST(prediction_line(paper.sentences[0], prediction, paper.labels.inventories[0]).size() <
             20'000'000u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
