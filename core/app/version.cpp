// SPDX-License-Identifier: MIT
#include "app/version.hpp"

#include "plugin/record.hpp"

namespace spanlab::host::app {

std::string version_line() {
  const std::string version = SPANLAB_VERSION;
  return version.substr(0, version.rfind('.'));
}

std::string version_text() {
  BuildRecord record = BuildRecord::host();
  std::string text =
      fmt::format("spanlab {}\nLibTorch {}\nplugin ABI: ", SPANLAB_VERSION, record.value("LibTorch"));
  std::string_view separator = "";
  for (const auto& [field, value] : record.fields()) {
    bool own = field == "name" || field == "version" || field == "author" || field == "LibTorch" ||
               field.starts_with("size of");
    if (own) continue;
    std::string part = fmt::format("{} {}", field, field == "SDK headers" ? value.substr(0, 12) : value);
    text += fmt::format("{}{}", separator, part);
    separator = ", ";
  }
  return text + '\n';
}

}  // namespace spanlab::host::app
