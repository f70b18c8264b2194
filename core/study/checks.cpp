// SPDX-License-Identifier: MIT
#include "study/checks.hpp"

#include <algorithm>
#include <filesystem>

#include "data/splits.hpp"

namespace spanlab::host {

namespace {

class Checker {
 public:
  Checker(const Configuration& configuration, const Registry& registry, const CardIndex& cards,
          const PlaceOf& place_of, Problems& problems)
      : configuration_(configuration),
        registry_(registry),
        cards_(cards),
        place_of_(place_of),
        problems_(problems) {}

  void run() {
    data();
    encoder();
    for (const auto& [name, task] : configuration_.tasks) check_task(name, task);
    each_component(configuration_, [&](const std::string& path, const ComponentSetting& component) {
      if (component.is_set()) inner(path, component);
    });
    if (configuration_.is_whole()) files();
  }

 private:
  void add(const std::string& path, const std::string& message) {
    problems_.add(place_of_(path), fmt::format("{}: {}", path, message));
  }

  // Runs something that throws Error for an unknown name, and takes over its problems.
  template <typename LookUp>
  void try_look_up(const std::string& path, LookUp look_up) {
    try {
      look_up();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::usage) throw;
      for (const Problem& problem : error.problems()) add(path, problem.message);
    }
  }

  void data() {
    const DataSettings& data = configuration_.data;
    if (data.name.empty()) return;
    try_look_up("data.name", [&] { card_ = &cards_.data(data.name); });
    if (!card_) return;
    bool fold_fits = false;
    try_look_up("data.fold", [&] { fold_fits = splits_of(*card_, "", data.fold).empty(); });
    for (const char* part : kParts) {
      if (!fold_fits) break;
      try_look_up(fmt::format("data.{}", part), [&] { splits_of_part(*card_, data, part); });
    }
    if (data.train.empty()) add("data.train", "expected a split to train on");
    for (const std::string& view : data.noise.views) has_view("data.noise.views", view);
  }

  void has_view(const std::string& path, const std::string& view) {
    if (std::ranges::find(card_->views, view) != card_->views.end()) return;
    add(path, fmt::format("data set '{}' has no view '{}'{}\n   views: {}", card_->name, view,
                          did_you_mean(view, card_->views), fmt::join(card_->views, ", ")));
  }

  void encoder() {
    const ComponentSetting& encoder = configuration_.encoder;
    if (!encoder.is_set()) return;
    const Schema& schema = registry_.info(ComponentKind::encoder, encoder.id).schema;
    if (const std::string model = model_of(registry_, encoder); !model.empty()) {
      try_look_up("encoder." + schema.find(Role::pretrained)->name, [&] { cards_.model(model); });
    }
    const TrainSettings& train = configuration_.train;
    if (train.precision == Precision::bf16 && !registry_.info(encoder.kind, encoder.id).bf16) {
      add("train.precision",
          fmt::format("the encoder '{}' has no products in \"bf16\"; expected \"float32\"", encoder.id));
    }
    if (is_frozen(registry_, encoder) && train.adversarial_norm > 0) {
      add("train.adversarial_norm",
          "expected 0: the encoder is frozen, so that its embeddings cannot be moved");
    }
  }

  // What stands inside the component.
  void inner(const std::string& path, const ComponentSetting& component) {
    const Parameter* names = registry_.info(component.kind, component.id).schema.find(Role::component);
    if (!names) return;
    try_look_up(path + '.' + names->name, [&] { nested_components(registry_, component); });
  }

  void files() {
    each_component(configuration_, [&](const std::string& path, const ComponentSetting& component) {
      for (const Parameter& parameter : registry_.info(component.kind, component.id).schema.parameters()) {
        const std::string* file = parameter.file ? text_in(component, parameter.name) : nullptr;
        if (!file || std::filesystem::is_regular_file(*file)) continue;
        add(fmt::format("{}.{}", path, parameter.name),
            fmt::format("expected a file, by its path from here, got \"{}\"", *file));
      }
    });
  }

