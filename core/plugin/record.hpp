// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab {

/// How a library was built, as it stands in its record (spanlab/plugin.hpp): fields in their order.
class SPANLAB_API BuildRecord {
 public:
  explicit BuildRecord(std::string_view text);

  /// This program's own.
  static BuildRecord host();

  /// The field's value, or empty.
  std::string_view value(std::string_view field) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

  /// One line for each field in which the plugin differs from the host, with both values and the cure. Name, version and author
  /// are the plugin's own.
  static std::vector<std::string> differences(const BuildRecord& plugin, const BuildRecord& host);

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

}  // namespace spanlab
