// SPDX-License-Identifier: MIT
// The losses against systems/losses, in double and in single precision, through the components.
#include <ATen/ATen.h>

#include <array>
#include <cmath>
#include <deque>
#include <fmt/format.h>

#include "components.hpp"
#include "imbalance/kernels.hpp"
#include "parity/fixtures.hpp"
#include "spanlab/loss.hpp"

namespace spanlab::test {

namespace {

using Given = std::map<std::string, Value>;

struct Exactness {
  at::ScalarType type;
  double tolerance;  // relative, down to values of 1e-3
  std::string name;
};
const Exactness kExactness[]{{at::kDouble, 1e-10, "float64"}, {at::kFloat, 1e-4, "float32"}};

void flatten(const nlohmann::json& value, std::vector<double>& numbers) {
  if (value.is_number())
    numbers.push_back(value.get<double>());
  else
    for (const nlohmann::json& item : value) flatten(item, numbers);
}

std::vector<double> numbers_of(const nlohmann::json& value) {
  std::vector<double> numbers;
  flatten(value, numbers);
  return numbers;
}

at::Tensor matrix(const nlohmann::json& value, std::int64_t columns, at::ScalarType type) {
  return at::tensor(numbers_of(value), at::kDouble).view({-1, columns}).to(type);
}

/// What a case compares, as a task would give it to a loss.
struct Compared {
  at::Tensor targets, hard, first;
  Candidates candidates;
  LossSetup setup;
  std::deque<Annotation> gold;  // that `candidates` points to
};

// Right classes with class 0 = none (where there is more than one class) → one-hot targets over the types.
at::Tensor one_hot(const nlohmann::json& classes, std::int64_t columns, at::ScalarType type) {
  const at::Tensor numbers = at::tensor(numbers_of(classes), at::kDouble).to(at::kLong);
  const at::Tensor all = at::one_hot(numbers, columns).to(type);
  return columns > 1 ? all.slice(1, 1) : all;
}

// Shared words and all words of two spans whose IoU is `iou`, or as near as matters: a convergent of its
// continued fraction, which is off by less than one over the square of its denominator.
std::pair<std::int32_t, std::int32_t> fraction(double iou) {
  constexpr double kMost = 1e8;
  double whole = std::floor(iou), part = iou - whole;
  std::array<double, 2> shared{1, whole}, all{0, 1};
  while (shared[1] / all[1] != iou && part > 0) {
    whole = std::floor(1 / part), part = 1 / part - whole;
    const std::array<double, 2> next{whole * shared[1] + shared[0], whole * all[1] + all[0]};
    if (next[1] > kMost) break;
    shared = {shared[1], next[0]}, all = {all[1], next[1]};
  }
  BOOST_REQUIRE_SMALL(shared[1] / all[1] - iou, 1e-12);
  return {static_cast<std::int32_t>(shared[1]), static_cast<std::int32_t>(all[1])};
}

// A span and a gold entity that overlap as the fixture says.
void place(Compared& compared, double iou) {
  const auto [shared, whole] = fraction(iou);
  const bool apart = shared == 0;
  compared.gold.push_back({{{{apart ? 5 : 0, apart ? 6 : whole}, 0}}, {}});
  compared.candidates.places.push_back({std::ssize(compared.candidates.places), {0, apart ? 1 : shared}});
}

Compared compared_in(const std::string& loss, const nlohmann::json& one, std::int64_t columns,
                     at::ScalarType type) {
  Compared compared;
  compared.setup = {.kind = HeadKind::pairs, .columns = columns, .types = columns};
  if (loss == "bce_identification") {
    compared.setup.kind = HeadKind::spans;
    compared.targets = matrix(one["targets"], 1, type);
    for (const nlohmann::json& iou : one["iou"]) place(compared, iou.get<double>());
    for (const Annotation& gold : compared.gold) compared.candidates.gold.push_back(&gold);
  } else if (loss == "ranking") {
    compared.targets = at::zeros({std::ssize(one["gold"]), columns}, type);
    compared.first = at::full({std::ssize(one["gold"])}, -1, at::kLong);
    for (std::size_t row = 0; row < one["gold"].size(); ++row) {
      const auto types = one["gold"][row].get<std::vector<std::int64_t>>();
      if (!types.empty()) compared.first[static_cast<std::int64_t>(row)] = types.front();
      for (std::int64_t gold : types) compared.targets[static_cast<std::int64_t>(row)][gold] = 1;
    }
  } else if (one.contains("sentences")) {
    nlohmann::json targets = nlohmann::json::array();
    compared.candidates.offsets = {0};
    for (const nlohmann::json& sentence : one["sentences"]) {
      targets.push_back(sentence["targets_soft"]);
      compared.candidates.offsets.push_back(compared.candidates.offsets.back() +
                                            std::ssize(sentence["scores"]));
    }
    compared.targets = matrix(targets, columns, type);
  } else if (one.contains("targets_soft")) {
    compared.targets = matrix(one["targets_soft"], columns, type);
  } else {
    const bool classes = !one["targets"].empty() && one["targets"][0].is_number();
    const bool softmax =
        loss == "cross_entropy" ||
        one.value("parameters", nlohmann::json::object()).dump().find("softmax") != std::string::npos;
    compared.targets =
        classes || softmax ? one_hot(one["targets"], columns, type) : matrix(one["targets"], columns, type);
    compared.setup.types = compared.targets.size(1);
  }
  compared.hard = compared.targets;
  return compared;
}

// The component and its parameters that a case of a file means.
std::pair<std::string, Given> component_for(const std::string& loss, const nlohmann::json& one) {
  const nlohmann::json& parameters = one.value("parameters", nlohmann::json::object());
  const auto number = [&](const char* name) { return parameters[name].get<double>(); };
  if (loss == "bce_identification")
    return {"bce", {{"iou_factor", number("delta")}, {"iou_form", parameters["form"].get<std::string>()}}};
  if (loss == "ranking") {
    return {"ranking",
            {{"gamma", number("gamma")},
             {"m_pos", number("m_pos")},
             {"m_neg", number("m_neg")},
             {"negatives", parameters["negatives"].get<std::string>()},
             {"several", parameters["several"].get<std::string>()}}};
  }
  if (loss == "focal") {
    Given given{{"form", parameters["form"].get<std::string>()}, {"gamma", number("gamma")}};
    if (!parameters["alpha"].is_null()) given["alpha"] = number("alpha");
    return {"focal", given};
  }
  if (loss == "class_balanced") {
    const std::map<std::string, std::string> bases{{"softmax", "cross_entropy"}, {"sigmoid", "bce"}};
    const auto base = parameters["base"].get<std::string>();
    Given given{{"base", bases.contains(base) ? bases.at(base) : base}, {"beta", number("beta")}};
    if (parameters.contains("gamma")) given["gamma"] = number("gamma");
    if (parameters.contains("weights_per"))
      given["weights_per"] = parameters["weights_per"].get<std::string>();
    return {"class_balanced", given};
  }
  const std::size_t literal = loss.find("_literal");
  if (literal != std::string::npos) return {loss.substr(0, literal), {{"reading", std::string("literal")}}};
  return {loss, {}};
}

/// Runs one case and compares.
class CaseRun {
 public:
  CaseRun(Comparison& comparison, const std::string& loss, const nlohmann::json& one,
          const Exactness& precision)
      : comparison_(comparison),
        loss_(loss),
        one_(one),
        precision_(precision),
        place_(fmt::format("{} {} {}", loss, one["name"].get<std::string>(), precision.name)),
        columns_(one.value("types", std::int64_t{1})),
        compared_(compared_in(loss, one, columns_, precision.type)) {
    if (loss == "class_balanced") count();
    nlohmann::json scores = one.contains("scores") ? one["scores"] : nlohmann::json::array();
    for (const nlohmann::json& sentence : one.value("sentences", nlohmann::json::array()))
      scores.push_back(sentence["scores"]);
    scores_ = matrix(scores, columns_, precision.type).requires_grad_();
  }

