// SPDX-License-Identifier: MIT
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <ostream>
#include <thread>

#include "cli/commands.hpp"
#include "cli/options.hpp"
#include "spanlab/error.hpp"
#include "spanlab/input_file.hpp"
#include "files/file_lock.hpp"
#include "store/run_store.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::cli {

namespace po = boost::program_options;

namespace {

// A plugin may print anything; a terminal gets text.
void print_lines(std::string_view text, std::ostream& out) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out << printable(text.substr(0, end));
    if (end == text.npos) return;
    out << '\n';
    text.remove_prefix(end + 1);
  }
}

// Prints what the file has beyond `from`; returns where it ends now.
std::streamoff print_from(const std::filesystem::path& file, std::streamoff from, std::ostream& out) {
  check_input(file, ErrorKind::environment);
  std::ifstream in(file, std::ios::binary);
  in.seekg(from);
  const std::string bytes(std::istreambuf_iterator<char>(in), {});
  if (isatty(STDOUT_FILENO) == 0)
    out << bytes;
  else
    print_lines(bytes, out);
  out << std::flush;
  return from + static_cast<std::streamoff>(bytes.size());
}

class Logs : public Command {
 public:
  std::string name() const override { return "logs"; }
  std::string synopsis() const override { return "TRIAL [--follow] [--attempt N]"; }
  std::string summary() const override {
    return "the log of a trial, of its newest attempt unless told otherwise";
  }
  std::vector<std::string> examples() const override {
    return {"spanlab logs 1a2b3c4d", "spanlab logs 1a2b3c4d -f"};
  }
  void declare(po::options_description& options,
               po::positional_options_description& positional) const override {
    auto add = options.add_options();
    add("trial", po::value<std::string>());
    add("follow,f", po::bool_switch(), "go on printing until the trial ends");
    add("attempt", po::value<std::int64_t>()->value_name("N"), "which attempt (default: the newest)");
    positional.add("trial", 1);
  }
  ExitCode run(const po::variables_map& options, Context& context) const override {
    RunStore store(context.runs);
    std::string hash = store.find_trial(argument(options, "trial"));
    std::filesystem::path file = attempt(store, hash, options).folder / "log.txt";
    std::streamoff at = print_from(file, 0, context.out);
    if (!options["follow"].as<bool>()) return ExitCode::done;
    for (bool open = true; open && context.out;) {
      open = is_file_locked(store.trial_lock(hash));  // asked first: what came before the end is printed then
      at = print_from(file, at, context.out);
      if (open) std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    return ExitCode::done;
  }

 private:
  static Attempt attempt(const RunStore& store, const std::string& hash, const po::variables_map& options) {
    std::vector<Attempt> attempts = store.attempts(hash);
    if (attempts.empty()) throw Error(ErrorKind::usage, "trial " + hash.substr(0, 8), "it was not begun yet");
    if (!options.count("attempt")) return attempts.back();
    std::int64_t number = options["attempt"].as<std::int64_t>();
    for (const Attempt& one : attempts) {
      if (one.number == number) return one;
    }
    throw Error(ErrorKind::usage, "--attempt",
                fmt::format("trial {} has the attempts {} to {}, got {}", hash.substr(0, 8),
                            attempts.front().number, attempts.back().number, number));
  }
};

}  // namespace

std::unique_ptr<Command> logs_command() { return std::make_unique<Logs>(); }

}  // namespace spanlab::cli
