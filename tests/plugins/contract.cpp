// SPDX-License-Identifier: MIT
#include "plugins/contract.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "spanlab/error.hpp"

namespace spanlab::test::contract {

namespace {

using Given = std::map<std::string, Value>;

// Carried along so that a stored model is whole, without a part in the features: BERT's pooler.
const std::set<std::string> kUnused{"pooler.dense.weight", "pooler.dense.bias"};

// Settings with which parameters count that do not by default: an overlap's form where overlap weighs, what
// is made of inputs where there are some, the weights' kind of the base that has two, versions of pairs where
// a sampled span may be in one.
std::vector<Given> awake(ComponentKind kind, const std::string& id) {
  const std::vector<std::string> outputs{"identify", "classify"}, inputs{"entity_logits", "entity_type"};
  if (kind == ComponentKind::sampler) return {{{"pairs", "weak"}}};
  if (id == "bce" || id == "focal") return {{{"iou_factor", 1.5}}};
  if (id == "class_balanced") return {{{"base", "bce"}}, {{"iou_factor", 1.5}}};
  if (id == "kl" || id == "inverse_kl") return {{{"hard", "bce"}}};
  if (id == "span") return {{{"outputs", outputs}}};
  if (id == "pair") return {{{"outputs", outputs}, {"inputs", inputs}}};
  return {};
}

std::vector<Value> values_of(const Parameter& parameter) {
  std::vector<Value> values;
  if (parameter.type == ParameterType::boolean) values = {false, true};
  for (const std::string& choice : parameter.choices) {
    if (parameter.type == ParameterType::text)
      values.emplace_back(choice);
    else
      values.emplace_back(std::vector<std::string>{choice});
  }
  return values;
}

std::string text_of(const Value& value) {
  if (const auto* one = std::get_if<bool>(&value)) return *one ? "true" : "false";
  if (const auto* one = std::get_if<double>(&value)) return fmt::format("{}", *one);
  if (const auto* all = std::get_if<std::vector<std::string>>(&value))
    return fmt::format("{}", fmt::join(*all, "+"));
  return std::get<std::string>(value);
}

std::string name_of(const Given& given) {
  std::vector<std::string> parts;
  for (const auto& [name, value] : given) parts.push_back(name + "=" + text_of(value));
  return fmt::format("{}", fmt::join(parts, " "));
}

}  // namespace

std::vector<Sentence> sentences() {
  const Annotation two{{{{0, 2}, 0}, {{3, 4}, 1}}, {{0, 1, 0}, {0, 1, 1}}};
  const Annotation one{{{{1, 2}, 2}}, {}};
  return {{"a", "", {"Ada", "Byron", "in", "Paris", "today"}, {two, two}},
          {"b", "", {"the", "Bank"}, {one, one}},
          {"c", "", {"yes"}, {{}, {}}}};
}

std::vector<Variant> variants(ComponentKind kind, const std::string& id) {
  const Schema& schema = components().info(kind, id).schema;
  std::vector<Variant> all;
  const auto add = [&](const Given& given) {
    const Parameters parameters(schema, given);
    const auto same = [&](const Variant& known) { return known.parameters.values() == parameters.values(); };
    if (std::ranges::none_of(all, same)) all.push_back({name_of(given), parameters});
  };
  std::vector<Given> bases = awake(kind, id);
  bases.insert(bases.begin(), Given());
  for (const Given& base : bases) {
    add(base);
    for (const Parameter& parameter : schema.parameters()) {
      for (const Value& value : values_of(parameter)) {
        Given given = base;
        given[parameter.name] = value;
        add(given);
      }
    }
  }
  return all;
}

void check_all(ComponentKind kind, const std::function<bool(const std::string& id, const Parameters&)>& check,
               const std::vector<std::string>& refused) {
  std::vector<std::string> found;
  BOOST_TEST(!components().ids(kind).empty());
  for (const std::string& id : components().ids(kind)) {
    for (const Variant& variant : variants(kind, id)) {
      BOOST_TEST_CONTEXT(to_text(kind) << "/" << id << " " << variant.name) {
        if (!check(id, variant.parameters)) found.push_back(id + " " + variant.name);
      }
    }
  }
  BOOST_TEST(found == refused, boost::test_tools::per_element());
}

bool supports(const std::function<void()>& function) {
  try {
    function();
    return true;
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage), error.what());
    return false;
  }
}

void check_equal(const at::Tensor& a, const at::Tensor& b, const std::string& what) {
  BOOST_TEST(at::equal(a, b), what << " differs");
}

void check_same_weights(torch::nn::Module& a, torch::nn::Module& b) {
  const auto others = b.named_parameters();
  for (const auto& parameter : a.named_parameters())
    check_equal(parameter.value(), others[parameter.key()], parameter.key());
}

void check_gradients(torch::nn::Module& module, const at::Tensor& sum) {
  module.zero_grad();
  sum.backward();
  for (const auto& parameter : module.named_parameters()) {
    if (!parameter.value().requires_grad() || kUnused.contains(parameter.key())) continue;
    at::Tensor gradient = parameter.value().grad();
    if (gradient.defined() && gradient.is_sparse()) gradient = gradient.to_dense();
    const double size = gradient.defined() ? gradient.abs().sum().item<double>() : 0;
    BOOST_TEST((std::isfinite(size) && size > 0), "no gradient reaches " << parameter.key());
  }
}

at::Tensor weighted(const at::Tensor& values) {
  return (values * at::arange(1, values.numel() + 1).view_as(values).sin()).sum();
}

CandidateScene::CandidateScene() {
  for (Sentence& sentence : all) {
    encoded.push_back({});
    for (std::int64_t i = 0; i < std::ssize(sentence.words); ++i)
      encoded.back().ids.push_back(i), encoded.back().words.push_back({i, i + 1});
    gold.push_back(&sentence.views[0]);
  }
  for (std::size_t i = 0; i < all.size(); ++i) items.push_back({&all[i], &encoded[i]});
  batch = make_batch(items);
  const at::Tensor numbers = at::arange(12 * batch.ids.size(0) + 12 * batch.size()).to(at::kFloat).sin();
  features.units = numbers.slice(0, 0, 12 * batch.ids.size(0)).view({-1, 12}).clone().requires_grad_();
  features.sentences = numbers.slice(0, 12 * batch.ids.size(0)).view({-1, 12}).clone().requires_grad_();
}

Candidates CandidateScene::candidates(HeadKind kind, bool any) const {
  const std::vector<PlacedSpan> spans{{0, {0, 2}}, {0, {3, 4}}, {0, {1, 5}}, {1, {0, 1}}, {1, {0, 2}}};
  if (kind == HeadKind::words && any) return word_candidates(batch, gold);
  if (kind != HeadKind::pairs) return span_candidates(batch, any ? spans : std::vector<PlacedSpan>(), gold);
  if (!any) return pair_candidates(batch, {{}, {}, {0, 0, 0, 0}, {}}, gold);
  return pair_candidates(batch, {spans, {{0, 1}, {1, 0}, {2, 1}, {3, 4}}, {0, 3, 4, 4}, {0, 1, -1, 2, 2}},
                         gold);
}

}  // namespace spanlab::test::contract
