// SPDX-License-Identifier: MIT
// From a script's text to the rows of its plan.
#include <set>

#include "lua/planning.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"

using namespace spanlab;
using namespace spanlab::host;
using namespace spanlab::test;
using nlohmann::json;

BOOST_AUTO_TEST_SUITE(resolution)

BOOST_AUTO_TEST_CASE(rows_come_in_the_order_of_the_space_then_base_then_ablations) {
  const Plan plan = plan_of(
      R"(space = lab.product {
      lab.grid { ['relation.depth'] = { 1, 2 } }, lab.grid { ['entity.depth'] = { 3, 4 } } },
    ablate = { ['no negatives'] = { ['entity.sampler.negatives'] = 0 },
      ['bce'] = { ['entity.loss.classify'] = lab.loss 'bce' {} } }, seeds = { 7, 5 })");
  BOOST_TEST(labels(plan) == (Texts{"relation.depth=1, entity.depth=3", "relation.depth=1, entity.depth=4",
                                    "relation.depth=2, entity.depth=3", "relation.depth=2, entity.depth=4",
                                    "relation.depth=0, entity.depth=0", "bce", "no negatives"}),
             boost::test_tools::per_element());
  BOOST_TEST(plan.trials.size() == 14u);
  BOOST_TEST(plan.trials[2].row == 1);
  BOOST_TEST(plan.trials[2].seed == 7);
  BOOST_TEST(plan.trials[3].seed == 5);
  BOOST_TEST(plan.rows[4].base);
  BOOST_TEST(plan.rows[4].ablation.empty());
  BOOST_TEST(plan.rows[5].ablation == "bce");
  BOOST_TEST(plan.rows[5].factors[0][1]["component"] == "bce");
  BOOST_TEST(plan.trials[12].configuration["entity"]["sampler"]["negatives"] == 0);
  BOOST_TEST(plan.trials[12].configuration["relation"]["depth"] == 0);
}

BOOST_AUTO_TEST_CASE(component_values_are_labelled_by_what_differs) {
  const Plan plan = plan_of(
      R"(space = lab.grid { encoder = { lab.encoder 'bert' {}, lab.encoder 'bert' { frozen = true } } })");
  BOOST_TEST(labels(plan) == (Texts{"encoder=bert(frozen=false)", "encoder=bert(frozen=true)"}),
             boost::test_tools::per_element());
  BOOST_TEST(plan.rows[0].base);
  BOOST_TEST(plan.trials[1].configuration["encoder"]["frozen"] == true);
}

BOOST_AUTO_TEST_CASE(a_component_and_what_varies_inside_it_are_two_factors) {
  const Plan plan = plan_of(
      R"(space = lab.product { lab.grid { encoder = { lab.encoder 'bert' {}, lab.encoder 'birnn' {} } },
      lab.grid { ['encoder.layers'] = { 1, 2 } }:when { encoder = 'birnn' } },
      report = { baseline = { encoder = lab.encoder 'birnn' {} } })");
  BOOST_TEST(labels(plan) == (Texts{"encoder=bert", "encoder=birnn, layers=1", "encoder=birnn, layers=2"}),
             boost::test_tools::per_element());
  BOOST_TEST(plan.rows[1].factors[0][1] == plan.rows[2].factors[0][1]);
  BOOST_TEST(plan.rows[0].factors[1][1].is_null());
  BOOST_TEST(plan.report.baseline["encoder"] == plan.rows[2].factors[0][1]);
}

