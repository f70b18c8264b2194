// SPDX-License-Identifier: MIT
// Components whose faults are told to be of every kind, in factories and in training: for who is to blame in
// a run.
#include <ATen/ATen.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

#include "spanlab/encoder.hpp"
#include "spanlab/error.hpp"
#include "spanlab/loss.hpp"
#include "spanlab/plugin.hpp"

namespace {

using spanlab::Error;
using spanlab::ErrorKind;

void act(const std::string& what) {
  if (what == "plugin") throw Error(ErrorKind::plugin, "", "it says that the plugin is wrong");
  if (what == "environment") throw Error(ErrorKind::environment, "", "it says that the machine is wrong");
  if (what == "data") throw Error(ErrorKind::data, "", "it says that the data are wrong");
  if (what == "usage") throw Error(ErrorKind::usage, "", "it says that the study is wrong");
  if (what == "throw") throw std::runtime_error("it gives up");
  if (what == "number") throw 7;
  if (what == "segv") std::raise(SIGSEGV);
  if (what == "exit0") _exit(0);
  if (what == "exit3") _exit(3);
  if (what == "exit4") _exit(4);
  // Hears no signal, as a loop in a library that knows none does.
  while (what == "busy") {
    volatile int turns = 1000;
    while (turns > 0) turns = turns - 1;
  }
}

class OwnFaults : public spanlab::Loss {
 public:
  explicit OwnFaults(std::string in_training) : in_training_(std::move(in_training)) {}
  spanlab::LossValues do_forward(const spanlab::LossInput& input) override {
    act(in_training_);
    return {input.scores.square().sum(1), {}};
  }
  bool do_accepts(std::int64_t columns, std::int64_t) const override {
    return in_training_ != "misfit" || columns < 0;
  }

 private:
  std::string in_training_;
};

// Knows words by their length, and nothing of adversaries.
class Deaf : public spanlab::Encoder {
 public:
  explicit Deaf(std::string in_encode) : in_encode_(std::move(in_encode)) {
    table_ = register_parameter("table", at::ones({32, 4}));
  }
  std::int64_t do_width() const override { return 4; }
  spanlab::EncodedSentence do_encode(const spanlab::Sentence& sentence) const override {
    act(in_encode_);
    spanlab::EncodedSentence encoded;
    for (const std::string& word : sentence.words) {
      const auto unit = static_cast<std::int64_t>(encoded.ids.size());
      encoded.ids.push_back(static_cast<std::int64_t>(word.size() % 32));
      encoded.words.push_back({unit, unit + 1});
    }
    return encoded;
  }
  spanlab::Features do_forward(const spanlab::Batch& batch, spanlab::Pass&) override {
    const at::Tensor units = table_.index_select(0, batch.ids);
    const std::vector<std::int64_t> first(batch.unit_offsets.begin(), batch.unit_offsets.end() - 1);
    return {units, units.index_select(0, at::tensor(first))};
  }

 private:
  std::string in_encode_;
  at::Tensor table_;
};

}  // namespace

SPANLAB_PLUGIN("own_faults", "1.0", "the tests") {
  spanlab::Schema schema;
  schema.text("factory", "none", "what its factory does");
  schema.text("training", "none", "what it does in training");
  registrar.loss(
      {.id = "own_faults", .summary = "sum of squares, and faults", .schema = schema, .results_version = 1},
      [](const spanlab::Parameters& p, const spanlab::LossSetup&) {
        act(p.text("factory"));
        return std::make_unique<OwnFaults>(p.text("training"));
      });
  spanlab::Schema deaf;
  deaf.text("encode", "none", "what it does when it reads a sentence");
  registrar.encoder(
      {.id = "deaf", .summary = "lengths of words, and faults", .schema = deaf, .results_version = 1},
      [](const spanlab::Parameters& p, const spanlab::EncoderSetup&) {
        return std::make_shared<Deaf>(p.text("encode"));
      });
}
