// SPDX-License-Identifier: MIT
#include "report/published.hpp"

namespace spanlab::host {
namespace {

bool ends_path(char c) { return std::string_view(" \t\n'\"`,;()[]<>").find(c) != std::string_view::npos; }

}  // namespace

std::string without_folders(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    bool begins = text[i] == '/' && !text.substr(i).starts_with("//") &&
                  (i == 0 || ends_path(text[i - 1]) || text[i - 1] == '=' || text[i - 1] == ':');
    if (!begins) {
      result += text[i++];
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && !ends_path(text[end])) ++end;
    std::string_view path(text.data() + i, end - i);
    while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
    result += path.size() > 1 ? path.substr(path.rfind('/') + 1) : path;
    i = end;
  }
  return result;
}

std::filesystem::path published(const std::filesystem::path& path) {
  if (path.is_relative()) return path;
  std::filesystem::path below = path.lexically_normal().lexically_relative(std::filesystem::current_path());
  bool inside = !below.empty() && *below.begin() != "..";
  return inside ? below : path.has_filename() ? path.filename() : path.parent_path().filename();
}

}  // namespace spanlab::host
