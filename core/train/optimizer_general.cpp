// SPDX-License-Identifier: MIT
#include <ATen/ATen.h>

#include <algorithm>
#include <numeric>

#include "train/optimizer_state.hpp"

namespace spanlab::host {

namespace {

/// Any device and type, by tensor operations over flat memory: parameters become views of one tensor,
/// decaying ones first. Tables are treated as dense: their other rows decay like all, and nothing is owed.
class GeneralState : public OptimizerState {
 public:
  GeneralState(std::vector<NamedParameter> parameters, OptimizerSettings settings);
  at::Tensor step(double rate) override;
  void settle() override {}

 protected:
  at::Tensor first(std::size_t slot) override { return part(first_, slot); }
  at::Tensor second(std::size_t slot) override { return part(second_, slot); }

 private:
  at::Tensor part(const at::Tensor& flat, std::size_t slot) const {
    return flat.narrow(0, offsets_[slot], slots_[slot].value.numel()).view(slots_[slot].value.sizes());
  }
  void update(const at::Tensor& gradient, std::size_t begin, std::size_t end, double rate,
              const at::Tensor& scale);

  at::Tensor values_, first_, second_;
  std::vector<std::int64_t> offsets_;
};

GeneralState::GeneralState(std::vector<NamedParameter> parameters, OptimizerSettings settings)
    : OptimizerState(std::move(parameters), settings) {
  at::NoGradGuard no_gradient;
  std::ranges::stable_partition(slots_, &OptimizerSlot::decays);
  std::vector<at::Tensor> flat;
  std::int64_t total = 0;
  for (OptimizerSlot& slot : slots_) {
    slot.rows.clear();
    flat.push_back(slot.value.detach().reshape(-1));
    offsets_.push_back(total);
    total += slot.value.numel();
  }
  if (slots_.empty()) return;
  values_ = at::cat(flat);
  first_ = at::zeros_like(values_);
  second_ = at::zeros_like(values_);
  for (std::size_t i = 0; i < slots_.size(); ++i) slots_[i].value.set_data(part(values_, i));
}

// Slots [begin, end) lie side by side and have the same factors.
void GeneralState::update(const at::Tensor& gradient, std::size_t begin, std::size_t end, double rate,
                          const at::Tensor& scale) {
  const std::int64_t offset = offsets_[begin];
  at::Tensor p = values_.narrow(0, offset, gradient.numel());
  at::Tensor m = first_.narrow(0, offset, gradient.numel()), v = second_.narrow(0, offset, gradient.numel());
  const UpdateFactors f = factors(slots_[begin], rate, 1);
  at::Tensor g = gradient * scale.to(gradient.scalar_type());
  m.mul_(settings_.beta1).add_(g, 1 - settings_.beta1);
  v.mul_(settings_.beta2).addcmul_(g, g, 1 - settings_.beta2);
  if (f.before != 1) p.mul_(f.before);
  p.addcdiv_(m, v.sqrt().mul_(f.root).add_(f.epsilon), -f.step);
  if (f.after != 0) p.sub_(p, f.after);
  for (std::size_t i = begin; i < end; ++i) {
    slots_[i].value.mutable_grad() = at::Tensor();
    if (slots_[i].rounded.defined()) slots_[i].rounded.copy_(slots_[i].value);
  }
}

at::Tensor GeneralState::step(double rate) {
  at::NoGradGuard no_gradient;
  std::vector<at::Tensor> gradients(slots_.size()), defined;
  for (std::size_t i = 0; i < slots_.size(); ++i) {
    const at::Tensor& gradient = slots_[i].value.grad();
    if (!gradient.defined()) continue;
    gradients[i] = (gradient.is_sparse() ? gradient.to_dense() : gradient).reshape(-1);
    defined.push_back(gradients[i]);
    ++slots_[i].steps;
  }
  if (defined.empty()) return at::scalar_tensor(0.0, at::kDouble);
  at::Tensor norm = at::linalg_vector_norm(at::cat(defined), 2, std::nullopt, false, at::kDouble);
  at::Tensor scale =
      settings_.max_norm > 0 ? (settings_.max_norm / (norm + 1e-6)).clamp_max(1) : at::ones_like(norm);
  auto same = [&](std::size_t a, std::size_t b) {
    return slots_[a].decays == slots_[b].decays && slots_[a].steps == slots_[b].steps &&
           slots_[a].rate == slots_[b].rate;
  };
  for (std::size_t begin = 0; begin < slots_.size();) {
    std::size_t end = begin;
    while (end < slots_.size() && gradients[end].defined() && same(begin, end)) ++end;
    if (end > begin)
      update(at::cat(at::TensorList(gradients.data() + begin, end - begin)), begin, end, rate, scale);
    begin = std::max(end, begin + 1);
  }
  return norm;
}

}  // namespace

std::unique_ptr<OptimizerState> make_general_state(std::vector<NamedParameter> parameters,
                                                   OptimizerSettings settings) {
  return std::make_unique<GeneralState>(std::move(parameters), settings);
}

}  // namespace spanlab::host
