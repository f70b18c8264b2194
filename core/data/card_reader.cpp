// SPDX-License-Identifier: MIT
#include "data/card_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "files/checksum.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

// A value in the identity of content; of a file, what it holds.
std::string counted(const Parameter& parameter, const Value& value) {
  if (parameter.file && std::holds_alternative<std::string>(value))
    return remembered_sha256_of_file(std::get<std::string>(value));
  const auto text = [](const auto& v) -> std::string {
    using Type = std::decay_t<decltype(v)>;
    if constexpr (std::is_same_v<Type, std::monostate>)
      return "not set";
    else
      return fmt::format("{}", v);
  };
  return std::visit(text, value);
}

/// What a card says of its reader: `reader = "spert"`, or a table of its `component` and parameters.
class ReaderOfCard {
 public:
  ReaderOfCard(TomlTable& root, const Registry& components) : root_(root), components_(components) {}

  CardReader read() {
    CardReader reader{.components = &components_};
    if (root_.holds_table("reader")) {
      TomlTable table = *root_.table("reader");
      reader.id = known(table, "component");
      reader.parameters = table.others();
      check(reader);
    } else {
      reader.id = known(root_, "reader");
    }
    return reader;
  }

 private:
  // The id if there is such a reader, else empty. One whose plugin was refused is not merely unknown.
  std::string known(TomlTable& table, const std::string& key) {
    const std::string id = table.text(key);
    if (id.empty() || components_.contains(ComponentKind::reader, id)) return id;
    try {
      components_.throw_if_refused(ComponentKind::reader, id);
      table.choice(key, components_.ids(ComponentKind::reader));
    } catch (const Error& error) {
      for (const Problem& problem : error.problems())
        table.add(table.source(key), problem.place + ": " + problem.message);
    }
    return "";
  }

  void check(const CardReader& reader) {
    if (reader.id.empty()) return;
    try {
      Parameters(components_.info(ComponentKind::reader, reader.id).schema, reader.parameters, "reader");
    } catch (const Error& error) {
      for (const Problem& problem : error.problems())
        root_.add(root_.source("reader"), problem.place + ": " + problem.message);
    }
  }

  TomlTable& root_;
  const Registry& components_;
};

}  // namespace

std::shared_ptr<Reader> CardReader::make() const {
  const Schema& schema = components->info(ComponentKind::reader, id).schema;
  return components->reader(id, Parameters(schema, parameters, "reader"));
}

std::string CardReader::identity() const {
  if (!components) return id;
  const ComponentInfo& info = components->info(ComponentKind::reader, id);
  std::string content = id;
  if (info.results_version != 1) content += "\ncode " + components->identity(ComponentKind::reader, id);
  const Parameters given(info.schema, parameters, "reader");
  for (const auto& [name, value] : given.values()) {
    const Parameter& parameter = *info.schema.find(name);
    if (parameter.identity && value != parameter.default_value)
      content += fmt::format("\nparameter {} {}", name, counted(parameter, value));
  }
  return content;
}

CardReader read_card_reader(TomlTable& root, const Registry& components) {
  return ReaderOfCard(root, components).read();
}

}  // namespace spanlab::host
