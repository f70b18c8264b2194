// SPDX-License-Identifier: MIT
#include "run/checks.hpp"

#include "run/provenance.hpp"
#include "settings/configuration_json.hpp"
#include "store/attempt.hpp"
#include "train/hardware.hpp"

namespace spanlab::host {

using nlohmann::json;

namespace {

std::optional<Error> absent_device(const PlannedTrial& trial) {
  if (device_of(trial) != "cuda" || hardware().cuda) return std::nullopt;
  return Error(ErrorKind::environment, "--device",
               "cuda was asked for, but LibTorch finds no CUDA device here; use --device cpu");
}

// The card of the pretrained encoder; null where there is none.
const ModelCard* pretrained_card(const PlannedTrial& trial, const Registry& registry,
                                 const CardIndex& cards) {
  const std::string model = model_name(trial, registry);
  const std::vector<std::string> known = cards.model_names();
  if (std::ranges::find(known, model) == known.end()) return nullptr;
  return &cards.model(model);
}

// The first trial of each row that needs what no row before it needed.
std::vector<const PlannedTrial*> different_inputs(const Plan& plan, const Registry& registry) {
  std::vector<const PlannedTrial*> different;
  std::set<std::vector<std::string>> seen;
  std::int64_t row = -1;
  for (const PlannedTrial& trial : plan.trials) {
    if (trial.row == row) continue;
    row = trial.row;
    const bool is_new = seen.insert({data_name(trial), model_name(trial, registry), device_of(trial)}).second;
    if (is_new) different.push_back(&trial);
  }
  return different;
}

// What cannot be read may have to run.
bool is_over(const RunStore& store, const std::string& hash) {
  try {
    const TrialState state = standing(store, hash).state;
    return state == TrialState::finished || state == TrialState::failed;
  } catch (const std::exception&) {
    return false;
  }
}

class Inputs {
 public:
  Inputs(const Registry& registry, const CardIndex& cards, Faults& faults)
      : registry_(registry), cards_(cards), faults_(faults) {}

  // Whether the inputs of these rows, of which `trial` is one, are there and are what the plan was made from.
  bool check(const PlannedTrial& trial, const RowNumbers& rows) {
    const auto attempt = [&](const auto& action) {
      return faults_.attempt(rows, ErrorKind::environment, "", action);
    };
    bool good = attempt([&] {
      if (const std::optional<Error> absent = absent_device(trial)) throw *absent;
    });
    good &= attempt([&] { check_identity(trial, registry_, cards_, device_of(trial)); });
    std::vector<Problem> unreadable;  // told by whoever reads the rest
    const Configuration configuration = read_configuration(trial.configuration, registry_, unreadable);
    good &= attempt([&] { check_precision(configuration.train.precision, device_of(trial)); });
    good &= attempt([&] { files(configuration.data); });
    good &= attempt([&] {
      if (const ModelCard* card = pretrained_card(trial, registry_, cards_)) cards_.folder(*card);
    });
    return good;
  }

 private:
  void files(const DataSettings& data) {
    const DataCard& card = cards_.data(data.name);
    const std::filesystem::path folder = cards_.folder(card);
    std::set<std::string> seen;
    std::vector<Problem> problems;
    for (const char* part : kParts) {
      for (const std::string& split : splits_of_part(card, data, part)) {
        for (const CardFile& file : split_files(card, split)) {
          if (seen.insert(file.path).second) verify(folder, {&file, 1}, problems);
        }
      }
    }
    if (!problems.empty()) throw Error(ErrorKind::data, std::move(problems));
  }

  const Registry& registry_;
  const CardIndex& cards_;
  Faults& faults_;
};

}  // namespace

Plan rows_to_run(const Plan& plan, const RunStore& store, const std::set<std::string>& again) {
  Plan part = plan;
  part.rows.clear();
  part.trials.clear();
  std::int64_t row = -1;
  for (const PlannedTrial& trial : plan.trials) {
    if (trial.row == row) continue;
    if (!again.contains(trial.hash) && is_over(store, trial.hash)) continue;
    row = trial.row;
    part.trials.push_back(trial);
    part.trials.back().row = static_cast<std::int64_t>(part.rows.size());
    part.rows.push_back(plan.rows.at(static_cast<std::size_t>(row)));
  }
  return part;
}

std::vector<Problem> absent_inputs(const Plan& plan, const Registry& registry, const CardIndex& cards) {
  Faults faults({});
  for (const PlannedTrial* trial : different_inputs(plan, registry)) {
    if (const std::optional<Error> absent = absent_device(*trial)) faults.add(*absent, {});
    faults.attempt({}, ErrorKind::data, "", [&] { cards.folder(cards.data(data_name(*trial))); });
    faults.attempt({}, ErrorKind::data, "", [&] {
      if (const ModelCard* card = pretrained_card(*trial, registry, cards)) cards.folder(*card);
    });
  }
  const std::optional<Error> error = faults.error();
  return error ? error->problems() : std::vector<Problem>();
}

std::optional<Error> check_plan(const Plan& plan, const Registry& registry, const CardIndex& cards) {
  std::vector<std::string> labels;
  for (const PlanRow& row : plan.rows) labels.push_back(row.label);
  Faults faults(labels);
  Inputs inputs(registry, cards, faults);
  std::map<std::size_t, const PlannedTrial*> trials;
  RowNumbers all;
  for (const PlannedTrial& trial : plan.trials) {
    const auto row = static_cast<std::size_t>(trial.row);
    if (trials.emplace(row, &trial).second) all.push_back(row);
  }
  const auto inputs_of = [&](std::size_t row) {
    const PlannedTrial& trial = *trials.at(row);
    const json& configuration = trial.configuration;
    return json{configuration.at("data"), configuration.at("encoder"),
                configuration.at("train").value("precision", ""), *trial.identity}
        .dump();
  };
  std::map<std::size_t, RowInputs> rows;
  for (const RowNumbers& same : grouped(all, inputs_of)) {
    if (!inputs.check(*trials.at(same.front()), same)) continue;
    for (std::size_t row : same) {
      faults.attempt({row}, ErrorKind::usage, "", [&] {
        const PlannedTrial& trial = *trials.at(row);
        rows.emplace(row, RowInputs{read_configuration(trial.configuration, registry), trial.seed});
      });
    }
  }
  check_rows(rows, registry, cards, faults);
  return faults.error();
}

}  // namespace spanlab::host
