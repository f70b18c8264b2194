// SPDX-License-Identifier: MIT
#include "settings/configuration_json.hpp"

#include <nlohmann/json.hpp>

#include "components.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

using namespace spanlab;
using nlohmann::json;
using test::components;
using test::configured;

namespace {

std::string message(auto function) {
  try {
    function();
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::usage));
    return error.what();
  }
  return "no error";
}

json task_with(const json& loss) {
  return {{"head", {{"component", "span"}}},
          {"sampler", {{"component", "uniform"}}},
          {"labeler", {{"component", "hard"}}},
          {"loss", {{"classify", loss}}}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(configuration_json)

BOOST_AUTO_TEST_CASE(a_configuration_survives_json) {
  const json given{
      {"data", {{"name", "sample"}, {"fold", 3}, {"overlap", "removed"}, {"noise", {{"rate", 0.25}}}}},
      {"encoder", {{"component", "bert"}, {"model", "minilm"}, {"frozen", true}}},
      {"entity", task_with({{"component", "bce"}, {"iou_factor", 1}})},
      {"train", {{"schedule", "constant"}, {"precision", "bf16"}, {"lr", 1}}}};
  const Configuration read = configured(given);
  BOOST_TEST((read.data.fold == 3 && read.data.overlap == Overlap::removed && read.data.noise.rate == 0.25));
  BOOST_TEST((read.train.schedule == Decay::none && read.train.precision == Precision::bf16));
  BOOST_TEST(read.tasks.at("entity").losses.at("classify").parameters.number("iou_factor") == 1.0);
  BOOST_TEST(read.is_whole());
  const json written = to_json(read);
  BOOST_TEST(written.at("data").at("noise").at("kind") == "type");
  BOOST_TEST(written.at("train").at("lr").dump() == "1.0");
  BOOST_TEST((configured(json::parse(written.dump())) == read));
  BOOST_TEST(to_json(configured(written)) == written);
}

// As files of 0.1.0 lack what came later.
BOOST_AUTO_TEST_CASE(what_is_absent_has_its_default) {
  const Configuration read = configured({{"data", {{"name", "sample"}}},
                                         {"encoder", {{"component", "birnn"}}},
                                         {"entity", task_with({{"component", "bce"}})}});
  DataSettings data;
  data.name = "sample";
  BOOST_TEST((read.data == data));
  BOOST_TEST((read.train == TrainSettings()));
  const TaskSetting &task = read.tasks.at("entity"), plain;
  BOOST_TEST(task.max_relations == plain.max_relations);
  BOOST_TEST((task.dropout == plain.dropout && task.reduction == plain.reduction && task.view == plain.view));
  const Schema& schema = components().info(ComponentKind::encoder, "birnn").schema;
  for (const Parameter& parameter : schema.parameters()) {
    BOOST_TEST((read.encoder.parameters.values().at(parameter.name) == parameter.default_value),
               parameter.name);
  }
  BOOST_TEST(read.tasks.at("entity").losses.at("classify").parameters.number("sum_weight") == 1.0);
}

BOOST_AUTO_TEST_CASE(what_can_be_read_is_read_beside_a_component_that_is_not_known) {
  std::vector<Problem> problems;
  const Configuration read = read_configuration(
      {{"data", {{"name", "sample"}, {"limit", 7}}}, {"encoder", {{"component", "none of ours"}}}},
      components(), problems);
  BOOST_TEST(problems.size() == 1u);
  BOOST_TEST(problems.front().place == "encoder");
  BOOST_TEST(read.data.limit == 7);
  BOOST_TEST(!read.encoder.is_set());
}

BOOST_AUTO_TEST_CASE(what_is_not_set_is_null) {
  const json written = to_json(configured({{"data", {{"name", "sample"}}}}));
  BOOST_TEST(written.at("data").at("fold").is_null());
  BOOST_TEST(written.at("data").at("overlap").is_null());
  const Configuration again = configured({{"data", written.at("data")}, {"train", written.at("train")}});
  BOOST_TEST((!again.data.fold && !again.data.overlap));
}

BOOST_AUTO_TEST_CASE(values_survive_json) {
  const std::vector<std::pair<Value, const char*>> values{{std::monostate(), "null"},
                                                          {true, "true"},
                                                          {std::int64_t{1} << 60, "1152921504606846976"},
                                                          {-0.5, "-0.5"},
                                                          {1.0, "1.0"},
                                                          {std::string("ä \"b\""), R"("ä \"b\"")"},
                                                          {std::vector<double>{0.5, 2}, "[0.5,2.0]"},
                                                          {std::vector<std::string>{"a", ""}, R"(["a",""])"}};
  for (const auto& [value, text] : values) BOOST_TEST(json_text(value) == text);
}

BOOST_AUTO_TEST_CASE(every_problem_of_a_component_names_its_path) {
  const auto read = [&](const char* text) {
    return message([&] { configured({{"entity", task_with(json::parse(text))}}); });
  };
  const std::string text = read(R"({"component": "focal", "gama": 2, "gamma": "a", "alpha": {}})");
  const std::string place = "entity.loss.classify";
  BOOST_TEST(text.find(place + ".alpha: expected a value, got object") != text.npos, text);
  BOOST_TEST(text.find(place + ".gamma: expected a number") != text.npos, text);
  BOOST_TEST(text.find(place + ": unknown key 'gama'; did you mean 'gamma'?") != text.npos, text);
  BOOST_TEST(read(R"({"component": "focall"})")
                 .starts_with(place + ": unknown loss 'focall'; did you mean 'focal'?"));
  BOOST_TEST(read(R"({"gamma": 1})") == place + ".component: expected the name of a loss");
  BOOST_TEST(read("3") == place + ": expected a table of keys, got number");
  BOOST_TEST(read(R"({"component": "crf_nll", "sum_weight": [1, "a"]})")
                 .find(R"(expected a list of texts or a list of numbers, got [1,"a"])") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(problems_of_all_parts_are_told_at_once) {
  const std::string text = message([] {
    configured({{"data", {{"nam", 1}}},
                {"encoder", {{"component", "brt"}}},
                {"entity", {{"view", 3}}},
                {"train", 4}});
  });
  for (const char* part :
       {"data: unknown key 'nam'", "encoder: unknown encoder 'brt'", "entity.view: expected a text",
        "entity.head: a task needs this component", "entity.loss: a task needs this component",
        "train: expected a table of keys, got number"}) {
    BOOST_TEST(text.find(part) != text.npos, part << " in " << text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
