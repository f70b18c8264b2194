// SPDX-License-Identifier: MIT
#include "app/data_list.hpp"

#include "spanlab/error.hpp"

namespace spanlab::host::app {

namespace {

template <typename Card>
std::string folder_or_empty(const CardIndex& cards, const Card& card) {
  try {
    return cards.folder(card).string();
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::data && error.problems().front().place.empty()) return "";
    throw;
  }
}

template <typename Card>
ListedCard listed(CardKind kind, const CardIndex& cards, const Card& card) {
  return {kind, card.name, card.title, card.licence, folder_or_empty(cards, card)};
}

}  // namespace

DataList list_data(const Places& places) {
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(places, registry);
  DataList list{.broken = cards.broken()};
  for (const std::string& name : cards.data_names()) {
    list.cards.push_back(listed(CardKind::data, cards, cards.data(name)));
  }
  for (const std::string& name : cards.model_names()) {
    list.cards.push_back(listed(CardKind::model, cards, cards.model(name)));
  }
  return list;
}

AddedData add_data(const DataAddOptions& options, const Places& places) {
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(places, registry);
  const std::string folder = cards.add(options.name, options.folder).string();
  return {folder, cards.site().string()};
}

}  // namespace spanlab::host::app
