// SPDX-License-Identifier: MIT
#include "parity/comparisons.hpp"

namespace spanlab::test {
namespace {

using nlohmann::json;

bool is_pair(const json& value) {
  const json a = value.value("a", json());
  return value.contains("difference") && a.is_array() && !a.empty() && a.at(0).is_array();
}

}  // namespace

void for_each_system_pair(const std::function<void(const SystemPair&)>& check) {
  for_each_statistics_case(is_pair, [&](const json& one, const std::string& place) {
    check({place, counts_by_seed(one.at("a")), counts_by_seed(one.at("b")), one});
  });
  const std::filesystem::path root = fixtures_folder("statistics");
  if (root.empty()) return;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().filename() != "expected.json") continue;
    const json cases_of_folder = read_json(entry.path());
    for (const auto& [name, expected] : cases_of_folder.items()) {
      if (!expected.is_object() || !expected.contains("difference")) continue;  // a note
      const auto documents = read_json_lines(entry.path().parent_path() / (name + ".jsonl"));
      check({name, counts_by_document(documents, "a"), counts_by_document(documents, "b"), expected});
    }
  }
}

}  // namespace spanlab::test
