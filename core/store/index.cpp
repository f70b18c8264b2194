// SPDX-License-Identifier: MIT
#include "store/index.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <set>

#include "spanlab/error.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

constexpr int kVersion = 2;

constexpr const char* kTables = R"(
  create table trials (hash text primary key, signature text, seed integer, state integer, attempts integer,
                       started text, seconds real, error text);
  create table entries (hash text, path text, number real, text text);
  create index entries_by_path on entries (path, hash);
  create index entries_by_hash on entries (hash);
)";

// The parts of a path in one string; `entity.head` is also the name of the component that stands there.
void flatten(const nlohmann::json& node, const std::string& path,
             std::map<std::string, nlohmann::json>& entries) {
  if (!node.is_object()) {
    entries[path] = node;
    return;
  }
  if (node.contains("component")) entries[path] = node["component"];
  for (const auto& [key, value] : node.items())
    flatten(value, path.empty() ? key : path + '.' + key, entries);
}

std::string text_of(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

// What tells whether a trial must be read again: times and sizes of the files that its values are read from.
std::string signature(const RunStore& store, const std::string& hash) {
  std::set<std::string> parts;
  // Their times alone would not do: two of them can be written within one tick of the clock.
  const auto add = [&](const std::string& name, const fs::path& file) {
    struct stat now{};
    if (stat(file.c_str(), &now) != 0) return;
    parts.insert(fmt::format("{}:{}:{}:{}.{}:{}.{}", name, now.st_ino, now.st_size, now.st_mtim.tv_sec,
                             now.st_mtim.tv_nsec, now.st_ctim.tv_sec, now.st_ctim.tv_nsec));
  };
  const fs::path folder = store.trial_folder(hash);
  add("trial", folder / "trial.json");
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    add(name, entry.path() / "status.json");
    add(name + "/metrics", entry.path() / "metrics.jsonl");
  }
  return fmt::format("{}", fmt::join(parts, " "));
}

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

// What SQLite says of a file that is in order, but cannot be used now: nothing is gained by a new one.
bool is_out_of_reach(const SQLite::Exception& error) {
  switch (error.getErrorCode()) {
    case SQLITE_PERM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_AUTH:
      return true;
    default:
      return false;
  }
}

}  // namespace

struct Index::State {
  // Where the index lies: in the file that is there, in a new one, or, where none can be written, in memory.
  enum class Place { file, new_file, memory };

  const RunStore store;
  Place place = Place::file;
  std::optional<SQLite::Database> opened;
  std::vector<std::string> skipped;

  explicit State(const RunStore& s) : store(s) {
    answer([](SQLite::Database&) { return 0; });
  }

  // What `ask` finds in the index. One that does not answer is damaged: it is built anew and asked again.
  template <typename Ask>
  std::invoke_result_t<Ask, SQLite::Database&> answer(const Ask& ask) {
    while (true) {
      try {
        if (!opened) open();
        return ask(*opened);
      } catch (const SQLite::Exception& error) {
        opened.reset();
        if (place == Place::memory) throw Error(ErrorKind::environment, "index in memory", error.what());
        place = place == Place::file && !is_out_of_reach(error) ? Place::new_file : Place::memory;
      }
    }
  }

  void open() {
    const fs::path file = store.root() / "index.sqlite";
    if (place == Place::new_file) {
      std::error_code error;
      for (const char* part : {"", "-journal", "-wal", "-shm"}) fs::remove(file.string() + part, error);
      if (fs::exists(file, error)) place = Place::memory;
    }
    constexpr int kPatience = 3000;  // milliseconds that another process may hold the file
    const std::string name = place == Place::memory ? ":memory:" : file.string();
    opened.emplace(name, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kPatience);
    skipped.clear();
    make_tables();
    refresh();
  }

  void make_tables() {
    SQLite::Database& database = *opened;
    if (database.execAndGet("pragma user_version").getInt() == kVersion) return;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const int version = database.execAndGet("pragma user_version").getInt();
    if (version == kVersion) return;
    if (version != 0) throw SQLite::Exception("an index of another version", SQLITE_CORRUPT);
    database.exec(kTables);
    database.exec(fmt::format("pragma user_version = {}", kVersion));
    transaction.commit();
  }

