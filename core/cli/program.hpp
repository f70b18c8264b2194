// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host::cli {

/// The whole program: reads the command line, runs the command and returns the exit code. Everything that is
/// thrown becomes lines on standard error and a code; a reader that closed standard output early is no error.
SPANLAB_API int main_of(int argc, char** argv);

/// The same with given streams: `arguments` without the program's name.
SPANLAB_API ExitCode run_program(const std::vector<std::string>& arguments, Context& context);

/// Says on the context's `err` what was thrown (called inside a catch block) and returns its exit code.
ExitCode report_exception(const Context& context);

}  // namespace spanlab::host::cli
