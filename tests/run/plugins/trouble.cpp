// SPDX-License-Identifier: MIT
// A loss that gets into trouble on request: for what a run must survive.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <thread>
#include <vector>

#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace {

void eat_memory(const at::Tensor& like) {
  std::vector<at::Tensor> eaten;
  while (true) eaten.push_back(like.new_zeros({16 << 20}));
}

void wait_for(const std::string& file) {
  while (!std::filesystem::exists(file)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
}

class Trouble : public spanlab::Loss {
 public:
  Trouble(std::string act, std::string file) : act_(std::move(act)), file_(std::move(file)) {}

  spanlab::LossValues do_forward(const spanlab::LossInput& input) override {
    if (act_ == "abort") std::abort();
    if (act_ == "segv") std::raise(SIGSEGV);
    if (act_ == "kill") std::raise(SIGKILL);
    if (act_ == "eat") eat_memory(input.scores);
    if (act_ == "wait") wait_for(file_);
    if (act_ == "bytes") throw std::runtime_error("caf\xE9 \xFF gives up");
    if (act_ == "throw") throw std::runtime_error("the loss gives up");
    at::Tensor values = input.scores.square().sum(1);
    if (act_ == "nan") values = values.mul(std::numeric_limits<double>::quiet_NaN());
    return {values, {}};
  }

  bool do_accepts(std::int64_t, std::int64_t) const override { return true; }

 private:
  std::string act_;
  std::string file_;
};

}  // namespace

SPANLAB_PLUGIN("trouble", "1.0", "the tests") {
  spanlab::Schema schema;
  schema.text("act", "none", "what goes wrong")
      .choices({"none", "abort", "segv", "kill", "eat", "wait", "throw", "bytes", "nan"});
  schema.text("file", "", "what `wait` waits for");
  registrar.loss({.id = "trouble",
                  .summary = "sum of squares, and trouble",
                  .schema = schema,
                  .results_version = VERSION},
                 [](const spanlab::Parameters& p, const spanlab::LossSetup&) {
                   return std::make_unique<Trouble>(p.text("act"), p.text("file"));
                 });
}
