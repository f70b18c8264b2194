// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "files/file_lock.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// Whose folder a report goes to: the run store's, which holds nothing else, or one that a user named.
enum class ReportPlace { store, named };

/// The files of a report while they are made: in a folder of its own inside the one that they are for, from
/// which they are moved when all of them are complete. Whoever looks before that sees the report that was
/// there, or none; the folder goes with this object. What a killed process left is removed by the next one.
class SPANLAB_API StagedReport {
 public:
  /// Throws Error(environment) where the folder cannot be made.
  explicit StagedReport(std::filesystem::path target);
  ~StagedReport();
  StagedReport(const StagedReport&) = delete;
  StagedReport& operator=(const StagedReport&) = delete;

  const std::filesystem::path& folder() const { return folder_; }

  /// Takes from the report that is there what is slow to make: of each pair the second file, made from the
  /// first, where the first is to the letter what that report had and the second has not changed since.
  void take_over(const std::vector<std::pair<std::string, std::string>>& made);

  /// SHA-256 of each file by its path below the folder.
  std::map<std::string, std::string> checksums() const;

  /// Puts all files in place and removes charts of the report that was there. In a folder that a user named,
  /// nothing is replaced that the last report of this study, by its report.json, did not write: throws
  /// Error(usage) with every such file, and changes none.
  void place(const std::string& study, ReportPlace place);

 private:
  std::filesystem::path target_;
  std::filesystem::path folder_;
  std::optional<FileLock> lock_;
};

}  // namespace spanlab::host
