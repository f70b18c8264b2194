// SPDX-License-Identifier: MIT
#include <new>
#include <ostream>
#include <system_error>

#include "cli/printed_command.hpp"
#include "cli/program.hpp"
#include "sdk/problem_list.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::cli {

namespace {

ExitCode code_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::usage:
      return ExitCode::usage;
    case ErrorKind::plugin:
      return ExitCode::plugin;
    case ErrorKind::data:
      return ExitCode::data;
    case ErrorKind::environment:
      return ExitCode::environment;
    case ErrorKind::trial:
      return ExitCode::trials_failed;
  }
  return ExitCode::environment;
}

// LibTorch appends its stack to the text of an exception; only the first line speaks to a user.
std::string first_line(std::string text) { return text.substr(0, text.find('\n')); }

// A name or a word of a file may hold what would move the terminal's cursor; lines are ours.
std::string printable_lines(std::string_view text) {
  std::string result;
  while (true) {
    const std::size_t end = text.find('\n');
    result += printable(text.substr(0, end));
    if (end == text.npos) return result;
    result += '\n';
    text.remove_prefix(end + 1);
  }
}

}  // namespace

ExitCode report_exception(const Context& context) {
  std::ostream& err = context.err;
  try {
    throw;
  } catch (const Error& error) {
    for (const Problem& problem : error.problems()) {
      if (!is_count(problem))
        err << (problem.place.empty() ? "spanlab" : printable_lines(problem.place)) << ": ";
      err << printable_lines(with_options(context, problem.message)) << '\n';
    }
    if (error.problems().size() > 1) err << number_of(error.problems()) << " errors\n";
    return code_of(error.kind());
  } catch (const std::bad_alloc&) {
    err << "spanlab: out of memory\n";
  } catch (const std::system_error& error) {
    err << "spanlab: " << printable(first_line(error.what())) << '\n';
  } catch (const std::exception& error) {
    err << "spanlab: unexpected: " << printable(first_line(error.what())) << '\n';
  } catch (...) {
    err << "spanlab: an exception of unknown type\n";
  }
  return ExitCode::environment;
}

}  // namespace spanlab::cli
