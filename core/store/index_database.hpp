// SPDX-License-Identifier: MIT
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "store/attempt.hpp"

namespace spanlab::host {

/// A value as the index compares it with a text.
std::string index_text(const nlohmann::json& value);

/// The database of an index (index.hpp): where it lies, and what brings it up to date with the store.
class IndexDatabase {
 public:
  explicit IndexDatabase(const RunStore& store);

  const RunStore& store() const { return store_; }

  /// What is wrong with each trial that was left out.
  const std::vector<std::string>& skipped() const { return skipped_; }
  void skip(std::string what) { skipped_.push_back(std::move(what)); }

  /// What `ask` finds in the database. One that does not answer is damaged: it is built anew and asked again.
  template <typename Ask>
  std::invoke_result_t<Ask, SQLite::Database&> answer(const Ask& ask) {
    while (true) {
      try {
        if (!opened_) open();
        return ask(*opened_);
      } catch (const SQLite::Exception& error) {
        give_up(error);
      }
    }
  }

 private:
  // In the file that is there, in a new one, or, where none can be written, in memory.
  enum class Place { file, new_file, memory };

  // Settles where the next try is made; throws Error(environment) after the last.
  void give_up(const SQLite::Exception& error);
  void open();
  void make_tables();
  void refresh();
  void remove(const std::string& hash);
  // False, with a word in `skipped`, if the trial cannot be read.
  bool add(const std::string& hash, const std::string& signature);
  void insert(const PlannedTrial& trial, const TrialStanding& now, const std::string& signature,
              std::int64_t attempts, const std::map<std::string, nlohmann::json>& entries);

  RunStore store_;
  Place place_ = Place::file;
  std::optional<SQLite::Database> opened_;
  std::vector<std::string> skipped_;
};

}  // namespace spanlab::host
