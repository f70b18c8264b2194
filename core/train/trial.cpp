// SPDX-License-Identifier: MIT
#include "train/trial.hpp"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "files/checksum.hpp"
#include "files/files.hpp"
#include "model/features.hpp"
#include "model/model_file.hpp"
#include "model/setup.hpp"
#include "records/attempt_files.hpp"
#include "records/counts_by_document.hpp"
#include "records/epoch_record.hpp"
#include "settings/configuration_json.hpp"
#include "spanlab/error.hpp"
#include "train/device.hpp"
#include "train/evaluation.hpp"
#include "train/hardware.hpp"
#include "train/feature_store.hpp"
#include "train/own_fault.hpp"
#include "train/pretrained.hpp"
#include "train/resume.hpp"
#include "train/trial_data.hpp"
#include "train/training_steps.hpp"

namespace spanlab::host {

namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSecondsBetweenResumeStates = 60;
constexpr double kWorkPerWriting = 20;  // epochs shorter than so many writings of the state share one

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// One training from its job to its files.
class Trial {
 public:
  Trial(const TrialJob& job, const Registry& registry, const CardIndex& cards, const TrialEvents& events)
      : job_(job),
        registry_(registry),
        cards_(cards),
        events_(events),
        settings_(job.configuration.train),
        root_(static_cast<std::uint64_t>(job.seed)) {
    context_->checks_values = settings_.check;
    context_->log = events.log;
    if (!job.cache.empty()) context_->cache = [&](const std::string& content) { return cached(content); };
  }

  TrialEnd run() {
    at::set_num_threads(job_.threads);
    check_precision(settings_.precision, job_.device);
    data_ = read_trial_data(job_.configuration.data, cards_);
    const std::int64_t steps = steps_per_epoch(data_.train.corpus.sentences.size(),
                                               settings_.batch);  // told before a model is built
    context_->begin_step({0, settings_.epochs, 0, settings_.epochs * steps});
    build_model();
    if (!find_features() || !train()) return TrialEnd::stopped;
    finish();
    return TrialEnd::finished;
  }

 private:
  std::filesystem::path cached(const std::string& content) const {
    std::filesystem::path folder = job_.cache / sha256_of(content);
    make_folder(folder);
    return folder;
  }

  // What does not fit in the configuration holds for all trials that have it, and so does what the machine
  // refuses; the rest is the components' own.
  std::shared_ptr<Model> built(const PretrainedModel& pretrained) const {
    const Corpus& training = data_.train.corpus;
    Generator initial = root_.split("initial weights");
    const Labels labels{training.views, training.inventories};
    try {
      return std::make_shared<Model>(ModelSetup{.configuration = job_.configuration,
                                                .registry = registry_,
                                                .labels = labels,
                                                .model = pretrained,
                                                .training = training.sentences,
                                                .generator = initial,
                                                .context = context_});
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::usage || error.kind() == ErrorKind::environment) throw;
      throw Error(ErrorKind::trial, error.problems());
    }
  }

  void build_model() {
    const at::Device device = device_named(job_.device);
    const PretrainedModel pretrained = pretrained_model(job_.configuration.encoder, registry_, cards_);
    model_ = built(pretrained);
    own_fault([&] {
      model_->to(device);
      for (Split* split : data_.splits()) split->encoded = model_->encode(split->corpus.sentences);
    });
    optimizer_.emplace(make_optimizer(*model_, data_.train.encoded, optimizer_settings(settings_)));
    make_folder(job_.folder);
    if (const std::optional<ResumeState> state = resume_state()) {
      own_fault([&] { restore(*state, *model_, *optimizer_, resume_file().string()); });
      progress_ = state->progress;
      log(fmt::format("going on after step {}", progress_.step));
    }
    if (std::filesystem::exists(metrics_file())) {
      std::filesystem::resize_file(metrics_file(), progress_.metrics_bytes);
    }
  }

