// SPDX-License-Identifier: MIT
#include "run/trial_command.hpp"

#include <cstdlib>

namespace spanlab::host {

namespace {

// Threads of a trial that wait for each other spin before they sleep, by default for many milliseconds.
// Where other programs want the cores, the thread that is waited for gets no turn meanwhile; where none
// does, about a millisecond is as good.
std::vector<std::string> waiting() {
  if (std::getenv("OMP_WAIT_POLICY")) return {};
  return {"GOMP_SPINCOUNT=30000"};
}

std::vector<std::string> arguments_of(const TrialCommand& command, const LaunchSetup& setup) {
  std::vector<std::string> list{"trial",     command.hash,
                                "--attempt", std::to_string(command.attempt),
                                "--threads", std::to_string(command.threads),
                                "--device",  command.device,
                                "--lock",    std::to_string(command.lock),
                                "--runs",    std::filesystem::absolute(command.runs).string()};
  if (!setup.program_identity.empty()) list.insert(list.end(), {"--program", setup.program_identity});
  if (setup.memory > 0) list.insert(list.end(), {"--memory", std::to_string(setup.memory)});
  add_search_paths(list, setup);
  return list;
}

}  // namespace

ChildSetup trial_child(const TrialCommand& command, const LaunchSetup& setup,
                       const std::filesystem::path& log, const std::vector<int>& cores) {
  return {.program = setup.program,
          .arguments = arguments_of(command, setup),
          .log = log,
          .cores = cores,
          .inherited = {command.lock},
          .environment = waiting()};
}

void add_search_paths(std::vector<std::string>& arguments, const LaunchSetup& setup) {
  for (const std::string& path : setup.plugin_path) {
    arguments.insert(arguments.end(), {"--plugin-path", path});
  }
  for (const std::string& path : setup.data_path) arguments.insert(arguments.end(), {"--data-path", path});
}

}  // namespace spanlab::host
