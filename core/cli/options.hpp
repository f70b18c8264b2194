// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/run.hpp"
#include "cli/command.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::cli {

/// Options that every command has: --runs, --data-path, --plugin-path, --json, --quiet, --color, --help.
struct CommonOptions {
  app::Places places;
  bool json = false;
  bool quiet = false;
  bool help = false;  ///< stands here to be listed; who asks for help gets it before anything is read
  std::string color = "auto";
};
SPANLAB_API void declare_common(Arguments& arguments, CommonOptions& options);

/// Takes them over into `context`.
void apply_common(const CommonOptions& options, Context& context);

/// How an answer is printed.
enum class Format { text, markdown, json };

/// --format. `given` is what stood there.
void declare_format(Arguments& arguments, std::string& given);

/// The format that is asked for; --json asks for JSON too.
Format format_of(const std::string& given, const Context& context);

/// STUDY, and what commands that read its script have instead of its values: --set, --profile, --seeds,
/// --limit, --device.
void declare_script(Arguments& arguments, app::ScriptOptions& options);

/// Options of commands that start trials: --jobs, --memory, --stuck.
void declare_launch(Arguments& arguments, app::LaunchOptions& options);

/// `1,2,5..9` as numbers, in that order. Throws Error(usage) naming the part that is wrong, or a seed given
/// twice.
std::vector<std::int64_t> parse_seeds(const std::string& text);

/// `4G`, `512M`, `64K` or bytes. Throws Error(usage) naming `option`.
SPANLAB_API std::int64_t parse_size(const std::string& text, const std::string& option);

/// `90s`, `10m` or `2h`, from a second to a year. Throws Error(usage) naming `option`.
SPANLAB_API std::chrono::seconds parse_duration(const std::string& text, const std::string& option);

}  // namespace spanlab::host::cli
