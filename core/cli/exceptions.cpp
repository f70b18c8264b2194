// SPDX-License-Identifier: MIT
#include <new>
#include <ostream>
#include <system_error>

#include "app/printed_command.hpp"
#include "cli/program.hpp"
#include "cli/text.hpp"
#include "sdk/problem_list.hpp"
#include "sdk/utf8.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::cli {

ExitCode report_exception(const Context& context) {
  std::ostream& err = context.err;
  try {
    throw;
  } catch (const Error& error) {
    for (const Problem& problem : error.problems()) {
      if (!is_count(problem)) {
        err << (problem.place.empty() ? "spanlab" : printable_lines(problem.place)) << ": ";
      }
      err << printable_lines(app::with_options(context.places, problem.message)) << '\n';
    }
    if (error.problems().size() > 1) err << number_of(error.problems()) << " errors\n";
    return exit_code_of(error.kind());
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

}  // namespace spanlab::host::cli
