// SPDX-License-Identifier: MIT
// What weights and buffers have to keep: stored ones, frozen ones, tables and copies.
#include <ATen/ATen.h>
#include <fmt/ranges.h>

#include <cctype>
#include <set>

#include "contract/items.hpp"
#include "contract/made_model.hpp"
#include "spanlab/span_ops.hpp"

namespace spanlab::host::suite {

namespace {

// What a stored model holds: weights that are trained, and buffers.
NamedTensors stored(torch::nn::Module& module) {
  NamedTensors all;
  for (const auto& weight : module.named_parameters()) {
    if (weight.value().requires_grad()) all["weight " + weight.key()] = weight.value();
  }
  for (const auto& buffer : module.named_buffers()) all["buffer " + buffer.key()] = buffer.value();
  return all;
}

// As training would, away from where initial weights are.
void move(torch::nn::Module& module) {
  const at::NoGradGuard no_gradients;
  Generator generator(3);
  for (at::Tensor weight : module.parameters()) {
    if (!weight.requires_grad()) continue;
    at::Tensor change = at::empty(weight.sizes(), weight.options().requires_grad(false));
    fill_normal(change, 0.1, generator);
    weight.add_(change);
  }
}

void restore(torch::nn::Module& module, const NamedTensors& from) {
  const at::NoGradGuard no_gradients;
  NamedTensors to = stored(module);
  for (const auto& [name, tensor] : from) {
    const auto found = to.find(name);
    if (found == to.end()) fail("{} is stored, but not there when it is built again", name);
    if (found->second.sizes() != tensor.sizes())
      fail("{} has another shape when it is built again from its vocabulary", name);
    found->second.copy_(tensor);
  }
  if (to.size() > from.size()) fail("has more weights when it is built again from its vocabulary");
}

bool is_kept(const Case& one) {
  return is_frozen(one.subject.around.registry, one.subject.setting({one.parameters, one.use, 0}));
}

// Weights that by their names are a bias or a norm's, and that decay.
class Decaying {
 public:
  explicit Decaying(torch::nn::Module& module) {
    for (const auto& part : module.modules()) {
      const auto* own = dynamic_cast<const Module*>(part.get());
      for (const auto& weight : module.named_parameters()) {
        if (own && own->has_no_decay(weight.value())) marked_.insert(weight.key());
      }
    }
    for (const auto& weight : module.named_parameters()) {
      if (weight.value().requires_grad() && sounds_so(weight.key()) && !marked_.contains(weight.key()))
        names.push_back("'" + weight.key() + "'");
    }
  }

  std::vector<std::string> names;

 private:
  static bool sounds_so(std::string name) {
    for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return name.find("bias") != name.npos || name.find("norm") != name.npos;
  }

  std::set<std::string> marked_;
};

// Features of one sentence of the scene by itself, and as a part of the batch.
void compare_alone(const Case& one, Built& built, const Scene& scene) {
  const NamedTensors together = one.asked(built, scene, Mode::evaluation);
  Scene alone = one.scene();
  alone.sentences.resize(1);
  const NamedTensors single = one.asked(built, alone, Mode::evaluation);
  const at::Tensor& units = single.at("units");
  if (!at::allclose(units, together.at("units").slice(0, 0, units.size(0)), 1e-3, 1e-4))
    fail("features of a sentence depend on the other sentences of its batch");
}

}  // namespace

std::string check_stored(const Case& one) {
  const auto built = one.build();
  torch::nn::Module* module = built->module();
  if (!module || stored(*module).empty()) pass_over("it has no weights");
  move(*module);
  const Scene scene = one.scene();
  one.asked(*built, scene, Mode::training);
  const NamedTensors kept = [&] {
    NamedTensors all = stored(*module);
    for (auto& [name, tensor] : all) tensor = tensor.detach().clone();
    return all;
  }();
  const NamedTensors expected = one.asked(*built, scene, Mode::evaluation);
  const std::string vocabulary = built->vocabulary();
  const auto again = one.build(99, &vocabulary);
  restore(*again->module(), kept);
  expect_equal(one.asked(*again, scene, Mode::evaluation), expected, "built again from what is stored");
  return "";
}

std::string check_frozen(const Case& one) {
  if (!is_kept(one)) pass_over("nothing of it is declared as frozen");
  const auto built = one.build();
  for (const auto& weight : built->module()->named_parameters()) {
    if (weight.value().requires_grad()) fail("trains '{}' though it is frozen", weight.key());
  }
  const Scene scene = one.scene();
  Generator generator(3);
  const std::string state = generator.save();
  Pass pass{Mode::training, generator};
  const Answer trained = built->answer(scene, pass);
  if (generator.save() != state) fail("draws random numbers though it is frozen");
  expect_equal(trained.all(), one.asked(*built, scene, Mode::evaluation), "in training, frozen");
  compare_alone(one, *built, scene);
  return "";
}

std::string check_decay(const Case& one) {
  const auto built = one.build();
  torch::nn::Module* module = built->module();
  if (!module || module->parameters().empty()) pass_over("it has no weights");
  const Decaying decaying(*module);
  if (decaying.names.empty()) return "";
  warn("{} {} with the others; say no_decay() of {} where that is not meant", fmt::join(decaying.names, ", "),
       decaying.names.size() == 1 ? "decays" : "decay", decaying.names.size() == 1 ? "it" : "them");
}

std::string check_tables(const Case& one) {
  Order order{one.parameters, one.use, 7};
  const bool rounds = one.subject.info().bf16;
  if (rounds) order.precision = Precision::bf16;
  const auto encoder = made_encoder(one.subject, order);
  const auto weights = encoder->named_parameters();
  for (const std::string& name : encoder->sparse_tables()) {
    const at::Tensor* table = weights.find(name);
    if (!table) fail("lists '{}' among its sparse tables, which is none of its weights", name);
    if (table->dim() != 2)
      fail("lists '{}' among its sparse tables, which has {} dimensions", name, table->dim());
  }
  const std::vector<RoundedWeight> copies = encoder->rounded_weights();
  if (rounds && copies.empty()) fail("says that its products can be rounded, but has no rounded weights");
  for (const RoundedWeight& rounded : copies) {
    if (!rounded.copy.defined() || !at::equal(rounded.copy, rounded.weight.to(at::kBFloat16)))
      fail("has a rounded copy that is not its weight in bfloat16");
  }
  if (copies.empty() && encoder->sparse_tables().empty()) pass_over("it has neither");
  return "";
}

}  // namespace spanlab::host::suite
