// SPDX-License-Identifier: MIT
#include "records/error_counts.hpp"

#include <algorithm>

#include "files/files.hpp"
#include "sdk/json_value.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

constexpr int kVersion = 1;  // another one where categories or parts of breakdowns change

json items_node(const ItemErrorCounts& counts) {
  json categories = json::array(), breakdowns = json::array();
  for (const ErrorLine& line : counts.categories)
    categories.push_back({line.name, line.false_positives, line.false_negatives});
  for (const ErrorTable& table : counts.breakdowns) {
    json lines = json::array();
    for (const ErrorLine& line : table.lines)
      lines.push_back({line.name, line.correct, line.false_positives, line.false_negatives});
    breakdowns.push_back({{"name", table.name}, {"lines", std::move(lines)}});
  }
  return {{"correct", counts.all.correct},
          {"categories", std::move(categories)},
          {"breakdowns", std::move(breakdowns)},
          {"types", counts.types},
          {"confusion", counts.confusion}};
}

ItemErrorCounts items_of(const json& node) {
  ItemErrorCounts counts;
  counts.all.correct = node.at("correct").get<std::int64_t>();
  for (const json& line : node.at("categories")) {
    counts.categories.push_back({line.at(0), 0, line.at(1), line.at(2)});
    counts.all.false_positives += counts.categories.back().false_positives;
    counts.all.false_negatives += counts.categories.back().false_negatives;
  }
  for (const json& breakdown : node.at("breakdowns")) {
    ErrorTable& table = counts.breakdowns.emplace_back(ErrorTable{breakdown.at("name"), {}});
    for (const json& line : breakdown.at("lines"))
      table.lines.push_back({line.at(0), line.at(1), line.at(2), line.at(3)});
  }
  node.at("types").get_to(counts.types);
  node.at("confusion").get_to(counts.confusion);
  const std::size_t size = counts.types.size();
  const bool square =
      std::ranges::all_of(counts.confusion, [&](const auto& row) { return row.size() == size; });
  if (size == 0 || counts.confusion.size() != size || !square)
    throw Error(ErrorKind::data, "", "expected a row and a column of the confusion for each type");
  return counts;
}

json ceiling_node(const CeilingCounts& ceiling) {
  const ItemCounts& found = ceiling.on_found_arguments;
  return {ceiling.gold, ceiling.reachable, found.correct, found.predicted, found.gold};
}

CeilingCounts ceiling_of(const json& node) {
  return {node.at(0), node.at(1), {node.at(2), node.at(3), node.at(4)}};
}

}  // namespace

void write_error_counts(const ErrorsByGroup& groups, const std::filesystem::path& file) {
  json all = json::object();
  for (const auto& [name, counts] : groups) {
    all[name] = {{"trials", counts.trials},
                 {"entity", items_node(counts.entity)},
                 {"strict", items_node(counts.strict)},
                 {"boundary", items_node(counts.boundary)},
                 {"ceiling_strict", ceiling_node(counts.ceiling_strict)},
                 {"ceiling_boundary", ceiling_node(counts.ceiling_boundary)}};
  }
  const json node{{"version", kVersion}, {"groups", std::move(all)}};
  replace_file(file, node.dump() + "\n", Durability::quick);
}

ErrorsByGroup read_error_counts(const std::filesystem::path& file) {
  const json node = parse_json(read_file(file), file);
  ErrorsByGroup groups;
  try {
    if (node.at("version") != kVersion) throw Error(ErrorKind::data, file.string(), "of another version");
    for (const auto& [name, counts] : node.at("groups").items()) {
      groups[name] = {counts.at("trials"),
                      items_of(counts.at("entity")),
                      items_of(counts.at("strict")),
                      items_of(counts.at("boundary")),
                      ceiling_of(counts.at("ceiling_strict")),
                      ceiling_of(counts.at("ceiling_boundary"))};
    }
  } catch (const json::exception& error) {
    throw Error(ErrorKind::data, file.string(), error.what());
  }
  return groups;
}

}  // namespace spanlab::host
