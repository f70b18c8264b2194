// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace spanlab::host {

/// What is wrong with the name of an entity or relation type: it is empty, not UTF-8 or has control
/// characters, which would take part in terminals and in the text that identities are made of. Empty if it
/// may stand.
std::string wrong_type_name(const std::string& name);

}  // namespace spanlab::host
