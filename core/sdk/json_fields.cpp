// SPDX-License-Identifier: MIT
#include "spanlab/json_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>
#include <set>

#include "spanlab/problem_list.hpp"
#include "spanlab/text_file.hpp"
#include "spanlab/warning.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

using Fits = bool (*)(JsonView);

bool is_texts(JsonView list) {
  bool good = list.is_list();
  for (std::size_t i = 0; good && i < list.size(); ++i) good = list.at(i).is_text();
  return good;
}
bool is_integers(JsonView list) {
  bool good = list.is_list();
  for (std::size_t i = 0; good && i < list.size(); ++i) good = list.at(i).is_whole();
  return good;
}

// What a member must be, and how messages call it.
struct Kind {
  const char* name;
  Fits fits;
};
constexpr Kind kText{"a text", [](JsonView value) { return value.is_text(); }};
constexpr Kind kWhole{"a whole number", [](JsonView value) { return value.is_whole(); }};
constexpr Kind kNumber{"a number", [](JsonView value) { return value.is_number(); }};
constexpr Kind kBoolean{"true or false", [](JsonView value) { return value.is_boolean(); }};
constexpr Kind kList{"a list", [](JsonView value) { return value.is_list(); }};
constexpr Kind kObject{"an object", [](JsonView value) { return value.is_object(); }};
constexpr Kind kTexts{"a list of texts", is_texts};
constexpr Kind kIntegers{"a list of whole numbers", is_integers};

JsonDocument read_document(const fs::path& file) {
  std::error_code error;
  if (!fs::is_regular_file(file, error))
    throw Error(ErrorKind::data, file.string(), "is not there, or is no file");
  std::vector<Problem> problems;
  const std::string text = read_text(file, problems);
  JsonDocument document;
  if (problems.empty()) document = JsonDocument(text, file, 1, problems);
  if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  if (!document.root().is_object())
    throw Error(ErrorKind::data, file.string(), "expected a JSON object, got " + document.root().shown());
  return document;
}

}  // namespace

struct JsonFields::State {
  JsonDocument document;  ///< of a file: what the view is of
  JsonView view;
  std::string place;
  std::string path;  ///< of this object in the whole; empty: the whole
  std::shared_ptr<std::vector<Problem>> own;
  std::vector<Problem>* problems;
  std::set<std::string> known = {};

  std::string path_of(const std::string& key) const { return path.empty() ? key : path + '.' + key; }

  void add(const std::string& key, const std::string& message) const {
    const std::string where = key.empty() ? path : path_of(key);
    add_problem(*problems, place, where.empty() ? message : where + ": " + message);
  }

  /// The key's value; from now on it is known.
  JsonView find(const std::string& key) {
    known.insert(key);
    return view.find(key);
  }

  /// The same if it is of this kind; else a problem, and nothing.
  JsonView optional(const std::string& key, const Kind& kind) {
    const JsonView value = find(key);
    if (!value || kind.fits(value)) return value;
    add(key, fmt::format("expected {}, got {}", kind.name, value.shown()));
    return {};
  }
  JsonView needed(const std::string& key, const Kind& kind) {
    if (view && !view.find(key)) add(key, fmt::format("is missing: expected {}", kind.name));
    return optional(key, kind);
  }

  std::unique_ptr<State> below(JsonView object, std::string its_path) const {
    return std::make_unique<State>(State{document, object, place, std::move(its_path), own, problems});
  }
};

JsonFields::JsonFields(const fs::path& file) {
  JsonDocument document = read_document(file);
  const JsonView root = document.root();
  auto own = std::make_shared<std::vector<Problem>>();
  state_ = std::make_unique<State>(State{std::move(document), root, file.string(), "", own, own.get()});
}
JsonFields::JsonFields(JsonView object, std::string place, std::vector<Problem>& problems, std::string path)
    : state_(std::make_unique<State>(
          State{JsonDocument(), object, std::move(place), std::move(path), nullptr, &problems})) {
  if (!object || object.is_object()) return;
  state_->add("", fmt::format("expected an object, got {}", object.shown()));
  state_->view = {};
}
JsonFields::JsonFields(std::unique_ptr<State> state) : state_(std::move(state)) {}
JsonFields::~JsonFields() = default;
JsonFields::JsonFields(JsonFields&&) noexcept = default;

std::string JsonFields::text(const std::string& key) { return state_->needed(key, kText).text(); }
std::int64_t JsonFields::integer(const std::string& key) { return state_->needed(key, kWhole).whole(); }
double JsonFields::number(const std::string& key) { return state_->needed(key, kNumber).number(); }
bool JsonFields::boolean(const std::string& key) { return state_->needed(key, kBoolean).boolean(); }
JsonView JsonFields::list(const std::string& key) { return state_->needed(key, kList); }
JsonView JsonFields::any(const std::string& key) { return state_->find(key); }

std::vector<std::string> JsonFields::texts(const std::string& key) {
  const JsonView list = state_->needed(key, kTexts);
  std::vector<std::string> all;
  for (std::size_t i = 0; i < list.size(); ++i) all.push_back(list.at(i).text());
  return all;
}
std::vector<std::int64_t> JsonFields::integers(const std::string& key) {
  const JsonView list = state_->needed(key, kIntegers);
  std::vector<std::int64_t> all;
  for (std::size_t i = 0; i < list.size(); ++i) all.push_back(list.at(i).whole());
  return all;
}
JsonFields JsonFields::object(const std::string& key) {
  return JsonFields(state_->below(state_->needed(key, kObject), path(key)));
}

