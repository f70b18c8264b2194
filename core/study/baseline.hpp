// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "study/configuration.hpp"
#include "store/shared_json.hpp"

namespace spanlab {

/// A row of a study before its labels are known.
struct Row {
  SharedJson configuration;
  SharedJson identity;
  std::string key;                  ///< the same for rows of one configuration and identity
  std::vector<std::string> trials;  ///< their hashes, in the order of the seeds
  std::string ablation;
  Point changes;                                ///< of an ablation
  std::map<std::string, std::string> variants;  ///< which the point has, by their common name
};

/// What a row has at a factor: a variant's name, or the value at a path without what other `factors` say
/// about its inside; null if there is none.
nlohmann::json factor_value(const Row& row, const std::vector<std::string>& factors,
                            const std::string& factor);

/// The values at the paths of the study's baseline, which must be those of some row: rows that have them are
/// what others are compared with. Null if there are no rows, or something is wrong, which is added to the
/// problems.
nlohmann::json find_baseline(const Study& study, const std::vector<Row>& rows, const nlohmann::json& base,
                             ConfigurationBuilder& builder, Problems& problems);

}  // namespace spanlab
