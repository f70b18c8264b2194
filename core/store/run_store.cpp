// SPDX-License-Identifier: MIT
#include "store/run_store.hpp"

#include <charconv>

#include "files/checksum.hpp"
#include "files/files.hpp"
#include "records/attempt_files.hpp"
#include "sdk/json_value.hpp"
#include "spanlab/error.hpp"
#include "store/trial_file.hpp"
#include "text/shell_text.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

/// Below a study's folder, a folder for each plan that is not the whole study.
constexpr const char* kPartsFolder = "parts";

std::optional<std::int64_t> attempt_number(const std::string& name) {
  constexpr std::string_view kPrefix = "attempt-";
  if (!name.starts_with(kPrefix)) return std::nullopt;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return number;
}

bool is_file(const fs::path& file) {
  std::error_code error;
  const bool is = fs::is_regular_file(file, error);
  const bool absent = error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
  if (error && !absent) throw Error(ErrorKind::environment, file.string(), "cannot read: " + error.message());
  return is;
}

// A status that a power cut left empty or a damage made unreadable says nothing: nobody finished there.
AttemptStatus read_status(const fs::path& folder) {
  const fs::path file = folder / kStatusFile;
  if (!is_file(file)) return {};
  // A failure to read may pass: it must not make a finished trial an open one.
  const std::string text = read_file(file);
  try {
    return attempt_status(parse_json(text, file));
  } catch (const Error&) {
    return {};
  }
}

// What is wrong with the metrics of an attempt that says `finished`, or empty. A power cut leaves a file
// absent, short or with zeros.
std::string scores_fault(const fs::path& folder) {
  const fs::path file = folder / kMetricsFile;
  if (!is_file(file)) return "metrics.jsonl is missing";
  const std::string text = read_file(file);
  if (text.find('\0') != std::string::npos) return "metrics.jsonl holds zeros";
  return host::final_record(text) ? "" : "metrics.jsonl does not end with them";
}

