// SPDX-License-Identifier: MIT
// From a script's text to its plan, with the built-in components and the checkout's cards.
#include "study/resolve.hpp"

#include <ctime>
#include <fstream>
#include <set>

#include "files/checksum.hpp"
#include "lua/script.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "components.hpp"
#include "test.hpp"

using namespace spanlab;
using nlohmann::json;

namespace {

const Registry& registry() {
  static const Registry loaded = [] {
    Registry registry;
    registry.load(plugin_folders({}));
    return registry;
  }();
  return loaded;
}

const CardIndex& cards() {
  static const CardIndex index(standard_locations({}), test::components());
  return index;
}

Study study_of(const std::string& fields, const std::string& model = "spert.model {}") {
  test::TemporaryFolder folder;
  const auto script = folder.path() / "study.lua";
  const char* data = fields.starts_with("data = ") ? "" : "data = lab.data 'sample' {}, ";
  std::ofstream(script)
      << "local lab = require 'spanlab'\nlocal spert = require 'recipes.spert'\nreturn lab.study 's' { "
      << data << "model = " << model << ", " << fields << " }\n";
  return load_study(script, script_folders());
}

Plan plan_of(const std::string& fields, const Overrides& overrides = {}) {
  return resolve(study_of(fields), registry(), cards(), overrides);
}

std::vector<std::string> labels(const Plan& plan) {
  std::vector<std::string> found;
  for (const PlanRow& row : plan.rows) found.push_back(row.label);
  return found;
}

std::string only_hash(const Plan& plan) {
  BOOST_REQUIRE(plan.trials.size() == 1u);
  return plan.trials[0].hash;
}

using Texts = std::vector<std::string>;

}  // namespace

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

BOOST_AUTO_TEST_CASE(a_hash_is_of_what_was_asked) {
  const std::string plain = only_hash(plan_of("train = { epochs = 20 }"));
  BOOST_TEST(only_hash(plan_of("train = { epochs = 20.0 }")) == plain);
  BOOST_TEST(only_hash(plan_of("train = { keep = 'none' }")) == plain,
             "a parameter outside the identity counts");
  BOOST_TEST(only_hash(plan_of("question = 'other?'")) == plain);
  BOOST_TEST(only_hash(plan_of("train = { epochs = 21 }")) != plain);
  BOOST_TEST(only_hash(plan_of("seeds = { 2 }")) != plain);
  BOOST_TEST(only_hash(plan_of("seeds = { 1 }", {.device = "cuda"})) != plain);
  BOOST_TEST(only_hash(plan_of("seeds = { 1 }", {.limit = 5})) != plain);
}

BOOST_AUTO_TEST_CASE(a_hash_is_sha256_of_the_canonical_json) {
  const PlannedTrial trial = plan_of("seeds = { 3 }").trials.at(0);
  json asked{{"configuration", trial.configuration}, {"identity", trial.identity}, {"seed", trial.seed}};
  asked["configuration"]["train"].erase("keep");
  asked["configuration"]["data"].erase("noise");  // its rate is 0
  for (const char* task : {"entity", "relation"}) {
    BOOST_TEST(asked["configuration"][task].erase("max_relations") == 1u);
    for (json& loss : asked["configuration"][task]["loss"])
      BOOST_TEST(loss.erase("sum_weight") == 1u);  // a later parameter with its default
  }
  BOOST_TEST(sha256_of(asked.dump()) == trial.hash);
  BOOST_TEST(trial.identity.at("components").contains("encoder/bert"));
  BOOST_TEST(trial.identity.at("components").size() == 7u);
  BOOST_TEST(trial.identity.at("data").get<std::string>().size() == 64u);
}

BOOST_AUTO_TEST_CASE(one_more_value_leaves_the_other_trials_as_they_are) {
  auto hashes = [](const Plan& plan) {
    std::set<std::string> found;
    for (const PlannedTrial& trial : plan.trials) found.insert(trial.hash);
    return found;
  };
  const std::set<std::string> few =
      hashes(plan_of("seeds = { 1, 2 }, space = lab.grid { ['entity.sampler.negatives'] = { 20, 60 } }"));
  const std::set<std::string> more =
      hashes(plan_of("seeds = { 1, 2 }, space = lab.grid { ['entity.sampler.negatives'] = { 10, 20, 60 } }"));
  BOOST_TEST(few.size() == 4u);
  BOOST_TEST(more.size() == 6u);
  BOOST_TEST(std::ranges::includes(more, few));
}

