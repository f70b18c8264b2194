// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

namespace spanlab::host {

/// What two processes tell each other: a file in memory, which the second one inherits and appends to.
class SharedPage {
 public:
  /// Begins with `bytes`. Throws Error(environment) where there is no memory.
  explicit SharedPage(std::string_view bytes);
  ~SharedPage();
  SharedPage(const SharedPage&) = delete;

  int descriptor() const { return descriptor_; }
  std::filesystem::path path() const { return path_of(descriptor_); }
  /// Bytes that it began with.
  std::size_t size() const { return size_; }

  /// The name under which a process reads what it has inherited.
  static std::filesystem::path path_of(int descriptor);
  /// Appends a line of JSON, for the process that has inherited `descriptor`.
  static void append(int descriptor, const nlohmann::json& line);

 private:
  int descriptor_;
  std::size_t size_;
};

}  // namespace spanlab::host
