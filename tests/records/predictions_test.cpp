// SPDX-License-Identifier: MIT
#include "records/predictions.hpp"

#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_CASE(predictions_have_one_form) {
  const Sentence sentence{"a", "", {"trees", "beat", "lists"}, {{}}};
  const Inventory inventory{{{"Term", "", false}}, {{"Used", "", false}}};
  const Prediction prediction{{{{{0, 1}, 0}, 0.75f}, {{{2, 3}, 0}, 0.5f}}, {{{1, 0, 0}, 0.25f}}};
  const std::string items = R"("entities":[{"end":1,"score":0.75,"start":0,"type":"Term"},)"
                            R"({"end":3,"score":0.5,"start":2,"type":"Term"}],)";
  const std::string relations = R"("relations":[{"head":1,"score":0.25,"tail":0,"type":"Used"}])";
  const std::string tokens = R"("tokens":["trees","beat","lists"])";
  BOOST_TEST(prediction_line(sentence, prediction, inventory) ==
             "{" + items + R"("id":"a",)" + relations + "," + tokens + "}");
  const Prediction none;
  const TaskPrediction tasks[]{{"first", prediction, inventory}, {"second", none, inventory}};
  BOOST_TEST(prediction_line(sentence, tasks) == R"({"first":{)" + items + relations + R"(},"id":"a",)" +
                                                     R"("second":{"entities":[],"relations":[]},)" + tokens +
                                                     "}");
}

}  // namespace spanlab::test
