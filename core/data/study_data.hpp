// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "spanlab/parameters.hpp"

// What `lab.data` of a study says, and the sentences that it means.
namespace spanlab {

/// The parameters of `data` in a configuration: `name`, `train`, `dev`, `test`, `fold`, `limit`, … (names and
/// docs in data_schema()). `train`, `dev`, `test` are split expressions, empty for none; `dev` selects and
/// `test` is scored once at the end. `data.noise` is a table of its own (data/noise.hpp).
SPANLAB_API const Schema& data_schema();

/// The card's splits that a split expression means: of fold 3, `train` is `train3`. Throws Error(usage) with
/// every split that the card does not have, or a fold that it does not have. The second takes fold and
/// expression from a configuration's `data`.
SPANLAB_API std::vector<std::string> splits_of(const DataCard& card, const std::string& expression,
                                               std::optional<std::int64_t> fold);
SPANLAB_API std::vector<std::string> splits_of_part(const DataCard& card, const nlohmann::json& data,
                                                    const std::string& part);

/// The sentences of a part (`train`, `dev` or `test`): its splits, cut to the limits, with the noise that
/// strikes it. Throws as read_corpus and splits_of.
SPANLAB_API Corpus read_part(const DataCard& card, const std::filesystem::path& folder,
                             const Parameters& data, const Parameters& noise, const std::string& part);

}  // namespace spanlab
