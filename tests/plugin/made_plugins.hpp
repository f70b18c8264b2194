// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "plugin/registry.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace fs = std::filesystem;

/// The plugins of made/, beside this program's folder in the build.
inline fs::path made(const std::string& name) {
  return fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "tests/plugins" / (name + ".so");
}

inline void write(const fs::path& file, std::string_view bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

inline bool code_has_run() { return std::getenv("SPANLAB_TEST_MARK") != nullptr; }

/// Loads a plugin that is named, with no mark left by an earlier one.
inline Registry load(const fs::path& file) {
  unsetenv("SPANLAB_TEST_MARK");
  Registry registry;
  registry.load(std::vector{file});
  return registry;
}

inline std::string refusal(const fs::path& file) {
  try {
    load(file);
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::plugin));
    BOOST_TEST(std::string(error.what()).starts_with(file.string()));
    return error.what();
  }
  BOOST_ERROR(file << " was not refused");
  return {};
}

inline void check_refused_unread(const fs::path& file, std::string_view reason) {
  const std::string text = refusal(file);
  BOOST_TEST(text.find(reason) != text.npos, text << " does not say: " << reason);
  BOOST_TEST(!code_has_run());
}

/// A folder for damaged copies.
struct PluginFolder {
  TemporaryFolder temporary;
  fs::path operator/(const std::string& name) const { return temporary.path() / name; }
};

}  // namespace spanlab::test
