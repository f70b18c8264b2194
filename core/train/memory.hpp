// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <new>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// Whether LibTorch says by this exception that there is no memory left. Its allocator for the processor
/// throws what it throws for all other faults, so that the text has to tell; nothing else looks at it.
SPANLAB_API bool says_out_of_memory(const std::exception& error);

/// Does what needs tensors. Where LibTorch finds no memory for them, std::bad_alloc comes out, as it does
/// where other memory is short.
template <typename Action>
auto memory_told(const Action& action) {
  try {
    return action();
  } catch (const std::exception& error) {
    if (says_out_of_memory(error)) throw std::bad_alloc();
    throw;
  }
}

}  // namespace spanlab::host
