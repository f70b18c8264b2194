// SPDX-License-Identifier: MIT
#include "study/identity.hpp"

#include <fstream>

#include "components.hpp"
#include "plugin/configuration.hpp"
#include "test.hpp"

using namespace spanlab;
using nlohmann::json;

namespace {

// The component with its defaults and what is given.
json encoder(const std::string& id, const json& given) {
  json node{{"component", id}};
  for (const Parameter& parameter : test::components().info(ComponentKind::encoder, id).schema.parameters()) {
    node[parameter.name] = given.value(parameter.name, to_json(parameter.default_value));
  }
  return node;
}

struct Identified {
  json identity;
  std::string hash;
};

Identified identified(const json& encoder) {
  static const CardIndex cards(standard_locations({}));
  Identities identities(test::components(), cards, "cpu");
  const json configuration{{"data", {{"name", "sample"}, {"train", "train"}, {"noise", {{"rate", 0.0}}}}}, {"encoder", encoder}, {"train", json::object()}};
  const json identity = identities.identity(configuration);
  return {identity, Identities::hash(identities.canonical(configuration, identity), 1)};
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_file_counts_by_its_content) {
  test::TemporaryFolder folder;
  auto written = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder.path() / name) << text;
    return identified(encoder("birnn", {{"vectors", (folder.path() / name).string()}}));
  };
  const Identified first = written("a.txt", "the 1 2\n"), plain = identified(encoder("birnn", json::object()));
  BOOST_TEST(first.identity.at("files").at("encoder.vectors") == sha256_of("the 1 2\n"));
  BOOST_TEST(written("b.txt", "the 1 2\n").hash == first.hash);
  BOOST_TEST(written("a.txt", "the 1 3\n").hash != first.hash);
  BOOST_TEST(plain.hash != first.hash);
  BOOST_TEST(!plain.identity.contains("files"));
}

BOOST_AUTO_TEST_CASE(an_encoder_inside_another_counts_if_it_is_built) {
  BOOST_TEST(!identified(encoder("birnn", json::object())).identity["components"].contains("encoder/bert"));
  BOOST_TEST(identified(encoder("birnn", {{"model", "minilm"}})).identity["components"].contains("encoder/bert"));
}
