// SPDX-License-Identifier: MIT
#include "records/epoch_record.hpp"

#include "made_record.hpp"
#include "spanlab/error.hpp"
#include "test.hpp"

namespace spanlab::test {

BOOST_AUTO_TEST_SUITE(epoch_records)

// Other programs read these files: names of members and their order are part of the format.
BOOST_AUTO_TEST_CASE(lines_have_one_form) {
  EpochRecord epoch{.epoch = 2, .step = 10, .split = "train", .seconds = 1.5};
  epoch.losses = EpochLosses{2.25, {{"entity.classify", 1.0}, {"relation.classify", 0.5}}};
  BOOST_TEST(
      metrics_line(epoch) ==
      R"({"epoch":2,"final":false,"losses":{"entity.classify":1.0,"relation.classify":0.5,"total":2.25},)"
      R"("seconds":1.5,"split":"train","step":10})");
  BOOST_TEST(losses_text(EpochLosses{std::nullopt, {{"a.b", 1.0}}}) == R"({"a.b":1.0})");

  EpochRecord last = made_final(50);
  (*last.scores)["entity"]["micro"]["support"] = std::int64_t{7};
  (*last.scores)["entity"]["per_type"] = ScoreTree();
  (*last.scores)["spans"]["rate"].value = std::monostate();
  last.parameters = {{"entity.head", 30}};
  BOOST_TEST(metrics_line(last) ==
             R"({"epoch":0,"final":true,"parameters":{"entity.head":30},"scores":{"entity":{"micro":)"
             R"({"f1":50.0,"support":7},"per_type":{}},"spans":{"rate":null}},"seconds":0.0,)"
             R"("split":"test","step":0})");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
  EpochRecord epoch{.epoch = 2, .step = 10, .split = "train", .seconds = 1.5};
  epoch.losses = EpochLosses{2.25, {{"entity.classify", 1.0}}};
  EpochRecord last = made_final(50);
  (*last.scores)["entity"]["micro"]["support"] = std::int64_t{7};
  (*last.scores)["spans"]["rate"].value = std::monostate();
  last.parameters = {{"entity.head", 30}};
  const std::string text = metrics_line(epoch) + '\n' + metrics_line(last) + '\n';
  const std::vector<EpochRecord> read = read_metrics(text, "metrics.jsonl");
  BOOST_REQUIRE(read.size() == 2u);
  BOOST_TEST(read[0].epoch == 2);
  BOOST_TEST(read[0].step == 10);
  BOOST_TEST(read[0].seconds == 1.5);
  BOOST_TEST(read[0].losses->total.value() == 2.25);
  BOOST_TEST((read[0].losses->terms == epoch.losses->terms));
  BOOST_TEST(!read[0].scores);
  BOOST_TEST((read[1].scores == last.scores));
  BOOST_TEST((final_record(text)->scores == last.scores));
  BOOST_TEST((final_record(text)->parameters == last.parameters));
}

BOOST_AUTO_TEST_CASE(losses_of_0_1_have_no_total) {
  const auto read =
      read_metrics(R"({"epoch":1,"losses":{"entity.classify":1.5,"a.b":null},"final":false})", "");
  BOOST_TEST(!read.at(0).losses->total);
  BOOST_TEST((read.at(0).losses->terms == std::map<std::string, double>{{"entity.classify", 1.5}}));
}

BOOST_AUTO_TEST_CASE(what_is_no_record_is_told_with_its_place) {
  const auto message = [](const std::string& line) -> std::string {
    try {
      read_metrics(line + "\n", "metrics.jsonl");
    } catch (const Error& error) {
      BOOST_TEST((error.kind() == ErrorKind::data));
      return error.what();
    }
    return "";
  };
  BOOST_TEST(message("[1]").find("metrics.jsonl:1: expected an object, got") == 0u);
  BOOST_TEST(message(R"({"scores": {"entity": {"micro": {"f1": "high"}}}})")
                 .find("metrics.jsonl:1: scores.entity.micro.f1: expected a number, got \"high\"") == 0u);
  BOOST_TEST(message(R"({"losses": {"total": []}})").find("losses.total: expected a number") !=
             std::string::npos);
  BOOST_TEST(message(R"({"parameters": {"head": 0.5}})").find("parameters.head: expected a whole number") !=
             std::string::npos);
  BOOST_TEST(message(R"({"epoch": "first"})").find("epoch: expected a whole number") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spanlab::test
