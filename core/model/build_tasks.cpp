// SPDX-License-Identifier: MIT
#include "model/build_tasks.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "model/component_tree.hpp"
#include "model/samples.hpp"
#include "sdk/answers.hpp"
#include "spanlab/error.hpp"

namespace spanlab::host {

namespace {

/// Assembles the tasks one after the other and keeps every problem.
class Assembly {
 public:
  Assembly(const ModelSetup& setup, std::int64_t width) : setup_(setup), width_(width) {}

  std::vector<Task> tasks() {
    if (setup_.configuration.tasks.empty()) {
      problems_.push_back({"model", "a model needs at least one task"});
    }
    for (const auto& [name, setting] : setup_.configuration.tasks) {
      attempt(name, [&, &name = name, &setting = setting] { read(name, setting); });
    }
    // Span tasks first: they stand on their own.
    std::ranges::stable_partition(read_, [](const Read& read) { return read.setting->spans.empty(); });
    for (Read& read : read_) attempt(read.task.name, [&] { build(read); });
    for (const Read& read : read_) {
      // Losses may ask how often each type is sampled, so they come when all samplers stand.
      if (!failed_.contains(read.task.name)) attempt(read.task.name, [&] { losses(read); });
    }
    if (!problems_.empty()) throw Error(ErrorKind::usage, std::move(problems_));
    return std::move(tasks_);
  }

 private:
  struct Read {
    Task task;
    const TaskSetting* setting;
  };

  void attempt(const std::string& name, const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::usage) throw;
      failed_.insert(name);
      for (const Problem& problem : error.problems())
        problems_.push_back({problem.place.empty() ? name : problem.place, problem.message});
    }
  }

  void read(const std::string& name, const TaskSetting& setting) {
    Read read{Task(), &setting};
    read.task.name = name;
    read.task.weight = setting.weight;
    read.task.rate = setting.lr_factor;
    read.task.reduction = setting.reduction;
    read.task.most_relations = setting.max_relations;
    const std::vector<std::string>& views = setup_.labels.views;
    const std::string& view = setting.view;
    const auto found = std::ranges::find(views, view);
    if (found == views.end()) {
      throw Error(ErrorKind::usage, name + ".view",
                  fmt::format("the data set has no view '{}'{}; it has: {}", view, did_you_mean(view, views),
                              fmt::join(views, ", ")));
    }
    read.task.view = static_cast<std::size_t>(found - views.begin());
    read_.push_back(std::move(read));
  }

