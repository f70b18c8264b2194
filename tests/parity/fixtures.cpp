// SPDX-License-Identifier: MIT
#include "parity/fixtures.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <iostream>

namespace spanlab::test {

std::filesystem::path fixtures_folder(const std::string& part) {
  const char* given = std::getenv("SPANLAB_FIXTURES");
  const std::filesystem::path root = given ? std::filesystem::path(given) : shared_folder() / "fixtures";
  const std::filesystem::path folder = part.empty() ? root : root / part;
  if (std::filesystem::exists(folder)) return folder;
  if (on_ci()) BOOST_FAIL("no fixtures at " + folder.string() + " (set SPANLAB_FIXTURES)");
  BOOST_TEST_MESSAGE("no fixtures at " << folder.string());
  return {};
}

bool data_sets_at_hand() {
  const std::filesystem::path root = shared_folder() / "datasets";
  if (std::filesystem::is_directory(root)) return true;
  BOOST_TEST(!on_ci(), "no data sets at " << root << " (set SPANLAB_SHARED)");
  BOOST_TEST_MESSAGE("no data sets at " << root);
  return false;
}

nlohmann::json read_json(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return nlohmann::json::parse(stream);
}

std::vector<nlohmann::json> read_json_lines(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  std::vector<nlohmann::json> lines;
  for (std::string line; std::getline(stream, line);) {
    if (!line.empty()) lines.push_back(nlohmann::json::parse(line));
  }
  return lines;
}

at::Tensor tensor_of(const nlohmann::json& lists) {
  if (!lists.front().is_array()) return at::tensor(lists.get<std::vector<double>>(), at::kDouble);
  std::vector<at::Tensor> rows;
  for (const nlohmann::json& row : lists) rows.push_back(tensor_of(row));
  return at::stack(rows);
}

std::vector<std::filesystem::path> cases(const std::string& folder) {
  std::vector<std::filesystem::path> found;
  std::filesystem::path root = fixtures_folder();
  if (root.empty() || !std::filesystem::is_directory(root / folder)) return found;
  for (const auto& entry : std::filesystem::directory_iterator(root / folder)) found.push_back(entry.path());
  std::ranges::sort(found);
  return found;
}

std::filesystem::path data_set_file(const std::string& name) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(shared_folder() / "datasets")) {
    if (entry.path().filename() == name) return entry.path();
  }
  return {};
}

Comparison::Comparison(std::string what) : what_(std::move(what)) {}

Comparison::~Comparison() {
  std::int64_t total = 0;
  for (const auto& [name, kind] : kinds_) {
    total += kind.values;
    std::string difference =
        kind.unit.empty() ? "" : fmt::format(", largest {} difference {:.3g}", kind.unit, kind.largest);
    std::cout << fmt::format("parity {}: {}: {} values{}\n", what_, name, kind.values, difference)
              << std::flush;
    for (const std::string& failure : kind.failures) BOOST_ERROR(what_ + ": " + name + ": " + failure);
  }
  BOOST_TEST(total > 0, what_ << ": nothing was compared");
}

void Comparison::record(const std::string& name, double difference, bool good, const std::string& place,
                        const char* unit) {
  Kind& kind = kinds_[name];
  ++kind.values;
  kind.unit = unit;
  if (!(difference <= kind.largest)) kind.largest = difference;
  if (!good && kind.failures.size() < 5)
    kind.failures.push_back(place + fmt::format(" (difference {:.3g})", difference));
}

void Comparison::absolute(const std::string& kind, double got, double expected, double tolerance,
                          const std::string& place) {
  double difference = std::abs(got - expected);
  record(kind, difference, difference <= tolerance, place, "absolute");
}

void Comparison::relative(const std::string& kind, double got, double expected, double tolerance,
                          double floor, const std::string& place) {
  double difference = std::abs(got - expected);
  bool good = difference <= std::max(tolerance * std::abs(expected), floor);
  record(kind, difference / std::max(std::abs(expected), floor / tolerance), good, place, "relative");
}

void Comparison::exact(const std::string& kind, bool equal, const std::string& place) {
  record(kind, equal ? 0 : 1, equal, place, "");
}

void Comparison::scaled(const std::string& kind, const at::Tensor& got, const at::Tensor& expected,
                        double tolerance, const std::string& place) {
  BOOST_REQUIRE_MESSAGE(got.sizes() == expected.sizes(), kind << " of " << place << ": shape " << got.sizes()
                                                              << ", expected " << expected.sizes());
  if (expected.numel() == 0) return;
  const at::Tensor a = got.detach().to(at::kDouble).contiguous(), b = expected.to(at::kDouble).contiguous();
  const double largest = std::max(1e-30, b.abs().max().item<double>());
  for (std::int64_t i = 0; i < b.numel(); ++i) {
    const double difference =
        std::abs(a.const_data_ptr<double>()[i] - b.const_data_ptr<double>()[i]) / largest;
    record(kind, difference, difference <= tolerance, place, "scaled");
  }
}

void Comparison::equal(const std::string& kind, const at::Tensor& got, const at::Tensor& expected,
                       const std::string& place) {
  BOOST_REQUIRE_MESSAGE(got.sizes() == expected.sizes(), kind << " of " << place << ": shape " << got.sizes()
                                                              << ", expected " << expected.sizes());
  const at::Tensor same = (got.detach().to(at::kDouble) == expected.to(at::kDouble)).contiguous();
  for (std::int64_t i = 0; i < same.numel(); ++i) exact(kind, same.const_data_ptr<bool>()[i], place);
}

}  // namespace spanlab::test
