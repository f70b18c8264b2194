// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "data/card.hpp"
#include "plugin/registry.hpp"

namespace spanlab::host::app {

/// Where a use case finds what it works on.
struct Places {
  std::filesystem::path program;  ///< this executable, to start processes of trials with
  std::filesystem::path runs = "runs";
  std::vector<std::string> plugin_path;  ///< searched before all other places
  std::vector<std::string> data_path;
};

/// Is told, line by line, what somebody should know beside the result: warnings, what is passed over, what
/// takes a while.
using Notes = std::function<void(const std::string& line)>;

/// The same places, and after the folders of `data_path` the one in which the script `study` lies: a card
/// beside the study is found without being named. As they are where `study` is a study's name.
Places beside_script(Places places, const std::string& study);

/// The components of all plugins that are found.
Registry load_registry(const Places& places);

/// The components of the plugins that can be loaded. One that is refused is told by whoever asks for what it
/// may have: for work that needs readers alone.
Registry load_what_can_be(const Places& places);

/// The cards of data sets and pretrained encoders that are found; `components`, among which their readers
/// are, must outlive them.
CardIndex load_cards(const Places& places, const Registry& components);

}  // namespace spanlab::host::app
