// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spanlab/export.hpp"

namespace spanlab {

/// A pretrained model: its folder and what its card says of it. A trial counts the files that the card names,
/// and no others: what a result depends on has to be among them.
struct SPANLAB_API PretrainedModel {
  PretrainedModel() = default;
  /// A folder without a card, all of whose files count. Not explicit: a folder is the plainest pretrained
  /// model.
  PretrainedModel(std::filesystem::path folder) : folder(std::move(folder)) {}

  /// Whether the card names this file of the folder.
  bool names(const std::string& file) const;
  /// The file below the folder. Throws Error(data) with the way out if the card does not name it, or if it is
  /// not there; `instead` is told then.
  std::filesystem::path needed(const std::string& file, const std::string& instead = "") const;

  /// Why a file of the folder that the card does not name must not decide anything, and what to add to the
  /// card.
  std::string not_named(const std::string& file) const;

  std::filesystem::path folder;    ///< empty: there is none
  std::filesystem::path card;      ///< for messages; empty: a folder without a card
  std::optional<bool> uncased;     ///< what the card says of lower-casing; absent: nothing
  std::vector<std::string> files;  ///< that the card names, as paths below the folder
};

}  // namespace spanlab