std::int64_t JsonFields::whole(const std::string& key, std::int64_t least, std::int64_t most) {
  const JsonView value = state_->find(key);
  if (value.is_whole() && value.whole() >= least && value.whole() <= most) return value.whole();
  const std::string expected = fmt::format("expected a whole number from {} to {}", least, most);
  wrong(key, value ? fmt::format("{}, got {}", expected, value.shown()) : "is missing, " + expected);
  return least;
}

std::string JsonFields::text_or(const std::string& key, std::string otherwise) {
  const JsonView value = state_->optional(key, kText);
  return value ? value.text() : otherwise;
}
std::int64_t JsonFields::integer_or(const std::string& key, std::int64_t otherwise) {
  const JsonView value = state_->optional(key, kWhole);
  return value ? value.whole() : otherwise;
}
double JsonFields::number_or(const std::string& key, double otherwise) {
  const JsonView value = state_->optional(key, kNumber);
  return value ? value.number() : otherwise;
}
bool JsonFields::boolean_or(const std::string& key, bool otherwise) {
  const JsonView value = state_->optional(key, kBoolean);
  return value ? value.boolean() : otherwise;
}
double JsonFields::number_or(const std::string& key, double otherwise, double least, double most) {
  const JsonView value = state_->find(key);
  if (!value) return otherwise;
  const double number = value.is_number() ? value.number() : std::nan("");
  if (number >= least && number <= most) return number;
  wrong(key, fmt::format("expected a number from {} to {}, got {}", least, most, value.shown()));
  return otherwise;
}

std::optional<bool> JsonFields::boolean_if_any(const std::string& key, bool or_null) {
  const JsonView value = state_->find(key);
  if (!value || (or_null && value.is_null())) return std::nullopt;
  if (value.is_boolean()) return value.boolean();
  wrong(key, fmt::format("expected true{} or false, got {}", or_null ? ", null" : "", value.shown()));
  return std::nullopt;
}
std::optional<std::string> JsonFields::text_if_any(const std::string& key) {
  const JsonView value = state_->optional(key, kText);
  return value ? std::optional(value.text()) : std::nullopt;
}
std::optional<JsonFields> JsonFields::object_if_any(const std::string& key) {
  if (state_->find(key).is_null()) return std::nullopt;
  const JsonView value = state_->optional(key, kObject);
  if (!value) return std::nullopt;
  return JsonFields(state_->below(value, path(key)));
}

std::vector<JsonFields> JsonFields::objects(const std::string& key) {
  const JsonView list = state_->find(key);
  std::vector<JsonFields> all;
  if (!list || list.is_null()) return all;
  bool good = list.is_list();
  for (std::size_t i = 0; good && i < list.size(); ++i) good = list.at(i).is_object();
  if (!good) wrong(key, fmt::format("expected a list of objects, got {}", list.shown()));
  for (std::size_t i = 0; good && i < list.size(); ++i)
    all.push_back(JsonFields(state_->below(list.at(i), fmt::format("{}.{}", path(key), i))));
  return all;
}

void JsonFields::only(const std::string& key, std::initializer_list<const char*> values) {
  const JsonView value = state_->find(key);
  if (!value) return;
  std::vector<Problem> none;
  for (const char* one : values) {
    if (value == JsonDocument(one, state_->place, 1, none).root()) return;
  }
  wrong(key, fmt::format("{} is not supported, only {}", value.shown(), fmt::join(values, ", ")));
}

void JsonFields::harmless(std::initializer_list<const char*> keys) {
  state_->known.insert(keys.begin(), keys.end());
}

std::map<std::string, std::int64_t> JsonFields::numbers() {
  std::map<std::string, std::int64_t> all;
  for (const std::string& key : keys()) {
    const JsonView value = state_->find(key);
    if (value.is_whole())
      all.emplace(key, value.whole());
    else
      wrong(key, fmt::format("expected a whole number, got {}", value.shown()));
  }
  return all;
}

bool JsonFields::has(const std::string& key) const { return bool(state_->view.find(key)); }
bool JsonFields::holds_object(const std::string& key) const { return state_->view.find(key).is_object(); }
JsonView JsonFields::view() const { return state_->view; }
std::vector<std::string> JsonFields::keys() const { return state_->view.keys(); }
std::string JsonFields::path(const std::string& key) const { return state_->path_of(key); }
std::string JsonFields::place(const std::string& key) const { return state_->place + ": " + path(key); }
std::string JsonFields::shown(const std::string& key) const { return state_->view.find(key).shown(); }
void JsonFields::wrong(const std::string& key, const std::string& message) { state_->add(key, message); }

void JsonFields::no_others() {
  const std::vector<std::string> names(state_->known.begin(), state_->known.end());
  for (const std::string& key : keys()) {
    if (!state_->known.contains(key))
      wrong("", fmt::format("unknown key '{}'{}", key, did_you_mean(key, names)));
  }
}

void JsonFields::warn_of_others() const {
  const std::vector<std::string> names(state_->known.begin(), state_->known.end());
  for (const std::string& key : keys()) {
    if (!state_->known.contains(key))
      warn_once(
          fmt::format("{} is not known here and is not obeyed{}", place(key), did_you_mean(key, names)));
  }
}

void JsonFields::finish() const {
  if (!state_->problems->empty()) throw Error(ErrorKind::data, *state_->problems);
}

}  // namespace spanlab
