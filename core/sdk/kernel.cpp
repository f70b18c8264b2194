// SPDX-License-Identifier: MIT
#include <ATen/Parallel.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <ATen/TensorIterator.h>
#include <ATen/ops/empty.h>
#include <c10/core/GradMode.h>

#include <algorithm>
#include <atomic>

#include "spanlab/kernel.hpp"

namespace spanlab {

namespace {

// LibTorch's own threads are reached through an iterator that runs inside its library: at::parallel_for in
// this file would need the very OpenMP runtime that LibTorch was built with.
void on_each_thread(std::int64_t threads, const std::function<void()>& work) {
  at::Tensor places = at::empty({threads}, at::kByte);
  at::TensorIterator iterator = at::TensorIterator::nullary_op(places);
  iterator.for_each(
      [&](char**, const std::int64_t*, std::int64_t count, std::int64_t rows) {
        for (std::int64_t i = 0; i < count * rows; ++i) work();
      },
      1);
}

}  // namespace

void parallel_tasks(std::int64_t count, const std::function<void(std::int64_t)>& task) {
  std::int64_t threads = at::in_parallel_region() ? 1 : std::min<std::int64_t>(count, at::get_num_threads());
  std::atomic<std::int64_t> next = 0;
  auto work = [&] {
    at::NoGradGuard no_gradient;
    // Operations need not even ask whether there are gradients.
    at::AutoDispatchBelowADInplaceOrView no_detour;
    for (std::int64_t i = next++; i < count; i = next++) task(i);
  };
  if (threads > 1) {
    on_each_thread(threads, work);
  } else {
    work();
  }
}

}  // namespace spanlab
