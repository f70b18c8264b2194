// SPDX-License-Identifier: MIT
#include "app/topic.hpp"

#include <algorithm>

#include "editor/words.hpp"
#include "evaluate/score_path.hpp"
#include "settings/configuration.hpp"
#include "settings/path.hpp"
#include "spanlab/error.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host::app {

namespace {

class Guide {
 public:
  explicit Guide(const Registry& registry) : registry_(registry) {}

  Topic topic(const std::string& path) const {
    const std::vector<std::string> names = Path::parse(path).names();
    if (names[0] == "study") return study(names);
    if (names[0] == "train")
      return parameters("train: settings of the training", train_binding().schema(), names, 1);
    if (names[0] == "data") return data(names);
    if (names[0] == "encoder") return component(ComponentKind::encoder, names, 1);
    if (names.size() == 1) return one_word(path);
    if (names[0] == "report" && names.size() == 2) return report(names);
    return task(names);
  }

 private:
  [[noreturn]] static void fail(const std::vector<std::string>& names, std::size_t at,
                                const std::vector<std::string>& known) {
    const std::vector<std::string> above(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(at));
    const std::string place = fmt::format("{}", fmt::join(above, "."));
    const std::string list = known.empty() ? "" : fmt::format("\n   known: {}", fmt::join(known, ", "));
    throw Error(
        ErrorKind::usage, "",
        fmt::format("there is no '{}' below {}{}{}", names[at], place, did_you_mean(names[at], known), list));
  }

  // The whole schema, or the parameter that the name in place `at` asks for.
  static Topic parameters(const std::string& text, const Schema& schema,
                          const std::vector<std::string>& names, std::size_t at) {
    Topic topic{.text = text};
    if (at == names.size()) return topic.add(schema), topic;
    const Parameter* parameter = schema.find(names[at]);
    if (!parameter || at + 1 < names.size()) {
      fail(names, parameter ? at + 1 : at, parameter ? std::vector<std::string>() : schema.names());
    }
    topic.text.clear();
    topic.parameters.push_back({"", *parameter});
    return topic;
  }

  Topic report(const std::vector<std::string>& names) const {
    const std::vector<std::string> known{"baseline", "metrics", "claim", "family",
                                         "margin",   "effects", "names", "columns"};
    if (std::ranges::find(known, names[1]) == known.end()) fail(names, 1, known);
    return one_word("report");
  }

  static Topic study(const std::vector<std::string>& names) {
    Topic topic{.text = "lab.study \"name\" { … }: what a script returns"};
    std::vector<std::string> known;
    for (const auto& [key, text, type] : editor::kStudyWords) {
      known.emplace_back(key);
      if (names.size() == 1) {
        topic.keys.emplace_back(key, text);
      } else if (names[1] == key) {
        topic.text = text;
      }
    }
    if (names.size() > 1 && std::ranges::find(known, names[1]) == known.end()) fail(names, 1, known);
    return topic;
  }

  static Topic data(const std::vector<std::string>& names) {
    if (names.size() > 1 && names[1] == "noise") {
      return parameters("data.noise: errors put into the labels", noise_binding().schema(), names, 2);
    }
    Topic topic = parameters("data: lab.data \"name\" { … }", data_binding().schema(), names, 1);
    if (names.size() == 1) {
      topic.keys.emplace_back("noise", "a table: errors put into the labels, see spanlab help data.noise");
    }
    return topic;
  }

  // The components of a kind, or the parameter of each that has one of the name in place `at`.
  Topic component(ComponentKind kind, const std::vector<std::string>& names, std::size_t at) const {
    Topic topic;
    std::vector<std::string> known;
    for (const std::string& id : registry_.ids(kind)) {
      const ComponentInfo& info = registry_.info(kind, id);
      if (at == names.size()) topic.keys.emplace_back(id, info.summary);
      for (const Parameter& parameter : info.schema.parameters()) {
        known.push_back(parameter.name);
        if (at < names.size() && parameter.name == names[at]) topic.parameters.push_back({id, parameter});
      }
    }
    if (at == names.size()) {
      topic.text =
          fmt::format("a component: lab.{0} \"id\" {{ … }}; spanlab plugin info {0}/ID has its parameters",
                      to_text(kind));
      return topic;
    }
    std::ranges::sort(known);
    known.erase(std::ranges::unique(known).begin(), known.end());
    if (topic.parameters.empty() && at + 1 == names.size() && registry_.contains(kind, names[at])) {
      return of_component(kind, names[at]);
    }
    if (topic.parameters.empty()) fail(names, at, known);
    if (at + 1 < names.size()) fail(names, at + 1, {});
    return topic;
  }

