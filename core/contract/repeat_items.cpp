// SPDX-License-Identifier: MIT
// Whether the same question has the same answer: by seed, in any order, on any thread.
#include <ATen/ATen.h>
#include <ATen/Context.h>

#include <cstdlib>
#include <exception>
#include <future>

#include "contract/items.hpp"

namespace spanlab::host::suite {

namespace {

constexpr int kRounds = 6;  // of two threads at a time

// Weights and buffers, by name, as they are now.
NamedTensors weights_of(torch::nn::Module* module) {
  NamedTensors all;
  if (!module) return all;
  for (const auto& weight : module->named_parameters())
    all["weight " + weight.key()] = weight.value().detach().clone();
  for (const auto& buffer : module->named_buffers())
    all["buffer " + buffer.key()] = buffer.value().detach().clone();
  return all;
}

void set_buffers(torch::nn::Module* module, const NamedTensors& values) {
  if (!module) return;
  const at::NoGradGuard no_gradients;
  for (auto& buffer : module->named_buffers()) buffer.value().copy_(values.at("buffer " + buffer.key()));
}

// Asks a component that is put back before each question, about scenes that are gone afterwards: what lies at
// an address is another one each time.
class Asked {
 public:
  explicit Asked(const Case& one) : one_(one), built_(one.build()), weights_(weights_of(built_->module())) {}

  NamedTensors about(int number, Mode mode) {
    set_buffers(built_->module(), weights_);
    const Scene scene = one_.scene(number);
    return one_.asked(*built_, scene, mode);
  }

 private:
  const Case& one_;
  std::unique_ptr<Built> built_;
  NamedTensors weights_;
};

// All that it says and is, from its making on.
NamedTensors all_of(const Case& one) {
  const auto built = one.build();
  NamedTensors all = weights_of(built->module());
  const Scene scene = one.scene();
  for (auto& [name, tensor] : one.asked(*built, scene, Mode::training)) all["training, " + name] = tensor;
  for (auto& [name, tensor] : one.asked(*built, scene, Mode::evaluation)) all["evaluation, " + name] = tensor;
  return all;
}

at::Tensor global_state() { return at::globalContext().defaultGenerator(at::kCPU).get_state(); }

NamedTensors seeded(const Case& one, unsigned seed) {
  at::manual_seed(seed);
  std::srand(seed);
  return all_of(one);
}

}  // namespace

// Global generators stand where they stood the first time: what draws from them is told by `randomness`.
std::string check_seed(const Case& one) {
  const NamedTensors first = seeded(one, 7);
  expect_equal(seeded(one, 7), first, "with one seed, made twice");
  return "";
}

std::string check_randomness(const Case& one) {
  std::srand(7);
  const int next = std::rand();
  std::srand(7);
  at::manual_seed(7);
  const at::Tensor before = global_state();
  const NamedTensors first = all_of(one);
  if (!at::equal(global_state(), before))
    fail("draws from LibTorch's global generator; expected all numbers from the given Generator");
  if (std::rand() != next) fail("calls rand(); expected all numbers from the given Generator");
  expect_equal(seeded(one, 8), first, "with other seeds of global generators");
  return "";
}

std::string check_state(const Case& one) {
  for (const Mode mode : {Mode::training, Mode::evaluation}) {
    Asked first(one), second(one);
    const NamedTensors of_one = first.about(1, mode), of_two = first.about(2, mode);
    expect_equal(first.about(1, mode), of_one, "asked again about one batch");
    expect_equal(second.about(2, mode), of_two, "asked about batches in another order");
  }
  return "";
}

std::string check_evaluation(const Case& one) {
  const auto built = one.build();
  const NamedTensors before = weights_of(built->module());
  for (int number = 0; number < 2; ++number) {
    const Scene scene = one.scene(number);
    Generator generator(3);
    const std::string state = generator.save();
    Pass pass{Mode::evaluation, generator};
    built->answer(scene, pass);
    built->decide(scene, pass);
    if (generator.save() != state) fail("draws random numbers in evaluation");
  }
  expect_equal(weights_of(built->module()), before, "after evaluation");
  return "";
}

std::string check_threads(const Case& one) {
  const auto built = one.build();
  const auto ask = [&](int number) {
    const at::NoGradGuard no_gradients;
    return one.asked(*built, one.scene(number), Mode::evaluation);
  };
  std::vector<NamedTensors> expected;
  for (int number = 0; number < 2; ++number) expected.push_back(ask(number));
  const int rounds = one.subject.kind == ComponentKind::reader ? 1 : kRounds;
  for (int round = 0; round < rounds; ++round) {
    auto other = std::async(std::launch::async, ask, 1);
    const NamedTensors mine = ask(0);
    expect_equal(other.get(), expected[1], "with another thread");
    expect_equal(mine, expected[0], "with another thread");
  }
  return "";
}

}  // namespace spanlab::host::suite
