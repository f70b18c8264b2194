// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <new>
#include <string>

#include "spanlab/export.hpp"

namespace spanlab::host {

/// Whether LibTorch says by this exception that there is no memory left. Its allocator for the processor
/// throws what it throws for all other faults, so that the text has to tell; nothing else looks at it.
SPANLAB_API bool says_out_of_memory(const std::exception& error);

/// There was no memory for a component: says in which call.
class SPANLAB_API OutOfMemory : public std::bad_alloc {
 public:
  explicit OutOfMemory(std::string text) : text_(std::move(text)) {}
  /// `out of memory in loss/bce of /…/bce.so: forward()`.
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

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
