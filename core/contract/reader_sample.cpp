// SPDX-License-Identifier: MIT
#include "contract/reader_sample.hpp"

#include <fmt/format.h>

#include "data/dataset.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host::suite {

namespace {

constexpr std::uintmax_t kLargest = 8 << 20;  // bytes of a file that is still a sample

struct Found {
  const DataCard* card = nullptr;
  std::filesystem::path folder;
  std::string split;
  std::uintmax_t bytes = kLargest;
};

// The smallest split of the card, if it is smaller than what was found before.
void look_at(const DataCard& card, const CardIndex& cards, Found& found) {
  const std::filesystem::path folder = cards.folder(card);
  for (const auto& [split, file] : card.splits) {
    std::error_code absent;
    const std::uintmax_t bytes = std::filesystem::file_size(folder / file.path, absent);
    if (!absent && bytes < found.bytes) found = {&card, folder, split, bytes};
  }
}

}  // namespace

std::shared_ptr<const ReaderSample> find_sample(const Surroundings& around, const std::string& reader) {
  Found found;
  for (const std::string& name : around.cards.data_names()) {
    try {
      const DataCard& card = around.cards.data(name);
      if (card.reader.id == reader) look_at(card, around.cards, found);
    } catch (const Error&) {  // broken, or its files are not here
    }
  }
  if (!found.card) return nullptr;
  auto sample = std::make_shared<ReaderSample>();
  sample->data = fmt::format("{}, {}", found.card->name, found.split);
  sample->input = reader_input(*found.card, found.folder, found.split);
  sample->inventories = found.card->inventories;
  if (found.card->types) {
    const Inventory types = read_types(found.folder / found.card->types->path);
    sample->inventories.assign(found.card->views.size(), types);
  }
  sample->input.inventories = sample->inventories;
  sample->parameters =
      Parameters(around.registry.info(ComponentKind::reader, reader).schema, found.card->reader.parameters);
  return sample;
}

ReadText read_with(const Reader& reader, const ReaderInput& input) {
  ReadText text;
  text.sentences = reader.read(input, text.left_out, text.problems);
  return text;
}

std::string text_of(const std::vector<Sentence>& sentences) {
  std::string text;
  for (const Sentence& sentence : sentences) {
    text += fmt::format("{} {}\n{}\n", sentence.id, sentence.document, fmt::join(sentence.words, " "));
    for (const Annotation& view : sentence.views) {
      for (const Entity& entity : view.entities)
        text += fmt::format("{} {} {}; ", entity.span.begin, entity.span.end, entity.type);
      for (const Relation& relation : view.relations)
        text += fmt::format("{} {} {}. ", relation.head, relation.tail, relation.type);
      text += '\n';
    }
  }
  return text;
}

}  // namespace spanlab::host::suite
