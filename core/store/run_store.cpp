// SPDX-License-Identifier: MIT
#include "store/run_store.hpp"

#include <charconv>
#include <fstream>

#include "files/files.hpp"
#include "spanlab/error.hpp"
#include "store/attempt.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

std::optional<std::int64_t> attempt_number(const std::string& name) {
  constexpr std::string_view kPrefix = "attempt-";
  if (!name.starts_with(kPrefix)) return std::nullopt;
  std::int64_t number = 0;
  auto [end, error] = std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return number;
}

// A status that a power cut left empty says nothing: nobody finished there.
AttemptStatus read_status(const fs::path& folder) {
  try {
    return attempt_status(nlohmann::json::parse(read_file(folder / "status.json")));
  } catch (const std::exception&) {
    return {};
  }
}

std::vector<std::string> folder_names(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
    if (entry.is_directory(ignored)) names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

nlohmann::json read_json(const fs::path& file) {
  try {
    return nlohmann::json::parse(read_file(file));
  } catch (const nlohmann::json::exception& error) {
    throw Error(ErrorKind::data, file.string(), error.what());
  }
}

}  // namespace

RunStore::RunStore(fs::path root) : root_(std::move(root)) {}

fs::path RunStore::trial_folder(const std::string& hash) const { return root_ / "trials" / hash; }

fs::path RunStore::study_folder(const std::string& study) const {
  if (study.empty() || study.front() == '.' || study.find('/') != std::string::npos) {
    throw Error(ErrorKind::usage, "", fmt::format("\"{}\" cannot name a study: expected a name without '/' and not beginning with '.'", study));
  }
  return root_ / "studies" / study;
}

std::vector<Attempt> RunStore::attempts(const std::string& hash) const {
  std::vector<Attempt> attempts;
  fs::path folder = trial_folder(hash);
  for (const std::string& name : folder_names(folder)) {
    if (auto number = attempt_number(name)) attempts.push_back({*number, folder / name, read_status(folder / name)});
  }
  std::sort(attempts.begin(), attempts.end(), [](const Attempt& a, const Attempt& b) { return a.number < b.number; });
  return attempts;
}

std::optional<Attempt> RunStore::newest_finished(const std::string& hash) const {
  std::optional<Attempt> newest;
  for (Attempt& attempt : attempts(hash)) {
    if (attempt.status.state == AttemptState::finished) newest = std::move(attempt);
  }
  return newest;
}

std::vector<nlohmann::json> RunStore::metrics(const Attempt& attempt) const {
  std::vector<nlohmann::json> lines;
  fs::path file = attempt.folder / "metrics.jsonl";
  std::ifstream in(file);
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    bool complete = !in.eof();  // a killed trial may leave half a line at the end
    nlohmann::json node = nlohmann::json::parse(line, nullptr, false);
    if (!node.is_discarded()) {
      lines.push_back(std::move(node));
    } else if (complete) {
      throw Error(ErrorKind::data, fmt::format("{}:{}", file.string(), number), "expected a JSON object");
    }
  }
  return lines;
}

nlohmann::json RunStore::final_scores(const Attempt& attempt) const {
  nlohmann::json found;
  for (nlohmann::json& line : metrics(attempt)) {
    if (line.value("final", false)) found = std::move(line);
  }
  return found;
}

nlohmann::json RunStore::environment(const Attempt& attempt) const {
  fs::path file = attempt.folder / "environment.json";
  return fs::exists(file) ? read_json(file) : nlohmann::json();
}

void RunStore::save_plan(const Plan& plan) const {
  fs::path folder = study_folder(plan.study);
  std::string hash = plan.hash();
  make_folder(folder / "plans");
  fs::path file = folder / "plans" / (hash + ".jsonl");
  if (!fs::exists(file)) write_plan(plan, file);
  if (!fs::exists(folder / "plan") || read_file(folder / "plan") != hash + '\n') {
    replace_file(folder / "plan", hash + '\n', Durability::synced);
  }
}

Plan RunStore::current_plan(const std::string& study) const {
  fs::path folder = study_folder(study);
  if (!fs::exists(folder / "plan")) {
    std::vector<std::string> known = studies();
    std::string list = known.empty() ? "it holds no study yet" : fmt::format("it holds {}", fmt::join(known, ", "));
    throw Error(ErrorKind::usage, "", fmt::format("no study '{}' in the run store {}{}\n   {}", study, root_.string(), did_you_mean(study, known), list));
  }
  std::string hash = read_file(folder / "plan");
  return read_plan(folder / "plans" / (hash.substr(0, hash.find('\n')) + ".jsonl"));
}

std::vector<std::string> RunStore::studies() const {
  std::vector<std::string> names;
  for (std::string& name : folder_names(root_ / "studies")) {
    if (fs::exists(root_ / "studies" / name / "plan")) names.push_back(std::move(name));
  }
  return names;
}

std::string RunStore::find_trial(const std::string& prefix) const {
  std::vector<std::string> found;
  for (const std::string& hash : trials()) {
    if (hash.starts_with(prefix)) found.push_back(hash);
  }
  if (found.empty()) {
    throw Error(ErrorKind::usage, "", fmt::format("no trial in the run store {} begins with '{}'; `spanlab ls` lists them", root_.string(), prefix));
  }
  if (found.size() > 1) {
    std::vector<std::string> some;
    for (std::size_t i = 0; i < std::min<std::size_t>(found.size(), 4); ++i) some.push_back(found[i].substr(0, 12));
    throw Error(ErrorKind::usage, "", fmt::format("{} trials begin with '{}': {}{}", found.size(), prefix, fmt::join(some, ", "), found.size() > 4 ? ", …" : ""));
  }
  return found.front();
}

std::vector<std::string> RunStore::trials() const {
  std::vector<std::string> hashes;
  for (std::string& name : folder_names(root_ / "trials")) {
    if (fs::exists(root_ / "trials" / name / "trial.json")) hashes.push_back(std::move(name));
  }
  return hashes;
}

}  // namespace spanlab
