// SPDX-License-Identifier: MIT
#include "parity/statistics_fixtures.hpp"

#include <algorithm>

namespace spanlab::test {
namespace {

using nlohmann::json;
using Check = std::function<void(const json&, const std::string&)>;

/// Objects in a value, with their places: itself, or what its lists and names hold.
void walk(const json& value, const std::string& place, const std::function<bool(const json&)>& is_one,
          const Check& check) {
  if (value.is_object() && is_one(value)) return check(value, place);
  if (!value.is_structured()) return;
  for (const auto& [name, inner] : value.items()) walk(inner, place + ":" + name, is_one, check);
}

}  // namespace

void for_each_statistics_case(const std::function<bool(const json&)>& is_one, const Check& check) {
  const std::filesystem::path root = fixtures_folder("statistics");
  if (root.empty()) return;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) files.push_back(entry.path());
  std::ranges::sort(files);
  for (const std::filesystem::path& file : files) {
    const std::string name = file.lexically_relative(root).string();
    if (file.extension() == ".json") walk(read_json(file), name, is_one, check);
    if (file.extension() != ".jsonl") continue;
    std::size_t line = 0;
    for (const json& value : read_json_lines(file))
      walk(value, name + ":" + std::to_string(++line), is_one, check);
  }
}

SystemCounts counts_by_seed(const json& seeds) {
  SystemCounts system{seeds.size(), seeds.at(0).size(), {}};
  for (const json& documents : seeds) {
    for (const json& counts : documents) system.counts.push_back({counts.at(0), counts.at(1), counts.at(2)});
  }
  return system;
}

SystemCounts counts_by_document(const std::vector<json>& documents, const std::string& system) {
  json seeds = json::array();
  for (std::size_t seed = 0; seed < documents.at(0).at(system).size(); ++seed) {
    seeds.push_back(json::array());
    for (const json& document : documents) seeds.back().push_back(document.at(system).at(seed));
  }
  return counts_by_seed(seeds);
}

double number_of(const json& value) {
  if (value.is_null()) return std::numeric_limits<double>::quiet_NaN();
  if (value.is_string()) return std::stod(value.get<std::string>());
  return value.get<double>();
}

void closed(Comparison& comparison, const std::string& kind, double got, const json& expected,
            const std::string& place) {
  const double number = number_of(expected);
  if (std::isinf(number)) return comparison.exact(kind + " (infinite)", got == number, place);
  comparison.relative(kind, got, number, 1e-9, 1e-12, place);
}

void p_value(Comparison& comparison, const std::string& kind, double got, const json& expected,
             const std::string& place) {
  comparison.absolute(kind, got, number_of(expected), 1e-9, place);
}

void limits(Comparison& comparison, const std::string& kind, const Interval& got, const json& expected,
            const std::string& place) {
  closed(comparison, kind, got.low, expected.at(0), place);
  closed(comparison, kind, got.high, expected.at(1), place);
}

void t_test(Comparison& comparison, const std::string& kind, const std::optional<TTest>& got,
            const json& expected, const std::string& place) {
  comparison.exact(kind + " defined", got.has_value() == !expected.is_null(), place);
  if (!got || expected.is_null()) return;
  const std::pair<const char*, double> values[] = {{"t", got->t},
                                                   {"df", got->degrees},
                                                   {"mean", got->difference},
                                                   {"difference", got->difference},
                                                   {"standard_error", got->standard_error}};
  for (const auto& [name, value] : values) {
    if (expected.contains(name)) closed(comparison, kind + ": " + name, value, expected.at(name), place);
  }
  if (expected.contains("p_two_sided"))
    p_value(comparison, kind + ": p", got->p, expected.at("p_two_sided"), place);
  if (expected.contains("p_greater"))
    p_value(comparison, kind + ": one-sided p", got->p_greater, expected.at("p_greater"), place);
  if (expected.contains("interval_95"))
    limits(comparison, kind + ": interval", got->interval, expected.at("interval_95"), place);
}

}  // namespace spanlab::test
