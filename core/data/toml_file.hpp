// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "data/card.hpp"
#include "spanlab/error.hpp"

// The only place that knows toml++: cards and the user's site file.

namespace spanlab::host {

/// Read one card; what is wrong with it is added to `problems` (file, line, column). The components have the
/// readers that a card may name, and must outlive it.
DataCard read_data_card(const std::filesystem::path& file, const Registry& components,
                        std::vector<Problem>& problems);
ModelCard read_model_card(const std::filesystem::path& file, std::vector<Problem>& problems);

/// Whether a file that is no good card has none of the keys that only cards have, as a project's own
/// configuration.
bool is_foreign_toml(const std::filesystem::path& file);

/// The text of a card that lists its types itself, as read_data_card reads it.
std::string to_toml(const DataCard& card);

/// The site file: tables `[data]` and `[models]`, each name = "folder"; `cards` and `model_cards`, the files
/// of cards that are not the installation's. One that does not exist is empty.
struct Site {
  std::map<std::string, std::string> data;
  std::map<std::string, std::string> models;
  std::vector<std::string> cards;
  std::vector<std::string> model_cards;
};

/// Throws Error(data) with file, line and column.
SPANLAB_API Site read_site(const std::filesystem::path& file);

/// Replaces the file in one step (temporary name, fsync, rename). Throws Error(environment).
SPANLAB_API void write_site(const std::filesystem::path& file, const Site& site);

}  // namespace spanlab::host
