// SPDX-License-Identifier: MIT
#include "results/evaluated.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "evaluate/annotation_union.hpp"
#include "evaluate/score_groups.hpp"
#include "files/file_names.hpp"
#include "records/attempt_files.hpp"
#include "records/predictions.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {
namespace {

/// The trial's configuration as far as its plugins are at hand: data and tasks need none.
Configuration readable(const PlannedTrial& trial, const Registry& registry) {
  std::vector<Problem> components;
  return read_configuration(*trial.configuration, registry, components);
}

std::string part_scored(const DataSettings& data) { return data.test.empty() ? "dev" : "test"; }

void check_content(const PlannedTrial& trial, const DataSettings& data, const DataCard& card) {
  const auto known = trial.identity->find("data");
  if (known == trial.identity->end() || *known == data_content(card, data)) return;
  throw Error(ErrorKind::data, card.name,
              fmt::format("the data set is not what trial {} was trained on: its card names other files",
                          trial.hash.substr(0, 8)));
}

std::vector<Annotation> gold_of(const Corpus& corpus, std::size_t view) {
  std::vector<Annotation> gold;
  for (const Sentence& sentence : corpus.sentences) gold.push_back(sentence.views.at(view));
  return gold;
}

/// The gold of several views as one, in the types of `all`.
std::vector<Annotation> united_gold(const std::vector<EvaluatedGroup>& groups, const Inventory& all) {
  std::vector<Annotation> united;
  for (const EvaluatedGroup& group : groups) {
    std::vector<Annotation> moved;
    for (const Annotation& annotation : group.gold)
      moved.push_back(in_types_of(annotation, group.inventory, all));
    united = united.empty() ? moved : unite(united, moved);
  }
  return united;
}

}  // namespace

std::shared_ptr<const Corpus> EvaluatedReader::part(const PlannedTrial& trial, const std::string& part) {
  const DataSettings data = readable(trial, registry_).data;
  const DataCard& card = cards_.data(data.name);
  check_content(trial, data, card);
  std::shared_ptr<const Corpus>& known = read_[part + " " + trial.configuration->at("data").dump()];
  if (!known) known = std::make_shared<Corpus>(read_part(card, cards_.folder(card), data, part));
  return known;
}

Evaluated EvaluatedReader::read(const PlannedTrial& trial, const Attempt& attempt) {
  const Configuration configuration = readable(trial, registry_);
  const DataSettings& data = configuration.data;
  const std::string scored = part_scored(data);
  Evaluated evaluated{.split = data.expression(scored),
                      .overlap = data.overlap.value_or(cards_.data(data.name).overlap),
                      .corpus = part(trial, scored)};
  const Corpus& corpus = *evaluated.corpus;
  const std::filesystem::path folder = attempt.folder / kPredictionsFolder;
  const auto read_group = [&](EvaluatedGroup& group) {
    const std::string name =
        group.name.empty() ? file_name_of(evaluated.split) : file_name_of({evaluated.split, group.name}, '.');
    group.predicted = read_predictions(folder / (name + ".jsonl"), corpus.sentences, group.inventory);
  };
  const std::vector<SpanTask> tasks = span_tasks(configuration);
  const std::vector<std::string> names = score_groups(tasks, corpus.views.size());
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    const auto view =
        static_cast<std::size_t>(std::ranges::find(corpus.views, tasks[i].view) - corpus.views.begin());
    EvaluatedGroup group{
        .name = names[i], .inventory = corpus.inventories.at(view), .gold = gold_of(corpus, view)};
    read_group(group);
    evaluated.groups.push_back(std::move(group));
  }
  if (has_union(tasks)) {
    EvaluatedGroup all{.name = std::string(kUnion)};
    for (const EvaluatedGroup& group : evaluated.groups)
      all.inventory = inventory_union(all.inventory, group.inventory);
    all.gold = united_gold(evaluated.groups, all.inventory);
    read_group(all);
    evaluated.groups.push_back(std::move(all));
  }
  return evaluated;
}

}  // namespace spanlab::host
