// SPDX-License-Identifier: MIT
#include "report/vega.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>

#include "files/resources.hpp"
#include "files/files.hpp"
#include "spanlab/error.hpp"

extern char** environ;

namespace spanlab::host {
namespace {

namespace fs = std::filesystem;

/// The checkout keeps what set-up made in .cache and .venv, an installation beside the cards.
fs::path first_existing(const std::vector<fs::path>& files) {
  auto found = std::ranges::find_if(files, [](const fs::path& file) { return fs::exists(file); });
  return found == files.end() ? fs::path() : *found;
}

/// Runs a program and waits for it; its exit status and the end of what it wrote to standard error.
std::pair<int, std::string> run(std::vector<std::string> command) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return {-1, "no pipe"};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_addclose(&actions, ends[0]);
  posix_spawn_file_actions_addclose(&actions, ends[1]);
  std::vector<char*> words;
  for (std::string& word : command) words.push_back(word.data());
  words.push_back(nullptr);
  pid_t child = 0;
  int error = posix_spawnp(&child, words[0], &actions, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  std::string said;
  std::array<char, 4096> buffer{};
  for (ssize_t n; error == 0 && (n = read(ends[0], buffer.data(), buffer.size())) > 0;)
    said.append(buffer.data(), static_cast<std::size_t>(n));
  close(ends[0]);
  int status = -1;
  if (error == 0) waitpid(child, &status, 0);
  return {error == 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1, said};
}

std::string last_line(const std::string& text) {
  std::size_t end = text.find_last_not_of('\n');
  if (end == text.npos) return "it said nothing";
  std::size_t begin = text.rfind('\n', end);
  return text.substr(begin == text.npos ? 0 : begin + 1, end - (begin == text.npos ? 0 : begin + 1) + 1);
}

}  // namespace

std::string vega_bundle() {
  try {
    const fs::path resources = resource_folder(), name = "vega/vega-bundle.js";
    const fs::path file = first_existing({resources / name, resources / ".cache" / name});
    return file.empty() ? "" : read_file(file);
  } catch (const Error&) {
    return "";
  }
}

std::string draw_charts(const fs::path& folder) {
  const std::string cure = "; 'scripts/setup' installs what draws them";
  try {
    fs::path resources = resource_folder();
    fs::path script = resources / "scripts/vega.py";
    fs::path python = first_existing({resources / ".venv/bin/python"});
    if (!fs::exists(script)) return "scripts/vega.py is missing" + cure;
    const std::string program = python.empty() ? "python3" : python.string();
    const auto [status, said] = run({program, script.string(), "missing", folder.string()});
    return status == 0 ? "" : last_line(said) + cure;
  } catch (const Error& error) {
    return error.what() + cure;
  }
}

}  // namespace spanlab::host
