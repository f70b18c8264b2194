// SPDX-License-Identifier: MIT
#include "store/index_database.hpp"

#include <sqlite3.h>
#include <sys/stat.h>

#include <set>

#include "records/score_json.hpp"
#include "spanlab/error.hpp"
#include "store/configuration_values.hpp"

namespace spanlab::host {

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
  add("trial", folder / kTrialFile);
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    const std::string name = entry.path().filename().string();
    add(name, entry.path() / kStatusFile);
    add(name + "/metrics", entry.path() / kMetricsFile);
  }
  return fmt::format("{}", fmt::join(parts, " "));
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

// By path. Where a component stands, its name is the value of the place as well.
using Entries = std::map<std::string, nlohmann::json>;

void add_entries(const nlohmann::json& node, Entries& entries) {
  for_each_value(node, [&](const std::string& path, const nlohmann::json& value) {
    entries[path] = value;
    if (path.ends_with(kComponentSuffix)) {
      entries[path.substr(0, path.size() - kComponentSuffix.size())] = value;
    }
  });
}

}  // namespace

std::string index_text(const nlohmann::json& value) {
  return value.is_string() ? value.get<std::string>() : value.dump();
}

IndexDatabase::IndexDatabase(const RunStore& store) : store_(store) {
  answer([](SQLite::Database&) { return 0; });
}

void IndexDatabase::give_up(const SQLite::Exception& error) {
  opened_.reset();
  if (place_ == Place::memory) throw Error(ErrorKind::environment, "index in memory", error.what());
  place_ = place_ == Place::file && !is_out_of_reach(error) ? Place::new_file : Place::memory;
}

void IndexDatabase::open() {
  const fs::path file = store_.root() / "index.sqlite";
  if (place_ == Place::new_file) {
    std::error_code error;
    for (const char* part : {"", "-journal", "-wal", "-shm"}) fs::remove(file.string() + part, error);
    if (fs::exists(file, error)) place_ = Place::memory;
  }
  constexpr int kPatience = 3000;  // milliseconds that another process may hold the file
  const std::string name = place_ == Place::memory ? ":memory:" : file.string();
  opened_.emplace(name, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, kPatience);
  skipped_.clear();
  make_tables();
  refresh();
}

void IndexDatabase::make_tables() {
  SQLite::Database& database = *opened_;
  if (database.execAndGet("pragma user_version").getInt() == kVersion) return;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = database.execAndGet("pragma user_version").getInt();
  if (version == kVersion) return;
  if (version != 0) throw SQLite::Exception("an index of another version", SQLITE_CORRUPT);
  database.exec(kTables);
  database.exec(fmt::format("pragma user_version = {}", kVersion));
  transaction.commit();
}

void IndexDatabase::refresh() {
  SQLite::Database& database = *opened_;
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  std::map<std::string, std::string> known;
  SQLite::Statement rows(database, "select hash, signature from trials");
  while (rows.executeStep()) known[rows.getColumn(0).getString()] = rows.getColumn(1).getString();
  for (const std::string& hash : store_.trials()) {
    std::string now = signature(store_, hash);
    auto before = known.find(hash);
    bool same = before != known.end() && before->second == now;
    if (same || add(hash, now)) known.erase(hash);
  }
  for (const auto& [hash, unused] : known) remove(hash);
  transaction.commit();
}

void IndexDatabase::remove(const std::string& hash) {
  for (const char* table : {"trials", "entries"}) {
    SQLite::Statement statement(*opened_, fmt::format("delete from {} where hash = ?", table));
    statement.bind(1, hash);
    statement.exec();
  }
}

bool IndexDatabase::add(const std::string& hash, const std::string& signature) {
  try {
    const PlannedTrial trial = read_trial(store_, hash);
    const TrialStanding now = standing(store_, hash);
    Entries entries;
    add_entries(trial.configuration, entries);
    const auto final = now.state == TrialState::finished ? store_.final_record(*now.attempt) : std::nullopt;
    if (final) add_entries(to_json(final->all_scores()), entries);
    remove(hash);
    insert(trial, now, signature, static_cast<std::int64_t>(store_.attempts(hash).size()), entries);
    return true;
  } catch (const SQLite::Exception&) {
    throw;
  } catch (const Error& error) {
    skipped_.push_back(error.what());
  } catch (const std::exception& error) {
    skipped_.push_back(store_.trial_folder(hash).string() + ": " + error.what());
  }
  return false;
}

void IndexDatabase::insert(const PlannedTrial& trial, const TrialStanding& now, const std::string& signature,
                           std::int64_t attempts, const std::map<std::string, nlohmann::json>& entries) {
  SQLite::Database& database = *opened_;
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
    entry.bind(4, index_text(value));
    entry.exec();
    entry.reset();
  }
}

}  // namespace spanlab::host
