// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "data/dataset.hpp"
#include "data/noise.hpp"
#include "settings/binding.hpp"

namespace spanlab::host {

/// The parts that a data set's splits are put together to.
inline constexpr const char* kParts[] = {"train", "dev", "test"};

/// What `lab.data` of a study says.
struct DataSettings {
  std::string name;             ///< of a card; empty in a configuration that could not be built
  std::string train = "train";  ///< a split expression, as `train+dev`
  std::string dev;              ///< the same, empty for none; it selects
  std::string test = "test";    ///< the same; it is scored once, at the end
  std::optional<std::int64_t> fold;
  std::int64_t limit = 0;          ///< sentences of each part, 0 for all
  std::int64_t train_limit = 0;    ///< of the training part alone
  std::optional<Overlap> overlap;  ///< not set: what the card says
  Noise noise;

  /// The split expression of a part, see kParts.
  const std::string& expression(const std::string& part) const;

  friend bool operator==(const DataSettings&, const DataSettings&) = default;
};

/// The parameters `data` and `data.noise` of a configuration, with their docs.
SPANLAB_API const Binding<DataSettings>& data_binding();
SPANLAB_API const Binding<Noise>& noise_binding();

/// The card's splits that a part means, see splits_of.
SPANLAB_API std::vector<std::string> splits_of_part(const DataCard& card, const DataSettings& data,
                                                    const std::string& part);

/// The content of all splits that a trial with these settings reads, by what the card says of their files: it
/// counts in the trial's identity.
SPANLAB_API std::string data_content(const DataCard& card, const DataSettings& data);

/// The sentences of a part: its splits, cut to the limits, with the noise that strikes it. Throws as
/// read_corpus and splits_of.
SPANLAB_API Corpus read_part(const DataCard& card, const std::filesystem::path& folder,
                             const DataSettings& data, const std::string& part);

}  // namespace spanlab::host
