// SPDX-License-Identifier: MIT
#pragma once

#include "components.hpp"
#include "model/samples.hpp"
#include "parity/fixtures.hpp"
#include "host.hpp"

namespace spanlab::test {

// What the config.json of a training run describes, as Spanlab has it: SpERT, SpERT.MT, the model with two
// views, task-specific depth.

/// Encoder and tasks with all that the fixture fixes.
nlohmann::json configuration_of(const nlohmann::json& config);

/// The form in which the encoder `birnn` stores a fixture's tables `words` and `chars`; their first entries
/// stand for what is unknown.
std::string vocabulary_text(const nlohmann::json& tables, std::int64_t vector_size);

/// Characters' numbers of each word as the encoder `birnn` keeps them in its channels, one list after the
/// other.
std::vector<std::vector<std::int64_t>> characters_of(const EncodedSentence& encoded);

/// Views and types (None is left out).
Labels labels_of(const nlohmann::json& config);

/// The model's name of the parameter that the fixtures call `name`.
std::string parameter_name(const std::string& name);

/// A fixture's sentence with the gold items of all views; items of type `None` are left out.
Sentence sentence_of(const nlohmann::json& item, const Labels& labels);

/// The candidates of a pair task in a fixture's sentence. A pair of several types stands there once for each.
PairSample given_pairs(const nlohmann::json& relations);

/// The fixture's part that belongs to a task: the sentence or what it says of the task's view.
const nlohmann::json& part_of(const nlohmann::json& item, const Model& model, const Task& task);

/// The candidates of all tasks, labelled.
SentenceSample given_sample(const Model& model, const Sentence& sentence, const nlohmann::json& item);

/// The term that a fixture's `expected.jsonl` calls `name`; empty if it is none.
std::string term_name(const std::string& name, const std::map<std::string, double>& terms);

std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name);

}  // namespace spanlab::test
