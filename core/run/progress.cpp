// SPDX-License-Identifier: MIT
#include "run/progress.hpp"

#include <sys/ioctl.h>
#include <unistd.h>

#include <ostream>

#include "text/terminal_text.hpp"

namespace spanlab::host {

namespace {

constexpr const char* kRed = "\x1b[31m";
constexpr const char* kPlain = "\x1b[0m";

class QuietProgress : public RunObserver {
 public:
  explicit QuietProgress(std::ostream& err) : err_(err) {}
  void begun(const RunView&) override {}
  void changed(const RunView&, const TrialView& trial, const std::vector<std::string>& tail) override {
    if (trial.phase != Phase::failed) return;
    for (const std::string& line : failure_lines(trial, tail)) err_ << line << '\n';
    err_.flush();
  }
  void tick(const RunView&) override {}
  void ended(const RunView&) override {}

 protected:
  std::ostream& err_;
};

class PlainProgress : public QuietProgress {
 public:
  using QuietProgress::QuietProgress;
  void begun(const RunView& view) override { summary(view); }
  void changed(const RunView& view, const TrialView& trial, const std::vector<std::string>& tail) override {
    said_ = view.seconds;
    if (trial.phase == Phase::failed) return QuietProgress::changed(view, trial, tail);
    std::string place = fmt::format("[{:>{}}/{}] ", view.settled(),
                                    fmt::format("{}", view.trials.size()).size(), view.trials.size());
    std::string seconds =
        trial.phase == Phase::finished ? "  " + duration_text(trial.attempt.status.seconds) : std::string();
    std::string name = fmt::format("{}, seed {}", trial.label, trial.trial->seed);
    std::string begin =
        fmt::format("{}{} {}  ", place, fitted(to_text(trial.phase), 11), trial.trial->hash.substr(0, 8));
    err_ << begin << cut(name, 80 - display_width(begin) - seconds.size()) << seconds << std::endl;
  }
  void tick(const RunView& view) override {
    if (view.seconds - said_ >= kSilence) summary(view);
  }

 private:
  static constexpr double kSilence = 60;

  void summary(const RunView& view) {
    said_ = view.seconds;
    double left = seconds_left(view);
    err_ << view.study << ": " << counts_text(view);
    if (left >= 0) err_ << "; about " << duration_text(left) << " left";
    err_ << std::endl;
  }

  double said_ = 0;
};

class LiveProgress : public RunObserver {
 public:
  LiveProgress(std::ostream& err, bool color) : err_(err), color_(color) {}
  ~LiveProgress() override { erase(); }

  void begun(const RunView& view) override { draw(view); }
  void changed(const RunView& view, const TrialView& trial, const std::vector<std::string>& tail) override {
    if (trial.phase != Phase::failed) return;
    erase();
    bool first = true;
    for (const std::string& line : failure_lines(trial, tail)) {
      err_ << (first && color_ ? kRed : "") << line << (first && color_ ? kPlain : "") << '\n';
      first = false;
    }
    draw(view);
  }
  void tick(const RunView& view) override { draw(view); }
  void ended(const RunView& view) override {
    erase();
    err_ << view.study << ": " << counts_text(view) << " in " << duration_text(view.seconds) << std::endl;
  }

 private:
  void erase() {
    if (drawn_ == 0) return;
    std::string up = fmt::format("\r\x1b[{}A", drawn_);
    err_ << up;
    // Line by line: a terminal may keep what is cleared at once from the top as scrolled-away text.
    for (std::size_t i = 0; i < drawn_; ++i) err_ << "\x1b[2K\n";
    err_ << up << std::flush;
    drawn_ = 0;
  }

  // A line wider than a terminal that has just been made narrower must not wrap, or the count of lines is
  // wrong.
  void draw(const RunView& view) {
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) size = {24, 80, 0, 0};
    std::vector<std::string> lines = live_lines(view, size.ws_col, size.ws_row - 1);
    std::string text = drawn_ > 0 ? fmt::format("\r\x1b[{}A", drawn_) : std::string();
    text += "\x1b[?7l";
    for (const std::string& line : lines) {
      text += "\x1b[2K" + line + '\n';  // erased first: after the last column it would erase that
    }
    text += "\x1b[J\x1b[?7h";
    err_ << text << std::flush;
    drawn_ = lines.size();
  }

  std::ostream& err_;
  bool color_;
  std::size_t drawn_ = 0;
};

}  // namespace

std::unique_ptr<RunObserver> live_progress(std::ostream& err, bool color) {
  return std::make_unique<LiveProgress>(err, color);
}
std::unique_ptr<RunObserver> plain_progress(std::ostream& err) {
  return std::make_unique<PlainProgress>(err);
}
std::unique_ptr<RunObserver> quiet_progress(std::ostream& err) {
  return std::make_unique<QuietProgress>(err);
}

}  // namespace spanlab::host
