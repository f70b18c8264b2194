// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "contract/suite.hpp"
#include "spanlab/export.hpp"

namespace spanlab::host {

/// A plugin to be checked in processes of this program.
struct ContractJob {
  std::filesystem::path program;  ///< started as `PROGRAM contract --job FD`
  contract::Request request;
  std::chrono::seconds limit{0};  ///< that an item may take; 0: any time
  std::int64_t memory = 0;        ///< bytes that the process may have; 0: any
};

/// How it went.
struct ContractResult {
  std::vector<contract::Result> results;
  bool interrupted = false;  ///< by SIGINT, SIGTERM or SIGHUP
};

/// The contract suite in a process of its own. A component that ends it, or an item that does not end within
/// the limit, fails with what the process was in, and the next component has a new process. `told` gets each
/// result as it comes. Throws Error as the suite does.
SPANLAB_API ContractResult check_contract_apart(const ContractJob& job,
                                                const std::function<void(const contract::Result&)>& told);

/// The other side: reads the job from `descriptor`, and answers there.
SPANLAB_API void answer_contract(int descriptor);

}  // namespace spanlab::host