BOOST_AUTO_TEST_CASE(equal_configurations_are_one_row) {
  const Plan plan = plan_of(
      R"(space = lab.union {
        lab.grid { ['train.epochs'] = { 5, 6 } }, lab.grid { ['train.epochs'] = { 6.0, 7 } } })");
  BOOST_TEST(labels(plan) == (Texts{"epochs=5", "epochs=6", "epochs=7"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(variants_are_told_apart_by_their_names) {
  const std::string space = R"(lab.product {
      lab.variants 'system' { { plain = {} },
        { ['no negatives'] = { ['entity.sampler.negatives'] = 0, ['train.epochs'] = 9 } } },
      lab.grid { ['relation.depth'] = { 0, 1 } }:when { system = 'plain' } })";
  const Plan plan =
      plan_of("space = " + space + ", report = { baseline = { system = 'plain', ['relation.depth'] = 0 } }");
  BOOST_TEST(labels(plan) ==
                 (Texts{"system=plain, depth=0", "system=plain, depth=1", "system=no negatives, depth=0"}),
             boost::test_tools::per_element());
  BOOST_TEST(plan.factors == (Texts{"system", "relation.depth"}), boost::test_tools::per_element());
  BOOST_TEST(plan.rows[0].base);
  BOOST_TEST(plan.rows[2].factors[0] == json({"system", "no negatives"}));
  BOOST_TEST(plan.trials[2].configuration["entity"]["sampler"]["negatives"] == 0);
  BOOST_TEST(plan.trials[2].configuration["train"]["epochs"] == 9);
  BOOST_TEST(!plan.trials[2].configuration.contains("system"));
  BOOST_TEST(plan.report.baseline == json({{"system", "plain"}, {"relation.depth", 0}}));
  // A name is no part of a trial's identity.
  const Plan grid = plan_of("space = lab.grid { ['relation.depth'] = { 0, 1 } }");
  BOOST_TEST(grid.trials[1].hash == plan.trials[1].hash);
}

BOOST_AUTO_TEST_CASE(every_declared_parameter_is_present_and_reads_back) {
  const json configuration = plan_of("seeds = { 1 }").trials.at(0).configuration;
  const Configuration read = read_configuration(configuration, registry());
  BOOST_TEST(to_json(read) == configuration);
  BOOST_TEST(read.tasks.size() == 2u);
  const auto complete = [&](const std::string& path, const ComponentSetting& component) {
    for (const std::string& name : registry().info(component.kind, component.id).schema.names()) {
      json::json_pointer pointer;
      for (const std::string& step : (Path::parse(path) / name).names()) pointer /= step;
      BOOST_TEST(configuration.contains(pointer), path << '.' << name);
    }
  };
  each_component(read, complete);
  for (const std::string& name : train_binding().schema().names())
    BOOST_TEST(configuration["train"].contains(name));
  for (const std::string& name : data_binding().schema().names())
    BOOST_TEST(configuration["data"].contains(name));
}

static std::string refusal(const std::string& fields, const Overrides& overrides = {}) {
  try {
    plan_of(fields, overrides);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

static bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

BOOST_AUTO_TEST_CASE(wrong_variants_are_refused) {
  const auto variants = [](const std::string& name, const std::string& entries) {
    return "space = lab.variants '" + name + "' { " + entries + " }";
  };
  BOOST_TEST(holds(refusal(variants("encoder", "{ a = { ['train.epochs'] = 1 } }")),
                   "variants \"encoder\": the model has a part of this name"));
  BOOST_TEST(holds(
      refusal(variants("system", "{ a = { ['train.epochs'] = 1 } }, { b = { ['train.epochs'] = 1.0 } }")),
      "variants: 'b' gives the same configuration as 'a'"));
  BOOST_TEST(
      holds(refusal(variants("system", "{ a = { ['train.epoch'] = 1 } }")), "did you mean 'train.epochs'?"));
  BOOST_TEST(
      holds(refusal(variants("system", "{ plain = {} }") + ", report = { baseline = { system = 'plan' } }"),
            "baseline: no row of the study has these values; did you mean 'plain'?"));
  BOOST_TEST(
      holds(refusal(variants("system", "{ a = { ['train.epochs'] = 1 } }"), {.set = {"train.epochs=4"}}),
            "train.epochs: the study's space varies it"));
}

BOOST_AUTO_TEST_CASE(folds_are_a_factor) {
  const Plan plan = plan_of(
      "data = lab.data 'ade' { overlap = 'allowed' }, space = lab.product { lab.grid { ['data.fold'] = { 2, "
      "0 } }, lab.grid { ['train.epochs'] = { 1, 2 } } }");
  BOOST_TEST(
      labels(plan) == (Texts{"fold=2, epochs=1", "fold=2, epochs=2", "fold=0, epochs=1", "fold=0, epochs=2"}),
      boost::test_tools::per_element());
  BOOST_TEST(plan.trials[0].configuration["data"]["fold"] == 2);
  BOOST_TEST(plan.trials[0].configuration["data"]["overlap"] == "allowed");
  BOOST_TEST(plan.trials[0].identity["data"] != plan.trials[2].identity["data"]);
  BOOST_TEST(only_hash(plan_of("data = lab.data 'ade' { fold = 2 }")) !=
             only_hash(plan_of("data = lab.data 'ade' { fold = 3 }")));
  BOOST_TEST(only_hash(plan_of("data = lab.data 'ade' { fold = 2 }")) !=
             only_hash(plan_of("data = lab.data 'ade' { fold = 2, overlap = 'allowed' }")));
  BOOST_TEST(holds(refusal("data = lab.data 'ade' {}"),
                   "data.train: 'train' of data set 'ade' comes in 10 folds: say which, fold = 0 to 9"));
  BOOST_TEST(holds(refusal("data = lab.data 'ade' {}, space = lab.grid { ['data.fold'] = { 0, 10 } }"),
                   "data.fold: data set 'ade' has folds 0 to 9, got 10"));
  BOOST_TEST(
      holds(refusal("data = lab.data 'sample' { fold = 1 }"), "data.fold: data set 'sample' has no folds"));
}

BOOST_AUTO_TEST_CASE(noise_is_a_path_and_part_of_the_identity) {
  const Plan plan = plan_of(
      "space = lab.product { lab.grid { ['data.noise.rate'] = { 0, 0.2 } }, lab.grid { ['data.noise.kind'] = "
      "{ 'type', 'drop' } } }");
  // Without noise its kind says nothing: one configuration.
  BOOST_TEST(labels(plan) == (Texts{"rate=0, kind=type", "rate=0.2, kind=type", "rate=0.2, kind=drop"}),
             boost::test_tools::per_element());
  BOOST_TEST(plan.trials[2].configuration["data"]["noise"]["kind"] == "drop");
  BOOST_TEST(only_hash(plan_of("seeds = { 1 }")) ==
             only_hash(plan_of("data = lab.data 'sample' { noise = { kind = 'drop' } }")));
  BOOST_TEST(only_hash(plan_of("data = lab.data 'sample' { noise = { rate = 0.2 } }")) ==
             only_hash(plan_of("seeds = { 1 }", {.set = {"data.noise.rate=0.2"}})));
  BOOST_TEST(only_hash(plan_of("data = lab.data 'sample' { noise = { rate = 0.2 } }")) !=
             only_hash(plan_of("data = lab.data 'sample' { noise = { rate = 0.2, seed = 2 } }")));
  BOOST_TEST(holds(refusal("data = lab.data 'sample' { noise = 0.2 }"),
                   "data.noise: expected a table { rate = … }, got a value"));
  BOOST_TEST(holds(refusal("data = lab.data 'sample' { noise = { rat = 0.2 } }"),
                   "data.noise: unknown key 'rat' of data.noise; did you mean 'rate'?"));
  BOOST_TEST(holds(refusal("data = lab.data 'sample' { noise = { rate = 1.5 } }"),
                   "data.noise.rate: expected a number in [0, 1]"));
  BOOST_TEST(holds(refusal("data = lab.data 'sample' { noise = { views = { 'sci' } } }"),
                   "data.noise.views: data set 'sample' has no view 'sci'"));
  BOOST_TEST(
      holds(refusal("data = lab.data 'sample' { noise = { parts = { 'tst' } } }"), "data.noise.parts"));
  BOOST_TEST(holds(refusal("space = lab.grid { ['data.noise.rte'] = { 0 } }"), "data.noise.rate"));
}

BOOST_AUTO_TEST_SUITE_END()
