// SPDX-License-Identifier: MIT
#pragma once

// Tests look at the host's insides, which plugins do not see: to them its names are as near as the SDK's.
namespace spanlab::host {}
namespace spanlab {
using namespace host;
}
