// SPDX-License-Identifier: MIT
#include "store/index.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/stat.h>

#include <set>

#include "spanlab/error.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

constexpr int kVersion = 1;

constexpr const char* kTables = R"(
  create table trials (hash text primary key, signature text, seed integer, state integer, attempts integer,
                       started text, seconds real, error text);
  create table entries (hash text, path text, number real, text text);
  create index entries_by_path on entries (path, hash);
  create index entries_by_hash on entries (hash);
)";

// The parts of a path in one string; `entity.head` is also the name of the component that stands there.
void flatten(const nlohmann::json& node, const std::string& path, std::map<std::string, nlohmann::json>& entries) {
  if (!node.is_object()) {
    entries[path] = node;
    return;
  }
  if (node.contains("component")) entries[path] = node["component"];
  for (const auto& [key, value] : node.items()) flatten(value, path.empty() ? key : path + '.' + key, entries);
}

std::string text_of(const nlohmann::json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

// What tells whether a trial must be read again: the states of its attempts, replaced by rename each time.
std::string signature(const RunStore& store, const std::string& hash) {
  std::string text;
  std::error_code ignored;
  std::set<std::string> parts;
  for (const fs::directory_entry& entry : fs::directory_iterator(store.trial_folder(hash), ignored)) {
    fs::path status = entry.path() / "status.json";
    struct stat now {};
    if (stat(status.c_str(), &now) != 0) continue;
    // Its time alone would not do: two of them can be written within one tick of the clock.
    parts.insert(fmt::format("{}:{}:{}:{}.{}:{}.{}", entry.path().filename().string(), now.st_ino,
                             now.st_size, now.st_mtim.tv_sec, now.st_mtim.tv_nsec, now.st_ctim.tv_sec,
                             now.st_ctim.tv_nsec));
  }
  return fmt::format("{}", fmt::join(parts, " "));
}

const char* sql_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::equal: return "=";
    case Comparison::unequal: return "<>";
    case Comparison::less: return "<";
    case Comparison::at_most: return "<=";
    case Comparison::greater: return ">";
    case Comparison::at_least: return ">=";
  }
  return "=";
}

std::string with_micro(const std::string& path) {
  std::size_t dot = path.rfind('.');
  return dot == std::string::npos ? path : path.substr(0, dot) + ".micro" + path.substr(dot);
}

}  // namespace

struct Index::State {
  const RunStore store;
  SQLite::Database database;

  explicit State(const RunStore& s) : store(s), database(open(s)) { refresh(); }

