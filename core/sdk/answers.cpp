// SPDX-License-Identifier: MIT
#include "sdk/answers.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <utility>

#include "spanlab/error.hpp"

namespace spanlab {

namespace {

constexpr float kRounding = 1e-5f;  // a probability that was added up may pass 1 by so much

template <typename... Values>
[[noreturn]] void reject(const Call& who, fmt::format_string<Values...> text, Values&&... values) {
  who.reject(fmt::format(text, std::forward<Values>(values)...));
}

std::string shape_of(const at::Tensor& tensor) {
  if (!tensor.defined()) return "nothing";
  return fmt::format("{} {}", std::string(tensor.dtype().name()), tensor.sizes());
}

bool holds_numbers(const at::Tensor& tensor) {
  return tensor.defined() && at::isFloatingType(tensor.scalar_type());
}

void check_shape(const Call& who, const std::string& what, const at::Tensor& tensor,
                 std::initializer_list<std::int64_t> expected, at::Device device) {
  if (!holds_numbers(tensor) || tensor.sizes() != at::IntArrayRef(expected)) {
    reject(who, "gave {} as {}, expected floating-point numbers of shape {}", what, shape_of(tensor),
           at::IntArrayRef(expected));
  }
  if (tensor.device() != device) {
    reject(who, "gave {} on the device {}, expected {}", what, tensor.device().str(), device.str());
  }
}

void check_number_type(const Call& who, const std::string& what, const at::Tensor& tensor,
                       at::ScalarType expected) {
  if (tensor.scalar_type() == expected) return;
  reject(who, "gave {} as {}, expected numbers of the type {}", what, shape_of(tensor),
         at::toString(expected));
}

void check_finite(const Call& who, const std::string& what, const at::Tensor& tensor) {
  if (!who.checks_values() || at::isfinite(tensor).all().item<bool>()) return;
  const at::Tensor wrong = at::isfinite(tensor).logical_not().nonzero()[0].cpu();
  const at::IntArrayRef place(wrong.const_data_ptr<std::int64_t>(), static_cast<std::size_t>(wrong.numel()));
  reject(who, "gave {} with a number that is not finite, first at {}", what, place);
}

void check_gold(const Call& sampler, std::span<const GoldItems> gold, std::size_t candidates,
                std::size_t items, const char* what) {
  if (gold.size() > candidates) {
    reject(sampler, "gave {} positive candidates among {} in all", gold.size(), candidates);
  }
  for (std::size_t row = 0; row < gold.size(); ++row) {
    if (gold[row].empty()) {
      reject(sampler,
             "gave the positive candidate {} no gold item; the first ones are positive, each with its items",
             row);
    }
    for (const std::int32_t item : gold[row]) {
      if (item < 0 || std::cmp_greater_equal(item, items)) {
        reject(sampler, "gave candidate {} the gold {} {}, but there are {}", row, what, item, items);
      }
    }
  }
}

void check_sentence(const Call& head, const Decision& decision, std::int64_t sentence) {
  if (decision.sentence != sentence) {
    reject(head, "put row {} into sentence {}, but it is of sentence {}", decision.row, decision.sentence,
           sentence);
  }
}

void check_entities(const Call& head, std::span<const Decision> decisions, const Candidates& candidates) {
  for (const Decision& decision : decisions) {
    const auto& [sentence, span] = candidates.places[static_cast<std::size_t>(decision.row)];
    check_sentence(head, decision, sentence);
    if (decision.span == span) continue;
    reject(head, "gave row {} the span [{}, {}), but the candidate is [{}, {})", decision.row,
           decision.span.begin, decision.span.end, span.begin, span.end);
  }
}

void check_tagged(const Call& head, std::span<const Decision> decisions, const Candidates& candidates) {
  for (const Decision& decision : decisions) {
    const auto& [sentence, word] = candidates.places[static_cast<std::size_t>(decision.row)];
    check_sentence(head, decision, sentence);
    const auto next = candidates.offsets.begin() + sentence + 1;
    const std::int64_t words = *next - *(next - 1);
    const auto& [begin, end] = decision.span;
    if (begin == word.begin && end > begin && end <= words) continue;
    reject(head, "gave row {} the span [{}, {}), expected one that begins with word {} of {}", decision.row,
           begin, end, word.begin, words);
  }
}

void check_related(const Call& head, std::span<const Decision> decisions, const Candidates& candidates) {
  const at::Tensor pairs = candidates.pairs.cpu().contiguous();
  const std::int64_t* ends = pairs.const_data_ptr<std::int64_t>();
  for (const Decision& decision : decisions) {
    const auto span = static_cast<std::size_t>(ends[2 * decision.row]);
    check_sentence(head, decision, candidates.places[span].sentence);
  }
}

void check_order(const Call& head, std::span<const Decision> decisions, std::int64_t candidates) {
  std::pair<std::int64_t, std::int32_t> last{-1, 0};
  for (const Decision& decision : decisions) {
    const std::pair<std::int64_t, std::int32_t> now{decision.row, decision.type};
    if (decision.row < 0 || decision.row >= candidates) {
      reject(head, "decided on row {} of {} candidates", decision.row, candidates);
    }
    if (!(decision.score >= 0 && decision.score <= 1 + kRounding)) {
      reject(head, "gave row {} the score {}, expected a number in [0, 1]", decision.row, decision.score);
    }
    if (decision.type < 0) reject(head, "gave row {} the type {}", decision.row, decision.type);
    if (now <= last) {
      reject(head, "decided on row {} type {} after row {} type {}; expected an order by row, then type",
             now.first, now.second, last.first, last.second);
    }
    last = now;
  }
}

}  // namespace

void check_encoding(const Call& encoder, const Sentence& sentence, const EncodedSentence& encoded) {
  const std::int64_t units = std::ssize(encoded.ids);
  if (encoded.words.size() != sentence.words.size()) {
    reject(encoder, "read sentence '{}' as {} words, but it has {}", sentence.id, encoded.words.size(),
           sentence.words.size());
  }
  for (std::size_t word = 0; word < encoded.words.size(); ++word) {
    const auto [begin, end] = encoded.words[word];
    if (begin < 0 || begin >= end || end > units) {
      reject(encoder, "gave word {} of sentence '{}' the units [{}, {}), expected some of [0, {})", word,
             sentence.id, begin, end, units);
    }
  }
}

void check_features(const Call& encoder, const Features& features, const Batch& batch, std::int64_t width,
                    std::span<const at::Tensor> weights) {
  const at::Device device = batch.ids.device();
  const at::ScalarType number = weights.empty() ? at::kFloat : weights.front().scalar_type();
  check_shape(encoder, "features of units", features.units, {batch.unit_offsets.back(), width}, device);
  check_shape(encoder, "features of sentences", features.sentences, {batch.size(), width}, device);
  check_number_type(encoder, "features of units", features.units, number);
  check_number_type(encoder, "features of sentences", features.sentences, number);
  check_finite(encoder, "features of units", features.units);
  check_finite(encoder, "features of sentences", features.sentences);
}

void check_table(const Call& encoder, const std::string& name, const at::Tensor& table,
                 const std::set<std::int64_t>& ids) {
  if (table.dim() != 2) {
    reject(encoder, "lists '{}' of shape {} among its sparse tables, expected two dimensions", name,
           table.sizes());
  }
  if (ids.empty() || (*ids.begin() >= 0 && *ids.rbegin() < table.size(0))) return;
  reject(encoder, "reads sentences as units {} to {}, but its sparse table '{}' has {} rows", *ids.begin(),
         *ids.rbegin(), name, table.size(0));
}

void check_copy(const Call& encoder, const std::string& name, const RoundedWeight& rounded) {
  const at::Tensor& copy = rounded.copy;
  const bool alike = copy.defined() && copy.scalar_type() == at::kBFloat16 &&
                     copy.sizes() == rounded.weight.sizes() && copy.is_contiguous() &&
                     copy.device() == rounded.weight.device();
  if (!alike) {
    reject(encoder, "rounds '{}' to {}, expected bfloat16 of shape {}, contiguous, beside the weight", name,
           shape_of(copy), rounded.weight.sizes());
  }
}

void check_spans(const Call& sampler, std::span<const Span> spans, const Sentence& sentence) {
  for (const Span& span : spans) {
    if (span.begin < 0 || span.begin >= span.end || std::cmp_greater(span.end, sentence.words.size())) {
      reject(sampler, "gave the span [{}, {}) of sentence '{}', which has {} words", span.begin, span.end,
             sentence.id, sentence.words.size());
    }
  }
}

void check_sample(const Call& sampler, const SpanSample& sample, const Sentence& sentence,
                  std::size_t items) {
  check_spans(sampler, sample.spans, sentence);
  check_gold(sampler, sample.gold, sample.spans.size(), items, "entity");
}

void check_pairs(const Call& sampler, std::span<const Pair> pairs, std::size_t spans) {
  const auto exists = [&](std::int32_t row) { return row >= 0 && std::cmp_less(row, spans); };
  for (const Pair& pair : pairs) {
    if (!exists(pair.head) || !exists(pair.tail)) {
      reject(sampler, "gave the pair ({}, {}) of {} spans", pair.head, pair.tail, spans);
    }
  }
}

void check_sample(const Call& sampler, const PairSample& sample, std::size_t spans, std::size_t items) {
  check_pairs(sampler, sample.pairs, spans);
  check_gold(sampler, sample.gold, sample.pairs.size(), items, "relation");
}

void check_targets(const Call& labeler, std::span<const float> targets) {
  for (const float target : targets) {
    if (!(target >= 0 && target <= 1)) {
      reject(labeler, "gave the target {}, expected a number in [0, 1]", target);
    }
  }
}

void check_head(const Call& head, const Head& built) {
  std::set<std::string> names;
  std::vector<Problem> problems;
  const std::vector<OutputShape> outputs = built.outputs();
  if (outputs.empty()) problems.push_back({head.place(), fmt::format("{} lists no output", head.subject())});
  for (const OutputShape& output : outputs) {
    if (!names.insert(output.name).second) {
      problems.push_back(
          {head.place(), fmt::format("{} lists the output '{}' twice", head.subject(), output.name)});
    }
    if (output.columns < 1) {
      problems.push_back(
          {head.place(), fmt::format("{} lists the output '{}' with {} columns, expected at least 1",
                                     head.subject(), output.name, output.columns)});
    }
  }
  const at::Tensor widths = built.widths();
  if (widths.defined() && (!holds_numbers(widths) || widths.dim() != 2 || widths.size(0) < 1)) {
    problems.push_back(
        {head.place(), fmt::format("{} has {} as its table of widths, expected numbers of two dimensions",
                                   head.subject(), shape_of(widths))});
  }
  if (!problems.empty()) throw Error(ErrorKind::plugin, std::move(problems));
}

void check_outputs(const Call& head, const Outputs& outputs, std::span<const OutputShape> shapes,
                   std::int64_t candidates, const at::Tensor& features) {
  for (const OutputShape& shape : shapes) {
    const auto found = outputs.find(shape.name);
    if (found == outputs.end()) reject(head, "did not give the output '{}' that it lists", shape.name);
    const std::string what = fmt::format("the output '{}'", shape.name);
    check_shape(head, what, found->second, {candidates, shape.columns}, features.device());
    check_number_type(head, what, found->second, features.scalar_type());
    check_finite(head, what, found->second);
  }
}

void check_decisions(const Call& head, HeadKind kind, std::span<const Decision> decisions,
                     const Candidates& candidates) {
  check_order(head, decisions, candidates.size());
  if (decisions.empty()) return;
  if (candidates.of_pairs()) return check_related(head, decisions, candidates);
  if (kind == HeadKind::words) return check_tagged(head, decisions, candidates);
  check_entities(head, decisions, candidates);
}

void check_types(const Call& head, std::span<const Decision> decisions, std::size_t types) {
  for (const Decision& decision : decisions) {
    if (std::cmp_less(decision.type, types)) continue;
    reject(head, "gave row {} the type {} of {}", decision.row, decision.type, types);
  }
}

void check_loss(const Call& loss, const LossInput& input, const LossValues& values) {
  const std::int64_t sentences = std::ssize(input.candidates.offsets) - 1;
  const bool by_sentence = input.may_be_per_sentence && values.values.defined() &&
                           values.values.sizes() == at::IntArrayRef({sentences});
  const std::int64_t expected = by_sentence ? sentences : input.scores.size(0);
  check_shape(loss, "the values", values.values, {expected}, input.scores.device());
  check_number_type(loss, "the values", values.values, input.scores.scalar_type());
  check_finite(loss, "the values", values.values);
  if (values.samples.defined() && values.samples.sizes() != values.values.sizes()) {
    reject(loss, "gave the samples as {}, expected the shape of the values, {}", shape_of(values.samples),
           values.values.sizes());
  }
  for (const auto& [name, part] : values.parts) {
    if (!holds_numbers(part) || (part.dim() != 0 && part.sizes() != values.values.sizes())) {
      reject(loss, "gave its part '{}' as {}, expected one number or the shape of the values, {}", name,
             shape_of(part), values.values.sizes());
    }
  }
}

void check_samples(const Call& loss, double samples) {
  if (!(samples >= 0)) reject(loss, "gave {} samples in all, expected 0 or more", samples);
}

}  // namespace spanlab