  void compare() {
    const LossValues values = run({});
    check("values", values.values, one_["values"]);
    const at::Tensor samples = values.samples.defined() ? values.samples : at::ones_like(values.values);
    const at::Tensor sum = values.values.sum(), count = samples.sum();
    const at::Tensor mean = count.item<double>() > 0 ? sum / count : sum;
    check("mean", mean, one_["mean"]);
    mean.backward();
    check("gradient", scores_.grad(), one_["gradient"]);
    if (one_.contains("samples")) {
      comparison_.exact("samples", numbers_of(one_["samples"]) == to_vector(samples), place_);
      check("mean over candidates", values.values.sum() / std::max<std::int64_t>(1, values.values.size(0)),
            one_["mean_over_candidates"]);
    }
    if (one_.contains("mean_over_labelled")) {
      const at::Tensor left_out = run({{"unlabelled", std::string("left_out")}}).values;
      check("mean over labelled", left_out.sum() / std::max<std::int64_t>(1, left_out.size(0)),
            one_["mean_over_labelled"]);
      // Rows that count in one mean and not in the other show in the factor between the two.
      const double counted = values.values.sum().item<double>(), kept = left_out.sum().item<double>();
      if (std::abs(kept) > 1e-6) {
        comparison_.relative("labelled " + precision_.name,
                             static_cast<double>(left_out.size(0)) * counted / kept, one_["labelled"],
                             precision_.tolerance, precision_.tolerance, place_);
      }
    }
    if (loss_ == "bce_identification") compare_weights(values);
  }