  void refresh() {
    SQLite::Database& database = *opened;
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    std::map<std::string, std::string> known;
    SQLite::Statement rows(database, "select hash, signature from trials");
    while (rows.executeStep()) known[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
    for (const std::string& hash : store.trials()) {
      std::string now = signature(store, hash);
      auto before = known.find(hash);
      bool same = before != known.end() && before->second == now;
      if (same || add(hash, now)) known.erase(hash);
    }
    for (const auto& [hash, unused] : known) remove(hash);
    transaction.commit();
  }

  void remove(const std::string& hash) {
    for (const char* table : {"trials", "entries"}) {
      SQLite::Statement statement(*opened, fmt::format("delete from {} where hash = ?", table));
      statement.bind(1, hash);
      statement.exec();
    }
  }

  // False, with a word in `skipped`, if the trial cannot be read.
  bool add(const std::string& hash, const std::string& signature) {
    try {
      const PlannedTrial trial = read_trial(store, hash);
      const TrialStanding now = standing(store, hash);
      std::map<std::string, nlohmann::json> entries;
      flatten(trial.configuration, "", entries);
      const bool finished = now.state == TrialState::finished;
      if (finished) flatten(store.final_scores(*now.attempt).at("scores"), "", entries);
      remove(hash);
      insert(trial, now, signature, static_cast<std::int64_t>(store.attempts(hash).size()), entries);
      return true;
    } catch (const SQLite::Exception&) {
      throw;
    } catch (const Error& error) {
      skipped.push_back(error.what());
    } catch (const std::exception& error) {
      skipped.push_back(store.trial_folder(hash).string() + ": " + error.what());
    }
    return false;
  }

  void insert(const PlannedTrial& trial, const TrialStanding& now, const std::string& signature,
              std::int64_t attempts, const std::map<std::string, nlohmann::json>& entries) {
    SQLite::Database& database = *opened;
    SQLite::Statement row(database, "insert into trials values (?, ?, ?, ?, ?, ?, ?, ?)");
    row.bind(1, trial.hash);
    row.bind(2, signature);
    row.bind(3, trial.seed);
    row.bind(4, static_cast<int>(now.state));
    row.bind(5, attempts);
    row.bind(6, now.attempt ? now.attempt->status.started : "");
    row.bind(7, now.attempt ? now.attempt->status.seconds : 0.0);
    row.bind(8, now.attempt ? now.attempt->status.error : "");
    row.exec();
    SQLite::Statement entry(database, "insert into entries values (?, ?, ?, ?)");
    for (const auto& [path, value] : entries) {
      entry.bind(1, trial.hash);
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
};

namespace {

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
  if (condition.path == "seed")
    sql = fmt::format("select hash from trials where ? = 'seed' and seed {} ?", compare);
  SQLite::Statement statement(database, sql);
  statement.bind(1, condition.path == "seed" ? condition.path : resolve_path(database, condition.path));
  if (number) {
    statement.bind(2, condition.value.get<double>());
  } else {
    statement.bind(2, text_of(condition.value));
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

Index::Index(const RunStore& store) : state_(std::make_unique<State>(store)) {}
Index::~Index() = default;

const std::vector<std::string>& Index::skipped() const { return state_->skipped; }

std::vector<IndexedTrial> Index::select(std::span<const Condition> conditions) const {
  std::vector<IndexedTrial> trials = state_->answer([&](SQLite::Database& database) {
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
      trial.state = standing(state_->store, trial.hash).state;
      return false;
    } catch (const Error& error) {
      state_->skipped.push_back(error.what());
      return true;
    }
  });
  std::erase_if(trials, [&](const IndexedTrial& trial) { return !has_state(trial, conditions); });
  return trials;
}

std::optional<std::string> Index::value(const std::string& hash, const std::string& path) const {
  return state_->answer([&](SQLite::Database& database) -> std::optional<std::string> {
    for (const std::string& name : {path, with_micro(path)}) {
      SQLite::Statement statement(database, "select text from entries where hash = ? and path = ?");
      statement.bind(1, hash);
      statement.bind(2, name);
      if (statement.executeStep()) return statement.getColumn(0).getString();
    }
    return std::nullopt;
  });
}

}  // namespace spanlab
