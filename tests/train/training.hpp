// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>

#include "components.hpp"
#include "data/card.hpp"
#include "test.hpp"
#include "train/trial.hpp"

namespace spanlab::test {

/// The repository's cards, the files of shared/datasets, and the pretrained encoder `tiny` of the fixtures
/// under a card of its own.
class Cards {
 public:
  Cards();
  const CardIndex& index() const { return *index_; }
  /// False where data sets or fixtures are not at hand: the caller says so and returns.
  bool complete() const { return index_ != nullptr; }

 private:
  TemporaryFolder folder_;
  std::unique_ptr<CardIndex> index_;
};

/// SpERT over `model` on the first `limit` training sentences of CoNLL04, scored on the same sentences.
nlohmann::json spert_configuration(const std::string& model, int limit, const nlohmann::json& train);

/// Lines of a JSON-lines file.
std::vector<nlohmann::json> lines_of(const std::filesystem::path& file);

}  // namespace spanlab::test