  Topic of_component(ComponentKind kind, const std::string& id) const {
    const ComponentInfo& info = registry_.info(kind, id);
    Topic topic{.text = fmt::format("{}/{}: {}", to_text(kind), id, info.summary)};
    topic.add(info.schema);
    return topic;
  }

  static Topic all_of_task() {
    Topic topic{.text = "a task: lab.task { … } under a name of your own; its paths begin with that name"};
    for (const auto& [key, text, type] : editor::kSlotWords) topic.keys.emplace_back(key, text);
    topic.add(task_binding().schema());
    return topic;
  }

  Topic task(const std::vector<std::string>& names) const {
    for (const TaskSlot& slot : kTaskSlots) {
      if (names[1] == slot.name) return component(slot.kind, names, 2);
    }
    if (names[1] == "loss") {
      return names.size() == 2 ? Topic{.text = editor::kSlotWords[1].text}
                               : component(ComponentKind::loss, names, 3);
    }
    if (task_binding().schema().find(names[1])) return parameters("", task_binding().schema(), names, 1);
    const std::string path = fmt::format("{}", fmt::join(names, "."));
    if (is_score(path)) {
      return {.text = fmt::format("{}: a score of a trial; for report.metrics and --where", printable(path))};
    }
    std::vector<std::string> known = task_binding().schema().names();
    for (const auto& [key, text, type] : editor::kSlotWords) known.emplace_back(key);
    fail(names, 1, known);
  }

  static bool is_score(const std::string& path) {
    for (const std::string& of_group : {path, path.substr(path.find('.') + 1)}) {
      try {
        full_score_path(of_group);
        return true;
      } catch (const Error&) {
      }
    }
    return false;
  }

  // A key of a study, a task, or the last name of paths.
  Topic one_word(const std::string& word) const {
    if (const std::size_t slash = word.find('/'); slash != word.npos) {
      return of_component(component_kind(word.substr(0, slash)), word.substr(slash + 1));
    }
    if (word == "task" || word == "tasks" || word == "entity" || word == "relation") return all_of_task();
    for (const auto& [key, text, type] : editor::kStudyWords) {
      if (word == key) return {.text = text};
    }
    Topic topic{.text = fmt::format("paths that end in '{}'", word)};
    std::vector<std::string> known{"study", "task", "encoder"};
    const auto look = [&](const std::string& above, const Schema& schema) {
      for (const std::string& name : schema.names()) known.push_back(name);
      if (const Parameter* parameter = schema.find(word)) topic.parameters.push_back({above, *parameter});
    };
    look("train.", train_binding().schema());
    look("data.", data_binding().schema());
    look("data.noise.", noise_binding().schema());
    look("TASK.", task_binding().schema());
    for (const std::string& id : registry_.ids(ComponentKind::encoder)) {
      look(fmt::format("encoder. ({}) ", id), registry_.info(ComponentKind::encoder, id).schema);
    }
    for (const TaskSlot& slot : kTaskSlots) {
      for (const std::string& id : registry_.ids(slot.kind)) {
        look(fmt::format("TASK.{}. ({}) ", slot.name, id), registry_.info(slot.kind, id).schema);
      }
    }
    for (const std::string& id : registry_.ids(ComponentKind::loss)) {
      look(fmt::format("TASK.loss.OUTPUT. ({}) ", id), registry_.info(ComponentKind::loss, id).schema);
    }
    if (!topic.parameters.empty()) return topic;
    throw Error(ErrorKind::usage, "",
                fmt::format("no command, path or key '{}'{}", word, did_you_mean(word, known)));
  }

  const Registry& registry_;
};

}  // namespace

std::string TopicParameter::name() const {
  if (owner.empty() || owner.find('.') != owner.npos) return owner + parameter.name;
  return fmt::format("{} ({})", parameter.name, owner);
}

void Topic::add(const Schema& schema) {
  for (const Parameter& parameter : schema.parameters()) parameters.push_back({"", parameter});
}

Topic find_topic(const std::string& path, const Registry& registry) { return Guide(registry).topic(path); }

}  // namespace spanlab::host::app
