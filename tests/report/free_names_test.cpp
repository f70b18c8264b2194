// SPDX-License-Identifier: MIT
// Types, variants and ablations may have any name.
#include <fstream>
#include <regex>
#include <set>

#include "files/files.hpp"
#include "report/made_up_study.hpp"
#include "report/report.hpp"

namespace spanlab::test {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string kTerminal = "\x1b]0;title\x07 \x1b[2J";
const std::string kTurned = "left \u202e right";
const std::string kMarkup = "<img src=x onerror=alert(1)> `rm` **b** | _i_ [l](http://x) &lt; $x$ ~~s~~ \\";
const std::vector<std::string> kNames{
    kTerminal, kTurned,  kMarkup,    "=HYPERLINK(\"x\")", "@sum",  "-1+2",     "+cmd",       "[x]",
    "*",       "a & b%", "#1_{2}^~", "two\nlines\there",  "\"q\"", "--dashes", "\\input{x}", "\u4eba\u7269"};

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// A study whose ablations have these names, and whose factor and one type have another.
struct Named {
  Named() {
    study.plan.factors = {"sy|s`\n#"};
    study.plan.seeds = {1};
    study.types = {"A|B", "x`y|<b>"};
    study.plan.report.metrics = {"entity.f1", "entity.per_type.x`y|<b>.f1"};
    for (const char* value : {"one", "_two_"}) {
      const std::size_t row = study.add_row(value, {});
      study.plan.rows.back().factors = json::array({json::array({"sy|s`\n#", value})});
      study.finish(study.plan_trial(row, 1), 80, 60);
    }
    study.plan.rows[0].base = true;
    for (const std::string& name : kNames) {
      study.finish(study.plan_trial(study.add_row(name, {}, name), 1), 70, 50);
    }
    write_report(study.plan, study.store, folder.path());
  }
  std::string text(const std::string& name) const { return read_file(folder.path() / name); }

  MadeUpStudy study;
  TemporaryFolder folder;
};

/// The cells of a row of a Markdown table, by the bars that no backslash precedes.
std::size_t cells_of(const std::string& line) {
  std::size_t bars = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\')
      ++i;
    else
      bars += line[i] == '|';
  }
  return bars - 1;
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_chart_has_its_own_file_whatever_the_types_are_called) {
  MadeUpStudy study;
  const std::string long_name(300, 'x');
  study.types = {"\u4eba\u7269", "\u5730\u70b9", "A/B", "A-B",     "a-b",
                 "LOC",          "Loc",          "a b", long_name, long_name + "y"};
  for (const std::string& type : study.types) {
    study.plan.report.metrics.push_back("entity.per_type." + type + ".f1");
  }
  fill_two_by_two(study);
  TemporaryFolder folder;
  write_report(study.plan, study.store, folder.path());
  const std::string page = read_file(folder.path() / "report.md");
  const json index = json::parse(read_file(folder.path() / "report.json"));
  std::set<std::string> names, titles;
  for (const json& name : index["charts"]) {
    names.insert(name);
    const fs::path file = folder.path() / "charts" / (name.get<std::string>() + ".vl.json");
    const json spec = json::parse(read_file(file));
    titles.insert(spec["title"]["text"]);
  }
  BOOST_TEST(names.size() == index["charts"].size());
  BOOST_TEST(titles.size() == names.size());
  BOOST_TEST(names.size() >= 3 * study.types.size());
  std::set<std::string> shown;
  const std::regex image(R"(\]\(charts/([^)]*)\.svg\))");
  for (std::sregex_iterator at(page.begin(), page.end(), image), end; at != end; ++at) {
    BOOST_TEST(shown.insert((*at)[1]).second, (*at)[1]);
  }
}

BOOST_AUTO_TEST_CASE(names_are_text_in_markdown) {
  const Named named;
  std::istringstream lines(named.text("report.md"));
  std::size_t cells = 0;
  for (std::string line; std::getline(lines, line);) {
    BOOST_TEST(mentions(line, "\\<img") == mentions(line, "<img"));
    BOOST_TEST(!mentions(line, "\x1b"));
    BOOST_TEST(!mentions(line, "\u202e"));
    if (!line.starts_with("|"))
      cells = 0;
    else if (cells == 0)
      cells = cells_of(line);
    if (line.starts_with("|")) BOOST_TEST(cells_of(line) == cells, line);
  }
  const std::string page = named.text("report.md");
  BOOST_TEST(mentions(page, R"(| sy\|s\` \# | `entity.f1` | `` entity.per_type.x`y\|<b>.f1 `` | n |)"));
  BOOST_TEST(mentions(page, R"(\_two\_)"));
  BOOST_TEST(mentions(page,
                      R"(\<img src=x onerror=alert(1)\> \`rm\` \*\*b\*\* \| \_i\_ \[l\](http://x) \&lt; )"
                      R"(\$x\$ \~\~s\~\~ \\)"));
}

