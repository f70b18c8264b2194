// SPDX-License-Identifier: MIT
#include "train/optimizer.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "spanlab/error.hpp"
#include "train/optimizer_state.hpp"

namespace spanlab::host {

namespace {

bool single_precision_on_processor(const NamedParameter& parameter) {
  return parameter.value.device().is_cpu() && parameter.value.scalar_type() == at::kFloat &&
         parameter.value.is_contiguous();
}

const at::Tensor& find(const NamedTensors& state, const std::string& name, const at::Tensor& like) {
  auto found = state.find(name);
  if (found == state.end()) throw Error(ErrorKind::data, "", "the resume state lacks '" + name + "'");
  if (found->second.sizes() != like.sizes() || found->second.scalar_type() != like.scalar_type()) {
    throw Error(ErrorKind::data, "",
                "the resume state is of another model: '" + name + "' has another shape or type");
  }
  return found->second;
}

}  // namespace

OptimizerSettings optimizer_settings(const TrainSettings& train) {
  return {.rule = train.optimizer, .weight_decay = train.weight_decay, .max_norm = train.clip};
}

OptimizerState::OptimizerState(std::vector<NamedParameter> parameters, OptimizerSettings settings)
    : settings_(settings) {
  for (NamedParameter& parameter : parameters) {
    std::ranges::sort(parameter.rows);
    slots_.push_back({parameter.name, parameter.value, std::move(parameter.rows), parameter.rounded,
                      parameter.decays, parameter.rate});
  }
}

UpdateFactors OptimizerState::factors(const OptimizerSlot& slot, double step_rate, double scale) const {
  const double rate = step_rate * slot.rate;
  const double decay = slot.decays ? rate * settings_.weight_decay : 0;
  UpdateFactors f{static_cast<float>(scale),
                  static_cast<float>(settings_.beta1),
                  static_cast<float>(1 - settings_.beta1),
                  static_cast<float>(settings_.beta2),
                  static_cast<float>(1 - settings_.beta2),
                  static_cast<float>(rate),
                  1,
                  1e-6f,
                  1,
                  static_cast<float>(decay)};
  if (settings_.rule == UpdateRule::torch_adamw) {
    const double steps = static_cast<double>(slot.steps);
    f.step = static_cast<float>(rate / (1 - std::pow(settings_.beta1, steps)));
    f.root = static_cast<float>(1 / std::sqrt(1 - std::pow(settings_.beta2, steps)));
    f.epsilon = 1e-8f;
    f.before = static_cast<float>(1 - decay);
    f.after = 0;
  }
  return f;
}

double OptimizerState::clipping_scale(double norm) const {
  return settings_.max_norm > 0 ? std::min(1.0, settings_.max_norm / (norm + 1e-6)) : 1.0;
}

NamedTensors OptimizerState::state() {
  NamedTensors state;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const OptimizerSlot& slot = slots_[i];
    state["first." + slot.name] = first(i);
    state["second." + slot.name] = second(i);
    state["steps." + slot.name] = at::scalar_tensor(slot.steps, at::kLong);
    if (slot.rows.empty()) continue;
    state["rows." + slot.name] = at::tensor(slot.rows, at::kLong);
    state["owed." + slot.name] = at::scalar_tensor(slot.owed, at::kDouble);
  }
  return state;
}

void OptimizerState::restore(const NamedTensors& state) {
  at::NoGradGuard no_gradient;
  for (const auto& [name, tensor] : this->state()) find(state, name, tensor);
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    OptimizerSlot& slot = slots_[i];
    if (!slot.rows.empty() && !at::equal(state.at("rows." + slot.name), at::tensor(slot.rows, at::kLong))) {
      throw Error(ErrorKind::data, "",
                  "the resume state is of other data: other rows of '" + slot.name + "' occur");
    }
    first(i).copy_(state.at("first." + slot.name));
    second(i).copy_(state.at("second." + slot.name));
    slot.steps = state.at("steps." + slot.name).item<std::int64_t>();
    if (!slot.rows.empty()) slot.owed = state.at("owed." + slot.name).item<double>();
  }
}

Optimizer::Optimizer(std::vector<NamedParameter> parameters, OptimizerSettings settings) {
  bool fused = std::ranges::all_of(parameters, single_precision_on_processor);
  state_ = fused ? make_fused_state(std::move(parameters), settings)
                 : make_general_state(std::move(parameters), settings);
}
Optimizer::~Optimizer() = default;
Optimizer::Optimizer(Optimizer&&) noexcept = default;

at::Tensor Optimizer::step(double rate) { return state_->step(rate); }
void Optimizer::settle() { state_->settle(); }
NamedTensors Optimizer::state() const { return state_->state(); }
void Optimizer::restore(const NamedTensors& state) { state_->restore(state); }

std::map<std::string, double> Optimizer::gradient_norms() const {
  std::map<std::string, double> norms;
  for (const OptimizerSlot& slot : state_->slots()) {
    const at::Tensor& gradient = slot.value.grad();
    if (!gradient.defined()) continue;
    at::Tensor values = gradient.is_sparse() ? gradient.coalesce().values() : gradient;
    norms[slot.name] = values.to(at::kDouble).norm().item<double>();
  }
  return norms;
}

}  // namespace spanlab::host
