// SPDX-License-Identifier: MIT
#include "study/checks.hpp"

#include "data/study_data.hpp"
#include "plugin/configuration.hpp"
#include "study/configuration.hpp"

namespace spanlab {

using nlohmann::json;

namespace {

class Checker {
 public:
  Checker(const json& configuration, const Registry& registry, const CardIndex& cards,
          const std::function<std::string(const std::string&)>& place_of, Problems& problems)
      : configuration_(configuration),
        registry_(registry),
        cards_(cards),
        place_of_(place_of),
        problems_(problems) {}

  void run() {
    data();
    encoder();
    const std::vector<std::string> tasks = task_names(configuration_);
    for (const std::string& name : tasks) task(name, tasks);
    if (is_whole(configuration_)) files();
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
    auto data = configuration_.find("data");
    if (data == configuration_.end() || !data->is_object()) return;
    try_look_up("data.name", [&] { card_ = &cards_.data(data->at("name").get_ref<const std::string&>()); });
    if (!card_) return;
    bool fold_fits = false;
    try_look_up("data.fold", [&] {
      fold_fits = splits_of_part(*card_, {{"fold", data->value("fold", json())}}, "").empty();
    });
    for (const char* part : {"train", "dev", "test"}) {
      if (!fold_fits) break;
      try_look_up(fmt::format("data.{}", part), [&] { splits_of_part(*card_, *data, part); });
    }
    if (data->at("train") == "") add("data.train", "expected a split to train on");
    for (const json& view : data->at("noise").at("views"))
      has_view("data.noise.views", view.get_ref<const std::string&>());
  }

  void has_view(const std::string& path, const std::string& view) {
    if (std::ranges::find(card_->views, view) != card_->views.end()) return;
    add(path, fmt::format("data set '{}' has no view '{}'{}\n   views: {}", card_->name, view,
                          did_you_mean(view, card_->views), fmt::join(card_->views, ", ")));
  }

  void encoder() {
    auto encoder = configuration_.find("encoder");
    if (encoder == configuration_.end() || !encoder->is_object()) return;
    auto model = encoder->find("model");
    if (model != encoder->end() && model->is_string())
      try_look_up("encoder.model", [&] { cards_.model(model->get_ref<const std::string&>()); });
    try_look_up("encoder.context", [&] { inner_encoder(registry_, *encoder); });
    const json train = configuration_.value("train", json::object());
    const auto id = encoder->at("component").get<std::string>();
    if (train.value("precision", "") == "bf16" && !registry_.info(ComponentKind::encoder, id).bf16) {
      add("train.precision",
          fmt::format("the encoder '{}' has no products in \"bf16\"; expected \"float32\"", id));
    }
    const json norm = train.value("adversarial_norm", json());
    if (encoder->value("frozen", json(false)) == json(true) && norm.is_number() && norm > 0.0) {
      add("train.adversarial_norm",
          "expected 0: the encoder is frozen, so that its embeddings cannot be moved");
    }
  }

  void files() {
    each_component(configuration_, [&](ComponentKind kind, const std::string& path, const json& node) {
      for (const Parameter& parameter :
           registry_.info(kind, node.at("component").get_ref<const std::string&>()).schema.parameters()) {
        const json& file = node.at(parameter.name);
        if (!parameter.file || !file.is_string() || std::filesystem::is_regular_file(file.get<std::string>()))
          continue;
        add(fmt::format("{}.{}", path, parameter.name),
            fmt::format("expected a file, by its path from here, got {}", file.dump()));
      }
    });
  }

  void task(const std::string& name, const std::vector<std::string>& tasks) {
    const json& task = configuration_.at(name);
    if (!task.is_object()) return;
    spans(name, task.at("spans"), tasks);
    const std::string& view = task.at("view").get_ref<const std::string&>();
    if (card_) has_view(name + ".view", view);
    outputs(name, task.at("head"), task.at("loss"));
    other_view(name, task.at("labeler"), view);
  }

