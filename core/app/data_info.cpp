// SPDX-License-Identifier: MIT
#include "app/data_info.hpp"

#include "spanlab/error.hpp"

namespace spanlab::host::app {

namespace {

void read_contents(DataDescription& data, std::int64_t max_width) {
  std::map<std::string, Corpus> splits;
  for (const auto& [split, file] : data.card.splits) {
    const std::vector<std::string> one{split};
    try {
      splits[split] = read_corpus(data.card, data.folder, one);
      data.counts[split] = count(splits[split], max_width);
    } catch (const Error&) {
      // One split that cannot be read does not hide the others; `data check` says what is wrong with it.
      splits[split] = {};
    }
  }
  data.leaks = leaks(data.card, splits);
}

}  // namespace

DataDescription describe_data(const DataInfoOptions& options, const Places& places) {
  const Registry registry = load_what_can_be(places);
  const CardIndex cards = load_cards(places, registry);
  DataDescription data{.card = cards.data(options.name)};
  try {
    data.folder = cards.folder(data.card);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::data || !error.problems().front().place.empty()) throw;
    data.not_found = error.what();
    return data;
  }
  read_contents(data, options.max_width);
  return data;
}

}  // namespace spanlab::host::app
