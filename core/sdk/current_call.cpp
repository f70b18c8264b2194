// SPDX-License-Identifier: MIT
#include "sdk/current_call.hpp"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <vector>

#include "sdk/crash_handler.hpp"
#include "sdk/descriptor.hpp"
#include "sdk/utf8.hpp"

namespace spanlab::host {

namespace {

constexpr std::uint32_t kLevels = 4;  // of calls within calls; deeper ones are not told
constexpr std::size_t kThreads = 64;  // more do not mark their calls
constexpr std::size_t kMostCallsTold = 3;

struct Level {
  std::array<char, 480> component;
  std::array<char, 32> function;
};

// Only its thread writes. A text is written before `depth` says that it is there, and `depth` goes back
// before the text is written over: whenever the process ends, the texts below `depth` are whole.
struct alignas(64) Slot {
  std::atomic<bool> taken;
  std::atomic<std::uint32_t> depth;
  std::atomic<std::uint64_t> finished;
  std::array<Level, kLevels> levels;
};

// All zero is a page without calls: what a fresh mapping is.
struct Page {
  std::atomic<bool> used;
  std::atomic<std::uint32_t> crashed;  // number of the slot, from 1
  std::array<Slot, kThreads> slots;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

// A signal handler can reach nothing else.
Page own_page;
std::atomic<Page*> current_page{&own_page};

// The library is there from the start, so that these need no memory when a thread first asks for them.
[[gnu::tls_model("initial-exec")]] thread_local Page* slot_page = nullptr;
[[gnu::tls_model("initial-exec")]] thread_local Slot* slot = nullptr;

// Gives the slot back when its thread ends, but not where a call ends the process: then it is what to tell.
struct SlotReturn {
  ~SlotReturn() {
    if (slot && slot->depth.load(std::memory_order_relaxed) == 0) slot->taken.store(false);
    slot = nullptr;
  }
};

[[gnu::noinline]] Slot* claim_slot(Page* page) noexcept {
  static thread_local SlotReturn returned;
  static_cast<void>(returned);
  slot_page = page;
  slot = nullptr;
  give_thread_a_crash_stack();
  for (Slot& one : page->slots) {
    if (one.taken.load(std::memory_order_relaxed) || one.taken.exchange(true)) continue;
    one.depth.store(0);
    return slot = &one;
  }
  return nullptr;
}

Slot* this_slot() noexcept {
  Page* page = current_page.load(std::memory_order_relaxed);
  return slot_page == page ? slot : claim_slot(page);
}

// Of a text that is too long, its beginning and its end: a component, and the name of its file.
template <std::size_t N>
void copy(std::array<char, N>& to, std::string_view text) noexcept {
  constexpr std::string_view kGap = "...";
  constexpr std::size_t kEnd = N / 2;
  if (text.size() < N) {
    std::memcpy(to.data(), text.data(), text.size());
    to[text.size()] = '\0';
    return;
  }
  const std::size_t begin = N - 1 - kGap.size() - kEnd;
  char* at = std::copy_n(text.data(), begin, to.data());
  at = std::ranges::copy(kGap, at).out;
  at = std::ranges::copy(text.substr(text.size() - kEnd), at).out;
  *at = '\0';
}

const Level* innermost(const Slot& one) {
  const std::uint32_t depth = std::min(one.depth.load(std::memory_order_acquire), kLevels);
  return depth == 0 ? nullptr : &one.levels[depth - 1];
}

std::string text_of(const Level& level) {
  return valid_utf8(fmt::format(" in {}, {}", level.component.data(), level.function.data()));
}

}  // namespace

CurrentCall::CurrentCall(std::string_view component, const char* function) noexcept {
  Slot* const one = this_slot();
  if (!one) return;
  const std::uint32_t depth = one->depth.load(std::memory_order_relaxed);
  if (depth < kLevels) {
    copy(one->levels[depth].component, component);
    copy(one->levels[depth].function, function);
  }
  one->depth.store(depth + 1, std::memory_order_release);
}

CurrentCall::~CurrentCall() {
  Slot* const one = slot;
  if (!one) return;
  one->finished.store(one->finished.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  one->depth.store(one->depth.load(std::memory_order_relaxed) - 1, std::memory_order_release);
  std::atomic_signal_fence(std::memory_order_seq_cst);
}

CallPage::CallPage() : descriptor_(memfd_create("spanlab calls", MFD_CLOEXEC)) {
  if (descriptor_ < 0 || ftruncate(descriptor_, sizeof(Page)) != 0) {
    const int reason = errno;
    if (descriptor_ >= 0) close(descriptor_);
    refuse("a page of memory", "cannot be made", reason);
  }
  map();
}

CallPage::CallPage(int descriptor) : descriptor_(descriptor) { map(); }

CallPage::~CallPage() {
  if (!kept_) munmap(page_, sizeof(Page));
  close(descriptor_);
}

void CallPage::map() {
  page_ = mmap(nullptr, sizeof(Page), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor_, 0);
  if (page_ != MAP_FAILED) return;
  const int reason = errno;
  close(descriptor_);
  refuse("a page of memory", "cannot be shared", reason);
}

void CallPage::use() {
  kept_ = true;
  current_page = static_cast<Page*>(page_);
  current_page.load()->used = true;
}

bool CallPage::is_used() const { return static_cast<const Page*>(page_)->used; }

std::uint64_t CallPage::finished_calls() const {
  std::uint64_t sum = 0;
  for (const Slot& one : static_cast<const Page*>(page_)->slots) sum += one.finished;
  return sum;
}

std::string CallPage::last_calls() const {
  const Page& page = *static_cast<const Page*>(page_);
  const std::uint32_t crashed = page.crashed;
  std::vector<std::string> calls;
  for (std::size_t i = 0; i < kThreads; ++i) {
    if (crashed > 0 && crashed != i + 1) continue;
    const Level* level = innermost(page.slots[i]);
    if (!level) continue;
    std::string text = text_of(*level);
    if (std::ranges::find(calls, text) == calls.end()) calls.push_back(std::move(text));
  }
  if (calls.empty()) return "";
  const std::size_t more = calls.size() - std::min(calls.size(), kMostCallsTold);
  calls.resize(calls.size() - more);
  return fmt::format("{}{}", fmt::join(calls, ", or"), more ? fmt::format(", or {} more", more) : "");
}

void note_crash() noexcept {
  Page* const page = current_page.load();
  if (slot_page != page || !slot || !innermost(*slot)) return;
  std::uint32_t none = 0;
  page->crashed.compare_exchange_strong(none, static_cast<std::uint32_t>(slot - page->slots.data()) + 1);
}

CallText this_threads_call() noexcept {
  if (slot_page != current_page.load() || !slot) return {};
  const Level* level = innermost(*slot);
  return level ? CallText{level->component.data(), level->function.data()} : CallText{};
}

bool is_watched() noexcept { return current_page.load() != &own_page; }

}  // namespace spanlab::host
