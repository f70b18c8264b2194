// SPDX-License-Identifier: MIT
#include <fstream>
#include <sstream>

#include "evaluate/score_path.hpp"
#include "files/files.hpp"
#include "records/epoch_record.hpp"
#include "spanlab/error.hpp"
#include "train/training.hpp"

namespace spanlab::test {

namespace {

// Metrics without the time that they took.
std::vector<nlohmann::json> timeless(const std::filesystem::path& file) {
  std::vector<nlohmann::json> lines = lines_of(file);
  for (nlohmann::json& line : lines) BOOST_TEST(line.erase("seconds") == 1u);
  return lines;
}

std::vector<EpochRecord> records_in(const std::filesystem::path& folder) {
  return read_metrics(read_file(folder / kMetricsFile), folder / kMetricsFile);
}

// Stops when `steps` steps are done.
TrialEvents stopping_after(std::int64_t steps, std::int64_t& done) {
  TrialEvents events;
  events.progress = [&done](std::int64_t step, std::int64_t, double) { done = step; };
  events.stop = [&done, steps] { return done >= steps; };
  return events;
}

}  // namespace

BOOST_AUTO_TEST_CASE(resumed_training_equals_uninterrupted) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  nlohmann::json configuration = spert_configuration("tiny", 9, {{"epochs", 3}, {"lr", 1e-3}});
  configuration["data"]["dev"] = "dev";
  TrialJob whole{configured(configuration), 7, folder.path() / "whole"};
  BOOST_TEST((train_trial(whole, components(), cards.index(), {}) == TrialEnd::finished));

  // Nine sentences in batches of two: four steps an epoch. Once within an epoch, once at an epoch's end.
  TrialJob parts{configured(configuration), 7, folder.path() / "parts"};
  std::int64_t done = 0;
  for (std::int64_t stop : {3, 8}) {
    BOOST_TEST(
        (train_trial(parts, components(), cards.index(), stopping_after(stop, done)) == TrialEnd::stopped));
    BOOST_TEST(done == stop);
    BOOST_TEST(std::filesystem::exists(parts.folder / "resume.safetensors"));
  }
  // What a killed run wrote after its last state is done again, not kept twice.
  std::ofstream(parts.folder / "metrics.jsonl", std::ios::app) << "{\"epoch\":2,\"step\":9";
  BOOST_TEST((train_trial(parts, components(), cards.index(), {}) == TrialEnd::finished));

  BOOST_TEST(
      (read_file(whole.folder / "model.safetensors") == read_file(parts.folder / "model.safetensors")));
  BOOST_TEST((timeless(whole.folder / "metrics.jsonl") == timeless(parts.folder / "metrics.jsonl")));
  BOOST_TEST((read_file(whole.folder / "predictions/train.jsonl") ==
              read_file(parts.folder / "predictions/train.jsonl")));
  // A process killed after the last line, before its end was recorded, only evaluates once more.
  BOOST_TEST((train_trial(parts, components(), cards.index(), {}) == TrialEnd::finished));
  BOOST_TEST((timeless(whole.folder / "metrics.jsonl") == timeless(parts.folder / "metrics.jsonl")));

  TrialJob other{configured(configuration), 8, folder.path() / "other"};
  train_trial(other, components(), cards.index(), {});
  BOOST_TEST(
      (read_file(whole.folder / "model.safetensors") != read_file(other.folder / "model.safetensors")));
}

// What a power cut leaves: metrics shorter than the resume state counts, or a state that is no state.
BOOST_AUTO_TEST_CASE(a_torn_training_says_so_and_begins_anew) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  const nlohmann::json configuration = spert_configuration("tiny", 9, {{"epochs", 3}, {"lr", 1e-3}});
  TrialJob whole{configured(configuration), 7, folder.path() / "whole"};
  BOOST_TEST((train_trial(whole, components(), cards.index(), {}) == TrialEnd::finished));
  const auto check = [&](const std::string& name, const std::string& file, std::uintmax_t size,
                         const std::string& said) {
    TrialJob torn{configured(configuration), 7, folder.path() / name};
    std::int64_t done = 0;
    BOOST_TEST(
        (train_trial(torn, components(), cards.index(), stopping_after(8, done)) == TrialEnd::stopped));
    std::filesystem::resize_file(torn.folder / file, size);
    std::string log;
    TrialEvents events;
    events.log = [&](const std::string& line) { log += line + '\n'; };
    BOOST_TEST((train_trial(torn, components(), cards.index(), events) == TrialEnd::finished));
    BOOST_TEST_CONTEXT(log) BOOST_TEST(log.find(said) != std::string::npos);
    BOOST_TEST((timeless(whole.folder / "metrics.jsonl") == timeless(torn.folder / "metrics.jsonl")));
    BOOST_TEST(
        (read_file(whole.folder / "model.safetensors") == read_file(torn.folder / "model.safetensors")));
  };
  check("short", "metrics.jsonl", 20, "of metrics.jsonl, which has 20; the training begins anew");
  check("empty", "metrics.jsonl", 0, "of metrics.jsonl, which has 0; the training begins anew");
  check("state", "resume.safetensors", 1000, "the resume state is damaged; the training begins anew");
}

