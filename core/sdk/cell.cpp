// SPDX-License-Identifier: MIT
#include "spanlab/cell.hpp"

#include "spanlab/error.hpp"

namespace spanlab {

Cell cell_named(const std::string& name) {
  if (name == "gru") return Cell::gru;
  if (name == "lstm") return Cell::lstm;
  throw Error(ErrorKind::usage, "cell", "expected gru or lstm, got \"" + name + "\"");
}

}  // namespace spanlab
