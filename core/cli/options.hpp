// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "data/card.hpp"
#include "plugin/registry.hpp"

namespace spanlab::cli {

/// Options that every command has: --runs, --data-path, --plugin-path, --json, --quiet, --color, --help.
boost::program_options::options_description common_options();

/// Takes the common options over into `context`.
void apply_common_options(const boost::program_options::variables_map& options, Context& context);

/// What shapes a plan beside its script: --set, --profile, --seeds, --limit, --device.
struct StudyOptions {
  std::vector<std::string> set;                     ///< `path=value`, as given
  std::optional<std::string> profile;
  std::optional<std::vector<std::int64_t>> seeds;
  std::optional<std::int64_t> limit;                ///< sentences per split
  std::string device = "cpu";
};

/// For commands that read a study.
void declare_study_options(boost::program_options::options_description& options);
StudyOptions study_options(const boost::program_options::variables_map& options);

/// `1,2,5..9` as numbers, in that order. Throws Error(usage) naming the part that is wrong, or a seed given twice.
SPANLAB_API std::vector<std::int64_t> parse_seeds(const std::string& text);

/// The value of a positional argument. Throws Error(usage) `expected STUDY` where it is missing.
std::string argument(const boost::program_options::variables_map& options, const std::string& name);

/// The components of all plugins on the search path of the command line.
inline Registry load_registry(const Context& context) {
  Registry registry;
  registry.load(plugin_folders(context.plugin_path));
  return registry;
}

/// The cards of data sets and models that the command line sees.
inline CardIndex load_cards(const Context& context) { return CardIndex(standard_locations(context.data_path)); }

}  // namespace spanlab::cli
