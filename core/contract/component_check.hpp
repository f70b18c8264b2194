// SPDX-License-Identifier: MIT
#pragma once

#include "contract/subject.hpp"
#include "contract/suite.hpp"

namespace spanlab::host::suite {

/// Every item that is for such a component, in every setting and use that the item is asked in; an item ends
/// with the first failure. What fails in the same words as an item before it is not run on its own account.
void check_component(const Subject& subject, const std::string& name, const Listener& listener);

}  // namespace spanlab::host::suite