  // What to go on from. A damaged state, or one that counts more metrics than the disk has, is worth nothing.
  std::optional<ResumeState> resume_state() const {
    try {
      std::optional<ResumeState> state = read_resume(resume_file(), identity());
      if (!state || state->progress.metrics_bytes <= metrics_size()) return state;
      log(fmt::format(
          "torn: the resume state counts {} bytes of metrics.jsonl, which has {}; the training begins anew",
          state->progress.metrics_bytes, metrics_size()));
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::data) throw;
      log(fmt::format("the resume state is damaged; the training begins anew: {}", error.what()));
    }
    return std::nullopt;
  }

  std::uint64_t metrics_size() const {
    return std::filesystem::exists(metrics_file()) ? std::filesystem::file_size(metrics_file()) : 0;
  }

  // A frozen encoder runs once over all sentences. False if it was stopped.
  bool find_features() {
    Encoder& encoder = model_->encoder();
    if (!encoder.frozen()) return true;
    const Clock::time_point start = Clock::now();
    FeatureStore store(job_.features,
                       feature_identity(job_.configuration, registry_, cards_, job_.device).value_or(""));
    for (Split* split : data_.splits()) {
      const std::vector<Item> items = frozen_items(encoder, split->corpus.sentences, split->encoded);
      const std::optional<std::vector<Features>> found =
          store.features(*encoder.frozen(), items, model_->device(), events_.stop);
      if (!found) return false;
      for (std::size_t i = 0; i < found->size(); ++i) {
        EncodedSentence& encoded = frozen_encoding(encoder, split->encoded[i]);
        encoded.states = (*found)[i].units;
        encoded.summary = (*found)[i].sentences;
      }
    }
    log(fmt::format("features of the frozen encoder: {} blocks found, {} computed, {:.2f} s", store.found(),
                    store.computed(), since(start)));
    return true;
  }

  // False if it was stopped.
  bool train() {
    steps_.emplace(*model_, *optimizer_, data_.train, settings_, root_, *context_);
    started_ = saved_ = Clock::now();
    before_ = progress_.seconds;
    while (progress_.step < steps_->total()) {
      if (events_.stop && events_.stop()) {
        save();
        return false;
      }
      if (progress_.step % steps_->per_epoch() == 0) progress_.epoch = {};
      const StepLosses losses = steps_->take(progress_.step);
      progress_.epoch.add(losses, context_->take_records());
      ++progress_.step;
      if (progress_.step % steps_->per_epoch() == 0) end_epoch();
      if (since(saved_) >= seconds_between_states()) save();
      if (events_.progress) events_.progress(progress_.step, steps_->total(), losses.total);
    }
    return true;
  }

  // After an epoch, sooner where writing a state costs little beside it. Only the last evaluation is still to
  // come after the last step.
  double seconds_between_states() const {
    const bool epoch_ended = progress_.step % steps_->per_epoch() == 0;
    if (!epoch_ended || progress_.step == steps_->total()) return kSecondsBetweenResumeStates;
    return std::min(kSecondsBetweenResumeStates, kWorkPerWriting * writing_);
  }

  void end_epoch() {
    const EpochLosses losses = progress_.epoch.losses(steps_->per_epoch());
    append({.split = data_.train.name, .losses = losses, .log = progress_.epoch.log()});
    log(fmt::format("epoch {}: {}", epoch(), losses_text(losses)));
    if (data_.dev) append({.split = data_.dev->name, .scores = scores(*data_.dev, predictions(*data_.dev))});
  }

  std::vector<SpanTaskPredictions> predictions(const Split& split) {
    optimizer_->settle();
    return own_fault([&] { return predict(*model_, split.set().items()); });
  }

  ScoreTree scores(const Split& split, const std::vector<SpanTaskPredictions>& predictions) const {
    return score_predictions(*model_, split.set(), predictions, data_.overlap);
  }

  // The final scores come last of all: a trial that has them is complete.
  void finish() {
    EpochRecord record{.is_final = true,
                       .scores = ScoreTree(),
                       .log = progress_.epoch.log(),
                       .parameters = parameter_counts(*model_)};
    const Split* split = data_.test ? &*data_.test : data_.dev ? &*data_.dev : nullptr;
    if (split) {
      const std::vector<SpanTaskPredictions> predicted = predictions(*split);
      write_predictions(*model_, split->set(), predicted, job_.folder / kPredictionsFolder);
      write_counts(count_documents(*model_, split->set(), predicted, data_.overlap),
                   job_.folder / kCountsFile);
      record.split = split->name;
      record.scores = scores(*split, predicted);
    }
    optimizer_->settle();
    if (settings_.keep == Keep::last) save_model(*model_, job_.configuration, job_.folder / kModelFile);
    append(std::move(record));
  }

  std::int64_t epoch() const { return progress_.step / steps_->per_epoch(); }
  double seconds() const { return before_ + since(started_); }
  std::filesystem::path resume_file() const { return job_.folder / kResumeFile; }
  std::filesystem::path metrics_file() const { return job_.folder / kMetricsFile; }
  std::string identity() const {
    return fmt::format("seed {} of {}", job_.seed, to_json(job_.configuration).dump());
  }

  void append(EpochRecord record) {
    record.epoch = epoch();
    record.step = progress_.step;
    record.seconds = seconds();
    append_line(metrics_file(), metrics_line(record));
  }

  // A durable state must not count metrics that are less durable than itself.
  void save() {
    const Clock::time_point start = Clock::now();
    progress_.seconds = seconds();
    progress_.metrics_bytes = metrics_size();
    if (progress_.metrics_bytes > synced_bytes_) {
      sync_file(metrics_file());
      if (synced_bytes_ == 0) sync_folder(job_.folder);
      synced_bytes_ = progress_.metrics_bytes;
    }
    save_resume(resume_file(), *model_, *optimizer_, progress_, identity());
    saved_ = Clock::now();
    writing_ = since(start);
  }

  void log(const std::string& text) const {
    if (events_.log) events_.log(text);
  }

  const TrialJob& job_;
  const Registry& registry_;
  const CardIndex& cards_;
  const TrialEvents& events_;
  const TrainSettings& settings_;
  TrialData data_;
  Generator root_;
  std::shared_ptr<TrialContext> context_ = std::make_shared<TrialContext>();
  std::shared_ptr<Model> model_;
  std::optional<Optimizer> optimizer_;
  TrainedSoFar progress_;
  std::optional<TrainingSteps> steps_;
  Clock::time_point started_;
  Clock::time_point saved_;
  double before_ = 0;
  double writing_ = 0;              // seconds that the last resume state took
  std::uint64_t synced_bytes_ = 0;  // of metrics.jsonl
};

}  // namespace

TrialEnd train_trial(const TrialJob& job, const Registry& registry, const CardIndex& cards,
                     const TrialEvents& events) {
  return Trial(job, registry, cards, events).run();
}

}  // namespace spanlab::host
