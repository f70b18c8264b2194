// SPDX-License-Identifier: MIT
#include "text/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "sdk/utf8.hpp"
#include "text/terminal_text.hpp"
#include "sdk/unicode.hpp"

namespace spanlab::host {

namespace {

constexpr std::size_t kLongestShown = 60;  // characters of a name in a message

constexpr std::array<std::string_view, 8> kKinds{"study", "task",     "view",    "split",
                                                 "card",  "ablation", "variant", "profile"};

bool is_control(char32_t c) { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

// What the name must not be besides; paths begin with tasks and views, and `union` names the scores of all
// views together.
std::vector<std::string_view> reserved(Named kind) {
  switch (kind) {
    case Named::task:
      return {"data", "encoder", "train", "model", "study", "union"};
    case Named::view:
      return {"union"};
    default:
      return {".", ".."};
  }
}

// The signs that mean something where the name will stand.
std::string_view forbidden(Named kind) {
  switch (kind) {
    case Named::task:
    case Named::view:
      return "/.";
    case Named::split:
      return "/+";
    default:
      return "/";
  }
}

std::string_view expected_of_study(std::string_view name) {
  auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
           c == '_' || c == '.';
  };
  if (!std::ranges::all_of(name, fits)) {
    return "a name of letters, digits, '-', '_' and '.', which becomes a folder's";
  }
  if (name.front() == '.' || name.front() == '-') return "a name that begins with a letter, a digit or '_'";
  if (name.ends_with(".lua")) {
    return "a name that does not end in '.lua', by which commands know a script from a study";
  }
  return "";
}

std::string expected(Named kind, std::string_view name) {
  const std::size_t longest = kind >= Named::ablation ? kLongestText : kLongestName;
  if (name.empty()) return "a name";
  if (find_invalid_utf8(name) != name.npos) return "text in UTF-8";
  if (name.size() > longest) return fmt::format("a name of at most {} bytes, has {}", longest, name.size());
  if (kind >= Named::ablation) return "";
  if (std::ranges::any_of(unicode::decode(name), is_control)) return "a name without control characters";
  if (kind == Named::study) return std::string(expected_of_study(name));
  const std::vector<std::string_view> taken = reserved(kind);
  if (std::ranges::find(taken, name) != taken.end()) {
    return fmt::format("a name that is none of {}", fmt::join(taken, ", "));
  }
  const std::string_view signs = forbidden(kind);
  const std::size_t sign = name.find_first_of(signs);
  return sign == name.npos ? "" : fmt::format("a name without '{}'", name[sign]);
}

}  // namespace

std::string_view to_text(Named kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::string wrong_name(Named kind, std::string_view name) {
  const std::string wanted = expected(kind, name);
  return wanted.empty()
             ? ""
             : fmt::format("{} \"{}\": expected {}", to_text(kind),
                           cut(printable(name.substr(0, 4 * kLongestShown)), kLongestShown), wanted);
}

}  // namespace spanlab::host
