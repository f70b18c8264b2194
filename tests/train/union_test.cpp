// SPDX-License-Identifier: MIT
// What tasks of several views say together: predictions as a file, in the form of each one's own, and their
// scores.
#include "train/evaluation.hpp"

#include "evaluate/score_path.hpp"
#include "model/setup.hpp"
#include "train/training.hpp"

namespace spanlab::test {

namespace {

nlohmann::json view_task(const std::string& view, const std::string& head, const std::string& loss) {
  return {{"view", view},
          {"head", {{"component", head}}},
          {"loss", {{"classify", {{"component", loss}}}}},
          {"sampler", {{"component", "uniform"}}},
          {"labeler", {{"component", "hard"}}}};
}

// Two views of one text; `Used` has another number in each, and each has a type of its own.
const Labels kTwoViews{
    {"sci", "sem"},
    {{{{"Term", "", false}}, {{"Used", "", false}, {"Part", "", false}}},
     {{{"Term", "", false}, {"Metric", "", false}}, {{"Topic", "", false}, {"Used", "", false}}}}};

const Annotation kSciGold{{{{0, 1}, 0}, {{3, 4}, 0}}, {{0, 1, 0}}};
const Annotation kSemGold{{{{0, 1}, 0}, {{2, 4}, 1}}, {{0, 1, 1}}};

}  // namespace

BOOST_AUTO_TEST_CASE(predictions_of_all_views_together_are_written) {
  nlohmann::json configuration{
      {"encoder", {{"component", "birnn"}, {"size", 4}, {"word_size", 4}, {"character_states", 0}}}};
  for (const std::string view : {"sci", "sem"}) {
    configuration[view + "_entity"] = view_task(view, "span", "cross_entropy");
    configuration[view + "_relation"] = view_task(view, "pair", "bce");
    configuration[view + "_relation"]["spans"] = view + "_entity";
  }
  const std::vector<Sentence> sentences{{"a", "", {"trees", "beat", "plain", "lists"}, {kSciGold, kSemGold}},
                                        {"b", "", {"none"}, {{}, {}}}};
  Generator generator(1);
  const Model model(
      ModelSetup{configured(configuration), components(), kTwoViews, {}, sentences, "", generator});
  const EvaluationSet set{"test", sentences, {}};

  // Both see `trees` and its relation to another entity; the relation `Used` from `trees` to `lists` only the
  // first.
  const Prediction sci{{{{{0, 1}, 0}, 0.75f}, {{{3, 4}, 0}, 0.5f}}, {{{0, 1, 0}, 0.5f}}};
  const Prediction sem{{{{{0, 1}, 0}, 0.25f}, {{{3, 4}, 0}, 0.875f}, {{{3, 4}, 1}, 0.625f}},
                       {{{0, 1, 1}, 0.75f}, {{0, 2, 0}, 0.375f}}};
  std::vector<SpanTaskPredictions> predictions;
  for (std::size_t task = 0; task < model.tasks().size(); ++task) {
    if (!model.tasks()[task].takes_spans())
      predictions.push_back({task, {model.tasks()[task].view == 0 ? sci : sem, {}}});
  }
  BOOST_REQUIRE(predictions.size() == 2u);

  TemporaryFolder folder;
  write_predictions(model, set, predictions, folder.path());
  BOOST_TEST(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 3);
  BOOST_TEST(lines_of(folder.path() / "test.sem.jsonl")[0]["entities"].size() == 3u);
  const std::vector<nlohmann::json> lines = lines_of(folder.path() / "test.union.jsonl");
  BOOST_REQUIRE(lines.size() == 2u);
  const nlohmann::json expected = {{"id", "a"},
                                   {"tokens", {"trees", "beat", "plain", "lists"}},
                                   {"entities",
                                    {{{"type", "Term"}, {"start", 0}, {"end", 1}, {"score", 0.75}},
                                     {{"type", "Term"}, {"start", 3}, {"end", 4}, {"score", 0.875}},
                                     {{"type", "Metric"}, {"start", 3}, {"end", 4}, {"score", 0.625}}}},
                                   {"relations",
                                    {{{"type", "Used"}, {"head", 0}, {"tail", 1}, {"score", 0.75}},
                                     {{"type", "Topic"}, {"head", 0}, {"tail", 2}, {"score", 0.375}}}}};
  BOOST_TEST(lines[0] == expected);
  BOOST_TEST(lines[1] == (nlohmann::json{{"id", "b"},
                                         {"tokens", {"none"}},
                                         {"entities", nlohmann::json::array()},
                                         {"relations", nlohmann::json::array()}}));

  // Gold together: trees, lists, plain lists; trees Used lists, trees Used plain lists.
  const ScoreTree scores = score_predictions(model, set, predictions, Overlap::allowed);
  BOOST_TEST(find_score(scores, "union.entity.precision").value() == 200.0 / 3,
             boost::test_tools::tolerance(1e-12));
  BOOST_TEST(find_score(scores, "union.relation.boundary.recall").value() == 50.0);
  BOOST_TEST(find_score(scores, "sci.entity.f1").value() == 100.0);
}

}  // namespace spanlab::test
