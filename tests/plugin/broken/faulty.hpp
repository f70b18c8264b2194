// SPDX-License-Identifier: MIT
#pragma once

#include <stdexcept>
#include <string>

#include "encoders.hpp"
#include "heads.hpp"
#include "losses.hpp"
#include "readers.hpp"
#include "samplers.hpp"

// Components of each kind that come to an end in one of their functions.

namespace broken {

enum class Fault { throws, crashes, hangs };

/// Where and how it comes to an end.
struct Strike {
  Fault fault;
  std::string function;

  void at(const char* here) const {
    if (function != here) return;
    if (fault == Fault::throws) throw std::runtime_error("no luck");
    volatile int turn = 0;
    while (fault == Fault::hangs) turn = 1 - turn;
    volatile int* nowhere = nullptr;
    *nowhere = 1;
  }
};

struct FaultyHead : GoodHead {
  FaultyHead(const HeadSetup& setup, const Strike& strike) : GoodHead(setup), strike_(strike) {
    strike_.at("factory");
  }
  std::vector<OutputShape> do_outputs() const override {
    strike_.at("outputs");
    return GoodHead::do_outputs();
  }
  at::Tensor scores(const at::Tensor& states, Pass& pass) override {
    strike_.at("forward");
    return GoodHead::scores(states, pass);
  }
  std::vector<Decision> do_decode(const Outputs& outputs, const Candidates& candidates) const override {
    strike_.at("decode");
    return GoodHead::do_decode(outputs, candidates);
  }
  Strike strike_;
};

struct FaultyLoss : GoodLoss {
  FaultyLoss(const LossSetup& setup, const Strike& strike) : GoodLoss(setup), strike_(strike) {
    strike_.at("factory");
  }
  bool do_accepts(std::int64_t columns, std::int64_t types) const override {
    strike_.at("accepts");
    return GoodLoss::do_accepts(columns, types);
  }
  at::Tensor values(const LossInput& input) override {
    strike_.at("forward");
    return GoodLoss::values(input);
  }
  Strike strike_;
};

struct FaultySampler : GoodSampler {
  FaultySampler(const SamplerSetup& setup, const Strike& strike) : GoodSampler(setup), strike_(strike) {
    strike_.at("factory");
  }
  bool takes(Generator& generator) const override {
    strike_.at("sample_spans");
    return GoodSampler::takes(generator);
  }
  std::vector<Span> do_evaluation_spans(const Sentence& sentence) const override {
    strike_.at("evaluation_spans");
    return GoodSampler::do_evaluation_spans(sentence);
  }
  Strike strike_;
};

struct FaultyLabeler : GoodLabeler {
  FaultyLabeler(const LabelerSetup& setup, const Strike& strike) : GoodLabeler(setup), strike_(strike) {
    strike_.at("factory");
  }
  float target() const override {
    strike_.at("label_spans");
    return GoodLabeler::target();
  }
  Strike strike_;
};

struct FaultyEncoder : GoodEncoder {
  FaultyEncoder(const EncoderSetup& setup, const Strike& strike) : GoodEncoder(setup), strike_(strike) {
    strike_.at("factory");
  }
  std::int64_t do_width() const override {
    strike_.at("width");
    return GoodEncoder::do_width();
  }
  std::int64_t id(const std::string& word) const override {
    strike_.at("encode");
    return GoodEncoder::id(word);
  }
  Features do_forward(const Batch& batch, Pass& pass) override {
    strike_.at("forward");
    return GoodEncoder::do_forward(batch, pass);
  }
  Strike strike_;
};

struct FaultyReader : GoodReader {
  FaultyReader(const Parameters& parameters, const Strike& strike) : GoodReader(parameters), strike_(strike) {
    strike_.at("factory");
  }
  std::vector<Sentence> do_read(const ReaderInput& input, LeftOut& left_out,
                                std::vector<Problem>& problems) const override {
    strike_.at("read");
    return GoodReader::do_read(input, left_out, problems);
  }
  Strike strike_;
};

}  // namespace broken
