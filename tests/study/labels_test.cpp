// SPDX-License-Identifier: MIT
#include "store/labels.hpp"

#include "test.hpp"

using namespace spanlab;
using nlohmann::json;

namespace {

using Texts = std::vector<std::string>;

void check(const std::vector<json>& values, const Texts& expected) {
  BOOST_TEST(value_labels(values) == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(labels)

BOOST_AUTO_TEST_CASE(different_values_have_different_labels) {
  check({0.1 + 0.2, 0.3}, {"0.30000000000000004", "0.3"});
  check({1 - 0.8, 0.5}, {"0.2", "0.5"});  // nobody wrote the other digits, and nothing needs them
  check({json({0.1 + 0.2, 1}), json({0.3, 1})}, {"[0.30000000000000004, 1]", "[0.3, 1]"});
  check({json({"a, b"}), json({"a", "b"})}, {"[\"a, b\"]", "[\"a\", \"b\"]"});
  check({"none", nullptr}, {"\"none\"", "none"});
  check({20, 5e-5, true, "", json::array()}, {"20", "5e-05", "true", "", "[]"});
}

BOOST_AUTO_TEST_CASE(components_are_told_apart_by_what_differs) {
  const json bert{{"component", "bert"}, {"frozen", false}, {"model", "minilm"}};
  json frozen = bert, other{{"component", "birnn"}, {"layers", 1}}, rate = bert, nearly = bert;
  frozen["frozen"] = true;
  check({bert, frozen, other}, {"bert(frozen=false)", "bert(frozen=true)", "birnn"});
  rate["rate"] = 0.3;
  nearly["rate"] = 0.1 + 0.2;
  check({rate, nearly}, {"bert(rate=0.3)", "bert(rate=0.30000000000000004)"});
  check({json{{"name", "conll04"}, {"train", "train"}}, json{{"name", "conll04"}, {"train", "train+dev"}},
         json{{"name", "ade"}, {"train", "train"}}},
        {"conll04(train=train)", "conll04(train=train+dev)", "ade"});
}

BOOST_AUTO_TEST_CASE(a_label_holds_no_control_characters) {
  check({"\x1b[2J", "a\nb"}, {"\uFFFD[2J", "a b"});
  check({"\x1b", "\x07"}, {"\"\\u001b\"", "\"\\u0007\""});
}

BOOST_AUTO_TEST_CASE(rows_that_look_alike_are_numbered) {
  std::vector<PlanRow> rows{{"", json::array({{"a", "x, b=1"}, {"b", nullptr}}), "", false},
                            {"", json::array({{"a", "x"}, {"b", 1}}), "", false}};
  label_rows(rows, {"a", "b"});
  BOOST_TEST(rows[0].label == "a=x, b=1");
  BOOST_TEST(rows[1].label == "a=x, b=1 (2)");
}

BOOST_AUTO_TEST_SUITE_END()
