// SPDX-License-Identifier: MIT
// The loss crf_nll against systems/crf, in double and in single precision.
#include <ATen/ATen.h>
#include <fmt/format.h>

#include "crf_nll/kernel.hpp"
#include "parity/fixtures.hpp"

namespace spanlab::test {

namespace {

void compare_crf_gradients(Comparison& comparison, const CrfScores& scores, const nlohmann::json& expected,
                           bool exact, const std::string& place) {
  for (const auto& [name, tensor] :
       {std::pair("grad_emissions", scores.emissions), std::pair("grad_transitions", scores.transitions),
        std::pair("grad_start", scores.start), std::pair("grad_end", scores.end)}) {
    const at::Tensor got = tensor.grad().to(at::kDouble).flatten(),
                     wanted = tensor_of(expected[name]).flatten();
    for (std::int64_t i = 0; i < wanted.size(0); ++i) {
      comparison.absolute(exact ? "gradients float64" : "gradients float32", got[i].item<double>(),
                          wanted[i].item<double>(), exact ? 1e-10 : 1e-3,
                          fmt::format("{} {} [{}]", place, name, i));
    }
  }
}

// Sentences end to end: the value of each, and the gradients of their mean.
void compare_crf_batch(Comparison& comparison, const nlohmann::json& one, at::ScalarType type) {
  const bool exact = type == at::kDouble;
  const double tolerance = exact ? 1e-10 : 1e-5, floor = exact ? 1e-10 : 1e-4;
  const std::string precision = exact ? " float64" : " float32", place = one["name"];
  const auto given = [&](const char* name) { return tensor_of(one[name]).to(type).requires_grad_(); };
  const CrfScores scores{given("emissions"), given("transitions"), given("start"), given("end")};
  std::vector<std::int64_t> offsets{0};
  for (const std::int64_t length : one["lengths"]) offsets.push_back(offsets.back() + length);
  const at::Tensor nll = crf_nll(scores, tensor_of(one["gold"]).to(at::kLong), offsets, Sequences::all);
  const nlohmann::json& expected = one["expected"];
  BOOST_REQUIRE(static_cast<std::size_t>(nll.size(0)) == expected["nll"].size());
  for (std::int64_t s = 0; s < nll.size(0); ++s) {
    comparison.relative("nll of each sentence" + precision, nll[s].item<double>(),
                        expected["nll"][static_cast<std::size_t>(s)], tolerance, floor, place);
  }
  const at::Tensor mean = nll.mean();
  comparison.relative("mean over sentences" + precision, mean.item<double>(), expected["loss"], tolerance,
                      floor, place);
  mean.backward();
  compare_crf_gradients(comparison, scores, expected, exact, place);
}

void compare(Comparison& comparison, const nlohmann::json& one, at::ScalarType type) {
  const bool exact = type == at::kDouble;
  const std::string precision = exact ? " float64" : " float32", place = one["name"];
  const auto given = [&](const char* name) { return tensor_of(one[name]).to(type).requires_grad_(); };
  const CrfScores scores{given("emissions"), given("transitions"), given("start"), given("end")};
  const at::Tensor tags = tensor_of(one["gold"]).to(at::kLong);
  const std::vector<std::int64_t> offsets{0, tags.size(0)};
  const at::Tensor nll = crf_nll(scores, tags, offsets, Sequences::all);
  const nlohmann::json& expected = one["expected"];
  comparison.relative("nll" + precision, nll.item<double>(), expected["nll"], exact ? 1e-10 : 1e-5,
                      exact ? 1e-10 : 1e-4, place);
  nll.sum().backward();
  compare_crf_gradients(comparison, scores, expected, exact, place);
  // An illegal gold sequence has no probability among the legal ones.
  const double legal = crf_nll(scores, tags, offsets, Sequences::legal).item<double>();
  const double wanted = expected["log_partition_legal"].get<double>() - expected["gold_score"].get<double>();
  if (std::isfinite(legal))
    comparison.relative("nll of legal sequences" + precision, legal, wanted, exact ? 1e-10 : 1e-5,
                        exact ? 1e-10 : 1e-4, place);
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_crf_loss) {
  const std::filesystem::path folder = fixtures_folder("systems/crf");
  if (folder.empty()) return;
  Comparison comparison("crf loss"), batches("crf loss of batches");
  for (const at::ScalarType type : {at::kDouble, at::kFloat}) {
    for (const nlohmann::json& one : read_json_lines(folder / "cases.jsonl")) compare(comparison, one, type);
    for (const nlohmann::json& one : read_json_lines(folder / "batches.jsonl"))
      compare_crf_batch(batches, one, type);
  }
}

BOOST_AUTO_TEST_CASE(crf_loss_of_several_sentences) {
  const std::int64_t tags = 5;
  const auto numbers = [](at::IntArrayRef shape, double step) {
    return at::arange(c10::multiply_integers(shape), at::kDouble)
        .mul(step)
        .cos()
        .view(shape)
        .requires_grad_();
  };
  const CrfScores scores{numbers({7, tags}, 1.3), numbers({tags, tags}, 0.7), numbers({tags}, 0.4),
                         numbers({tags}, 2.1)};
  const at::Tensor gold = at::tensor({1, 2, 0, 3, 4, 0, 1}, at::kLong);
  const std::vector<std::int64_t> offsets{0, 4, 4, 7};  // the second sentence is empty
  const at::Tensor all = crf_nll(scores, gold, offsets, Sequences::all);
  BOOST_TEST(all.sizes() == at::IntArrayRef({3}));
  BOOST_TEST(all[1].item<double>() == 0);
  const auto alone = [&](std::int64_t begin, std::int64_t end) {
    const std::vector<std::int64_t> bounds{0, end - begin};
    return crf_nll({scores.emissions.slice(0, begin, end), scores.transitions, scores.start, scores.end},
                   gold.slice(0, begin, end), bounds, Sequences::all);
  };
  const auto gradients = [&](const at::Tensor& value) {
    std::vector<at::Tensor> found;
    for (const at::Tensor& tensor : {scores.emissions, scores.transitions, scores.start, scores.end})
      tensor.mutable_grad() = at::Tensor();
    value.backward();
    for (const at::Tensor& tensor : {scores.emissions, scores.transitions, scores.start, scores.end})
      found.push_back(tensor.grad().clone());
    return found;
  };
  const std::vector<at::Tensor> together = gradients((all * at::tensor({2.0, 5.0, -3.0}, at::kDouble)).sum());
  const std::vector<at::Tensor> apart = gradients((2 * alone(0, 4) - 3 * alone(4, 7)).sum());
  for (std::size_t i = 0; i < together.size(); ++i)
    BOOST_TEST((together[i] - apart[i]).abs().max().item<double>() < 1e-13);
  BOOST_TEST(crf_nll({scores.emissions.slice(0, 0, 0), scores.transitions, scores.start, scores.end},
                     gold.slice(0, 0, 0), std::vector<std::int64_t>{0}, Sequences::all)
                 .size(0) == 0);
}

}  // namespace spanlab::test
