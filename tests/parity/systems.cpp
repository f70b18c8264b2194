// SPDX-License-Identifier: MIT
#include "parity/systems.hpp"

#include <ATen/ATen.h>

#include <algorithm>

#include "parity/agreement_levels.hpp"

namespace spanlab::test {

namespace {

using nlohmann::json;

std::vector<LabelType> named(const json& names) {
  std::vector<LabelType> types;
  for (const std::string name : names) {
    if (name != "None") types.push_back({name, name, false});
  }
  return types;
}

Inventory inventory_of(const json& types) {
  auto read = [](const json& list) {
    std::vector<LabelType> all;
    for (const json& type : list) {
      if (type.at("index") != 0)
        all.push_back({type.at("name"), type.at("name"), type.value("symmetric", false)});
    }
    return all;
  };
  return {read(types.at("entities")), read(types.at("relations"))};
}

// The types of a candidate pair, however the fixture writes them; of one that stands once per type, its own
// alone.
std::vector<std::string> types_of(const json& relation) {
  if (relation.contains("types")) return relation["types"];
  return relation.at("type") == "None" ? std::vector<std::string>()
                                       : std::vector<std::string>{relation["type"]};
}

Annotation annotation_of(const json& part, const Inventory& inventory) {
  Annotation annotation;
  for (const json& entity : part.at("entities")) {
    if (entity.at("type") == "None") continue;
    annotation.entities.push_back(
        {{entity.at("start"), entity.at("end")}, type_index(inventory.entities, entity.at("type"))});
  }
  for (const json& relation : part.at("relations")) {
    for (const std::string& type : types_of(relation)) {
      annotation.relations.push_back(
          {relation.at("head"), relation.at("tail"), type_index(inventory.relations, type)});
    }
  }
  return annotation;
}

// The only code point of UTF-8 text.
std::int32_t code_point(const std::string& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::int32_t point = text.size() == 1 ? lead : lead & (0x7f >> text.size());
  for (std::size_t i = 1; i < text.size(); ++i)
    point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3f);
  return point;
}

}  // namespace

std::string vocabulary_text(const json& tables, std::int64_t vector_size) {
  json words = tables.at("words"), characters = json::array();
  words.erase(0);
  for (std::size_t i = 1; i < tables.at("chars").size(); ++i)
    characters.push_back(code_point(tables["chars"][i]));
  return json{{"lower", false}, {"vector_size", vector_size}, {"words", words}, {"characters", characters}}
      .dump();
}

std::vector<std::vector<std::int64_t>> characters_of(const EncodedSentence& encoded) {
  std::vector<std::vector<std::int64_t>> words;
  auto next = encoded.channels[0].begin();
  for (std::int64_t length : encoded.channels[1]) {
    words.emplace_back(next, next + length);
    next += length;
  }
  return words;
}

Labels labels_of(const json& config) {
  const bool listed = config.contains("types");
  const json& relations =
      config.contains("relations") ? config["relations"] : config.value("relation_types", json::array());
  const Inventory inventory =
      listed ? inventory_of(config["types"]) : Inventory{named(config.at("entity_types")), named(relations)};
  if (config.contains("views")) return {config["views"], {config["views"].size(), inventory}};
  return {{"default"}, {inventory}};
}

std::string parameter_name(const std::string& name) {
  static const std::vector<std::pair<std::string, std::string>> prefixes{
      {"bert.", "encoder."},
      {"entity_rnn.", "entity.tower."},
      {"relation_rnn.", "relation.tower."},
      {"ner_rnn.", "entity.tower."},
      {"re_rnn.", "relation.tower."},
      {"word.", "encoder.word."},
      {"char.", "encoder.char."},
      {"char_rnn.", "encoder.char_rnn."},
      {"shared_rnn.", "encoder.shared_rnn."},
      {"crf.", "entity.head."}};
  static const std::map<std::string, std::string> layers{
      {"size_embeddings.weight", "entity.head.widths"},
      {"entity_classifier.weight", "entity.head.classify_weight"},
      {"entity_classifier.bias", "entity.head.classify_bias"},
      {"rel_classifier.weight", "relation.head.classify_weight"},
      {"rel_classifier.bias", "relation.head.classify_bias"},
      {"tag.weight", "relation.head.tags"},
      {"distmult.weight", "relation.head.distmult"}};
  static const std::map<std::string, std::string> towers{{"ner_", "entity.head."}, {"re_", "relation.head."}};
  auto underscored = [](std::string text) {  // classify.weight → classify_weight
    std::ranges::replace(text, '.', '_');
    return text;
  };
  for (const char* view : {"sci", "sem"}) {
    if (name.starts_with(std::string(view) + "."))
      return std::string(view) + "_" + parameter_name(name.substr(4));
  }
  if (const auto layer = layers.find(name); layer != layers.end()) return layer->second;
  for (const auto& [prefix, own] : prefixes) {
    if (name.starts_with(prefix)) return own + name.substr(prefix.size());
  }
  for (const char* task : {"entity", "relation"}) {
    if (name.starts_with(std::string(task) + "."))
      return std::string(task) + ".head." + underscored(name.substr(std::string(task).size() + 1));
  }
  for (const auto& [prefix, own] : towers) {
    if (name.starts_with(prefix + "ff")) return own + underscored(name.substr(prefix.size()));
  }
  return "encoder." + name;
}

