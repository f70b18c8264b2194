// SPDX-License-Identifier: MIT
#pragma once

#include "components.hpp"
#include "model/setup.hpp"
#include "tiny_bert.hpp"
#include "host.hpp"

namespace spanlab::test {

/// The model of one of the four papers, small, over a made-up BERT.
struct Paper {
  std::string name;
  nlohmann::json configuration;
  Labels labels;
  std::vector<Sentence> sentences;  ///< of 1 to 9 words, in no order; without annotation
};

/// SpERT, SpERT.MT, label variation with two views, deeper task-specificity.
std::vector<Paper> papers();

/// A fresh model of a paper; a trained one is `moved`: all its trained weights, so that it finds entities and
/// relations.
std::shared_ptr<Model> fresh(const Paper& paper, const TinyBert& bert, std::uint64_t seed);
std::shared_ptr<Model> moved(const Paper& paper, const TinyBert& bert);

}  // namespace spanlab::test
