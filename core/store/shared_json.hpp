// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <memory>
#include <nlohmann/json.hpp>
#include <utility>

namespace spanlab::host {

/// JSON whose copies are one: the trials of a row share their configuration, which a plan of many trials
/// could not hold for each. It reads as `const nlohmann::json`.
class SharedJson {
 public:
  SharedJson() : SharedJson(nlohmann::json()) {}
  /// A template, so that braces are no json: `{{"a", 1}}` would become a list here.
  template <std::same_as<nlohmann::json> Json>
  SharedJson(Json value) : value_(std::make_shared<nlohmann::json>(std::move(value))) {}

  operator const nlohmann::json&() const { return *value_; }
  const nlohmann::json& operator*() const { return *value_; }
  const nlohmann::json* operator->() const { return value_.get(); }
  /// The value to be changed, of this copy alone.
  nlohmann::json& edit() {
    if (value_.use_count() > 1) value_ = std::make_shared<nlohmann::json>(*value_);
    return *value_;
  }

  template <typename Key>
  const nlohmann::json& operator[](const Key& key) const {
    return std::as_const(*value_)[key];
  }
  template <typename Key>
  const nlohmann::json& at(const Key& key) const {
    return std::as_const(*value_).at(key);
  }
  template <typename Key>
  bool contains(const Key& key) const {
    return value_->contains(key);
  }
  template <typename Key, typename Default>
  auto value(const Key& key, const Default& otherwise) const {
    return value_->value(key, otherwise);
  }
  std::string dump() const { return value_->dump(); }
  bool is_object() const { return value_->is_object(); }

 private:
  std::shared_ptr<nlohmann::json> value_;
};

}  // namespace spanlab::host