std::int32_t type_index(const std::vector<LabelType>& types, const std::string& name) {
  const auto found = std::ranges::find(types, name, &LabelType::name);
  BOOST_REQUIRE_MESSAGE(found != types.end(), "no type " << name);
  return static_cast<std::int32_t>(found - types.begin());
}

Sentence sentence_of(const json& item, const Labels& labels) {
  Sentence sentence{"", "", item.at("tokens"), {}};
  for (std::size_t view = 0; view < labels.views.size(); ++view) {
    sentence.views.push_back(annotation_of(labels.views.size() == 1 ? item : item.at(labels.views[view]),
                                           labels.inventories[view]));
  }
  return sentence;
}

PairSample given_pairs(const json& relations) {
  PairSample sample;
  std::int32_t gold = 0;
  for (const json& relation : relations) {
    sample.pairs.push_back({relation.at("head"), relation.at("tail")});
    const std::size_t types = types_of(relation).size();
    if (types > 0) sample.gold.emplace_back();
    for (std::size_t i = 0; i < types; ++i) sample.gold.back().push_back(gold++);
  }
  return sample;
}

const json& part_of(const json& item, const Model& model, const Task& task) {
  return model.labels().views.size() == 1 ? item : item.at(model.labels().views[task.view]);
}

SentenceSample given_sample(const Model& model, const Sentence& sentence, const json& item) {
  if (item.contains("kept"))
    return draw_samples(model, sentence, Generator(1));  // all words and all pairs of the kept entities
  SentenceSample sample(model.tasks().size());
  for (std::size_t i = 0; i < model.tasks().size(); ++i) {
    const Task& task = model.tasks()[i];
    const json& part = part_of(item, model, task);
    if (task.takes_spans()) {
      sample[i].drawn = std::make_shared<DrawnPairs>(given_pairs(part.at("relations")));
      continue;
    }
    SpanSample spans;
    std::int32_t gold = 0;
    for (const json& candidate : part.at("entities")) {
      spans.spans.push_back({candidate.at("start"), candidate.at("end")});
      if (candidate.at("type") != "None") spans.gold.push_back({gold++});
    }
    sample[i].drawn = std::make_shared<DrawnSpans>(std::move(spans));
  }
  label_samples(model, sentence, sample);
  return sample;
}

std::string term_name(const std::string& name, const std::map<std::string, double>& terms) {
  static const std::map<std::string, std::string> known{{"entity_loss", "entity.classify"},
                                                        {"rel_loss", "relation.classify"},
                                                        {"ner_loss", "entity.emissions"},
                                                        {"re_loss", "relation.classify"}};
  if (const auto found = known.find(name); found != known.end()) return found->second;
  if (name.ends_with(".identify") || name.ends_with(".classify")) return name;
  const bool soft = name.starts_with("soft.");
  const std::string rest = soft ? name.substr(5) : name;
  const bool relation = rest.ends_with(".relation");
  if (!relation && !rest.ends_with(".entity")) return "";
  std::string term = rest + ".classify";
  term[rest.find('.')] = '_';
  if (relation && soft) return term + ".soft";
  return relation && terms.contains(term + ".hard") ? term + ".hard" : term;
}

at::Tensor expected_rows(const NamedTensors& expected, const std::string& name, const std::string& mask) {
  if (const auto found = expected.find(name); found != expected.end()) {
    if (!expected.contains(mask)) return found->second;
    const std::int64_t columns = found->second.dim() == 3 ? found->second.size(2) : 1;
    return found->second.reshape({-1, columns})
        .index_select(0, expected.at(mask).reshape({-1}).nonzero().view({-1}));
  }
  std::vector<at::Tensor> parts;
  for (int k = 0; expected.contains(name + "_" + std::to_string(k)); ++k)
    parts.push_back(expected.at(name + "_" + std::to_string(k)));
  return parts.empty() ? at::Tensor() : at::cat(parts);
}

}  // namespace spanlab::test
