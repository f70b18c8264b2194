// SPDX-License-Identifier: MIT
#include "run/progress.hpp"

#include <sstream>

#include "text/terminal_text.hpp"
#include "store/made_plan.hpp"
#include "test.hpp"

using namespace spanlab;

namespace {

// 40 trials: 10 cached, 3 finished, 1 failed, 8 running half way, the rest waiting.
struct HalfWay {
  Plan plan = test::made_plan("negatives", {1, 2, 3, 4}, {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  RunView view;

  HalfWay() {
    view.study = "negatives";
    view.seconds = 60;
    for (std::size_t i = 0; i < plan.trials.size(); ++i) {
      TrialView trial{&plan.trials[i],
                      "entity.sampler.negatives=120, entity.loss.identify.iou_factor=0.5 ± ö 語"};
      trial.phase = i < 10   ? Phase::cached
                    : i < 13 ? Phase::finished
                    : i < 14 ? Phase::failed
                    : i < 22 ? Phase::running
                             : Phase::waiting;
      trial.attempt.status.steps = 100;
      trial.attempt.status.step = trial.phase == Phase::running    ? 50
                                  : trial.phase == Phase::finished ? 100
                                                                   : 0;
      trial.attempt.status.seconds = 20;
      trial.attempt.status.loss = 0.12345;
      view.trials.push_back(trial);
    }
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(progress)

BOOST_AUTO_TEST_CASE(the_live_table_fits_every_terminal) {
  HalfWay run;
  for (int columns : {20, 40, 60, 80, 200}) {
    for (int rows : {1, 2, 3, 5, 9, 23}) {
      std::vector<std::string> lines = live_lines(run.view, columns, rows);
      BOOST_TEST(static_cast<int>(lines.size()) <= rows);
      for (const std::string& line : lines)
        BOOST_TEST(display_width(line) <= static_cast<std::size_t>(columns));
    }
  }
}

BOOST_AUTO_TEST_CASE(the_live_table_says_what_happens) {
  HalfWay run;
  std::vector<std::string> lines = live_lines(run.view, 80, 23);
  BOOST_TEST(lines.size() == 10u);
  BOOST_TEST(lines[0] == "negatives: 40 trials: 10 cached, 3 finished, 1 failed, 8 running, 18 waiting");
  // 7 of 26 trials' worth done in a minute, 22 to go.
  BOOST_TEST(lines[1].find(" 45%  1:00, 3:09 left") != std::string::npos);
  BOOST_TEST(lines[2].find("epoch 2/2") != std::string::npos);
  BOOST_TEST(lines[2].find("[#####.....]  50%   0.1235    0:20") != std::string::npos);
  BOOST_TEST(live_lines(run.view, 60, 6).back() == "and 6 more");
}

BOOST_AUTO_TEST_CASE(plain_lines_are_written_per_change) {
  HalfWay run;
  std::ostringstream err;
  std::unique_ptr<RunObserver> observer = plain_progress(err);
  observer->begun(run.view);
  observer->changed(run.view, run.view.trials[10], {});
  run.view.trials[13].attempt.status.error = "the loss is nan";
  observer->changed(run.view, run.view.trials[13], {"last words"});
  run.view.seconds = 200;
  observer->tick(run.view);
  observer->tick(run.view);
  std::istringstream in(err.str());
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  BOOST_REQUIRE(lines.size() == 7u);
  BOOST_TEST(lines[1].starts_with("[14/40] finished    " + run.plan.trials[10].hash.substr(0, 8)));
  BOOST_TEST(lines[1].ends_with("…  0:20"));
  BOOST_TEST(display_width(lines[1]) == 80u);
  BOOST_TEST(lines[3] == "  the loss is nan");
  BOOST_TEST(lines[5] == "  | last words");
  BOOST_TEST(err.str().find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(times_are_short) {
  BOOST_TEST(duration_text(7.4) == "0:07");
  BOOST_TEST(duration_text(754) == "12:34");
  BOOST_TEST(duration_text(3723) == "1:02:03");
  BOOST_TEST(cut("abcdef", 4) == "abc…");
  BOOST_TEST(cut("語語語", 5) == "語語…");
  BOOST_TEST(display_width(fitted("語", 5)) == 5u);
}

BOOST_AUTO_TEST_SUITE_END()
