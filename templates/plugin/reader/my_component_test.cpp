// SPDX-License-Identifier: MIT
// Two sentences, an entity of two words, and a line that is wrong.
#include <iostream>

#include "my_component.hpp"

int main() {
  const std::vector<spanlab::Inventory> types{{.entities = {{"Place", "Place"}}, .relations = {}}};
  const spanlab::Parameters parameters(my_component_schema(), {{"separator", std::string(";")}});
  spanlab::ReaderInput input{.file = "two.txt", .inventories = types};
  input.text = "New;B-Place\nCorra;I-Place\n\nwrong\n.;O\n";
  spanlab::LeftOut left_out;
  std::vector<spanlab::Problem> problems;
  const std::vector<spanlab::Sentence> found = make_my_component(parameters)->read(input, left_out, problems);
  const bool right = found.size() == 2 && found[0].words == std::vector<std::string>{"New", "Corra"} &&
                     found[0].views[0].entities == std::vector<spanlab::Entity>{{{0, 2}, 0}} &&
                     found[1].words == std::vector<std::string>{"."} && problems.size() == 1 &&
                     problems[0].place == "two.txt:4";
  if (right) return 0;
  std::cerr << "got " << found.size() << " sentences and " << problems.size() << " problems\n";
  return 1;
}
