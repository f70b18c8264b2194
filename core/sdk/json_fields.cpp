// SPDX-License-Identifier: MIT
#include "spanlab/json_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "sdk/json_value.hpp"
#include "sdk/problem_list.hpp"
#include "spanlab/error.hpp"
#include "spanlab/warning.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

json read_object(const std::filesystem::path& file) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) {
    throw Error(ErrorKind::data, file.string(), "is not there, or is no file");
  }
  json node = read_json_file(file);
  if (!node.is_object()) {
    throw Error(ErrorKind::data, file.string(), "expected a JSON object, got " + shown(node));
  }
  return node;
}

}  // namespace

struct JsonFields::State {
  std::shared_ptr<const json> root;  ///< holds `node`
  const json* node;
  std::string file;
  std::string path;  ///< of this object in the file, ends in a dot; empty: the whole
  std::shared_ptr<std::vector<Problem>> problems;
  std::set<std::string> known = {};

  /// The key's value, or null where it is absent; from now on it is known.
  const json* find(const std::string& key) {
    known.insert(key);
    const auto found = node->find(key);
    return found == node->end() ? nullptr : &*found;
  }
  JsonFields below(const json& other, const std::string& other_path) const {
    return JsonFields(std::make_unique<State>(State{root, &other, file, other_path + '.', problems}));
  }
};

JsonFields::JsonFields(const std::filesystem::path& file) {
  auto root = std::make_shared<const json>(read_object(file));
  const json* node = root.get();
  state_ = std::make_unique<State>(
      State{std::move(root), node, file.string(), "", std::make_shared<std::vector<Problem>>()});
}
JsonFields::JsonFields(std::unique_ptr<State> state) : state_(std::move(state)) {}
JsonFields::~JsonFields() = default;
JsonFields::JsonFields(JsonFields&&) noexcept = default;

bool JsonFields::has(const std::string& key) const { return state_->node->contains(key); }

bool JsonFields::holds_object(const std::string& key) const {
  return has(key) && state_->node->at(key).is_object();
}

std::int64_t JsonFields::whole(const std::string& key, std::int64_t least, std::int64_t most) {
  const json* value = state_->find(key);
  if (value && value->is_number_integer() && value->get<std::int64_t>() >= least &&
      value->get<std::int64_t>() <= most) {
    return value->get<std::int64_t>();
  }
  if (!value) {
    wrong(key, fmt::format("is missing, expected a whole number from {} to {}", least, most));
  } else {
    wrong(key,
          fmt::format("expected a whole number from {} to {}, got {}", least, most, spanlab::shown(*value)));
  }
  return least;
}

double JsonFields::number_or(const std::string& key, double otherwise, double least, double most) {
  const json* value = state_->find(key);
  if (!value) return otherwise;
  const double number = value->is_number() ? value->get<double>() : std::nan("");
  if (number >= least && number <= most) return number;
  wrong(key, fmt::format("expected a number from {} to {}, got {}", least, most, spanlab::shown(*value)));
  return otherwise;
}

std::optional<bool> JsonFields::boolean(const std::string& key, bool or_null) {
  const json* value = state_->find(key);
  if (!value || (or_null && value->is_null())) return std::nullopt;
  if (value->is_boolean()) return value->get<bool>();
  wrong(key,
        fmt::format("expected true{} or false, got {}", or_null ? ", null" : "", spanlab::shown(*value)));
  return std::nullopt;
}

std::optional<std::string> JsonFields::text(const std::string& key) {
  const json* value = state_->find(key);
  if (!value) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  wrong(key, fmt::format("expected a text, got {}", spanlab::shown(*value)));
  return std::nullopt;
}

void JsonFields::only(const std::string& key, std::initializer_list<const char*> values) {
  const json* value = state_->find(key);
  if (!value) return;
  for (const char* one : values) {
    if (*value == parse_json(one, state_->file)) return;
  }
  wrong(key, fmt::format("{} is not supported, only {}", spanlab::shown(*value), fmt::join(values, ", ")));
}

void JsonFields::harmless(std::initializer_list<const char*> keys) {
  state_->known.insert(keys.begin(), keys.end());
}

std::optional<JsonFields> JsonFields::object(const std::string& key) {
  const json* value = state_->find(key);
  if (!value || value->is_null()) return std::nullopt;
  if (value->is_object()) return state_->below(*value, state_->path + key);
  wrong(key, fmt::format("expected an object, got {}", spanlab::shown(*value)));
  return std::nullopt;
}

std::vector<JsonFields> JsonFields::objects(const std::string& key) {
  const json* value = state_->find(key);
  std::vector<JsonFields> all;
  if (!value || value->is_null()) return all;
  const bool good =
      value->is_array() && std::ranges::all_of(*value, [](const json& one) { return one.is_object(); });
  if (!good) wrong(key, fmt::format("expected a list of objects, got {}", spanlab::shown(*value)));
  for (std::size_t i = 0; good && i < value->size(); ++i) {
    all.push_back(state_->below((*value)[i], fmt::format("{}{}.{}", state_->path, key, i)));
  }
  return all;
}

std::map<std::string, std::int64_t> JsonFields::numbers() {
  std::map<std::string, std::int64_t> all;
  for (const auto& [key, value] : state_->node->items()) {
    state_->known.insert(key);
    if (value.is_number_integer()) {
      all.emplace(key, value.get<std::int64_t>());
    } else {
      wrong(key, fmt::format("expected a whole number, got {}", spanlab::shown(value)));
    }
  }
  return all;
}

std::vector<std::string> JsonFields::keys() const {
  std::vector<std::string> names;
  for (const auto& [key, value] : state_->node->items()) names.push_back(key);
  return names;
}

std::string JsonFields::place(const std::string& key) const {
  return state_->file + ": " + state_->path + key;
}
std::string JsonFields::shown(const std::string& key) const {
  return has(key) ? spanlab::shown(state_->node->at(key)) : "nothing";
}

void JsonFields::wrong(const std::string& key, const std::string& message) {
  add_problem(*state_->problems, state_->file, state_->path + key + ": " + message);
}

void JsonFields::warn_of_others() const {
  const std::vector<std::string> known(state_->known.begin(), state_->known.end());
  for (const std::string& key : keys()) {
    if (state_->known.contains(key)) continue;
    warn_once(fmt::format("{}: {}{} is not known here and is not obeyed{}", state_->file, state_->path, key,
                          did_you_mean(key, known)));
  }
}

void JsonFields::finish() const {
  if (!state_->problems->empty()) throw Error(ErrorKind::data, *state_->problems);
}

}  // namespace spanlab
