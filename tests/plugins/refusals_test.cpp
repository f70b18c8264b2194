// SPDX-License-Identifier: MIT
// What the components refuse because of the task, the data set or the targets that they meet: not by their
// schemas, but as they are made or used. Each refusal names what was expected; beside each stands the nearest
// thing that is no mistake.
#include <cmath>
#include <functional>
#include <optional>

#include "plugins/spert_parts.hpp"
#include "spanlab/error.hpp"
#include "spanlab/labeler.hpp"
#include "spanlab/loss.hpp"

namespace spanlab::test {

namespace {

using Given = std::map<std::string, Value>;
using Names = std::vector<std::string>;

const std::vector<HeadKind> kAllKinds{HeadKind::spans, HeadKind::pairs, HeadKind::words};

// Ends in an error with all these words in it.
void check_refused(const std::function<void()>& function, const Names& words,
                   std::optional<ErrorKind> kind = ErrorKind::usage) {
  try {
    function();
    BOOST_ERROR("nothing was refused; expected: " + words.front());
  } catch (const Error& error) {
    BOOST_TEST((!kind || error.kind() == *kind));
    for (const std::string& word : words)
      BOOST_TEST(std::string(error.what()).find(word) != std::string::npos, error.what()
                                                                                << " lacks: " << word);
  }
}

std::shared_ptr<Loss> loss_of(const std::string& id, const Given& given, HeadKind kind) {
  return components().loss(id, parameters(ComponentKind::loss, id, given),
                           {.kind = kind, .columns = 3, .types = 3});
}

std::shared_ptr<Head> head_of(const std::string& id, const Given& given, std::size_t types) {
  Inventory inventory;
  for (std::size_t i = 0; i < types; ++i) {
    inventory.entities.push_back({"E" + std::to_string(i), "", false});
    inventory.relations.push_back({"R" + std::to_string(i), "", false});
  }
  Generator generator(5);
  return components().head(
      id, parameters(ComponentKind::head, id, given),
      {.width = 8, .inventory = inventory, .spans_outputs = {}, .spans_widths = {}, .generator = generator});
}

std::shared_ptr<SoftLabeler> labeler_of(const std::string& id, const Given& given, HeadKind kind,
                                        const Names& views) {
  const std::vector<Inventory> inventories(views.size(), Inventory{{{"E", "", false}}, {{"R", "", false}}});
  return components().labeler(id, parameters(ComponentKind::labeler, id, given),
                              {kind, views, inventories, 1});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(refusals)

BOOST_AUTO_TEST_CASE(overlap_weighs_spans_only) {
  for (const HeadKind kind : {HeadKind::pairs, HeadKind::words}) {
    check_refused([&] { loss_of("bce", {{"iou_factor", 0.1}}, kind); },
                  {"iou_factor: ", "only negatives of a span task", "expected 0"});
    BOOST_CHECK_NO_THROW(loss_of("bce", {{"iou_factor", 0.0}, {"iou_form", "power"}}, kind));
  }
  BOOST_CHECK_NO_THROW(loss_of("bce", {{"iou_factor", 0.1}}, HeadKind::spans));
}

BOOST_AUTO_TEST_CASE(tags_are_compared_with_a_crf_s_scores_only) {
  for (const HeadKind kind : {HeadKind::spans, HeadKind::pairs}) {
    check_refused([&] { loss_of("crf_nll", {}, kind); }, {"'crf_nll'", "a tagging head such as 'crf'"});
  }
  const auto loss = loss_of("crf_nll", {}, HeadKind::words);
  BOOST_TEST(loss->accepts(4, 3));
  for (const std::int64_t columns : {1, 3, 5}) BOOST_TEST(!loss->accepts(columns, 3));
  // A tagging head without one of a CRF's scores.
  const at::Tensor scores = at::zeros({2, 4}), targets = at::zeros({2, 3});
  Candidates candidates;
  candidates.offsets = {0, 2};
  const Outputs whole{{"emissions", scores},
                      {"transitions", at::zeros({4, 4})},
                      {"start", at::zeros({4})},
                      {"end", at::zeros({4})}};
  for (const std::string name : {"transitions", "start", "end"}) {
    Outputs outputs = whole;
    outputs.erase(name);
    check_refused([&] { loss->forward({scores, targets, targets, at::Tensor(), candidates, outputs, true}); },
                  {"'crf_nll'", "the head 'crf'", "without '" + name + "'"});
  }
  const at::Tensor values =
      loss->forward({scores, targets, targets, at::Tensor(), candidates, whole, true}).values;
  BOOST_TEST(values.item<double>() == 2 * std::log(4.0), boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(soft_labels_are_not_for_tags) {
  for (const char* id : {"smoothing", "mixture", "agreement"}) {
    check_refused([&] { labeler_of(id, {}, HeadKind::words, {"a", "b"}); },
                  {"spans and pairs alone", "the labeler 'hard'"});
    for (const HeadKind kind : {HeadKind::spans, HeadKind::pairs})
      BOOST_CHECK_NO_THROW(labeler_of(id, {}, kind, {"a", "b"}));
  }
  for (const HeadKind kind : kAllKinds) BOOST_CHECK_NO_THROW(labeler_of("hard", {}, kind, {"a", "b"}));
}

BOOST_AUTO_TEST_CASE(of_several_other_views_one_must_be_named) {
  const Names three{"a", "b", "c"};
  for (const char* id : {"mixture", "agreement"}) {
    const auto made = [&](const std::string& other, const Names& views) {
      return [=] { labeler_of(id, {{"other_view", other}}, HeadKind::pairs, views); };
    };
    check_refused(made("", three), {"other_view: ", "several other views", "one of: a, c"});
    check_refused(made("b", three), {"other_view: no other view 'b'", "one of: a, c"});
    check_refused(made("d", three), {"other_view: no other view 'd'", "one of: a, c"});
    for (const char* other : {"a", "c"}) BOOST_CHECK_NO_THROW(made(other, three)());
    BOOST_CHECK_NO_THROW(made("", {"a", "b"})());
  }
}

BOOST_AUTO_TEST_CASE(a_view_cannot_be_compared_with_itself) {
  const std::vector<Inventory> inventories(1);
  const Names views{"default"};
  for (const char* id : {"mixture", "agreement"}) {
    check_refused(
        [&] {
          components().labeler(id, parameters(ComponentKind::labeler, id),
                               {HeadKind::pairs, views, inventories, 0});
        },
        {"only one view", "a data set with two"});
  }
}

BOOST_AUTO_TEST_CASE(a_head_scores_something) {
  for (const char* id : {"span", "pair"}) {
    for (const std::size_t types : {1, 2})
      check_refused([&] { head_of(id, {{"outputs", Names{}}}, types); }, {"outputs: expected at least one"});
    check_refused([&] { head_of(id, {{"outputs", Names{"identify"}}}, 2); },
                  {"outputs: without `classify`", "type only"});
    check_refused([&] { head_of(id, {{"outputs", Names{"identify"}}, {"none_score", 0.0}}, 1); },
                  {"outputs: without `classify`", "no `none_score`"});
    BOOST_TEST(head_of(id, {{"outputs", Names{"identify"}}}, 1)->outputs().size() == 1u);
    BOOST_TEST(
        head_of(id, {{"outputs", Names{"identify", "classify"}}, {"none_score", 0.0}}, 2)->outputs().size() ==
        2u);
  }
}

// What has no value must not train anything. When it is found out is not the loss's affair, so that the kind
// of the error is open.
BOOST_AUTO_TEST_CASE(no_divergence_from_what_is_impossible) {
  const at::Tensor scores = at::tensor({0.5, -1.0, 2.0, 0.0, 0.0, 0.0}, at::kDouble).view({2, 3});
  const auto values = [&](const std::string& id, const Given& given, std::vector<double> row) {
    row.insert(row.end(), {0, 0, 0});  // a negative, which is no mistake
    const at::Tensor targets = at::tensor(row, at::kDouble).view({2, 3});
    Candidates candidates;
    candidates.offsets = {0, 2};
    return loss_of(id, given, HeadKind::pairs)
        ->forward({scores, targets, targets, at::Tensor(), candidates, {}})
        .values;
  };
  const std::vector<double> sharp{0.6, 0.4, 0}, soft{0.6, 0.3, 0.1};
  for (const char* unlabelled : {"counted", "left_out"}) {
    check_refused([&] { values("kl", {{"unlabelled", unlabelled}}, sharp); },
                  {"'kl'", "probability 0", "'inverse_kl'"}, std::nullopt);
    BOOST_TEST(at::isfinite(values("kl", {{"unlabelled", unlabelled}}, soft)).all().item<bool>());
    BOOST_TEST(at::isfinite(values("kl", {{"unlabelled", unlabelled}}, {0, 0, 0})).all().item<bool>());
    BOOST_TEST(at::isfinite(values("inverse_kl", {{"unlabelled", unlabelled}}, sharp)).all().item<bool>());
  }
  for (const char* id : {"kl", "inverse_kl"})
    BOOST_TEST(at::isfinite(values(id, {{"reading", "literal"}}, sharp)).all().item<bool>());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