BOOST_AUTO_TEST_CASE(a_question_stays_a_paragraph) {
  MadeUpStudy study;
  fill_two_by_two(study);
  for (const auto& [question, expected] :
       std::map<std::string, std::string>{{"- does it?", "\\- does it?"},
                                          {"12. does it?", "12\\. does it?"},
                                          {"   \n# x", "\\# x"},
                                          {"---", "\\---"},
                                          {"3 is it", "3 is it"}}) {
    study.plan.question = question;
    TemporaryFolder folder;
    write_report(study.plan, study.store, folder.path());
    BOOST_TEST(mentions(read_file(folder.path() / "report.md"), "\n\n" + expected + "\n\n"), question);
  }
}

BOOST_AUTO_TEST_CASE(names_are_text_in_html) {
  const std::string page = Named().text("report.html");
  BOOST_TEST(!mentions(page, "<img src=x"));
  BOOST_TEST(!mentions(page, "x`y|<b>"));
  BOOST_TEST(!mentions(page, "\x1b"));
  BOOST_TEST(mentions(page, "&lt;img src=x onerror=alert(1)&gt;"));
}

BOOST_AUTO_TEST_CASE(names_are_text_in_latex) {
  const std::string text = Named().text("table.tex");
  for (const char* part : {"\\textless{}img src=x", "{}[x] &", "{}* &", "a \\& b\\% &", "two lines here &",
                           "\\#1\\_\\{2\\}\\textasciicircum{}\\textasciitilde{} &", "\\char34{}q\\char34{} &",
                           "-{}-dashes &", "\\textbackslash{}input\\{x\\} &", "sy\\textbar{}s` \\#} &"}) {
    BOOST_TEST(mentions(text, part), part);
  }
  BOOST_TEST(!mentions(text, "\x1b"));
  std::istringstream lines(text);
  std::size_t columns = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::string begin = "  \\begin{tabular}{";
    if (line.starts_with(begin)) {
      columns = 0;
      bool options = false;
      for (char c : line.substr(begin.size())) {
        columns += !options && (c == 'l' || c == 'r' || c == 'S');
        options = c == '[' || (options && c != ']');
      }
    }
    if (!line.ends_with(" \\\\") || mentions(line, "\\multicolumn")) continue;
    std::size_t cells = 1;
    for (std::size_t i = 1; i < line.size(); ++i) cells += line[i] == '&' && line[i - 1] != '\\';
    BOOST_TEST(cells == columns, line);
  }
}

BOOST_AUTO_TEST_CASE(names_are_text_in_csv) {
  const Named named;
  for (const char* file : {"table.csv", "trials.csv"}) {
    std::istringstream lines(named.text(file));
    std::size_t commas = 0;
    for (std::string line; std::getline(lines, line);) {
      std::size_t here = 0;
      bool quoted = false, begins = true;
      for (char c : line) {
        if (begins) BOOST_TEST(std::string("=@").find(c) == std::string::npos, line);
        if (c == '"') quoted = !quoted;
        begins = (c == ',' && !quoted) || (begins && c == '"');
        here += c == ',' && !quoted;
      }
      BOOST_TEST(!quoted, line);
      if (commas == 0) commas = here;
      BOOST_TEST(here == commas, line);
      BOOST_TEST(!mentions(line, "\x1b"));
    }
  }
  const std::string table = named.text("table.csv");
  for (const char* part : {",\"'=HYPERLINK(\"\"x\"\")\",", ",'@sum,", ",'-1+2,", ",'+cmd,",
                           ",two lines here,", ",\"\"\"q\"\"\","}) {
    BOOST_TEST(mentions(table, part), part);
  }
  BOOST_TEST(mentions(table, ",-10,"));  // a difference is a number
}

BOOST_AUTO_TEST_CASE(names_leave_the_terminal_alone) {
  const Named named;
  const std::string table = terminal_table(named.study.plan, named.study.store, 100);
  const auto steers = [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7f; };
  BOOST_TEST(std::ranges::none_of(table, steers));
  BOOST_TEST(!mentions(table, "\u202e"));
  BOOST_TEST(mentions(table, "two lines here"));
  BOOST_TEST(mentions(table, "\u4eba\u7269  "));
}

BOOST_AUTO_TEST_CASE(charts_hold_no_sign_that_xml_forbids) {
  const Named named;
  for (const auto& entry : fs::directory_iterator(named.folder.path() / "charts")) {
    const std::string text = read_file(entry.path());
    BOOST_TEST(!mentions(text, "\\u001b"), entry.path());
    BOOST_TEST(!mentions(text, "\x1b"), entry.path());
  }
}

}  // namespace spanlab::test
