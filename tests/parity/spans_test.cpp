// SPDX-License-Identifier: MIT
// Maxima over spans, between them and over all spans of a sentence, words read as spans of one, and means
// over the pieces of words.
#include <ATen/ATen.h>
#include <torch/csrc/autograd/autograd.h>

#include "components.hpp"
#include "parity/fixtures.hpp"
#include "spanlab/encoder.hpp"
#include "spanlab/sampler.hpp"
#include "spanlab/span_ops.hpp"
#include "spanlab/tensors_file.hpp"

namespace spanlab::test {

namespace {

at::Tensor span_gradient(const at::Tensor& value, const at::Tensor& upstream, const at::Tensor& input) {
  return torch::autograd::grad({(value * upstream).sum()}, {input})[0];
}

// [M,2]: from the first end to the last start, or an empty range.
at::Tensor gaps(const at::Tensor& spans, const at::Tensor& pairs) {
  const at::Tensor first = spans.index_select(0, pairs.select(1, 0)),
                   second = spans.index_select(0, pairs.select(1, 1));
  const at::Tensor begin = at::minimum(first.select(1, 1), second.select(1, 1)),
                   end = at::maximum(first.select(1, 0), second.select(1, 0));
  return at::stack({begin, at::maximum(begin, end)}, 1);
}

// The rows that the maxima come from: alone, each range's gradient is 1 there and 0 elsewhere; it is nowhere
// for an empty range (-1).
void compare_arguments(Comparison& comparison, const at::Tensor& hidden, const at::Tensor& ranges,
                       const at::Tensor& arguments, const std::string& place) {
  for (std::int64_t n = 0; n < ranges.size(0); ++n) {
    const at::Tensor got =
        torch::autograd::grad({max_over_rows(hidden, ranges.slice(0, n, n + 1)).sum()}, {hidden})[0];
    const at::Tensor wanted = (at::arange(hidden.size(0)).unsqueeze(1) == arguments[n]).to(at::kFloat);
    comparison.exact("rows of the maxima", at::equal(got, wanted), place + " " + std::to_string(n));
  }
}

// A word is read as a span of one: the first and the last of each span, whose gradients add up.
void compare_words_of_spans(Comparison& comparison, const NamedTensors& given, const at::Tensor& hidden,
                            const std::string& place) {
  const at::Tensor begin = given.at("spans").select(1, 0), end = given.at("spans").select(1, 1);
  const at::Tensor first = max_over_rows(hidden, at::stack({begin, begin + 1}, 1)),
                   last = max_over_rows(hidden, at::stack({end - 1, end}, 1));
  comparison.equal("first words", first, given.at("first"), place);
  comparison.equal("last words", last, given.at("last"), place);
  const at::Tensor both =
      (first * given.at("upstream_first")).sum() + (last * given.at("upstream_last")).sum();
  comparison.scaled("gradients of words", torch::autograd::grad({both}, {hidden})[0], given.at("grad_gather"),
                    1e-4, place);
}

// [E,2] in packed positions: the spans of up to `limit` words that evaluation scores.
at::Tensor spans_of_evaluation(std::int64_t limit, const at::Tensor& offsets) {
  const Inventory inventory{{{"Entity", "", false}}, {}};
  const Schema& schema = components().info(ComponentKind::sampler, "all").schema;
  const auto sampler = components().sampler("all", Parameters(schema, {{"max_span_width", limit}}),
                                            {HeadKind::spans, inventory, {}});
  std::vector<std::int64_t> positions;
  for (std::int64_t s = 0; s + 1 < offsets.size(0); ++s) {
    const std::int64_t start = offsets[s].item<std::int64_t>(),
                       words = offsets[s + 1].item<std::int64_t>() - start;
    const Sentence sentence{"", "", std::vector<std::string>(static_cast<std::size_t>(words), "word"), {}};
    for (const Span& span : sampler->evaluation_spans(sentence))
      positions.insert(positions.end(), {start + span.begin, start + span.end});
  }
  return at::tensor(positions, at::kLong).view({-1, 2});
}

/// Stands in for a pretrained encoder: its pieces have these states, and these are the pieces of words.
class GivenStates : public Encoder {
 public:
  GivenStates(at::Tensor states, std::vector<Rows> words)
      : states_(std::move(states)), words_(std::move(words)) {}
  std::int64_t do_width() const override { return states_.size(1); }
  EncodedSentence do_encode(const Sentence&) const override {
    return {.ids = std::vector<std::int64_t>(static_cast<std::size_t>(states_.size(0))),
            .words = words_,
            .channels = {},
            .inner = {},
            .states = states_};
  }
  Features do_forward(const Batch&, Pass&) override { return {states_, states_.slice(0, 0, 1)}; }

