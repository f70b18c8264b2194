// SPDX-License-Identifier: MIT
// A loss that ends its process, or never gives an answer, in its registration (SPANLAB_TEST_REGISTRATION),
// its factory or its work.
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace {

// What is above stays in use, or the compiler would make a loop of it.
[[gnu::noinline]] int fill_the_stack(int depth, const volatile int& deepest, const volatile char* above) {
  volatile char much[4096] = {};
  if (depth == deepest) return *above;
  return fill_the_stack(depth + 1, deepest, much) + much[depth % 4096];
}

void act(const std::string& what) {
  volatile int* volatile nowhere = nullptr;
  if (what == "segv") *nowhere = 1;
  if (what == "abort") std::abort();
  if (what == "terminate") std::terminate();
  if (what == "exit") std::exit(0);
  if (what == "_exit") _exit(7);
  if (what == "kill") std::raise(SIGKILL);  // as the system does where memory runs out
  if (what == "throw") throw std::runtime_error("it gives up");
  if (what == "number") throw 7;
  volatile int deepest = 1 << 30;
  if (what == "stack") fill_the_stack(0, deepest, nullptr);
  if (what == "thread") std::thread([&] { fill_the_stack(0, deepest, nullptr); }).join();
  std::vector<std::unique_ptr<char[]>> eaten;
  while (what == "eat") eaten.push_back(std::make_unique_for_overwrite<char[]>(64 << 20));
  while (what == "hang") deepest = deepest + 1;
}

class Contained : public spanlab::Loss {
 public:
  explicit Contained(std::string act) : act_(std::move(act)) {}
  spanlab::LossValues do_forward(const spanlab::LossInput& input) override {
    act(act_);
    return {input.scores.square().sum(1), {}};
  }
  bool do_accepts(std::int64_t, std::int64_t) const override { return true; }

 private:
  std::string act_;
};

}  // namespace

SPANLAB_PLUGIN("contained", "1.0", "the tests") {
  const char* registration = std::getenv("SPANLAB_TEST_REGISTRATION");
  act(registration ? registration : "none");
  spanlab::Schema schema;
  schema.text("factory", "none", "what its factory does");
  schema.text("work", "none", "what it does in training");
  registrar.loss(
      {.id = "contained", .summary = "sum of squares, and worse", .schema = schema, .results_version = 1},
      [](const spanlab::Parameters& p, const spanlab::LossSetup&) {
        act(p.text("factory"));
        return std::make_unique<Contained>(p.text("work"));
      });
}