  // A labeler that compares views says so by a parameter `other_view`; empty stands for the only other one.
  void other_view(const std::string& name, const json& labeler, const std::string& view) {
    if (!card_ || !labeler.is_object() || !labeler.contains("other_view") ||
        !labeler.at("other_view").is_string())
      return;
    const std::string place = name + ".labeler.other_view",
                      &wanted = labeler.at("other_view").get_ref<const std::string&>();
    std::vector<std::string> others = card_->views;
    std::erase(others, view);
    if (others.empty()) {
      add(name + ".labeler",
          fmt::format("'{}' compares views, but data set '{}' has only one; expected a data set with two",
                      labeler.at("component").get<std::string>(), card_->name));
    } else if (wanted.empty() ? others.size() > 1 : std::ranges::find(others, wanted) == others.end()) {
      add(place, fmt::format("expected another view of data set '{}', got \"{}\"{}\n   views: {}",
                             card_->name, wanted, did_you_mean(wanted, others), fmt::join(others, ", ")));
    }
  }

  static bool gives_spans(const json& task) {
    return task.is_object() && (task.at("spans").is_null() || task.at("spans") == "");
  }

  void spans(const std::string& name, const json& spans, const std::vector<std::string>& tasks) {
    if (spans.is_null() || spans == "") return;
    std::vector<std::string> giving;
    for (const std::string& other : tasks) {
      if (gives_spans(configuration_.at(other))) giving.push_back(other);
    }
    const std::string& wanted = spans.get_ref<const std::string&>();
    if (std::ranges::find(giving, wanted) != giving.end()) return;
    if (configuration_.contains(wanted) && configuration_.at(wanted).is_null())
      return;  // what is wrong with it has been told
    const bool exists = std::ranges::find(tasks, wanted) != tasks.end();
    add(name + ".spans", fmt::format("{} '{}'{}\n   tasks that give spans: {}",
                                     exists ? "no spans come from task" : "there is no task", wanted,
                                     exists ? "" : did_you_mean(wanted, giving), fmt::join(giving, ", ")));
  }

  // Heads with one output need no parameter `outputs`.
  std::optional<std::vector<std::string>> outputs_of(const json& head) const {
    const Parameter* outputs =
        registry_.info(ComponentKind::head, head.at("component").get_ref<const std::string&>())
            .schema.find("outputs");
    if (!outputs || outputs->type != ParameterType::texts) return std::nullopt;
    return head.at("outputs").get<std::vector<std::string>>();
  }

  void outputs(const std::string& name, const json& head, const json& losses) {
    if (!head.is_object() || !losses.is_object()) return;
    auto outputs = outputs_of(head);
    if (!outputs) return;
    if (outputs->empty()) add(name + ".head.outputs", "expected at least one output");
    for (const std::string& output : *outputs) {
      if (!losses.contains(output))
        add(name + ".loss",
            fmt::format("the head's output '{}' has no loss: {} = lab.loss \"…\" {{ … }}", output, output));
    }
    for (const auto& [output, loss] : losses.items()) {
      if (std::ranges::find(*outputs, output) == outputs->end()) {
        add(name + ".loss." + output, fmt::format("the head has no output '{}'{}\n   outputs: {}", output,
                                                  did_you_mean(output, *outputs), fmt::join(*outputs, ", ")));
      }
    }
  }

  const json& configuration_;
  const Registry& registry_;
  const CardIndex& cards_;
  const std::function<std::string(const std::string&)>& place_of_;
  Problems& problems_;
  const DataCard* card_ = nullptr;
};

bool is_whole_task(const json& task) {
  auto is_object = [](const json& node) { return node.is_object(); };
  return task.is_object() && task.at("loss").is_object() && std::ranges::all_of(task.at("loss"), is_object) &&
         std::ranges::all_of(kTaskSlots, [&](const auto& slot) { return task.at(slot.first).is_object(); });
}

}  // namespace

bool is_whole(const json& configuration) {
  auto has = [&](const char* name) {
    return configuration.contains(name) && configuration.at(name).is_object();
  };
  const std::vector<std::string> tasks = task_names(configuration);
  return has("data") && has("encoder") && !tasks.empty() &&
         std::ranges::all_of(tasks,
                             [&](const std::string& name) { return is_whole_task(configuration.at(name)); });
}

void check_configuration(const json& configuration, const Registry& registry, const CardIndex& cards,
                         const std::function<std::string(const std::string&)>& place_of, Problems& problems) {
  Checker(configuration, registry, cards, place_of, problems).run();
}

}  // namespace spanlab
