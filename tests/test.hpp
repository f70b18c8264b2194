// SPDX-License-Identifier: MIT
#pragma once

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>

#include "host.hpp"

namespace spanlab::test {

/// The checkout's root, for tests that read its own files.
inline std::filesystem::path source_folder() { return SPANLAB_SOURCE_FOLDER; }

/// `shared/` beside the checkout: data sets, fixtures. Its place can be given by $SPANLAB_SHARED.
inline std::filesystem::path shared_folder() {
  const char* given = std::getenv("SPANLAB_SHARED");
  return given ? std::filesystem::path(given) : source_folder().parent_path() / "shared";
}

/// Whether what is missing fails a test instead of passing it over: on CI everything is at hand.
inline bool on_ci() {
  const char* ci = std::getenv("CI");
  return ci && std::string(ci) == "true";
}

/// A folder that exists as long as this object.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "spanlab-test-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("cannot make " + name);
    path_ = name;
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace spanlab::test
