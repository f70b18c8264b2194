// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// How a library was built, as it stands in its record (spanlab/plugin.hpp): fields in their order.
class SPANLAB_API BuildRecord {
 public:
  explicit BuildRecord(std::string_view text);

  /// This program's own.
  static BuildRecord host();

  /// The field's value, or empty.
  std::string_view value(std::string_view field) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

  /// One line for each field in which the plugin differs from the host, with both values and the cure. Name,
  /// version and author are the plugin's own.
  static std::vector<std::string> differences(const BuildRecord& plugin, const BuildRecord& host);

  /// The checksum in a record's text: a part of it, or empty if it has none.
  static std::string_view checksum_in(std::string_view text);

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

/// Writes the checksum of what a loader goes by into the record of a freshly linked plugin, in place; a
/// damaged copy can then be told before any of it is loaded. Throws Error(plugin) if it holds no such record,
/// Error(environment) if it cannot be written.
SPANLAB_API void seal_plugin(const std::filesystem::path& file);

}  // namespace spanlab::host
