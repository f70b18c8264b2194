// SPDX-License-Identifier: MIT
#include "train/checks.hpp"

#include <ATen/ATen.h>
#include <fmt/format.h>

#include <algorithm>
#include <new>
#include <set>

#include "model/build_tasks.hpp"
#include "model/features.hpp"
#include "model/setup.hpp"
#include "sdk/out_of_memory.hpp"
#include "sdk/utf8.hpp"
#include "settings/configuration_json.hpp"
#include "train/pretrained.hpp"
#include "train/step.hpp"
#include "train/trial_data.hpp"

namespace spanlab::host {

namespace {

class Checks {
 public:
  Checks(const std::map<std::size_t, RowInputs>& rows, const Registry& registry, const CardIndex& cards,
         Faults& faults)
      : rows_(rows), registry_(registry), cards_(cards), faults_(faults) {}

  void run() {
    RowNumbers all;
    for (const auto& [row, inputs] : rows_) all.push_back(row);
    const auto of_data = [&](std::size_t row) { return json_text(configuration(row).data); };
    for (const RowNumbers& rows : grouped(all, of_data)) data(rows);
  }

 private:
  const Configuration& configuration(std::size_t row) const { return rows_.at(row).configuration; }

  std::string component_name(std::size_t row) const {
    return fmt::format("encoder/{}", configuration(row).encoder.id);
  }

  void data(const RowNumbers& rows) {
    const DataSettings& first = configuration(rows.front()).data;
    const std::string place = fmt::format("data set '{}'", first.name);
    std::optional<TrialData> data;
    if (!faults_.attempt(rows, ErrorKind::data, place, [&] { data = read_trial_data(first, cards_); }))
      return;
    const auto of_batch = [&](std::size_t row) { return std::to_string(configuration(row).train.batch); };
    for (const RowNumbers& same : grouped(rows, of_batch)) {
      faults_.attempt(same, ErrorKind::usage, "train", [&] {
        steps_per_epoch(data->train.corpus.sentences.size(), configuration(same.front()).train.batch);
      });
    }
    const auto of_encoder = [&](std::size_t row) {
      return json_text(configuration(row).encoder) + to_text(configuration(row).train.precision);
    };
    for (const RowNumbers& same : grouped(rows, of_encoder)) encoder(same, *data);
  }

  void encoder(const RowNumbers& rows, TrialData& data) {
    const std::size_t first = rows.front();
    const std::string place = component_name(first);
    PretrainedModel pretrained;
    const auto find = [&] { pretrained = pretrained_model(configuration(first).encoder, registry_, cards_); };
    if (!faults_.attempt(rows, ErrorKind::data, place, find)) return;
    Generator initial = Generator(static_cast<std::uint64_t>(rows_.at(first).seed)).split("initial weights");
    const Corpus& training = data.train.corpus;
    const auto setup = [&](std::size_t row) {
      return ModelSetup{configuration(row),
                        registry_,
                        {training.views, training.inventories},
                        pretrained,
                        training.sentences,
                        "",
                        initial};
    };
    std::shared_ptr<Encoder> encoder;
    if (!faults_.attempt(rows, ErrorKind::plugin, place, [&] { encoder = build_encoder(setup(first)); }))
      return;
    for (Split* split : data.splits()) {
      faults_.attempt(rows, ErrorKind::plugin, place,
                      [&] { split->encoded = encode_sentences(*encoder, split->corpus.sentences); });
    }
    const auto of_tasks = [&](std::size_t row) { return tasks_text(configuration(row)); };
    for (const RowNumbers& same : grouped(rows, of_tasks)) {
      faults_.attempt(same, ErrorKind::plugin, "the model",
                      [&] { build_tasks(setup(same.front()), encoder->width()); });
    }
    adversary(rows, *encoder, data.train);
  }

  static std::string tasks_text(const Configuration& configuration) {
    std::string text;
    for (const auto& [name, task] : configuration.tasks) text += name + json_text(task);
    return text;
  }