 private:
  // What overlap makes of a value. One that is near 0 shows nothing of its weight.
  void compare_weights(const LossValues& values) {
    const std::vector<double> weighted = to_vector(values.values), wanted = numbers_of(one_["weights"]);
    const std::vector<double> plain = to_vector(run({{"iou_factor", 0.0}}).values);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (plain[i] < 1e-6) continue;
      comparison_.relative("weights " + precision_.name, weighted[i] / plain[i], wanted[i],
                           precision_.tolerance, precision_.tolerance, place_);
    }
  }

  // The counts with "none" first; where the fixture has none it plays no part.
  void count() {
    auto counts = one_["parameters"]["counts"].get<std::vector<std::int64_t>>();
    const std::vector<double> weights = class_weights(counts, one_["parameters"]["beta"].get<double>());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      comparison_.relative("weights float64", weights[i], one_["weights"][i].get<double>(), 1e-10, 1e-13,
                           place_);
    }
    if (std::ssize(counts) == compared_.setup.types) counts.insert(counts.begin(), 17);
    compared_.setup.counts = [counts] { return counts; };
  }

  LossValues run(const Given& more) const {
    auto [id, given] = component_for(loss_, one_);
    for (const auto& [name, value] : more) given[name] = value;
    const auto loss = components().loss(
        id, Parameters(components().info(ComponentKind::loss, id).schema, given), compared_.setup);
    BOOST_REQUIRE_MESSAGE(loss->accepts(columns_, compared_.setup.types), place_);
    return loss->forward(
        {scores_, compared_.targets, compared_.hard, compared_.first, compared_.candidates, {}});
  }

  static std::vector<double> to_vector(const at::Tensor& tensor) {
    const at::Tensor all = tensor.detach().to(at::kDouble).contiguous();
    return {all.const_data_ptr<double>(), all.const_data_ptr<double>() + all.numel()};
  }

  void check(const std::string& kind, const at::Tensor& got, const nlohmann::json& expected) {
    const std::vector<double> numbers = to_vector(got), wanted = numbers_of(expected);
    comparison_.exact(kind + " sizes", numbers.size() == wanted.size(), place_);
    if (numbers.size() != wanted.size()) return;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      comparison_.relative(kind + " " + precision_.name, numbers[i], wanted[i], precision_.tolerance,
                           precision_.tolerance * 1e-3, fmt::format("{} [{}]", place_, i));
    }
  }

  Comparison& comparison_;
  std::string loss_;
  const nlohmann::json& one_;
  Exactness precision_;
  std::string place_;
  std::int64_t columns_;
  Compared compared_;
  at::Tensor scores_;
};

}  // namespace

BOOST_AUTO_TEST_CASE(parity_losses_place_any_overlap) {
  using Fraction = std::pair<std::int32_t, std::int32_t>;
  BOOST_TEST((fraction(0) == Fraction{0, 1} && fraction(1) == Fraction{1, 1} &&
              fraction(1.0 / 3) == Fraction{1, 3} && fraction(7.0 / 9) == Fraction{7, 9}));
  for (const double iou : {1.0 / 1013, std::sqrt(0.5), 0.618, 0.123456789, 3.14159 / 4, 1e-7}) {
    const auto [shared, whole] = fraction(iou);
    BOOST_TEST(static_cast<double>(shared) / whole == iou, boost::test_tools::tolerance(1e-12));
  }
}

BOOST_AUTO_TEST_CASE(parity_losses) {
  if (fixtures_folder("systems/losses").empty()) return;
  for (const std::filesystem::path& file : cases("systems/losses")) {
    if (file.extension() != ".json") continue;
    const nlohmann::json content = read_json(file);
    Comparison comparison("losses/" + file.stem().string());
    for (const nlohmann::json& one : content["cases"]) {
      for (const Exactness& precision : kExactness)
        CaseRun(comparison, content["loss"], one, precision).compare();
    }
  }
}

}  // namespace spanlab::test