BOOST_AUTO_TEST_CASE(the_command_line_comes_last_and_is_remembered) {
  const Overrides overrides{
      .profile = "quick",
      .set = {"train.lr=0.001", "entity.loss.classify=bce", "relation.head.outputs=classify"},
      .seeds = {{4}},
      .limit = 9};
  const Plan plan = plan_of(
      "train = { epochs = 3, lr = 1 }, profiles = { quick = { ['train.epochs'] = 1, ['train.lr'] = 0.1 } }",
      overrides);
  const json& configuration = plan.trials.at(0).configuration;
  BOOST_TEST(configuration["train"]["epochs"] == 1);
  BOOST_TEST(configuration["train"]["lr"] == 0.001);
  BOOST_TEST(configuration["entity"]["loss"]["classify"]["component"] == "bce");
  BOOST_TEST(configuration["data"]["limit"] == 9);
  BOOST_TEST(plan.trials.at(0).seed == 4);
  BOOST_TEST(plan.origins["train.lr"] == "--set");
  BOOST_TEST(plan.origins["train.batch"] == "default");
  BOOST_TEST(plan.origins["data.limit"] == "--limit");
  BOOST_TEST(plan.origins["train.epochs"].get<std::string>().ends_with("study.lua:3 (profile quick)"));
  BOOST_TEST(plan.origins["entity.sampler.negatives"].get<std::string>().starts_with("recipes/spert.lua:"));
  BOOST_TEST(plan.arguments ==
                 (Texts{"--profile", "quick", "--set", "train.lr=0.001", "--set", "entity.loss.classify=bce",
                        "--set", "relation.head.outputs=classify", "--seeds", "4", "--limit", "9"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_profile_may_have_its_own_space_and_seeds) {
  const std::string fields =
      "seeds = { 1, 2, 3 }, space = lab.grid { ['entity.sampler.negatives'] = { 10, 20, 30, 40 } },"
      " profiles = { quick = { ['train.epochs'] = 1, seeds = { 7 }, space = lab.grid { "
      "['entity.sampler.negatives'] = { 10, 40 } } },"
      " other = { ['train.epochs'] = 2 } }";
  BOOST_TEST(plan_of(fields).trials.size() == 12u);
  const Plan quick = plan_of(fields, {.profile = "quick"});
  BOOST_TEST(labels(quick) == (Texts{"negatives=10", "negatives=40"}), boost::test_tools::per_element());
  BOOST_TEST(quick.seeds == (std::vector<std::int64_t>{7}), boost::test_tools::per_element());
  BOOST_TEST(quick.trials.at(0).configuration["train"]["epochs"] == 1);
  BOOST_TEST(plan_of(fields, {.profile = "quick", .seeds = {{8, 9}}}).trials.size() == 4u);
  BOOST_TEST(plan_of(fields, {.profile = "other"}).trials.size() == 12u);
}

BOOST_AUTO_TEST_CASE(scores_of_several_views_are_named_by_view) {
  const std::string data = "data = lab.data 'label_variation_overlap' { test = 'test_sci' }, ";
  const Overrides view{.set = {"entity.view=sci", "relation.view=sci"}};
  BOOST_TEST(plan_of(data + "report = { metrics = { 'sci.entity.f1', 'union.relation.boundary.f1' } }", view)
                 .report.metrics.size() == 2u);
  BOOST_TEST(plan_of(data + "seeds = { 1 }", view).report.metrics ==
                 (Texts{"sci.entity.f1", "sci.relation.boundary.f1"}),
             boost::test_tools::per_element());
  BOOST_CHECK_THROW(plan_of(data + "report = { metrics = { 'entity.f1' } }", view), Error);
  BOOST_CHECK_THROW(plan_of("report = { metrics = { 'union.entity.f1' } }"), Error);
}

BOOST_AUTO_TEST_CASE(metrics_have_defaults) {
  BOOST_TEST(plan_of("seeds = { 1 }").report.metrics == (Texts{"entity.f1", "relation.strict.f1"}),
             boost::test_tools::per_element());
  BOOST_TEST(plan_of("report = { metrics = { 'entity.macro.recall' } }").report.metrics ==
                 (Texts{"entity.macro.recall"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ten_thousand_trials_are_planned_in_two_seconds) {
  const std::clock_t begin = std::clock();  // time of this process: others may keep the machine busy
  const Plan plan = plan_of(R"(seeds = { 1, 2, 3, 4, 5 }, space = (function()
    local negatives, rates = {}, {}
    for i = 1, 50 do negatives[i] = i; rates[i] = i * 1e-5 end
    return lab.product {
      lab.grid { ['entity.sampler.negatives'] = negatives }, lab.grid { ['train.lr'] = rates }
    }:where(function(p) return p.entity.sampler.negatives ~= 7 end)
  end)())");
  test::TemporaryFolder folder;
  write_plan(plan, folder.path() / "plan.jsonl");
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  BOOST_TEST_MESSAGE(plan.trials.size() << " trials planned and written in " << seconds << " s");
  BOOST_TEST(plan.trials.size() == 12250u);
  BOOST_TEST(seconds < 2.0);
}

BOOST_AUTO_TEST_SUITE_END()
