// SPDX-License-Identifier: MIT
#pragma once

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/variables_map.hpp>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace spanlab::cli {

/// 0 done, 1 some trials failed, 2 usage or script, 3 plugin, 4 data, 5 environment, 130 interrupted and
/// resumable.
enum class ExitCode {
  done = 0,
  trials_failed = 1,
  usage = 2,
  plugin = 3,
  data = 4,
  environment = 5,
  interrupted = 130
};

/// What every command gets: streams and the common flags.
struct Context {
  std::ostream& out;              ///< data
  std::ostream& err;              ///< progress and diagnostics
  std::filesystem::path program;  ///< this executable, to start trial processes with
  std::filesystem::path runs = "runs";
  std::vector<std::string> plugin_path;
  std::vector<std::string> data_path;
  std::vector<std::string> arguments;  ///< the whole command line, for messages
  bool json = false;
  bool quiet = false;
  bool color = false;      ///< on `out`
  bool err_color = false;  ///< on `err`
  int columns = 80;        ///< of the terminal on standard output
};

/// One subcommand. Errors leave `run` as exceptions; main turns them into messages and exit codes.
class Command {
 public:
  virtual ~Command() = default;
  virtual std::string name() const = 0;                   ///< `run`; `data list` for two words
  virtual std::string synopsis() const = 0;               ///< `STUDY.lua [--jobs N]`
  virtual std::string summary() const = 0;                ///< one line
  virtual std::vector<std::string> examples() const = 0;  ///< two
  virtual bool hidden() const { return false; }           ///< not listed in --help
  /// Adds its own options (the common ones are there already) and names its positional arguments.
  virtual void declare(boost::program_options::options_description& options,
                       boost::program_options::positional_options_description& positional) const = 0;
  virtual ExitCode run(const boost::program_options::variables_map& options, Context& context) const = 0;
};

}  // namespace spanlab::cli