  void check_task(const std::string& name, const TaskSetting& task) {
    spans(name, task.spans);
    if (card_) has_view(name + ".view", task.view);
    if (task.head.is_set() && !task.losses.empty()) outputs(name, task.head, task.losses);
    if (card_ && task.labeler.is_set()) other_view(name, task.labeler, task.view);
  }

  // A labeler that compares views says so by a parameter of that role; empty stands for the only other one.
  void other_view(const std::string& name, const ComponentSetting& labeler, const std::string& view) {
    const Parameter* names = parameter_of(labeler, Role::view);
    const std::string* wanted = names ? text_in(labeler, names->name) : nullptr;
    if (!wanted) return;
    const std::string place = fmt::format("{}.labeler.{}", name, names->name);
    std::vector<std::string> others = card_->views;
    std::erase(others, view);
    if (others.empty()) {
      add(name + ".labeler",
          fmt::format("'{}' compares views, but data set '{}' has only one; expected a data set with two",
                      labeler.id, card_->name));
    } else if (wanted->empty() ? others.size() > 1 : std::ranges::find(others, *wanted) == others.end()) {
      add(place, fmt::format("expected another view of data set '{}', got \"{}\"{}\n   views: {}",
                             card_->name, *wanted, did_you_mean(*wanted, others), fmt::join(others, ", ")));
    }
  }

  const Parameter* parameter_of(const ComponentSetting& component, Role role) const {
    return registry_.info(component.kind, component.id).schema.find(role);
  }

  // Null where the component has no such parameter or it is not a text.
  static const std::string* text_in(const ComponentSetting& component, const std::string& name) {
    const Value* value = value_in(component, name);
    return value ? std::get_if<std::string>(value) : nullptr;
  }

  static const Value* value_in(const ComponentSetting& component, const std::string& name) {
    const auto found = component.parameters.values().find(name);
    return found == component.parameters.values().end() ? nullptr : &found->second;
  }

  void spans(const std::string& name, const std::string& wanted) {
    if (wanted.empty()) return;
    std::vector<std::string> giving;
    for (const auto& [other, task] : configuration_.tasks) {
      if (task.spans.empty() && task.head.is_set()) giving.push_back(other);
    }
    if (std::ranges::find(giving, wanted) != giving.end()) return;
    const auto found = configuration_.tasks.find(wanted);
    const bool exists = found != configuration_.tasks.end();
    if (exists && !found->second.head.is_set()) return;  // what is wrong with it has been told
    add(name + ".spans", fmt::format("{} '{}'{}\n   tasks that give spans: {}",
                                     exists ? "no spans come from task" : "there is no task", wanted,
                                     exists ? "" : did_you_mean(wanted, giving), fmt::join(giving, ", ")));
  }

  void outputs(const std::string& name, const ComponentSetting& head, const LossSettings& losses) {
    const Parameter* names = parameter_of(head, Role::outputs);  // heads with one output need none
    const Value* value = names ? value_in(head, names->name) : nullptr;
    const auto* outputs = value ? std::get_if<std::vector<std::string>>(value) : nullptr;
    if (!outputs) return;
    if (outputs->empty()) add(fmt::format("{}.head.{}", name, names->name), "expected at least one output");
    for (const std::string& output : *outputs) {
      if (losses.contains(output)) continue;
      add(name + ".loss",
          fmt::format("the head's output '{}' has no loss: {} = lab.loss \"…\" {{ … }}", output, output));
    }
    for (const auto& [output, loss] : losses) {
      if (std::ranges::find(*outputs, output) != outputs->end()) continue;
      add(name + ".loss." + output, fmt::format("the head has no output '{}'{}\n   outputs: {}", output,
                                                did_you_mean(output, *outputs), fmt::join(*outputs, ", ")));
    }
  }

  const Configuration& configuration_;
  const Registry& registry_;
  const CardIndex& cards_;
  const PlaceOf& place_of_;
  Problems& problems_;
  const DataCard* card_ = nullptr;
};

}  // namespace

void check_configuration(const Configuration& configuration, const Registry& registry, const CardIndex& cards,
                         const PlaceOf& place_of, Problems& problems) {
  Checker(configuration, registry, cards, place_of, problems).run();
}

}  // namespace spanlab::host
