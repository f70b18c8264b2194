// SPDX-License-Identifier: MIT
#include "report/latex_parts.hpp"

#include <map>

#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

/// The signs of numbers and texts as LaTeX sets them.
std::string signs(std::string text) {
  for (const auto& [sign, latex] :
       std::initializer_list<std::pair<std::string, std::string>>{{"±", "$\\pm$"},
                                                                  {"−", "$-$"},
                                                                  {"–", "--"},
                                                                  {"—", "---"},
                                                                  {"…", "\\ldots{}"},
                                                                  {"×", "$\\times$"},
                                                                  {"Δ", "$\\Delta$"}}) {
    for (std::size_t at = text.find(sign); at != text.npos; at = text.find(sign, at + latex.size()))
      text.replace(at, sign.size(), latex);
  }
  return text;
}

}  // namespace

std::string latex_text(std::string_view text) {
  static const std::map<char, std::string> special{{'<', "\\textless{}"},
                                                   {'>', "\\textgreater{}"},
                                                   {'|', "\\textbar{}"},
                                                   {'"', "\\char34{}"},
                                                   {'\\', "\\textbackslash{}"},
                                                   {'~', "\\textasciitilde{}"},
                                                   {'^', "\\textasciicircum{}"},
                                                   {'&', "\\&"},
                                                   {'%', "\\%"},
                                                   {'$', "\\$"},
                                                   {'#', "\\#"},
                                                   {'_', "\\_"},
                                                   {'{', "\\{"},
                                                   {'}', "\\}"}};
  std::string result;
  for (char c : printable(text)) {
    if (c == '-' && result.ends_with('-')) result += "{}";  // else a dash
    auto found = special.find(c);
    result += found == special.end() ? std::string(1, c) : found->second;
  }
  return signs(result);
}

}  // namespace spanlab::host
