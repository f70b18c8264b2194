// SPDX-License-Identifier: MIT
#pragma once

#define BOOST_TEST_DYN_LINK
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

namespace spanlab::test {

/// The checkout's root, for tests that read its own files.
inline std::filesystem::path source_folder() { return SPANLAB_SOURCE_FOLDER; }

/// `shared/` beside the checkout: data sets, fixtures. Its place can be given by $SPANLAB_SHARED.
inline std::filesystem::path shared_folder() {
  const char* given = std::getenv("SPANLAB_SHARED");
  return given ? std::filesystem::path(given) : source_folder().parent_path() / "shared";
}

/// What a file holds; one that cannot be read fails the test.
inline std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  BOOST_REQUIRE_MESSAGE(stream, "cannot read " << file);
  return {std::istreambuf_iterator<char>(stream), {}};
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
