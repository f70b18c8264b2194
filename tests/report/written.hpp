// SPDX-License-Identifier: MIT
#pragma once

#include <fstream>
#include <set>
#include <sstream>

#include "report/report.hpp"
#include "files/files.hpp"
#include "report/content.hpp"
#include "report/made_up_study.hpp"
#include "spanlab/error.hpp"
#include "host.hpp"

namespace spanlab::test {

namespace fs = std::filesystem;
using nlohmann::json;

/// Writes the report and gives back its folder and report.json.
struct Written {
  explicit Written(const MadeUpStudy& study) : folder(temporary.path() / "report") {
    write_report(study.plan, study.store, folder);
    data = json::parse(read_file(folder / "report.json"));
  }
  std::string text(const std::string& name) const { return read_file(folder / name); }

  TemporaryFolder temporary;
  fs::path folder;
  json data;
};

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace spanlab::test