  static SQLite::Database open(const RunStore& store) {
    fs::path file = store.root() / "index.sqlite";
    for (bool fresh : {false, true}) {
      try {
        if (fresh) fs::remove(file);
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, 10000);
        int version = database.execAndGet("pragma user_version").getInt();
        if (version == kVersion) return database;
        if (version == 0 && database.execAndGet("select count(*) from sqlite_master").getInt() == 0) {
          SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
          if (database.execAndGet("pragma user_version").getInt() == 0) {
            database.exec(kTables);
            database.exec(fmt::format("pragma user_version = {}", kVersion));
          }
          transaction.commit();
          return database;
        }
      } catch (const SQLite::Exception& error) {
        if (fresh) throw Error(ErrorKind::environment, file.string(), error.what());
      }
    }
    throw Error(ErrorKind::environment, file.string(), "cannot be rebuilt; delete it and try again");
  }

  void refresh() {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    std::map<std::string, std::string> known;
    SQLite::Statement rows(database, "select hash, signature from trials");
    while (rows.executeStep()) known[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
    for (const std::string& hash : store.trials()) {
      std::string now = signature(store, hash);
      auto before = known.find(hash);
      bool same = before != known.end() && before->second == now;
      if (before != known.end()) known.erase(before);
      if (!same) add(hash, now);
    }
    for (const auto& [hash, unused] : known) remove(hash);
    transaction.commit();
  }

  void remove(const std::string& hash) {
    for (const char* table : {"trials", "entries"}) {
      SQLite::Statement statement(database, fmt::format("delete from {} where hash = ?", table));
      statement.bind(1, hash);
      statement.exec();
    }
  }

  void add(const std::string& hash, const std::string& signature) {
    remove(hash);
    PlannedTrial trial = read_trial(store, hash);
    TrialStanding now = standing(store, hash);
    SQLite::Statement row(database, "insert into trials values (?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(1, hash);
    row.bind(2, signature);
    row.bind(3, trial.seed);
    row.bind(4, static_cast<int>(now.state));
    row.bind(5, static_cast<std::int64_t>(store.attempts(hash).size()));
    row.bind(6, now.attempt ? now.attempt->status.started : "");
    row.bind(7, now.attempt ? now.attempt->status.seconds : 0.0);
    row.bind(8, now.attempt ? now.attempt->status.error : "");
    row.exec();
    std::map<std::string, nlohmann::json> entries;
    flatten(trial.configuration, "", entries);
    if (now.state == TrialState::finished) {
      nlohmann::json scores = store.final_scores(*now.attempt);
      if (scores.is_object() && scores.contains("scores")) flatten(scores["scores"], "", entries);
    }
    SQLite::Statement entry(database, "insert into entries values (?, ?, ?, ?)");
    for (const auto& [path, value] : entries) {
      entry.bind(1, hash);
      entry.bind(2, path);
      if (value.is_number()) {
        entry.bind(3, value.get<double>());
      } else {
        entry.bind(3);
      }
      entry.bind(4, text_of(value));
      entry.exec();
      entry.reset();
    }
  }

  bool has(const std::string& path) const {
    SQLite::Statement statement(database, "select 1 from entries where path = ? limit 1");
    statement.bind(1, path);
    return statement.executeStep();
  }

  // The path as stored, or an error that names the nearest one.
  std::string resolve(const std::string& path) const {
    if (has(path)) return path;
    if (has(with_micro(path))) return with_micro(path);
    std::vector<std::string> known{"seed", "state"};
    SQLite::Statement statement(database, "select distinct path from entries order by path");
    while (statement.executeStep()) known.push_back(statement.getColumn(0).getString());
    if (known.size() == 2) return path;
    throw Error(ErrorKind::usage, "--where", fmt::format("no trial of the store has a value or final score '{}'{}", path, did_you_mean(path, known)));
  }

  std::set<std::string> matching(const Condition& condition) const {
    bool number = condition.value.is_number();
    std::string column = number ? "number" : "text";
    std::string sql = fmt::format("select hash from entries where path = ? and {} {} ?", column, sql_of(condition.comparison));
    if (condition.path == "seed") sql = fmt::format("select hash from trials where ? = 'seed' and seed {} ?", sql_of(condition.comparison));
    SQLite::Statement statement(database, sql);
    statement.bind(1, condition.path == "seed" ? condition.path : resolve(condition.path));
    if (number) {
      statement.bind(2, condition.value.get<double>());
    } else {
      statement.bind(2, text_of(condition.value));
    }
    std::set<std::string> hashes;
    while (statement.executeStep()) hashes.insert(statement.getColumn(0).getString());
    return hashes;
  }
};

Index::Index(const RunStore& store) : state_(std::make_unique<State>(store)) {}
Index::~Index() = default;

std::vector<IndexedTrial> Index::select(std::span<const Condition> conditions) const {
  std::vector<std::set<std::string>> sets;
  for (const Condition& condition : conditions) {
    if (condition.path != "state") sets.push_back(state_->matching(condition));
  }
  std::vector<IndexedTrial> found;
  SQLite::Statement rows(state_->database, "select hash, seed, state, attempts, started, seconds, error from trials order by started, hash");
  while (rows.executeStep()) {
    IndexedTrial trial{rows.getColumn(0).getString(), rows.getColumn(1).getInt64(), static_cast<TrialState>(rows.getColumn(2).getInt()),
                       rows.getColumn(3).getInt64(),  rows.getColumn(4).getString(), rows.getColumn(5).getDouble(), rows.getColumn(6).getString()};
    // Whether somebody still works on it changes without a file changing.
    if (trial.state == TrialState::running || trial.state == TrialState::interrupted) trial.state = standing(state_->store, trial.hash).state;
    bool all = std::all_of(sets.begin(), sets.end(), [&](const auto& set) { return set.contains(trial.hash); });
    for (const Condition& condition : conditions) {
      if (condition.path != "state") continue;
      bool equal = condition.value == std::string(to_text(trial.state));
      all = all && equal == (condition.comparison == Comparison::equal);
    }
    if (all) found.push_back(std::move(trial));
  }
  return found;
}

std::optional<std::string> Index::value(const std::string& hash, const std::string& path) const {
  for (const std::string& name : {path, with_micro(path)}) {
    SQLite::Statement statement(state_->database, "select text from entries where hash = ? and path = ?");
    statement.bind(1, hash);
    statement.bind(2, name);
    if (statement.executeStep()) return statement.getColumn(0).getString();
  }
  return std::nullopt;
}

}  // namespace spanlab
