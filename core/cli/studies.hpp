// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>

#include "cli/options.hpp"
#include "store/run_store.hpp"

namespace spanlab::cli {

/// Runs the script, applies the command line's overrides and resolves the plan. Throws Error(usage) with
/// every problem.
Plan plan_of_script(const boost::program_options::variables_map& options, const Context& context,
                    const Registry& registry, const CardIndex& cards);

/// Planning needs the cards alone; but where an encoder's folder is at hand, what lies there and its card
/// does not name is told before trials count as cached. Throws Error(data).
void check_encoders(const Plan& plan, const CardIndex& cards);

/// The current plan of STUDY in the store, which is a script (its study's name is taken) or a study's name.
Plan stored_plan(const std::string& study, const Context& context);

/// Options of commands that start trials: --jobs, --memory.
void declare_launch_options(boost::program_options::options_description& options);

/// Trials of a plan that are to be run although something is there already, and whether the others are left
/// alone.
struct Selection {
  std::set<std::string> again;
  bool only = false;
};

/// Checks what is to run, then runs it with progress on standard error; prints the table, writes the report,
/// suggests the next command. Nothing is stored where a check fails, which throws with all that was found.
ExitCode run_plan(const Plan& plan, const Selection& selection,
                  const boost::program_options::variables_map& options, const Context& context);

}  // namespace spanlab::cli
