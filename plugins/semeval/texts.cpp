// SPDX-License-Identifier: MIT
#include "semeval/texts.hpp"

#include <fmt/format.h>

#include <optional>
#include <pugixml.hpp>
#include <set>

#include "spanlab/corpus_item.hpp"
#include "spanlab/problem_list.hpp"
#include "spanlab/text_file.hpp"

namespace spanlab {

namespace fs = std::filesystem;

namespace {

constexpr int kDeepestElement = 100;

class TextReader {
 public:
  TextReader(const fs::path& file, const std::string& bytes, std::vector<Problem>& problems)
      : file_(file), bytes_(bytes), problems_(problems) {}

  MarkedText read(const pugi::xml_node& node) {
    text_ = {};
    text_.id = node.attribute("id").value();
    if (text_.id.empty()) {
      add(node, "<text> has no id");
    } else if (!texts_.insert(text_.id).second) {
      add(node, fmt::format("text '{}' is there twice", text_.id));
    }
    walk(node, nullptr);
    if ((text_.title.text + text_.body.text).find_first_not_of(" \t\r\n") == std::string::npos) {
      add(node, fmt::format("text '{}' has neither title nor abstract", text_.id));
    }
    return std::move(text_);
  }

  void add(const pugi::xml_node& node, std::string message) {
    add_problem(problems_, place_in(file_, bytes_, static_cast<std::size_t>(node.offset_debug())),
                std::move(message));
  }

 private:
  // Some abstracts of the release stand inside the title or hold another <abstract>.
  void walk(const pugi::xml_node& node, MarkedPart* part) {
    if (depth_ == kDeepestElement) {
      return add(node, fmt::format("elements lie more than {} deep in each other", kDeepestElement));
    }
    ++depth_;
    walk_children(node, part);
    --depth_;
  }

  void walk_children(const pugi::xml_node& node, MarkedPart* part) {
    for (const pugi::xml_node& child : node) {
      if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) {
        if (part) part->text += child.value();
        continue;
      }
      const std::string_view name = child.name();
      if (name == "title") {
        walk(child, &text_.title);
      } else if (name == "abstract") {
        walk(child, &text_.body);
      } else if (name == "entity" && part) {
        entity(child, *part);
      } else if (child.type() == pugi::node_element) {
        walk(child, part);
      }
    }
  }

  void entity(const pugi::xml_node& node, MarkedPart& part) {
    MarkedEntity entity{.id = node.attribute("id").value(), .begin = part.text.size()};
    const std::size_t number = part.entities.size();
    part.entities.push_back(entity);
    walk(node, &part);
    part.entities[number].end = part.text.size();
    const std::string_view text = std::string_view(part.text).substr(entity.begin);
    if (entity.id.empty()) {
      add(node, "<entity> has no id");
    } else if (!entities_.insert(entity.id).second) {
      add(node, fmt::format("entity '{}' is there twice", entity.id));
    }
    if (text.find_first_not_of(" \t\r\n") == text.npos) {
      add(node, fmt::format("entity '{}' has no text", entity.id));
    }
  }

  const fs::path& file_;
  const std::string& bytes_;
  std::vector<Problem>& problems_;
  MarkedText text_;
  std::set<std::string> texts_;
  std::set<std::string> entities_;
  int depth_ = 0;
};

// `LABEL(first,second)` or `LABEL(first,second,REVERSE)`.
std::optional<MarkedRelation> relation_of(const std::string& line) {
  const std::size_t open = line.find('('), close = line.rfind(')'), comma = line.find(',');
  const bool has_marks = open != line.npos && close != line.npos && comma != line.npos;
  if (!has_marks || open == 0 || comma < open || close < comma) return std::nullopt;
  if (line.find_first_not_of(" \t\r", close + 1) != line.npos) return std::nullopt;
  const std::size_t second = line.find(',', comma + 1);
  const std::string flag = second == line.npos ? "" : line.substr(second + 1, close - second - 1);
  if (second != line.npos && flag != "REVERSE") return std::nullopt;
  const std::size_t end = second == line.npos ? close : second;
  MarkedRelation relation{line.substr(0, open), line.substr(open + 1, comma - open - 1),
                          line.substr(comma + 1, end - comma - 1), ""};
  if (relation.head.empty() || relation.tail.empty()) return std::nullopt;
  if (!flag.empty()) std::swap(relation.head, relation.tail);
  return relation;
}

}  // namespace

std::vector<MarkedText> read_semeval_xml(const fs::path& file, std::vector<Problem>& problems) {
  std::vector<MarkedText> texts;
  const std::size_t before = problems.size();
  const std::string bytes = read_text(file, problems);
  if (problems.size() > before) return texts;
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_buffer(
      bytes.data(), bytes.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (!result) {
    problems.push_back({place_in(file, bytes, static_cast<std::size_t>(result.offset)),
                        fmt::format("malformed XML: {}", result.description())});
    return texts;
  }
  TextReader reader(file, bytes, problems);
  const pugi::xml_node root = document.document_element();
  for (const pugi::xml_node& node : root.children("text")) texts.push_back(reader.read(node));
  if (texts.empty()) {
    problems.push_back(
        {file.string(), fmt::format("holds no texts: expected <text id=\"…\"> below <{}>", root.name())});
  }
  return texts;
}

std::vector<MarkedRelation> read_semeval_relations(const fs::path& file, std::vector<Problem>& problems) {
  std::vector<MarkedRelation> relations;
  for_each_line(read_text(file, problems), [&](std::string_view text, std::int64_t number) {
    const std::string line(text), place = fmt::format("{}:{}", file.string(), number);
    if (auto relation = relation_of(line)) {
      relation->place = place;
      relations.push_back(std::move(*relation));
    } else {
      const std::string shown = line.size() > 60 ? fmt::format("{}…", line.substr(0, 60)) : line;
      constexpr const char* kExpected =
          "expected TYPE(entity,entity) or TYPE(entity,entity,REVERSE), got '{}'";
      add_problem(problems, place, fmt::format(kExpected, shown));
    }
  });
  return relations;
}

}  // namespace spanlab
