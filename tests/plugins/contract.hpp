// SPDX-License-Identifier: MIT
#pragma once

#include <ATen/ATen.h>

#include <functional>
#include <string>
#include <vector>

#include "components.hpp"
#include "tasks/candidates.hpp"
#include "spanlab/head.hpp"
#include "test.hpp"

/// What the contract suite's parts share: what every registered component must keep, whatever it computes and
/// however it is set.
namespace spanlab::test::contract {

inline const Inventory kInventory{{{"Person", "", false}, {"Place", "", false}, {"Firm", "", false}},
                                  {{"In", "", false}, {"Near", "", true}}};

/// Three sentences: two entities and a pair of two relations in two views, one entity, none.
std::vector<Sentence> sentences();

/// One setting of a component.
struct Variant {
  std::string name;  ///< what is not as by default; empty for the defaults
  Parameters parameters;
};

/// The defaults, and settings of a few parameters that put to use what they leave idle; over each of these,
/// one after another, every choice of each text, every choice of each list alone, and both values of each
/// boolean. No two are the same; the defaults come first.
std::vector<Variant> variants(ComponentKind kind, const std::string& id);

/// Calls `check` with every variant of every registered component of a kind. It says false of one that it
/// found refused, which are then to be just these: `<component> <variant>`.
void check_all(ComponentKind kind, const std::function<bool(const std::string& id, const Parameters&)>& check,
               const std::vector<std::string>& refused);

/// False if `function` ends in Error(usage): that is no use of the component. Another error of its kind fails
/// the test.
bool supports(const std::function<void()>& function);

void check_equal(const at::Tensor& a, const at::Tensor& b, const std::string& what);
void check_same_weights(torch::nn::Module& a, torch::nn::Module& b);
/// A gradient of `sum` reaches every trained parameter.
void check_gradients(torch::nn::Module& module, const at::Tensor& sum);

/// A sum that no symmetry of the values makes constant.
at::Tensor weighted(const at::Tensor& values);

/// Candidates of random features over the sentences, one unit a word.
struct CandidateScene {
  CandidateScene();
  CandidateScene(const CandidateScene&) = delete;
  /// Those of a head, or none at all.
  Candidates candidates(HeadKind kind, bool any) const;

  std::vector<Sentence> all = sentences();
  std::vector<EncodedSentence> encoded;
  std::vector<Item> items;
  std::vector<const Annotation*> gold;
  Batch batch;
  Features features;
};

}  // namespace spanlab::test::contract