BOOST_AUTO_TEST_CASE(metrics_and_predictions_are_written) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  nlohmann::json configuration = spert_configuration("tiny", 6, {{"epochs", 2}, {"keep", "none"}});
  configuration["data"]["dev"] = "dev";
  configuration["data"]["test"] = "test";
  train_trial({configured(configuration), 1, folder.path()}, components(), cards.index(), {});
  const std::vector<EpochRecord> records = records_in(folder.path());
  BOOST_REQUIRE(records.size() == 5u);  // train and dev of two epochs, test
  for (std::size_t i = 0; i < records.size(); ++i) {
    BOOST_TEST(records[i].split == (i == 4 ? "test" : i % 2 ? "dev" : "train"));
    BOOST_TEST(records[i].epoch == (i < 2 ? 1 : 2));
    BOOST_TEST(records[i].step == (i < 2 ? 3 : 6));
    BOOST_TEST(records[i].is_final == (i == 4));
    BOOST_TEST(records[i].seconds > 0);
    BOOST_TEST(records[i].losses.has_value() == (i == 0 || i == 2));
  }
  const EpochLosses& losses = *records[0].losses;
  BOOST_TEST(losses.terms.at("entity.classify") > 0);
  BOOST_TEST(find_score(*records[4].scores, "entity.f1").value() >= 0);
  BOOST_TEST(find_score(*records[4].scores, "relation.strict.macro.recall").value() >= 0);
  BOOST_TEST(records[4].parameters.contains("entity.head"));
  BOOST_TEST(lines_of(folder.path() / "predictions/test.jsonl").size() == 6u);
  BOOST_TEST(!std::filesystem::exists(folder.path() / "model.safetensors"));
}

BOOST_AUTO_TEST_CASE(the_weighted_total_of_the_losses_is_recorded) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  nlohmann::json configuration = spert_configuration("tiny", 6, {{"epochs", 2}, {"keep", "none"}});
  configuration["entity"]["weight"] = 3.0;
  double loss = 0;
  TrialEvents events;
  events.progress = [&](std::int64_t, std::int64_t, double of_step) { loss += of_step; };
  train_trial({configured(configuration), 1, folder.path()}, components(), cards.index(), events);
  double recorded = 0;
  for (const EpochRecord& record : records_in(folder.path())) {
    if (!record.losses) continue;
    const auto& terms = record.losses->terms;
    const double total = record.losses->total.value();
    BOOST_TEST(total == 3 * terms.at("entity.classify") + terms.at("relation.classify"),
               boost::test_tools::tolerance(1e-6));
    recorded += 3 * total;  // of three steps
  }
  BOOST_TEST(recorded == loss, boost::test_tools::tolerance(1e-6));
}

BOOST_AUTO_TEST_CASE(a_loss_that_is_no_number_ends_the_trial) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  const nlohmann::json configuration =
      spert_configuration("tiny", 8, {{"epochs", 2}, {"lr", 1e36}, {"warmup", 0}});
  try {
    train_trial({configured(configuration), 1, folder.path()}, components(), cards.index(), {});
    BOOST_FAIL("the training went on");
  } catch (const Error& error) {
    BOOST_TEST((error.kind() == ErrorKind::trial));
    const std::string text = error.what();
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(text.find("step ") != std::string::npos);
      BOOST_TEST(text.find("sentences '") != std::string::npos);
      BOOST_TEST((text.find("entity.classify is") != std::string::npos ||
                  text.find("norm of the gradients is") != std::string::npos));
    }
  }
}

BOOST_AUTO_TEST_CASE(jobs_that_cannot_be_done_say_why) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  auto message = [&](const std::string& pointer, const nlohmann::json& value, ErrorKind kind,
                     const std::string& device = "cpu") -> std::string {
    nlohmann::json configuration = spert_configuration("tiny", 5, {{"epochs", 1}});
    configuration[nlohmann::json::json_pointer(pointer)] = value;
    try {
      train_trial({configured(configuration), 1, folder.path() / "job", device}, components(), cards.index(),
                  {});
    } catch (const Error& error) {
      BOOST_TEST((error.kind() == kind), pointer);
      return error.what();
    }
    return "";
  };
  BOOST_TEST(message("/train/batch", 6, ErrorKind::usage)
                 .find("train.batch: 6 is more than the 5 training sentences") == 0u);
  BOOST_TEST(message("/train/epoch", 6, ErrorKind::usage).find("did you mean 'epochs'") != std::string::npos);
  BOOST_TEST(message("/data/train", "", ErrorKind::usage).find("data.train") == 0u);
  BOOST_TEST(message("/data/name", "conl04", ErrorKind::usage).find("conll04") != std::string::npos);
  BOOST_TEST(message("/encoder/model", "tiiny", ErrorKind::usage).find("tiny") != std::string::npos);
  BOOST_TEST(message("/entity/head/component", "spans", ErrorKind::usage).find("span") != std::string::npos);
  BOOST_TEST(message("/train/lr", 1e-5, ErrorKind::usage, "gpu").find("'cpu' or 'cuda'") !=
             std::string::npos);
  BOOST_TEST(!std::filesystem::exists(folder.path() / "job" / "metrics.jsonl"));
}

BOOST_AUTO_TEST_CASE(a_model_learns_real_sentences) {
  Cards cards;
  if (!cards.complete()) return;
  TemporaryFolder folder;
  const nlohmann::json configuration = spert_configuration("tiny", 20, {{"epochs", 80}, {"lr", 2e-3}});
  train_trial({configured(configuration), 1, folder.path()}, components(), cards.index(), {});
  const ScoreTree scores = *records_in(folder.path()).back().scores;
  BOOST_TEST(find_score(scores, "entity.f1").value() >= 95);
  BOOST_TEST(find_score(scores, "relation.strict.f1").value() >= 95);
}

}  // namespace spanlab::test
