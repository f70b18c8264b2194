// SPDX-License-Identifier: MIT
#include "files/new_folder.hpp"

#include <fmt/format.h>

#include "files/files.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace fs = std::filesystem;

namespace {

fs::path without_slash(const fs::path& target) {
  const fs::path whole = fs::absolute(target).lexically_normal();
  return whole.has_filename() ? whole : whole.parent_path();
}

}  // namespace

NewFolder::NewFolder(const fs::path& target, std::string_view place)
    : target_(without_slash(target)), draft_(temporary_name(target_)) {
  std::error_code ignored;
  const bool is_free = !fs::exists(fs::symlink_status(target_, ignored)) ||
                       (fs::is_directory(target_, ignored) && fs::is_empty(target_, ignored));
  if (!is_free) {
    throw Error(ErrorKind::usage, std::string(place),
                fmt::format("{} exists and is not empty: name a new folder", target.string()));
  }
}

NewFolder::~NewFolder() {
  std::error_code ignored;
  fs::remove_all(draft_, ignored);
}

void NewFolder::write(const fs::path& file, std::string_view text) {
  make_folder((draft_ / file).parent_path());
  replace_file(draft_ / file, text, Durability::synced);
}

void NewFolder::keep() {
  std::error_code error;
  fs::rename(draft_, target_, error);  // an empty folder gives way
  if (error) {
    throw Error(ErrorKind::environment, target_.string(), fmt::format("cannot be made: {}", error.message()));
  }
  sync_folder(target_.parent_path());
}

}  // namespace spanlab::host
