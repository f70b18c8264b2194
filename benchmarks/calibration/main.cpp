// SPDX-License-Identifier: MIT
// usage: spanlab_calibration COUNTS.json [DRAWS]
//
// How often the tests of core/statistics reject on trained models, where nothing differs and where something
// does: three seeds against three on random halves of the documents. COUNTS.json holds the counts of two
// systems (reports/statistics/README.md); prints JSON. benchmarks/calibration/page.py makes a page of
// it.
#include <cstdio>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <string>

#include "calibration.hpp"

using namespace spanlab::host;
using nlohmann::json;

namespace {

/// A seed a list, a document [correct, wrong, missed].
SystemCounts system_of(const json& seeds) {
  SystemCounts system{seeds.size(), seeds.at(0).size(), {}};
  for (const json& seed : seeds) {
    for (const json& counts : seed) system.counts.push_back({counts.at(0), counts.at(1), counts.at(2)});
  }
  return system;
}

json read_counts_file(const char* path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(std::string("cannot read ") + path);
  return json::parse(file);
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count < 2) throw std::invalid_argument("usage: spanlab_calibration COUNTS.json [DRAWS]");
    const json counts = read_counts_file(arguments[1]);
    const std::size_t draws = count > 2 ? std::stoul(arguments[2]) : 2000;
    json result{{"draws", draws}, {"seeds_a_side", calibration::kSeeds}, {"scores", json::object()}};
    for (const auto& [score, systems] : counts.at("scores").items()) {
      const SystemCounts a = system_of(systems.at("a")), b = system_of(systems.at("b"));
      result["scores"][score] = calibration::calibrate(a, b, draws);
    }
    std::printf("%s\n", result.dump(1).c_str());
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
