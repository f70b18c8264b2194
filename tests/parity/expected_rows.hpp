// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include "parity/spert_model.hpp"
#include "host.hpp"

namespace spanlab::test {

/// The rows of `name` that stand for candidates; the fixtures pad sentences to one length, or have one tensor
/// for each.
inline at::Tensor expected_rows(const NamedTensors& expected, const std::string& name,
                                const std::string& mask) {
  if (const auto found = expected.find(name); found != expected.end()) {
    if (!expected.contains(mask)) return found->second;
    const std::int64_t columns = found->second.dim() == 3 ? found->second.size(2) : 1;
    return found->second.reshape({-1, columns})
        .index_select(0, expected.at(mask).reshape({-1}).nonzero().view({-1}));
  }
  std::vector<at::Tensor> parts;
  for (int k = 0; expected.contains(name + "_" + std::to_string(k)); ++k)
    parts.push_back(expected.at(name + "_" + std::to_string(k)));
  return parts.empty() ? at::Tensor() : at::cat(parts);
}

/// Names of an output's scores and of their mask in step1.safetensors.
inline std::pair<std::string, std::string> names_of(const Model& model, const Task& task,
                                                    const std::string& output, const NamedTensors& expected) {
  if (output == "emissions") return {"emissions", ""};
  const std::string kind = task.takes_spans() ? "relation" : "entity";
  if (model.labels().views.size() > 1) {
    const std::string part = model.labels().views[task.view] + "." + kind;
    return {part + "_logits", part + "_mask"};
  }
  if (expected.contains(kind + "_" + output)) return {kind + "_" + output, kind + "_mask"};
  if (task.takes_spans() && expected.contains("logits")) return {"logits", ""};
  return task.takes_spans() ? std::pair<std::string, std::string>{"rel_logits", "rel_mask"}
                            : std::pair<std::string, std::string>{"entity_logits", "entity_mask"};
}

}  // namespace spanlab::test
