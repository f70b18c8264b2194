// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "spanlab/export.hpp"

// The contract suite: what every component has to keep, whatever it computes, asked of made-up batches. It is
// what `spanlab plugin check` runs, for an author's own tests: link `spanlab::contract`, or let
// spanlab_add_contract_test() register the command as a test.

namespace spanlab::contract {

/// How an item ended for a component.
enum class Verdict {
  passed,
  warned,          ///< worth knowing, and no fault
  failed,          ///< the message says what was expected and what was found
  not_applicable,  ///< the message says why
  not_run          ///< something before it failed; the message says what
};

/// `passed`, `warned`, `failed`, `not applicable`, `not run`.
SPANLAB_API std::string to_text(Verdict verdict);

/// What came of one item of the suite.
struct Result {
  std::string component;  ///< `sampler/uniform`; the plugin's file for what is asked of the file itself
  std::string item;       ///< as `gradients`
  Verdict verdict = Verdict::passed;
  std::string message = {};  ///< empty where there is nothing to say
  double seconds = 0;
};

/// What is checked, and with what.
struct Request {
  std::filesystem::path plugin;                     ///< a library, or a folder of them
  std::vector<std::string> components = {};         ///< KIND/ID, or ids; empty: all that it registers
  std::uint64_t seed = 1;                           ///< of sentences, candidates and numbers
  std::vector<std::filesystem::path> plugins = {};  ///< where the components that it builds on may be
  std::vector<std::string> data = {};               ///< folders of cards, for files that a reader can read
};

/// Loads the plugin into this process and checks its components one after the other. What ends the process
/// ends it; `spanlab plugin check` does the same in a process of its own. A plugin that cannot be loaded is a
/// result, of the item `loads`. Throws Error(usage) for a component that it does not have.
SPANLAB_API std::vector<Result> check(const Request& request);

/// Whether nothing failed, and nothing was left out because of a failure.
SPANLAB_API bool holds(const std::vector<Result>& results);

}  // namespace spanlab::contract
