// SPDX-License-Identifier: MIT
// Whether it answers at all: ordinary batches, all settings, and what is at the edge of what batches can be.
#include <ATen/ATen.h>

#include "contract/items.hpp"
#include "contract/made_model.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::suite {

namespace {

constexpr int kBatches = 8;

void expect_finite(const NamedTensors& answers, const char* when) {
  for (const auto& [name, tensor] : answers) {
    if (tensor.is_floating_point() && !at::isfinite(tensor).all().item<bool>())
      fail("'{}' holds numbers that are not finite{}", name, when);
  }
}

// Answers in both modes; that they are as promised is looked at by the SDK's own functions.
void answer_both(Built& built, const Scene& scene) {
  for (const Mode mode : {Mode::training, Mode::evaluation}) {
    Generator generator(scene.seed());
    Pass pass{mode, generator};
    const Answer answer = built.answer(scene, pass);
    expect_finite(answer.all(), mode == Mode::training ? " in training" : "");
    for (const auto& [name, tensor] : answer.others) {
      if (tensor.requires_grad())
        fail("'{}' is for the log or for counting, and has a gradient; expected detach()", name);
    }
  }
}

void expect_finite_gradients(Built& built, const Scene& scene) {
  Generator generator(scene.seed());
  Pass pass{Mode::training, generator};
  at::Tensor sum = at::zeros({});
  for (const auto& [name, tensor] : built.answer(scene, pass).values) sum = sum + tensor.sum();
  if (!sum.requires_grad()) return;
  sum.backward();
  const auto look = [](const at::Tensor& leaf, const std::string& name) {
    at::Tensor gradient = leaf.grad();
    if (gradient.defined() && gradient.is_sparse()) gradient = gradient.to_dense();
    if (gradient.defined() && !at::isfinite(gradient).all().item<bool>())
      fail("the gradient of {} holds numbers that are not finite, for inputs of the order of 100", name);
  };
  for (const at::Tensor& input : built.inputs(scene)) look(input, "its input");
  if (torch::nn::Module* module = built.module()) {
    for (const auto& weight : module->named_parameters()) look(weight.value(), "'" + weight.key() + "'");
  }
}

}  // namespace

std::string check_answers(const Case& one) {
  const auto built = one.build();
  for (int number = 0; number < kBatches; ++number) answer_both(*built, one.scene(number));
  return "";
}

std::string check_settings(const Case& one) {
  const auto built = one.build();
  // A sample is written for one setting of its reader.
  if (one.subject.kind != ComponentKind::reader) answer_both(*built, one.scene());
  return "";
}

std::string check_one_word(const Case& one) {
  const auto built = one.build();
  answer_both(*built, one.scene(0, Shape::one_word));
  return "";
}

std::string check_long(const Case& one) {
  const auto built = one.build();
  try {
    answer_both(*built, one.scene(0, Shape::long_sentence));
  } catch (const Error& error) {
    if (one.subject.kind != ComponentKind::encoder || error.kind() != ErrorKind::data) throw;
    return "refused: " + error.problems().front().message;
  }
  return "";
}

std::string check_empty(const Case& one) {
  const auto built = one.build();
  answer_both(*built, one.scene(0, Shape::no_candidates));
  return "";
}

std::string check_refusals(const Case& one) {
  const auto encoder = made_encoder(one.subject, {one.parameters, one.use, 7});
  const Sentence empty{"without-words", "", {}, {}};
  try {
    encoder->encode(empty);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data)
      fail("refuses a sentence without words, but not as Error(data): {}", error.what());
    if (std::string(error.what()).find(empty.id) != std::string::npos) return "";
    fail("refuses a sentence without words, but does not name it: {}", error.what());
  }
  fail("takes a sentence without words; expected an Error(data) that names it");
}

std::string check_finite(const Case& one) {
  const auto built = one.build();
  const Scene scene = one.scene();
  {
    const at::NoGradGuard no_gradients;
    for (at::Tensor input : built->inputs(scene)) input.mul_(100);
  }
  Generator generator(scene.seed());
  Pass pass{Mode::evaluation, generator};
  expect_finite(built->answer(scene, pass).all(), ", for inputs of the order of 100");
  expect_finite_gradients(*built, scene);
  return "";
}

}  // namespace spanlab::host::suite
