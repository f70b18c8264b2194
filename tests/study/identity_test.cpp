// SPDX-License-Identifier: MIT
#include "study/identity.hpp"

#include <fstream>

#include "files/checksum.hpp"
#include "components.hpp"
#include "test.hpp"

using namespace spanlab;
using nlohmann::json;

namespace {

// The component with what is given; the rest has its defaults.
json component(const std::string& id, const json& given = json::object()) {
  json node = given;
  node["component"] = id;
  return node;
}

struct Identified {
  json identity;
  std::string canonical;
  std::string hash;
};

Identified identified(const json& encoder, const json& task = json()) {
  static const CardIndex cards(standard_locations({}), test::components());
  Identities identities(test::components(), cards, "cpu");
  json given{{"data", {{"name", "sample"}, {"train", "train"}}}, {"encoder", encoder}};
  if (!task.is_null()) given["entity"] = task;
  const Configuration configuration = test::configured(given);
  const SharedJson identity = identities.identity(configuration);
  const std::string canonical = identities.canonical(configuration, identity);
  return {*identity, canonical, Identities::hash(canonical, 1)};
}

json task_with(const json& loss) {
  json task{{"head", component("span")}, {"sampler", component("uniform")}, {"labeler", component("hard")}};
  task["loss"]["classify"] = loss;
  return task;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_file_counts_by_its_content) {
  test::TemporaryFolder folder;
  auto written = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder.path() / name) << text;
    return identified(component("birnn", {{"vectors", (folder.path() / name).string()}}));
  };
  const Identified first = written("a.txt", "the 1 2\n"),
                   plain = identified(component("birnn", json::object()));
  BOOST_TEST(first.identity.at("files").at("encoder.vectors") == sha256_of("the 1 2\n"));
  BOOST_TEST(written("b.txt", "the 1 2\n").hash == first.hash);
  BOOST_TEST(written("a.txt", "the 1 3\n").hash != first.hash);
  BOOST_TEST(plain.hash != first.hash);
  BOOST_TEST(!plain.identity.contains("files"));
}

BOOST_AUTO_TEST_CASE(an_encoder_inside_another_counts_if_it_is_built) {
  BOOST_TEST(!identified(component("birnn", json::object())).identity["components"].contains("encoder/bert"));
  BOOST_TEST(
      identified(component("birnn", {{"model", "minilm"}})).identity["components"].contains("encoder/bert"));
}

// A trial from before `sum_weight` has no such key in what its hash is made of.
BOOST_AUTO_TEST_CASE(a_later_parameter_counts_where_it_is_not_the_default) {
  const json plain = component("birnn", json::object());
  const auto with = [&](const json& given) {
    return identified(plain, task_with(component("focal", given)));
  };
  const Identified first = with(json::object());
  const json counted =
      json::parse(first.canonical + "}").at("configuration").at("entity").at("loss").at("classify");
  BOOST_TEST(counted ==
             json({{"component", "focal"}, {"form", "softmax"}, {"gamma", 2.0}, {"alpha", nullptr}}));
  BOOST_TEST(with({{"sum_weight", 1.0}, {"iou_factor", 0.0}, {"iou_form", "linear"}}).hash == first.hash);
  for (const json& changed : {json{{"sum_weight", 2.0}}, json{{"iou_factor", 1.0}},
                              json{{"iou_form", "power"}}, json{{"gamma", 1.0}}}) {
    const Identified other = with(changed);
    const std::string name = changed.items().begin().key();
    BOOST_TEST(other.hash != first.hash, name);
    BOOST_TEST(other.canonical.find('"' + name + '"') != std::string::npos, name);
  }
}

// What stood in the hash from the first trials on stays there.
BOOST_AUTO_TEST_CASE(an_earlier_parameter_counts_as_it_is) {
  const Identified first = identified(component("birnn", json::object()), task_with(component("bce")));
  const json counted =
      json::parse(first.canonical + "}").at("configuration").at("entity").at("loss").at("classify");
  BOOST_TEST(
      counted ==
      json({{"component", "bce"}, {"iou_factor", 0.0}, {"iou_form", "linear"}, {"iou_unit", "words"}}));
}
