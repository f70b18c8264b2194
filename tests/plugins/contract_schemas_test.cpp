// SPDX-License-Identifier: MIT
// What the registry and the schemas of all components must keep; and that the contract suite sees every
// choice that they declare.
#include <set>

#include "plugins/contract.hpp"

namespace spanlab::test::contract {

BOOST_AUTO_TEST_SUITE(contract)

BOOST_AUTO_TEST_CASE(nothing_is_refused_and_every_parameter_is_explained) {
  for (const PluginFile& file : components().files())
    BOOST_TEST(file.refusal == "", file.file << ": " << file.refusal);
  for (int kind = 0; kind < 5; ++kind) {
    for (const std::string& id : components().ids(static_cast<ComponentKind>(kind))) {
      const ComponentInfo& info = components().info(static_cast<ComponentKind>(kind), id);
      BOOST_TEST(!info.summary.empty(), id);
      for (const Parameter& parameter : info.schema.parameters())
        BOOST_TEST(!parameter.doc.empty(), id << "." << parameter.name);
    }
  }
}

BOOST_AUTO_TEST_CASE(variants_have_every_choice_once) {
  for (int number = 0; number < 5; ++number) {
    const auto kind = static_cast<ComponentKind>(number);
    for (const std::string& id : components().ids(kind)) {
      const std::vector<Variant> all = variants(kind, id);
      BOOST_TEST(all.front().name == "");
      BOOST_TEST(
          (all.front().parameters.values() == Parameters(components().info(kind, id).schema, {}).values()));
      for (const Parameter& parameter : components().info(kind, id).schema.parameters()) {
        std::set<Value> values;
        for (const Variant& variant : all)
          values.insert(variant.parameters.values().find(parameter.name)->second);
        if (parameter.type == ParameterType::boolean)
          BOOST_TEST(values.size() == 2u, id << "." << parameter.name);
        for (const std::string& choice : parameter.choices) {
          const bool found = values.contains(choice) || values.contains(std::vector<std::string>{choice});
          BOOST_TEST(found, id << "." << parameter.name << " = " << choice);
        }
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test::contract
