// SPDX-License-Identifier: MIT
#include "contract/items.hpp"

#include <ATen/ATen.h>

namespace spanlab::host::suite {

namespace {

using enum ComponentKind;

// In this order: what others rest on comes first.
constexpr SuiteItem kItems[] = {
    {"schema",
     "what it declares is whole: names, sentences, defaults in their ranges, units",
     {encoder, head, loss, sampler, labeler, reader},
     Reach::defaults,
     check_schema},
    {"answers",
     "answers to batches of random sizes have the promised names, shapes, types and rows",
     {encoder, head, loss, sampler, labeler},
     Reach::defaults,
     check_answers},
    {"empty", "batches without candidates", {head, loss, sampler, labeler}, Reach::one, check_empty},
    {"one_word",
     "sentences of one word",
     {encoder, head, loss, sampler, labeler},
     Reach::one,
     check_one_word},
    {"long",
     "a sentence of many words",
     {encoder, head, loss, sampler, labeler},
     Reach::defaults,
     check_long},
    {"refusals",
     "a sentence without words is refused by an error that names it",
     {encoder},
     Reach::defaults,
     check_refusals},
    {"decisions",
     "decisions are about candidates, in order, with scores in [0, 1]",
     {head},
     Reach::one,
     check_decisions},
    {"samples",
     "positives stand for gold items, negatives for none, all in their sentence",
     {sampler},
     Reach::two,
     check_samples},
    {"targets",
     "targets are numbers in [0, 1], and gold candidates have some",
     {labeler},
     Reach::two,
     check_targets},
    {"sample_file",
     "a data set's file is read into whole sentences",
     {reader},
     Reach::defaults,
     check_sample_file},
    {"broken_files", "broken files are told as problems", {reader}, Reach::defaults, check_broken_files},
    {"settings",
     "every choice and both ends of every range build and answer",
     {encoder, head, loss, sampler, labeler, reader},
     Reach::end,
     check_settings},
    {"seed",
     "one seed gives one answer",
     {encoder, head, loss, sampler, labeler, reader},
     Reach::one,
     check_seed},
    {"randomness",
     "no random numbers but those of the given generator",
     {encoder, head, loss, sampler, labeler, reader},
     Reach::one,
     check_randomness},
    {"evaluation",
     "evaluation changes nothing, and draws nothing",
     {encoder, head},
     Reach::one,
     check_evaluation},
    {"state",
     "nothing is kept between calls but weights and buffers",
     {encoder, head, loss, sampler, labeler, reader},
     Reach::one,
     check_state},
    {"threads",
     "two threads evaluate at a time",
     {encoder, head, sampler, labeler, reader},
     Reach::one,
     check_threads},
    {"stored",
     "weights, buffers and vocabulary make the component again",
     {encoder, head, loss},
     Reach::one,
     check_stored},
    {"finite",
     "answers and gradients are finite, for large numbers too",
     {encoder, head, loss},
     Reach::one,
     check_finite},
    {"trained",
     "a gradient reaches every weight that is trained",
     {encoder, head, loss},
     Reach::two,
     check_trained},
    {"gradients",
     "gradients are those of the answers, by differences in double precision",
     {encoder, head, loss},
     Reach::two,
     check_gradients},
    {"frozen",
     "a frozen encoder's features depend on the sentence alone",
     {encoder},
     Reach::one,
     check_frozen},
    {"decay",
     "biases and weights of norms say that they do not decay",
     {encoder, head, loss},
     Reach::defaults,
     check_decay},
    {"tables",
     "sparse tables are weights, and rounded copies follow theirs",
     {encoder},
     Reach::defaults,
     check_tables},
    {"memory",
     "memory does not grow from call to call",
     {encoder, head, loss, sampler, labeler, reader},
     Reach::defaults,
     check_memory},
    {"cost",
     "how long a candidate takes",
     {encoder, head, loss, sampler, labeler, reader},
     Reach::defaults,
     check_cost},
};

}  // namespace

std::span<const SuiteItem> items() { return kItems; }

std::unique_ptr<Built> Case::build(std::uint64_t seed, const std::string* vocabulary) const {
  return subject.build({parameters, use, seed, vocabulary});
}

Scene Case::scene(int number, Shape shape, at::ScalarType numbers) const {
  const std::uint64_t seed = subject.around.seed * 1000 + static_cast<std::uint64_t>(number);
  return Scene(seed, shape, numbers);
}

NamedTensors Case::asked(Built& built, const Scene& scene, Mode mode) const {
  Generator generator(scene.seed() + 5);
  Pass pass{mode, generator};
  NamedTensors all = built.answer(scene, pass).all();
  if (mode == Mode::evaluation) all.merge(built.decide(scene, pass));
  for (auto& [name, tensor] : all) tensor = tensor.detach().clone();
  return all;
}

void expect_equal(const NamedTensors& found, const NamedTensors& expected, const std::string& what) {
  for (const auto& [name, tensor] : expected) {
    const auto other = found.find(name);
    if (other == found.end()) fail("{}: '{}' is there once and not the other time", what, name);
    if (other->second.sizes() != tensor.sizes())
      fail("{}: '{}' has {} values once and {} the other time", what, name, tensor.numel(),
           other->second.numel());
    if (at::equal(other->second, tensor)) continue;
    if (tensor.is_floating_point() && at::isnan(tensor).any().item<bool>()) continue;  // told by `finite`
    const double most = (other->second.to(at::kDouble) - tensor.to(at::kDouble)).abs().max().item<double>();
    fail("{}: '{}' differs by up to {:.3g}", what, name, most);
  }
  if (found.size() > expected.size())
    fail("{}: {} answers once and {} the other time", what, expected.size(), found.size());
}

}  // namespace spanlab::host::suite
