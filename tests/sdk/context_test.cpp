// SPDX-License-Identifier: MIT
#include "sdk/context_state.hpp"

#include "host.hpp"
#include "spanlab/error.hpp"
#include "spanlab/module.hpp"
#include "spanlab/parameters.hpp"
#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_SUITE(context)

BOOST_AUTO_TEST_CASE(an_empty_one_works) {
  const Context context;
  BOOST_TEST(context.progress().steps == 0);
  BOOST_TEST(context.progress().done() == 0);
  BOOST_TEST(context.threads() >= 1);
  BOOST_TEST(!context.cache("anything"));
  context.log("nobody hears it");
  context.record("value", 1);
}

BOOST_AUTO_TEST_CASE(what_is_recorded_has_a_name_and_is_a_number) {
  const auto trial = std::make_shared<TrialContext>();
  const Context context = context_at(trial, "entity.sampler");
  for (const char* name : {"", "2nd", "mean iou", "mean.iou", "größe"})
    BOOST_CHECK_THROW(context.record(name, 1), Error);
  BOOST_CHECK_THROW(context.record("mean", std::numeric_limits<double>::quiet_NaN()), Error);
  trial->begin_step({1, 2, 3, 4});
  BOOST_TEST(context.progress().done() == 0.75);
  context.record("mean_iou", 1);
  context.record("mean_iou", 2);
  const auto records = trial->take_records();
  BOOST_REQUIRE(records.size() == 1u);
  BOOST_TEST(records.at("entity.sampler.mean_iou").sum == 3);
  BOOST_TEST(records.at("entity.sampler.mean_iou").count == 2);
  BOOST_TEST(trial->take_records().empty());
}

BOOST_AUTO_TEST_CASE(code_and_content_name_the_folder_that_is_kept) {
  const auto trial = std::make_shared<TrialContext>();
  trial->cache = [](const std::string& content) { return std::filesystem::path(content); };
  const Context context = named(context_at(trial, "encoder"), "encoder/x of x.so", "abc");
  BOOST_TEST(context.cache("words")->string() == "abc\nwords");
}

struct Layer : Module {
  Layer() {
    weight = register_parameter("weight", at::ones({2}));
    bias = no_decay(register_parameter("bias", at::zeros({2})));
  }
  at::Tensor weight, bias;
};

BOOST_AUTO_TEST_CASE(weights_say_themselves_that_they_do_not_decay) {
  Layer layer;
  BOOST_TEST(layer.has_no_decay(layer.bias));
  BOOST_TEST(!layer.has_no_decay(layer.weight));
  layer.to(at::kDouble);
  BOOST_TEST(layer.has_no_decay(layer.named_parameters()["bias"]));
}

BOOST_AUTO_TEST_CASE(roles_fit_types_and_stand_once) {
  BOOST_CHECK_THROW(Schema().number("a", 1, "A.").pretrained(), std::logic_error);
  BOOST_CHECK_THROW(Schema().text("a", "", "A.").frozen(), std::logic_error);
  BOOST_CHECK_THROW(Schema().text("a", "", "A.").view().text("b", "", "B.").view(), std::logic_error);
  const Schema schema = Schema().text("a", "", "A.").boolean("b", false, "B.").frozen();
  BOOST_TEST(schema.find(Role::frozen)->name == "b");
  BOOST_TEST(!schema.find(Role::view));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
