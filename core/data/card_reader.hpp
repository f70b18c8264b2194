// SPDX-License-Identifier: MIT
#pragma once

#include "data/card.hpp"
#include "data/toml_table.hpp"

namespace spanlab::host {

/// What a card says of its reader: `reader = "spert"`, or a table `[reader]` of its `component` and the
/// parameters that the component declares. What is wrong is added to the table's problems; the id is then
/// empty.
CardReader read_card_reader(TomlTable& root, const Registry& components);

}  // namespace spanlab::host
