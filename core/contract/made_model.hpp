// SPDX-License-Identifier: MIT
#pragma once

#include "contract/subject.hpp"
#include "spanlab/encoder.hpp"

namespace spanlab::host::suite {

/// Writes a made-up pretrained model of BERT's form into a folder below `scratch`: random weights, a
/// vocabulary of a few pieces.
void write_made_model(const std::filesystem::path& scratch);

/// The encoder over the made-up model where it asks for one; over the model that its parameter names by
/// default where it cannot read that one. Passed over where that is not at hand.
std::shared_ptr<Encoder> made_encoder(const Subject& subject, const Order& order);

}  // namespace spanlab::host::suite
