// SPDX-License-Identifier: MIT
#include "bert/checkpoint.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"

namespace spanlab::bert {

namespace {

using nlohmann::json;

json read_json(const std::filesystem::path& file) {
  InputFile stream(file);
  try {
    return json::parse(stream);
  } catch (const json::parse_error& error) {
    throw Error(ErrorKind::data, file.string(), fmt::format("not JSON, at byte {}", error.byte));
  }
}

/// Reads fields and keeps what is wrong with them.
class Fields {
 public:
  Fields(const json& node, std::string place) : node_(node), place_(std::move(place)) {
    if (!node.is_object()) throw Error(ErrorKind::data, place_, "expected a JSON object");
  }

  void size(const char* name, std::int64_t& value) {
    auto found = node_.find(name);
    if (found == node_.end()) return wrong(name, "is missing");
    if (!found->is_number_integer() || found->get<std::int64_t>() < 1) return wrong(name, fmt::format("expected a positive integer, got {}", found->dump()));
    value = found->get<std::int64_t>();
  }
  void rate(const char* name, double& value) {
    auto found = node_.find(name);
    if (found == node_.end()) return;
    if (!found->is_number() || found->get<double>() < 0 || found->get<double>() >= 1) return wrong(name, fmt::format("expected a number in [0, 1), got {}", found->dump()));
    value = found->get<double>();
  }
  void one_of(const char* name, std::initializer_list<const char*> allowed) {
    auto found = node_.find(name);
    if (found == node_.end()) return;
    for (const char* choice : allowed) {
      if (*found == choice) return;
    }
    wrong(name, fmt::format("{} is not supported, only {}", found->dump(), fmt::join(allowed, ", ")));
  }
  void wrong(const std::string& name, const std::string& message) { problems_.push_back({place_, name + ": " + message}); }
  void finish() {
    if (!problems_.empty()) throw Error(ErrorKind::data, problems_);
  }

 private:
  const json& node_;
  std::string place_;
  std::vector<Problem> problems_;
};

bool lower_cases(const json& config, const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "tokenizer_config.json";
  json tokenizer = std::filesystem::exists(file) ? read_json(file) : json::object();
  for (const json* node : std::initializer_list<const json*>{&tokenizer, &config}) {
    auto found = node->find("do_lower_case");
    if (found != node->end() && found->is_boolean()) return found->get<bool>();
  }
  return true;
}

// The name under which a weight stands in the file; empty if it does not.
std::string stored_name(const NamedTensors& tensors, const std::string& name) {
  std::string old = name;
  for (auto [now, before] : {std::pair("LayerNorm.weight", "LayerNorm.gamma"), std::pair("LayerNorm.bias", "LayerNorm.beta")}) {
    if (name.ends_with(now)) old = name.substr(0, name.size() - std::string(now).size()) + before;
  }
  for (const std::string& candidate : {name, old}) {
    for (const char* prefix : {"", "bert."}) {
      if (tensors.contains(prefix + candidate)) return prefix + candidate;
    }
  }
  return {};
}

}  // namespace

Config read_config(const std::filesystem::path& folder) {
  std::filesystem::path file = folder / "config.json";
  json node = read_json(file);
  Fields fields(node, file.string());
  Config config;
  fields.size("hidden_size", config.hidden_size);
  fields.size("num_hidden_layers", config.num_hidden_layers);
  fields.size("num_attention_heads", config.num_attention_heads);
  fields.size("intermediate_size", config.intermediate_size);
  fields.size("vocab_size", config.vocab_size);
  fields.size("max_position_embeddings", config.max_position_embeddings);
  fields.size("type_vocab_size", config.type_vocab_size);
  fields.rate("layer_norm_eps", config.layer_norm_eps);
  fields.rate("hidden_dropout_prob", config.hidden_dropout_prob);
  fields.rate("attention_probs_dropout_prob", config.attention_probs_dropout_prob);
  fields.one_of("model_type", {"bert"});
  fields.one_of("hidden_act", {"gelu"});
  fields.one_of("position_embedding_type", {"absolute"});
  if (config.num_attention_heads > 0 && config.hidden_size % config.num_attention_heads != 0) {
    fields.wrong("num_attention_heads", fmt::format("{} does not divide hidden_size {}", config.num_attention_heads, config.hidden_size));
  }
  fields.finish();
  config.uncased = lower_cases(node, folder);
  return config;
}

NamedTensors read_weights(const std::filesystem::path& folder, const Config& config) {
  std::filesystem::path file = folder / "model.safetensors";
  NamedTensors stored = read_tensors(file).tensors, weights;
  std::vector<Problem> problems;
  for (const NamedShape& expected : weight_shapes(config)) {
    std::string name = stored_name(stored, expected.name);
    if (name.empty()) {
      if (expected.needed) problems.push_back({file.string(), fmt::format("tensor '{}' is missing", expected.name)});
      continue;
    }
    const at::Tensor& tensor = stored.at(name);
    if (tensor.sizes() != at::IntArrayRef(expected.shape)) {
      problems.push_back({file.string(), fmt::format("tensor '{}' has the shape [{}], but config.json asks for [{}]", name,
                                                     fmt::join(tensor.sizes().vec(), ","), fmt::join(expected.shape, ","))});
    } else if (!tensor.is_floating_point()) {
      problems.push_back({file.string(), fmt::format("tensor '{}' does not hold floating-point numbers", name)});
    } else {
      weights[expected.name] = tensor.to(at::kFloat);
    }
  }
  if (!problems.empty()) throw Error(ErrorKind::data, problems);
  return weights;
}

}  // namespace spanlab::bert