  // An encoder that shows no embeddings cannot be trained adversarially; only a pass through it tells.
  void adversary(const RowNumbers& rows, Encoder& encoder, const Split& training) {
    RowNumbers asking;
    std::ranges::copy_if(rows, std::back_inserter(asking),
                         [&](std::size_t row) { return configuration(row).train.adversarial_norm > 0; });
    if (asking.empty() || training.encoded.empty()) return;
    const auto shortest = std::ranges::min_element(training.encoded, {},
                                                   [](const EncodedSentence& one) { return one.ids.size(); });
    const auto index = static_cast<std::size_t>(shortest - training.encoded.begin());
    const Item item{&training.corpus.sentences[index], &*shortest};
    Generator unused(0);
    Perturbation perturbation;
    Pass pass{Mode::training, unused, &perturbation};
    try {
      encoder.forward(make_batch({&item, 1}), pass);
    } catch (const std::exception&) {
      return;  // what it does in training is the trial's own
    }
    if (!perturbation.seen.defined()) faults_.add(no_embeddings(), asking);
  }

  const std::map<std::size_t, RowInputs>& rows_;
  const Registry& registry_;
  const CardIndex& cards_;
  Faults& faults_;
};

}  // namespace

std::vector<RowNumbers> grouped(const RowNumbers& rows, const std::function<std::string(std::size_t)>& key) {
  std::vector<RowNumbers> groups;
  std::map<std::string, std::size_t> known;
  for (std::size_t row : rows) {
    const auto [found, is_new] = known.emplace(key(row), groups.size());
    if (is_new) groups.emplace_back();
    groups[found->second].push_back(row);
  }
  return groups;
}

void Faults::add(const Error& error, const RowNumbers& rows) {
  if (!kind_) kind_ = error.kind() == ErrorKind::trial ? ErrorKind::plugin : error.kind();
  for (const Problem& problem : error.problems()) {
    const auto [found, is_new] = known_.emplace(std::pair(problem.place, problem.message), faults_.size());
    if (is_new) faults_.push_back({problem, {}});
    RowNumbers& having = faults_[found->second].rows;
    having.insert(having.end(), rows.begin(), rows.end());
  }
}

bool Faults::attempt(const RowNumbers& rows, ErrorKind otherwise, const std::string& place,
                     const std::function<void()>& action) {
  try {
    action();
    return true;
  } catch (const Error& error) {
    std::vector<Problem> problems = error.problems();
    for (Problem& problem : problems) {
      if (problem.place.empty()) problem.place = place;
    }
    add(Error(error.kind(), std::move(problems)), rows);
  } catch (const OutOfMemory& error) {
    add(Error(ErrorKind::environment, place, error.what()), rows);
  } catch (const std::bad_alloc&) {
    add(Error(ErrorKind::environment, place, "out of memory"), rows);
  } catch (const std::exception& error) {
    add(Error(otherwise, place, first_line(error.what())), rows);
  } catch (...) {
    add(Error(otherwise, place, "an exception of unknown type"), rows);
  }
  return false;
}

std::optional<Error> Faults::error() const {
  if (faults_.empty()) return std::nullopt;
  std::vector<Problem> problems;
  for (const Fault& fault : faults_) {
    Problem problem = fault.problem;
    const std::set<std::size_t> rows(fault.rows.begin(), fault.rows.end());
    if (rows.size() < labels_.size()) {
      problem.message += fmt::format("\n   in row '{}'", labels_[*rows.begin()]);
      if (rows.size() > 1) problem.message += fmt::format(" and {} more", rows.size() - 1);
    }
    problems.push_back(std::move(problem));
  }
  return Error(*kind_, std::move(problems));
}

void check_rows(const std::map<std::size_t, RowInputs>& rows, const Registry& registry,
                const CardIndex& cards, Faults& faults) {
  Checks(rows, registry, cards, faults).run();
}

}  // namespace spanlab::host