  // Index of the task that gives the spans.
  std::size_t spans_of(const Read& read) const {
    if (read.setting->spans.empty()) return tasks_.size();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < tasks_.size(); ++i) {
      if (tasks_[i].takes_spans()) continue;
      if (tasks_[i].name == read.setting->spans) return i;
      names.push_back(tasks_[i].name);
    }
    throw Error(ErrorKind::usage, read.task.name + ".spans",
                fmt::format("no task '{}' gives spans{}", read.setting->spans,
                            did_you_mean(read.setting->spans, names)));
  }

  void build(Read& read) {
    Task& task = read.task;
    const std::string name = task.name;
    if (failed_.contains(read.setting->spans)) {  // its own problems have been reported
      failed_.insert(name);
      return;
    }
    task.spans = spans_of(read);
    Generator generator = setup_.generator.split(name);
    task.tower = tower(*read.setting, generator.split("tower"));
    task.head = head(read, task.tower ? task.tower->width() : width_, generator.split("head"));
    check_spans_task(read);
    sampler_and_labeler(read);
    tasks_.push_back(std::move(task));
    read.task.name = name;
  }

  void check_spans_task(const Read& read) const {
    const Task& task = read.task;
    if (task.takes_spans() && read.setting->spans.empty()) {
      throw Error(ErrorKind::usage, task.name + ".spans",
                  "a head over pairs needs a task that gives the spans");
    }
    if (!task.takes_spans() && !read.setting->spans.empty()) {
      throw Error(ErrorKind::usage, task.name + ".spans",
                  "only a head over pairs takes spans from another task");
    }
    if (!task.takes_spans() || !task.head->reads_spans_outputs()) return;
    if (tasks_[task.spans].kind->scores_spans()) return;
    throw Error(ErrorKind::usage, task.name + ".head",
                fmt::format("it reads the scores of spans, and '{}' scores words", read.setting->spans));
  }

  void sampler_and_labeler(Read& read) const {
    Task& task = read.task;
    const HeadKind kind = task.head->kind();
    const Inventory& inventory = setup_.labels.inventories[task.view];
    const Registry& registry = setup_.registry;
    task.sampler = build_nested(
        registry, read.setting->sampler,
        SamplerSetup{kind, inventory, gold_counts(task, inventory), {}, context(task, "sampler")},
        [&](const auto& setting, const auto& setup) {
          return registry.sampler(setting.id, setting.parameters, setup);
        });
    task.labeler = build_nested(
        registry, read.setting->labeler,
        LabelerSetup{
            kind, setup_.labels.views, setup_.labels.inventories, task.view, {}, context(task, "labeler")},
        [&](const auto& setting, const auto& setup) {
          return registry.labeler(setting.id, setting.parameters, setup);
        });
  }

  std::vector<std::int64_t> gold_counts(const Task& task, const Inventory& inventory) const {
    std::vector<std::int64_t> counts(task.kind->labels(inventory).types.size(), 0);
    for (const Sentence& sentence : setup_.training) {
      for (const std::int32_t type : task.kind->gold_labels(sentence.views[task.view])) ++counts[type];
    }
    return counts;
  }

  Context context(const Task& task, const std::string& slot) const {
    return context_at(setup_.context, task.name + "." + slot);
  }

  std::shared_ptr<Tower> tower(const TaskSetting& task, Generator generator) const {
    if (task.depth == 0) return nullptr;
    const TowerSetup setup{task.cell, task.depth, width_, task.size, task.dropout};
    return std::make_shared<Tower>(setup, generator);
  }

  std::shared_ptr<Head> head(Read& read, std::int64_t width, Generator generator) const {
    const Inventory& inventory = setup_.labels.inventories[read.task.view];
    HeadSetup setup{.width = width,
                    .inventory = inventory,
                    .spans_outputs = {},
                    .spans_widths = {},
                    .generator = generator,
                    .context = context(read.task, "head")};
    if (!read.setting->spans.empty()) {
      const Task& spans = tasks_[read.task.spans];
      if (spans.view != read.task.view) {
        throw Error(ErrorKind::usage, read.task.name + ".view",
                    fmt::format("must be the view of '{}', which gives the spans", spans.name));
      }
      setup.spans_outputs = spans.head->outputs();
      setup.spans_widths = spans.head->widths();
      setup.spans_kind = spans.head->kind();
    }
    std::shared_ptr<Head> head =
        build_nested(setup_.registry, read.setting->head, setup, [&](const auto& setting, const auto& own) {
          return setup_.registry.head(setting.id, setting.parameters, own);
        });
    read.task.kind = kind_of(*head, read.task.name);
    check_types(read.task, read.task.kind->labels(inventory));
    check_head(Call(head->context(), "outputs"), *head);
    return head;
  }

  std::shared_ptr<const TaskKind> kind_of(const Head& head, const std::string& task) const {
    try {
      return setup_.kinds.of(head);
    } catch (const Error& error) {
      throw Error(ErrorKind::usage, task + ".head", error.problems().front().message);
    }
  }

  // Before the head's outputs are looked at, which have no columns then, through no fault of its own.
  void check_types(const Task& task, const LabelSet& labels) const {
    if (!labels.types.empty()) return;
    throw Error(
        ErrorKind::usage, task.name + ".view",
        fmt::format(
            "view '{}' has no {} types: leave the task '{}' out of the model's `tasks`, or name a view "
            "that has some",
            setup_.labels.views[task.view], labels.item, task.name));
  }

  void losses(const Read& read) {
    const auto index =
        static_cast<std::size_t>(std::ranges::find(tasks_, read.task.name, &Task::name) - tasks_.begin());
    Task& task = tasks_[index];
    const LossSettings& settings = read.setting->losses;
    const auto types = static_cast<std::int64_t>(task.types(setup_.labels.inventories[task.view]));
    std::vector<Problem> problems;
    const auto counts = [&] {
      return count_candidates(tasks_, setup_.labels, index, setup_.training,
                              setup_.generator.split("counts"));
    };
    std::vector<std::string> outputs;
    for (const OutputShape& output : task.head->outputs()) {
      const std::string place = fmt::format("{}.loss.{}", task.name, output.name);
      outputs.push_back(output.name);
      const auto setting = settings.find(output.name);
      if (setting == settings.end()) {
        problems.push_back({place, "the head has this output, and every output needs a loss"});
        continue;
      }
      const ComponentSetting& choice = setting->second;
      auto loss = build_nested(
          setup_.registry, choice,
          LossSetup{
              task.head->kind(), output.columns, types, counts, {}, context(task, "loss." + output.name)},
          [&](const auto& inner, const auto& own) {
            return setup_.registry.loss(inner.id, inner.parameters, own);
          });
      if (!loss->accepts(output.columns, types)) {
        problems.push_back({place, fmt::format("loss '{}' cannot compare {} columns of scores with {} types",
                                               choice.id, output.columns, types)});
      }
      task.losses.emplace(output.name, std::move(loss));
      task.loss_weights.emplace(output.name, choice.parameters.number("sum_weight"));
    }
    for (const auto& [name, setting] : settings) {
      if (std::ranges::find(outputs, name) == outputs.end()) {
        problems.push_back({fmt::format("{}.loss.{}", task.name, name),
                            fmt::format("the head has no output '{}'{}; it has: {}", name,
                                        did_you_mean(name, outputs), fmt::join(outputs, ", "))});
      }
    }
    if (!problems.empty()) throw Error(ErrorKind::usage, std::move(problems));
  }

  const ModelSetup& setup_;
  std::int64_t width_;
  std::vector<Read> read_;
  std::vector<Task> tasks_;
  std::set<std::string> failed_;
  std::vector<Problem> problems_;
};

}  // namespace

std::vector<Task> build_tasks(const ModelSetup& setup, std::int64_t width) {
  return Assembly(setup, width).tasks();
}

}  // namespace spanlab::host