 private:
  at::Tensor states_;
  std::vector<Rows> words_;
};

// Over a frozen encoder `birnn` takes the mean of a word's pieces. A segment without any is no word, and
// nothing there has a gradient. States whose sum leaves single precision are none that an encoder has.
void compare_means(Comparison& comparison, const NamedTensors& given, const std::string& place) {
  if (given.at("hidden").abs().max().item<double>() > 1e30) return;
  std::vector<Rows> words;
  std::vector<std::int64_t> filled;
  const at::Tensor bounds = given.at("segment_offsets");
  for (std::int64_t g = 0; g + 1 < bounds.size(0); ++g) {
    const Rows rows{bounds[g].item<std::int64_t>(), bounds[g + 1].item<std::int64_t>()};
    if (rows.begin == rows.end) continue;
    words.push_back(rows);
    filled.push_back(g);
  }
  const Sentence sentence{"", "", std::vector<std::string>(words.size(), "word"), {}};
  Generator generator(1);
  const Parameters parameters(components().info(ComponentKind::encoder, "birnn").schema,
                              {{"model", "given"},
                               {"word_size", std::int64_t{1}},
                               {"character_states", std::int64_t{0}},
                               {"layers", std::int64_t{0}}});
  const auto encoder =
      components().encoder("birnn", parameters,
                           {.model = {},
                            .training = {&sentence, 1},
                            .vocabulary = "",
                            .generator = generator,
                            .inner = std::make_shared<GivenStates>(given.at("hidden"), words)});
  const EncodedSentence encoded = encoder->encode(sentence);
  const Item item{&sentence, &encoded};
  Pass pass{Mode::evaluation, generator};
  const at::Tensor units = encoder->forward(make_batch({&item, 1}), pass).units;
  comparison.scaled("means", units.slice(1, units.size(1) - given.at("hidden").size(1)),
                    given.at("expected_segment_mean").index_select(0, at::tensor(filled, at::kLong)), 1e-4,
                    place);
}

void compare_spans(Comparison& comparison, const nlohmann::json& line, const NamedTensors& given,
                   const std::string& place) {
  const at::Tensor hidden = given.at("hidden").clone().requires_grad_(true);
  const auto maxima = [&](const std::string& name, const at::Tensor& ranges) {
    const at::Tensor got = max_over_rows(hidden, ranges);
    comparison.equal("maxima", got, given.at(name + "_max"), place + " " + name);
    comparison.scaled("gradients of maxima", span_gradient(got, given.at("upstream_" + name), hidden),
                      given.at("grad_" + name), 1e-4, place + " " + name);
    compare_arguments(comparison, hidden, ranges, given.at(name + "_arg"), place + " " + name);
  };
  maxima("span", given.at("spans"));
  maxima("between", gaps(given.at("spans"), given.at("pairs")));
  maxima("enumerated", given.at("enumerated"));
  comparison.equal("spans of evaluation", spans_of_evaluation(line.at("limit"), given.at("offsets")),
                   given.at("enumerated"), place);
  compare_words_of_spans(comparison, given, hidden, place);
  compare_means(comparison, given, place);
}

// 10,000 pairs: some rows, the sums of the columns and the norm stand for all.
void compare_many_pairs(Comparison& comparison, const NamedTensors& given, const std::string& place) {
  const at::Tensor hidden = given.at("hidden").clone().requires_grad_(true);
  const at::Tensor got = max_over_rows(hidden, gaps(given.at("spans"), given.at("pairs")));
  comparison.equal("maxima", got.index_select(0, given.at("rows")), given.at("between_rows"), place);
  comparison.scaled("sums of maxima", got.to(at::kDouble).sum(0), given.at("expected_column_sums"), 1e-6,
                    place);
  comparison.scaled("norm of maxima", got.to(at::kDouble).norm().view({1}), given.at("expected_norm"), 1e-6,
                    place);
  const at::Tensor m = at::arange(got.size(0)).unsqueeze(1), j = at::arange(got.size(1));
  const at::Tensor upstream = ((31 * m + 17 * j).remainder(64) - 32).to(at::kFloat) / 64;
  comparison.scaled("gradients of maxima", span_gradient(got, upstream, hidden), given.at("grad_between"),
                    1e-4, place);
}

}  // namespace

BOOST_AUTO_TEST_CASE(parity_spans) {
  const std::filesystem::path folder = fixtures_folder("systems/spans");
  if (folder.empty()) return;
  Comparison comparison("spans");
  for (const nlohmann::json& line : read_json(folder / "cases.json")) {
    const std::string name = line.at("name");
    const NamedTensors given = read_tensors(folder / (name + ".safetensors")).tensors;
    const std::vector<std::pair<const char*, std::int64_t>> sizes{
        {"words", given.at("hidden").size(0)},
        {"width", given.at("hidden").size(1)},
        {"sentences", given.at("offsets").size(0) - 1},
        {"spans", given.at("spans").size(0)},
        {"pairs", given.at("pairs").size(0)}};
    for (const auto& [what, size] : sizes)
      comparison.exact("sizes", line.at(what) == size, name + " " + what);
    given.contains("between_rows") ? compare_many_pairs(comparison, given, name)
                                   : compare_spans(comparison, line, given, name);
  }
}

}  // namespace spanlab::test
