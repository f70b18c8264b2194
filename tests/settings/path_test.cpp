// SPDX-License-Identifier: MIT
#include "settings/path.hpp"

#include "components.hpp"
#include "settings/configuration_path.hpp"
#include "test.hpp"

using namespace spanlab;
using Texts = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(paths)

BOOST_AUTO_TEST_CASE(a_path_is_its_names) {
  const Path path = Path::parse("entity.head.outputs");
  BOOST_TEST(path.names() == (Texts{"entity", "head", "outputs"}), boost::test_tools::per_element());
  for (const char* text : {"entity.head.outputs", "", "a", ".", "a..b", "a."}) {
    BOOST_TEST(Path::parse(text).text() == text);
  }
  BOOST_TEST(path.above().text() == "entity.head");
  BOOST_TEST(path.last_names(2).text() == "head.outputs");
  BOOST_TEST(path.last_names(9).text() == path.text());
  BOOST_TEST((path.above() / "dropout").text() == "entity.head.dropout");
  BOOST_TEST(Path({"one"}).above().empty());
}

BOOST_AUTO_TEST_CASE(below_goes_by_names_and_not_by_letters) {
  const Path path = Path::parse("entity.head");
  BOOST_TEST(path.is_at_or_below(Path::parse("entity")));
  BOOST_TEST(path.is_at_or_below(path));
  BOOST_TEST(path.is_at_or_below(Path()));
  BOOST_TEST(!path.is_at_or_below(Path::parse("entity.hea")));
  BOOST_TEST(!path.is_at_or_below(Path::parse("entity.head.outputs")));
}

static Configuration small() {
  return test::configured({{"data", {{"name", "sample"}}},
                           {"encoder", {{"component", "birnn"}}},
                           {"entity",
                            {{"head", {{"component", "span"}}},
                             {"sampler", {{"component", "uniform"}}},
                             {"labeler", {{"component", "hard"}}},
                             {"loss", {{"classify", {{"component", "bce"}}}}}}}});
}

BOOST_AUTO_TEST_CASE(what_is_put_at_a_path_stands_there) {
  Configuration configuration = small();
  const auto at = [&](const char* path) {
    return part_at(configuration, Path::parse(path), test::components());
  };
  const auto put = [&](const char* path, const Part& part) {
    set_part(configuration, Path::parse(path), part, test::components());
    BOOST_TEST((at(path) == part), path);
  };
  put("train.lr", Value(0.5));
  put("data.fold", Value(std::int64_t{2}));
  put("data.noise.kind", Value("drop"));
  put("entity.cell", Value("lstm"));
  put("entity.loss.classify.iou_factor", Value(2.0));
  put("encoder.size", Value(std::int64_t{7}));
  BOOST_TEST(configuration.train.lr == 0.5);
  BOOST_TEST((configuration.data.fold == 2 && configuration.data.noise.kind == NoiseKind::drop));
  BOOST_TEST((configuration.tasks.at("entity").cell == Cell::lstm));
  BOOST_TEST(configuration.encoder.parameters.integer("size") == 7);
  TaskSetting task = configuration.tasks.at("entity");
  task.weight = 3;
  put("entity", task);
  put("entity.loss", LossSettings{{"other", task.losses.at("classify")}});
  BOOST_TEST(!at("entity.loss.classify").has_value());
}

BOOST_AUTO_TEST_CASE(a_part_of_another_kind_is_refused) {
  Configuration configuration = small();
  const auto put = [&](const char* path, const Part& part) {
    set_part(configuration, Path::parse(path), part, test::components());
  };
  BOOST_CHECK_THROW(put("entity.head", Value(1.0)), std::logic_error);
  BOOST_CHECK_THROW(put("train.lr", configuration.encoder), std::logic_error);
  BOOST_CHECK_THROW(put("entity.hed", configuration.encoder), std::logic_error);
}

BOOST_AUTO_TEST_CASE(every_known_path_leads_to_a_slot_and_no_other_does) {
  const Configuration configuration = small();
  const Texts known = known_paths(configuration);
  BOOST_TEST(known.size() > 50u);
  for (const std::string& path : known) {
    BOOST_TEST(slot_at(configuration, Path::parse(path), test::components()).has_value(), path);
    BOOST_TEST(part_at(configuration, Path::parse(path), test::components()).has_value(), path);
  }
  for (const char* path :
       {"", "train", "data.noise", "data.noise.rate.x", "entity.", "entity.head.", "entity.loss.x",
        "relation", "encoder.siz", "train.lr.x", "entity.head.component"}) {
    BOOST_TEST(!slot_at(configuration, Path::parse(path), test::components()).has_value(), path);
  }
}

BOOST_AUTO_TEST_CASE(names_below_a_path) {
  const Configuration configuration = small();
  BOOST_TEST(names_below(configuration, Path()) == (Texts{"data", "encoder", "entity", "train"}),
             boost::test_tools::per_element());
  BOOST_TEST(names_below(configuration, Path::parse("data.noise")) ==
                 (Texts{"kind", "parts", "rate", "seed", "views"}),
             boost::test_tools::per_element());
  BOOST_TEST(names_below(configuration, Path::parse("entity.loss")) == Texts{"classify"},
             boost::test_tools::per_element());
  BOOST_TEST(names_below(configuration, Path::parse("train.lr")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
