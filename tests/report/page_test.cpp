// SPDX-License-Identifier: MIT
#include <array>
#include <cstdio>
#include <fstream>

#include "report/made_up_study.hpp"
#include "report/report.hpp"
#include "report/vega.hpp"

namespace spanlab::test {
namespace {

namespace fs = std::filesystem;

/// Standard output of a shell command.
std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  BOOST_REQUIRE(pipe);
  std::array<char, 4096> buffer{};
  for (std::size_t n; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
  pclose(pipe);
  return text;
}

std::string browser() {
  std::string found = output_of("command -v chromium || command -v google-chrome");
  return found.substr(0, found.find('\n'));
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t number = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++number;
  return number;
}

/// Whether the test can go on; in CI a missing thing is an error.
bool at_hand(bool there, const std::string& what) {
  if (!there && on_ci()) BOOST_ERROR(what + " is missing");
  if (!there) BOOST_TEST_MESSAGE("skipped: " << what << " is missing");
  return there;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_page_draws_all_its_charts_without_a_word) {
  std::string program = browser();
  if (!at_hand(!program.empty(), "chromium") || !at_hand(!vega_bundle().empty(), "the bundle of Vega-Lite"))
    return;
  MadeUpStudy study;
  fill_two_by_two(study);
  TemporaryFolder folder;
  write_report(study.plan, study.store, folder.path());
  fs::path console = folder.path() / "console.txt";
  std::string page =
      output_of(program +
                " --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
                " --disable-component-update --disable-sync --user-data-dir=" +
                (folder.path() / "profile").string() +
                " --virtual-time-budget=60000 --dump-dom --enable-logging=stderr file://" +
                (folder.path() / "report.html").string() + " 2> " + console.string());
  std::ifstream stream(console);
  for (std::string line; std::getline(stream, line);) BOOST_TEST(line.find("CONSOLE") == line.npos, line);
  BOOST_TEST(count(page, "12 of 12 charts drawn") == 1u,
             "the page counts its charts otherwise than expected");
  BOOST_TEST(count(page, "<figure ") == 12u);
  BOOST_TEST(count(page, "http-equiv=\"Content-Security-Policy\"") == 1u);
  BOOST_TEST(count(page.substr(0, page.find("<title>")), "unsafe-eval") == 0u);
}

BOOST_AUTO_TEST_CASE(svgs_are_drawn_without_a_browser) {
  MadeUpStudy study;
  fill_two_by_two(study);
  TemporaryFolder folder;
  std::string trouble = write_report(study.plan, study.store, folder.path());
  if (!at_hand(trouble.empty(), "the drawing of SVG (" + trouble + ")")) return;
  std::size_t drawn = 0;
  for (const auto& entry : fs::directory_iterator(folder.path() / "charts")) {
    if (entry.path().extension() != ".svg") continue;
    ++drawn;
    std::ifstream file(entry.path());
    std::string text{std::istreambuf_iterator<char>(file), {}};
    BOOST_TEST(text.starts_with("<svg "), entry.path());
    BOOST_TEST(text.find("NaN") == text.npos, entry.path());
  }
  BOOST_TEST(drawn == 12u);
}

}  // namespace spanlab::test
