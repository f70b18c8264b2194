// SPDX-License-Identifier: MIT
#include "crf/crf.hpp"

#include <ATen/ATen.h>

#include <algorithm>
#include <cmath>

#include "crf/viterbi.hpp"
#include "spanlab/span_ops.hpp"
#include "spanlab/tags.hpp"

namespace spanlab::crf {

Schema crf_schema() {
  return Schema()
      .integer("hidden", 32,
               "width of the layer before the emissions; a public re-implementation of Crone (2020, arXiv "
               "2002.06424) has "
               "32, and 64 on one branch")
      .range(1, 4096)
      .text("activation", "tanh",
            "between the two layers; tanh as in the re-implementation of Crone (2020), who does not say")
      .choices({"tanh", "relu"})
      .boolean(
          "legal", true,
          "prediction passes over sequences in which an inside tag follows nothing that it can continue");
}

CrfHead::CrfHead(const Parameters& parameters, const HeadSetup& setup)
    : tags_(1 + 2 * static_cast<std::int64_t>(setup.inventory.entities.size())),
      tanh_(parameters.text("activation") == "tanh"),
      legal_(parameters.boolean("legal")) {
  const std::int64_t hidden = parameters.integer("hidden");
  auto add = [&](const char* name, at::IntArrayRef shape, double deviation) {
    at::Tensor tensor = at::empty(shape);
    Generator generator = setup.generator.split(name);
    fill_normal(tensor, deviation, generator);
    return register_parameter(name, tensor);
  };
  // The deviation of a uniform distribution in ±1/√inputs, which is what PyTorch begins linear layers with.
  auto of_inputs = [](std::int64_t inputs) { return 1 / std::sqrt(3.0 * static_cast<double>(inputs)); };
  constexpr double kOfTransitions = 0.1;
  ff1_weight_ = add("ff1_weight", {hidden, setup.width}, of_inputs(setup.width));
  ff1_bias_ = no_decay(add("ff1_bias", {hidden}, of_inputs(setup.width)));
  ff2_weight_ = add("ff2_weight", {tags_, hidden}, of_inputs(hidden));
  ff2_bias_ = no_decay(add("ff2_bias", {tags_}, of_inputs(hidden)));
  transitions_ = add("transitions", {tags_, tags_}, kOfTransitions);
  start_ = add("start", {tags_}, kOfTransitions);
  end_ = add("end", {tags_}, kOfTransitions);
}

Outputs CrfHead::do_forward(const Features& features, const Candidates& candidates, const Outputs&, Pass&) {
  const at::Tensor words = max_over_rows(features.units, candidates.units);
  const at::Tensor inner = at::linear(words, ff1_weight_, ff1_bias_);
  return {{"emissions", at::linear(tanh_ ? at::tanh(inner) : at::relu(inner), ff2_weight_, ff2_bias_)},
          {"transitions", transitions_},
          {"start", start_},
          {"end", end_}};
}

std::vector<Decision> CrfHead::do_decode(const Outputs& outputs, const Candidates& candidates) const {
  const auto values = [&](const char* name) {
    return outputs.at(name).detach().to(at::kCPU, at::kDouble).contiguous();
  };
  const at::Tensor emissions = values("emissions");
  Chain chain{{}, values("transitions"), values("start"), values("end")};
  std::vector<Decision> decisions;
  for (std::size_t s = 0; s + 1 < candidates.offsets.size(); ++s) {
    const std::int64_t first = candidates.offsets[s];
    chain.emissions = emissions.slice(0, first, candidates.offsets[s + 1]);
    if (chain.emissions.size(0) == 0) continue;
    const Path path = viterbi(chain, legal_ ? Steps::legal : Steps::all);
    const auto probability =
        static_cast<float>(std::clamp(std::exp(path.score - log_partition(chain)), 0.0, 1.0));
    for (const Entity& entity : from_tags(path.tags)) {
      decisions.push_back(
          {first + entity.span.begin, static_cast<std::int64_t>(s), entity.span, entity.type, probability});
    }
  }
  return decisions;
}

}  // namespace spanlab::crf
