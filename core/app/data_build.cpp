// SPDX-License-Identifier: MIT
#include "app/data_build.hpp"

#include <algorithm>

#include "spanlab/error.hpp"

namespace spanlab::host::app {

namespace {

void check(const DataBuildOptions& options) {
  std::vector<Problem> problems;
  const std::vector<std::string> sets{"label-variation"}, ways{"flipped", "released"};
  if (options.what != sets[0]) {
    problems.push_back({"", fmt::format("unknown data set '{}'{}\n   known: {}", options.what,
                                        did_you_mean(options.what, sets), sets[0])});
  }
  if (std::ranges::find(ways, options.result) == ways.end()) {
    problems.push_back({"--result", fmt::format("expected flipped or released, got '{}'{}", options.result,
                                                did_you_mean(options.result, ways))});
  }
  if (!options.out) problems.push_back({"--out", "expected a new folder: --out DIR"});
  if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
}

}  // namespace

BuiltData build_data(const DataBuildOptions& options, const Places& places) {
  check(options);
  const ResultDirection result =
      options.result == "released" ? ResultDirection::released : ResultDirection::flipped;
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(places, registry);
  BuiltData data{.built = build_label_variation(cards, result), .folder = *options.out};
  data.sets = compare_with_released(data.built, cards);
  data.report = comparison_text(data.built, data.sets, result);
  write_label_variation(data.built, data.report, data.folder);
  return data;
}

}  // namespace spanlab::host::app