// A folder that is not there holds none; one that cannot be read is no empty one.
std::vector<std::string> folder_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error, ignored;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_directory(ignored)) names.push_back(entry->path().filename().string());
  }
  const bool absent = error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory;
  if (error && !absent) {
    throw Error(ErrorKind::environment, folder.string(), "cannot read this folder: " + error.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// A plan's file is named by the hash of its content.
bool holds_plan(const fs::path& file, const std::string& hash) {
  return is_file(file) && sha256_of(read_file(file)) == hash;
}

// The script that a plan was made from, as far as its damaged file says it.
std::string script_of(const fs::path& file) {
  const std::string text = is_file(file) ? read_file(file) : std::string();
  std::vector<Problem> ignored;
  const std::string_view first = std::string_view(text).substr(0, text.find('\n'));
  const nlohmann::json header = parse_json(first, file, 1, ignored);
  const bool named = header.is_object() && header.contains("script") && header["script"].is_string();
  return named ? header["script"].get<std::string>() : "";
}

[[noreturn]] void fail_damaged_plan(const fs::path& file, const std::string& what) {
  const std::string script = script_of(file);
  const std::string word = script.empty() ? "SCRIPT" : path_word(script);
  const std::string command = shell_line({"spanlab", "run", word});
  throw Error(ErrorKind::data, file.string(),
              fmt::format("{}\n   `{}` writes the plan anew; what is trained is kept", what, command));
}

}  // namespace

RunStore::RunStore(fs::path root) : root_(std::move(root)) {}

fs::path RunStore::trial_folder(const std::string& hash) const { return root_ / "trials" / hash; }

fs::path RunStore::study_folder(const std::string& name) const {
  const std::size_t slash = name.find('/');
  const std::string study = name.substr(0, slash), part = slash == name.npos ? "" : name.substr(slash + 1);
  const bool named = !study.empty() && study.front() != '.';
  const bool parted =
      slash == name.npos || (!part.empty() && part.front() != '.' && part.find('/') == part.npos);
  if (!named || !parted) {
    throw Error(
        ErrorKind::usage, "",
        fmt::format(
            "\"{}\" cannot name a study: expected a name without '/' and not beginning with '.', or such a "
            "name, '/' and a part of the study",
            name));
  }
  const fs::path folder = root_ / "studies" / study;
  return part.empty() || part == kWholeStudy ? folder : folder / kPartsFolder / part;
}

std::vector<Attempt> RunStore::attempts(const std::string& hash) const {
  std::vector<Attempt> attempts;
  fs::path folder = trial_folder(hash);
  for (const std::string& name : folder_names(folder)) {
    const auto number = attempt_number(name);
    if (!number) continue;
    Attempt attempt{*number, folder / name, read_status(folder / name)};
    if (attempt.status.state == AttemptState::finished) {
      if (const std::string fault = scores_fault(folder / name); !fault.empty()) {
        attempt.torn = true;
        attempt.status.state = AttemptState::interrupted;
        attempt.status.error = fmt::format(
            "torn: it finished, but its final scores cannot be read ({}); it has to run again", fault);
      }
    }
    attempts.push_back(std::move(attempt));
  }
  std::sort(attempts.begin(), attempts.end(),
            [](const Attempt& a, const Attempt& b) { return a.number < b.number; });
  return attempts;
}

std::optional<Attempt> RunStore::newest_finished(const std::string& hash) const {
  std::optional<Attempt> newest;
  for (Attempt& attempt : attempts(hash)) {
    if (attempt.status.state == AttemptState::finished) newest = std::move(attempt);
  }
  return newest;
}

std::vector<EpochRecord> RunStore::metrics(const Attempt& attempt) const {
  const fs::path file = attempt.folder / kMetricsFile;
  return is_file(file) ? read_metrics(read_file(file), file) : std::vector<EpochRecord>();
}

std::optional<EpochRecord> RunStore::final_record(const Attempt& attempt) const {
  const fs::path file = attempt.folder / kMetricsFile;
  return is_file(file) ? host::final_record(read_file(file)) : std::nullopt;
}

nlohmann::json RunStore::environment(const Attempt& attempt) const {
  fs::path file = attempt.folder / kEnvironmentFile;
  return is_file(file) ? parse_json(read_file(file), file) : nlohmann::json();
}

std::map<std::string, std::string> RunStore::plugin_code(const Attempt& attempt) const {
  std::map<std::string, std::string> code;
  const nlohmann::json all = environment(attempt);
  if (!all.is_object() || !all.contains("plugins") || !all["plugins"].is_object()) return code;
  for (const auto& [name, plugin] : all["plugins"].items()) {
    if (plugin.is_object() && plugin.contains("code") && plugin["code"].is_string())
      code[name] = plugin["code"];
  }
  return code;
}

void RunStore::save_plan(const Plan& plan) const {
  fs::path folder = study_folder(plan.study);
  std::string hash = plan.hash();
  make_folder(folder / "plans");
  fs::path file = folder / "plans" / (hash + ".jsonl");
  if (!holds_plan(file, hash)) write_plan(plan, file);
  if (!is_file(folder / "plan") || read_file(folder / "plan") != hash + '\n') {
    replace_file(folder / "plan", hash + '\n', Durability::synced);
  } else {
    std::error_code unknown;  // a store that others wrote keeps their times
    fs::last_write_time(folder / "plan", fs::file_time_type::clock::now(), unknown);
  }
}

std::string RunStore::newest_plan(const std::string& study) const {
  std::string newest;
  fs::file_time_type last;
  for (const std::string& name : studies()) {
    if (name != study && !name.starts_with(study + "/")) continue;
    std::error_code unknown;
    const fs::file_time_type time = fs::last_write_time(study_folder(name) / "plan", unknown);
    if (unknown || (!newest.empty() && time <= last)) continue;
    newest = name;
    last = time;
  }
  return newest.empty() ? study : newest;
}

Plan RunStore::current_plan(const std::string& name) const {
  const std::string study = name.find('/') == name.npos ? newest_plan(name) : name;
  fs::path folder = study_folder(study);
  if (!is_file(folder / "plan")) {
    std::vector<std::string> known = studies();
    const std::string names = fmt::format("{}", fmt::join(known, ", "));
    const std::string list = "it holds " + (known.empty() ? "no study yet" : names);
    throw Error(ErrorKind::usage, "",
                fmt::format("no study '{}' in the run store {}{}\n   {}", study, root_.string(),
                            did_you_mean(study, known), list));
  }
  const std::string pointer = read_file(folder / "plan");
  const std::string hash = pointer.substr(0, pointer.find('\n'));
  const fs::path file = folder / "plans" / (hash + ".jsonl");
  if (hash.empty() || hash.find('/') != hash.npos || !is_file(file)) {
    fail_damaged_plan(folder / "plan", "damaged: it names no plan of the study");
  }
  try {
    Plan plan = read_plan(file);
    if (hash.size() != 64 || holds_plan(file, hash)) return plan;  // another name was given by hand
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data) throw;
    fail_damaged_plan(file, "damaged: " + error.problems().front().message);
  }
  fail_damaged_plan(file, "damaged: its content is not what was written");
}

std::vector<std::string> RunStore::studies() const {
  std::vector<std::string> names;
  for (std::string& name : folder_names(root_ / "studies")) {
    if (is_file(root_ / "studies" / name / "plan")) names.push_back(name);
    for (const std::string& part : folder_names(root_ / "studies" / name / kPartsFolder)) {
      if (is_file(root_ / "studies" / name / kPartsFolder / part / "plan"))
        names.push_back(name + "/" + part);
    }
  }
  return names;
}

std::string RunStore::find_trial(const std::string& prefix) const {
  std::vector<std::string> found;
  for (const std::string& hash : trials()) {
    if (hash.starts_with(prefix)) found.push_back(hash);
  }
  if (found.empty()) {
    throw Error(ErrorKind::usage, "",
                fmt::format("no trial in the run store {} begins with '{}'; `spanlab ls` lists them",
                            root_.string(), prefix));
  }
  if (found.size() > 1) {
    std::vector<std::string> some;
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 4); ++i)
      some.push_back(found[i].substr(0, 12));
    throw Error(ErrorKind::usage, "",
                fmt::format("{} trials begin with '{}': {}{}", found.size(), prefix, fmt::join(some, ", "),
                            found.size() > 4 ? ", …" : ""));
  }
  return found.front();
}

std::vector<std::string> RunStore::trials() const {
  std::vector<std::string> hashes;
  for (std::string& name : folder_names(root_ / "trials")) {
    std::error_code unknown;  // what cannot be looked at is told by whoever reads it
    if (fs::exists(root_ / "trials" / name / kTrialFile, unknown) || unknown) {
      hashes.push_back(std::move(name));
    }
  }
  return hashes;
}

}  // namespace spanlab::host
