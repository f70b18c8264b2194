// SPDX-License-Identifier: MIT
#include "plugin/record.hpp"

#include <fmt/format.h>

#include "spanlab/plugin.hpp"

namespace spanlab {

namespace {

constexpr door::Record kHost = door::make_record("spanlab", "", "");

bool is_own(std::string_view field) { return field == "name" || field == "version" || field == "author"; }

std::string cure(std::string_view field, std::string_view wanted) {
  if (field == "LibTorch") return fmt::format("build it with LibTorch {}", wanted);
  if (field == "C++11 ABI") return fmt::format("build it with -D_GLIBCXX_USE_CXX11_ABI={} and a LibTorch of that ABI", wanted);
  if (field == "compiler" || field == "standard library") return fmt::format("build it with {}", wanted);
  if (field.starts_with("size of ")) return "build it with this program's flags (no _GLIBCXX_DEBUG, no packing)";
  return "build it again with find_package(spanlab) of this installation";
}

}  // namespace

BuildRecord::BuildRecord(std::string_view text) {
  text = text.substr(0, text.find('\0'));
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t equals = line.find('=');
    if (equals != line.npos) fields_.emplace_back(line.substr(0, equals), line.substr(equals + 1));
  }
}

BuildRecord BuildRecord::host() { return BuildRecord(std::string_view(kHost.text, sizeof kHost.text)); }

std::string_view BuildRecord::value(std::string_view field) const {
  for (const auto& [name, value] : fields_) {
    if (name == field) return value;
  }
  return {};
}

std::vector<std::string> BuildRecord::differences(const BuildRecord& plugin, const BuildRecord& host) {
  std::vector<std::string> lines;
  for (const auto& [field, wanted] : host.fields()) {
    const std::string_view has = plugin.value(field);
    if (is_own(field) || has == wanted) continue;
    lines.push_back(fmt::format("{}: the plugin has {}, this program {}; {}", field, has.empty() ? "none" : has, wanted, cure(field, wanted)));
  }
  return lines;
}

}  // namespace spanlab
