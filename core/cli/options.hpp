// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "data/card.hpp"
#include "plugin/registry.hpp"
#include "study/resolve.hpp"

namespace spanlab::cli {

/// The most processes or threads that a command may be told to start.
inline constexpr int kMostJobs = 1024;

/// Options that every command has: --runs, --data-path, --plugin-path, --json, --quiet, --color, --help.
boost::program_options::options_description common_options();

/// Takes the common options over into `context`.
void apply_common_options(const boost::program_options::variables_map& options, Context& context);

/// Options of commands that read a study, beside its script: --set, --profile, --seeds, --limit, --device.
void declare_study_options(boost::program_options::options_description& options);
Overrides study_options(const boost::program_options::variables_map& options);

/// `1,2,5..9` as numbers, in that order. Throws Error(usage) naming the part that is wrong, or a seed given
/// twice.
SPANLAB_API std::vector<std::int64_t> parse_seeds(const std::string& text);

/// `4G`, `512M`, `64K` or bytes. Throws Error(usage) naming `option`.
SPANLAB_API std::int64_t parse_size(const std::string& text, const std::string& option);

/// The value of a positional argument. Throws Error(usage) `expected STUDY` where it is missing.
std::string argument(const boost::program_options::variables_map& options, const std::string& name);

/// The components of all plugins on the search path of the command line.
inline Registry load_registry(const Context& context) {
  Registry registry;
  registry.load(plugin_folders(context.plugin_path));
  return registry;
}

/// The cards of data sets and models that the command line sees; `components` must outlive them.
inline CardIndex load_cards(const Context& context, const Registry& components) {
  return CardIndex(standard_locations(context.data_path), components);
}

}  // namespace spanlab::cli
