// SPDX-License-Identifier: MIT
#include "store/index.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <set>

#include "spanlab/error.hpp"
#include "store/index_database.hpp"

namespace spanlab::host {

namespace {

const char* sql_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::equal:
      return "=";
    case Comparison::unequal:
      return "<>";
    case Comparison::less:
      return "<";
    case Comparison::at_most:
      return "<=";
    case Comparison::greater:
      return ">";
    case Comparison::at_least:
      return ">=";
  }
  return "=";
}

std::string with_micro(const std::string& path) {
  std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(0, dot) + ".micro" + path.substr(dot);
}

bool has(const SQLite::Database& database, const std::string& path) {
  SQLite::Statement statement(database, "select 1 from entries where path = ? limit 1");
  statement.bind(1, path);
  return statement.executeStep();
}

// The path as stored, or an error that names the nearest one.
std::string resolve_path(const SQLite::Database& database, const std::string& path) {
  if (has(database, path)) return path;
  if (has(database, with_micro(path))) return with_micro(path);
  std::vector<std::string> known{"seed", "state"};
  SQLite::Statement statement(database, "select distinct path from entries order by path");
  while (statement.executeStep()) known.push_back(statement.getColumn(0).getString());
  if (known.size() == 2) return path;
  throw Error(ErrorKind::usage, "--where",
              fmt::format("no trial of the store has a value or final score '{}'{}", path,
                          did_you_mean(path, known)));
}

std::set<std::string> matching(const SQLite::Database& database, const Condition& condition) {
  bool number = condition.value.is_number();
  std::string column = number ? "number" : "text";
  const std::string compare = sql_of(condition.comparison);
  std::string sql = fmt::format("select hash from entries where path = ? and {} {} ?", column, compare);
  if (condition.path == "seed") {
    sql = fmt::format("select hash from trials where ? = 'seed' and seed {} ?", compare);
  }
  SQLite::Statement statement(database, sql);
  statement.bind(1, condition.path == "seed" ? condition.path : resolve_path(database, condition.path));
  if (number) {
    statement.bind(2, condition.value.get<double>());
  } else {
    statement.bind(2, index_text(condition.value));
  }
  std::set<std::string> hashes;
  while (statement.executeStep()) hashes.insert(statement.getColumn(0).getString());
  return hashes;
}

std::vector<IndexedTrial> all_trials(const SQLite::Database& database) {
  std::vector<IndexedTrial> trials;
  SQLite::Statement row(database,
                        "select hash, seed, state, attempts, started, seconds, error from trials "
                        "order by started, hash");
  while (row.executeStep()) {
    const int state = row.getColumn(2).getInt();
    const bool known = 0 <= state && state <= static_cast<int>(TrialState::interrupted);
    if (!known) throw SQLite::Exception("no such state", SQLITE_CORRUPT);
    trials.push_back({row.getColumn(0).getString(), row.getColumn(1).getInt64(),
                      static_cast<TrialState>(state), row.getColumn(3).getInt64(),
                      row.getColumn(4).getString(), row.getColumn(5).getDouble(),
                      row.getColumn(6).getString()});
  }
  return trials;
}

bool has_state(const IndexedTrial& trial, std::span<const Condition> conditions) {
  return std::all_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
    const bool equal = condition.value == std::string(to_text(trial.state));
    return condition.path != "state" || equal == (condition.comparison == Comparison::equal);
  });
}

}  // namespace

Index::Index(const RunStore& store) : database_(std::make_unique<IndexDatabase>(store)) {}
Index::~Index() = default;

const std::vector<std::string>& Index::skipped() const { return database_->skipped(); }

std::vector<IndexedTrial> Index::select(std::span<const Condition> conditions) const {
  std::vector<IndexedTrial> trials = database_->answer([&](SQLite::Database& database) {
    std::vector<IndexedTrial> found = all_trials(database);
    for (const Condition& condition : conditions) {
      if (condition.path == "state") continue;
      const std::set<std::string> hashes = matching(database, condition);
      std::erase_if(found, [&](const IndexedTrial& trial) { return !hashes.contains(trial.hash); });
    }
    return found;
  });
  // Whether somebody still works on it changes without a file changing.
  std::erase_if(trials, [&](IndexedTrial& trial) {
    if (trial.state != TrialState::running && trial.state != TrialState::interrupted) return false;
    try {
      trial.state = standing(database_->store(), trial.hash).state;
      return false;
    } catch (const Error& error) {
      database_->skip(error.what());
      return true;
    }
  });
  std::erase_if(trials, [&](const IndexedTrial& trial) { return !has_state(trial, conditions); });
  return trials;
}

std::optional<std::string> Index::value(const std::string& hash, const std::string& path) const {
  return database_->answer([&](SQLite::Database& database) -> std::optional<std::string> {
    for (const std::string& name : {path, with_micro(path)}) {
      SQLite::Statement statement(database, "select text from entries where hash = ? and path = ?");
      statement.bind(1, hash);
      statement.bind(2, name);
      if (statement.executeStep()) return statement.getColumn(0).getString();
    }
    return std::nullopt;
  });
}

}  // namespace spanlab::host
