// SPDX-License-Identifier: MIT
#pragma once

#include "statistics/system_counts.hpp"

namespace spanlab::test {

/// Three seeds of one system and two of another on five documents, one of which has nothing in it for some.
inline SystemCounts three_seeds() {
  return {3,
          5,
          {{4, 0, 1},
           {2, 1, 0},
           {0, 0, 0},
           {3, 2, 1},
           {1, 0, 2},  //
           {5, 0, 0},
           {1, 1, 1},
           {0, 1, 0},
           {3, 1, 1},
           {0, 0, 3},  //
           {4, 2, 1},
           {2, 0, 0},
           {0, 0, 0},
           {4, 2, 0},
           {1, 1, 2}}};
}

inline SystemCounts two_seeds() {
  return {2,
          5,
          {{3, 1, 2},
           {2, 1, 0},
           {0, 2, 0},
           {2, 2, 2},
           {1, 0, 2},  //
           {4, 0, 1},
           {2, 0, 0},
           {0, 0, 0},
           {2, 0, 2},
           {2, 0, 1}}};
}

/// As many seeds and documents with the same counts everywhere.
inline SystemCounts constant(std::size_t seeds, std::size_t documents, Counts counts) {
  return {seeds, documents, std::vector<Counts>(seeds * documents, counts)};
}

}  // namespace spanlab::test
