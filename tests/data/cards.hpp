// SPDX-License-Identifier: MIT
#pragma once

#include <dlfcn.h>
#include <cstdio>
#include <fstream>
#include <thread>

#include "data/card.hpp"
#include "files/checksum.hpp"
#include "files/resources.hpp"
#include "data/toml_file.hpp"
#include "spanlab/error.hpp"
#include "components.hpp"
#include "test.hpp"

namespace spanlab::test {

namespace fs = std::filesystem;

inline void write(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

inline DataLocations only(const fs::path& folder) { return {{folder}, {folder}, folder / "site.toml", {}}; }

inline std::string message_of(const std::function<void()>& action, ErrorKind kind) {
  try {
    action();
  } catch (const Error& error) {
    BOOST_CHECK(error.kind() == kind);
    return error.what();
  }
  BOOST_FAIL("no error");
  return "";
}

inline bool has(const std::string& text, const std::string& part) {
  BOOST_TEST_CONTEXT(text) { BOOST_TEST((text.find(part) != std::string::npos), "missing: " << part); }
  return true;
}

inline const std::string kGoodCard = R"(title = "Own"
licence = "none"
source = "none"
reader = "spert"
[evaluation]
primary = "strict"
[inventory.default]
entities = ["A"]
relations = ["R"]
[splits.train]
path = "x.json"
sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
)";

}  // namespace spanlab::test
