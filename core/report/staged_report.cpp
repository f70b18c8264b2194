// SPDX-License-Identifier: MIT
#include "report/staged_report.hpp"

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <vector>

#include "files/checksum.hpp"
#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "sdk/text_file.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kPrefix = ".report-";
constexpr std::string_view kCharts = "charts/";
constexpr const char* kIndex = "report.json";
constexpr const char* kLock = "lock";

/// What the report that lies in a folder wrote, with the sum of each file; the sum is empty where an older
/// program noted none.
struct Earlier {
  std::string study;
  std::map<std::string, std::string> files;
};

std::optional<Earlier> read_earlier(const fs::path& folder) {
  std::vector<Problem> ignored;
  const std::string text = read_text(folder / kIndex, ignored);
  const json old = ignored.empty() ? parse_json(text, folder / kIndex, 1, ignored) : json();
  const auto has = [&](const char* member) { return old.is_object() && old.contains(member); };
  if (!has("tables") || !has("charts") || !has("study") || !old["study"].is_string()) return {};
  Earlier earlier{old["study"], {{kIndex, ""}}};
  if (old.contains("files") && old["files"].is_object()) {
    for (const auto& [file, sum] : old["files"].items()) {
      earlier.files[file] = sum.is_string() ? sum.get<std::string>() : "";
    }
    return earlier;
  }
  for (const char* file : {"report.md", "report.html", "table.csv", "trials.csv", "table.tex"}) {
    earlier.files[file] = "";
  }
  for (const json& chart : old["charts"]) {
    for (const char* ending : {".svg", ".vl.json"}) {
      if (chart.is_string()) earlier.files[std::string(kCharts) + chart.get<std::string>() + ending] = "";
    }
  }
  return earlier;
}

bool has_content(const fs::path& file, const std::string& sum) {
  return fs::is_regular_file(file) && sha256_of_file(file) == sum;
}

/// Whether the earlier report wrote this file and nobody changed it since.
bool is_of(const std::optional<Earlier>& earlier, const fs::path& target, const std::string& file) {
  if (!earlier || !earlier->files.contains(file)) return false;
  const std::string& sum = earlier->files.at(file);
  return sum.empty() || has_content(target / file, sum);
}

bool is_there(const fs::path& file) { return fs::exists(fs::symlink_status(file)); }

/// `files`: what is to be put there, with its sums. What is there already to the letter may be what a kill
/// left of such a placing.
void check_foreign(const std::optional<Earlier>& earlier, const std::string& study, const fs::path& target,
                   const std::map<std::string, std::string>& files) {
  const std::string cure = "; move it away or name another folder by --out";
  if (earlier && earlier->study != study) {
    throw Error(ErrorKind::usage, target.string(),
                fmt::format("holds the report of study '{}', not of '{}'{}", earlier->study, study, cure));
  }
  std::vector<Problem> problems;
  for (const auto& [file, sum] : files) {
    if (!is_there(target / file) || is_of(earlier, target, file) || has_content(target / file, sum)) continue;
    const bool changed = earlier && earlier->files.contains(file);
    const char* what = changed ? "was changed after the report was written; writing it anew would lose that"
                               : "is there already and not a report's";
    problems.push_back({(target / file).string(), what + cure});
  }
  if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
}

void move_file(const fs::path& from, const fs::path& to) {
  std::error_code error;
  fs::rename(from, to, error);
  if (!error) return;
  throw Error(ErrorKind::environment, to.string(), fmt::format("cannot be replaced: {}", error.message()));
}

void remove_left_behind(const fs::path& target) {
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(target, ignored)) {
    const fs::path& folder = entry.path();
    if (!folder.filename().string().starts_with(kPrefix) || !fs::exists(folder / kLock, ignored)) continue;
    try {
      if (FileLock::attempt(folder / kLock)) fs::remove_all(folder, ignored);
    } catch (const Error&) {  // another user's: it stays
    }
  }
}

}  // namespace

StagedReport::StagedReport(fs::path target) : target_(std::move(target)) {
  make_folder(target_);
  remove_left_behind(target_);
  std::string name = (target_ / (std::string(kPrefix) + "XXXXXX")).string();
  if (!mkdtemp(name.data())) {
    throw Error(ErrorKind::environment, target_.string(),
                fmt::format("cannot write: {}", std::strerror(errno)));
  }
  folder_ = name;
  lock_ = FileLock::attempt(folder_ / kLock);
}

StagedReport::~StagedReport() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

void StagedReport::take_over(const std::vector<std::pair<std::string, std::string>>& made) {
  const std::optional<Earlier> earlier = read_earlier(target_);
  const auto sum_of = [&](const std::string& file) {
    return earlier && earlier->files.contains(file) ? earlier->files.at(file) : std::string();
  };
  for (const auto& [source, file] : made) {
    const bool same = !sum_of(source).empty() && has_content(folder_ / source, sum_of(source));
    std::error_code ignored;  // what cannot be copied is made anew
    if (same && has_content(target_ / file, sum_of(file))) {
      fs::copy_file(target_ / file, folder_ / file, ignored);
    }
  }
}

std::map<std::string, std::string> StagedReport::checksums() const {
  std::map<std::string, std::string> sums;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder_)) {
    const std::string file = entry.path().lexically_relative(folder_).generic_string();
    if (entry.is_regular_file() && file != kLock && file != kIndex) sums[file] = sha256_of_file(entry.path());
  }
  return sums;
}

void StagedReport::place(const std::string& study, ReportPlace place) {
  const std::optional<Earlier> earlier = read_earlier(target_);
  std::map<std::string, std::string> files = checksums();
  files[kIndex] = "";
  if (place == ReportPlace::named) check_foreign(earlier, study, target_, files);
  files.erase(kIndex);
  std::error_code ignored;
  for (const auto& [file, sum] : earlier ? earlier->files : std::map<std::string, std::string>()) {
    const bool is_chart = file.starts_with(kCharts) && file.find('/', kCharts.size()) == file.npos;
    const bool is_old = is_chart && !files.contains(file);
    if (is_old && is_of(earlier, target_, file)) fs::remove(target_ / file, ignored);
  }
  const auto is_chart = [](const auto& file) { return file.first.starts_with(kCharts); };
  if (std::ranges::any_of(files, is_chart)) make_folder(target_ / kCharts);
  for (const auto& [file, sum] : files) move_file(folder_ / file, target_ / file);
  move_file(folder_ / kIndex, target_ / kIndex);  // last: it names the others' content
  sync_folder(target_);
}

}  // namespace spanlab::host
