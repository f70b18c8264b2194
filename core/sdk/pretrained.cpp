// SPDX-License-Identifier: MIT
#include "spanlab/pretrained.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sdk/card_text.hpp"
#include "spanlab/error.hpp"

namespace spanlab {

namespace fs = std::filesystem;

bool PretrainedModel::names(const std::string& file) const {
  const auto same = [&](const std::string& named) {
    return fs::path(named).lexically_normal() == fs::path(file);
  };
  return card.empty() || std::ranges::any_of(files, same);
}

fs::path PretrainedModel::needed(const std::string& file, const std::string& instead) const {
  const fs::path path = folder / file;
  std::error_code error;
  if (!fs::is_regular_file(path, error)) throw Error(ErrorKind::data, path.string(), "is missing" + instead);
  if (!names(file)) throw Error(ErrorKind::data, path.string(), not_named(file));
  return path;
}

std::string PretrainedModel::not_named(const std::string& file) const {
  return fmt::format(
      "the card {} does not name this file, so that no trial would count it: add to the card\n{}  # as "
      "sha256sum "
      "prints it",
      card.string(), card_lines(fs::path(file).stem().string(), file, "…", "   "));
}

}  // namespace spanlab
