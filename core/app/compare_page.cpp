// SPDX-License-Identifier: MIT
#include "app/compare_page.hpp"

#include "app/compared_text.hpp"
#include "report/html_parts.hpp"
#include "report/page.hpp"

namespace spanlab::host::app {

namespace {

using HtmlRows = std::vector<std::vector<std::string>>;

std::string configuration_section(const Compared& compared) {
  if (compared.configuration.empty()) return "<h2>Configuration</h2>\n<p>Both have the same.</p>\n";
  HtmlRows rows;
  for (const ConfigurationDifference& one : compared.configuration)
    rows.push_back({html_text(one.path), html_text(one.a), html_text(one.b)});
  return "<h2>Configuration that differs</h2>\n" +
         html_table("Configuration that differs", {{"path"}, {"A"}, {"B"}}, rows);
}

std::string scores_section(const Compared& compared) {
  if (compared.scores.empty()) return "";
  std::string text = "<h2>Scores</h2>\n";
  HtmlRows rows;
  for (const ComparedScore& score : compared.scores) {
    const std::string verdict = verdict_text(score);
    if (!verdict.empty()) {
      const std::string claim = score.claim.empty() ? "" : ", for the claim about " + score.claim;
      text += "<p class=\"answer\">" + html_text(score.path + ": " + verdict + claim) + ".</p>\n";
    }
    rows.push_back({html_text(score.path), html_text(points_text(score.a)), html_text(points_text(score.b)),
                    difference_text(score), interval_text(score), html_text(p_text(score))});
  }
  return text +
         html_table(
             "Scores",
             {{"score"}, {"A", true}, {"B", true}, {"B − A", true}, {"95 % interval", true}, {"p", true}},
             rows);
}

std::string types_section(const Compared& compared) {
  if (compared.types.empty()) return "";
  HtmlRows rows;
  for (const ComparedType& type : compared.types) {
    rows.push_back({html_text(type.type), fmt::format("{:.2f}", type.a.f1), fmt::format("{:.2f}", type.b.f1),
                    fmt::format("{:+.2f}", type.b.f1 - type.a.f1)});
  }
  return "<h2>F1 by type</h2>\n" +
         html_table("F1 by type", {{"type"}, {"A", true}, {"B", true}, {"B − A", true}}, rows);
}

std::string errors_list(const std::string& side, const std::vector<ErrorExample>& errors,
                        std::size_t trials) {
  std::string text;
  for (const ErrorExample& error : errors)
    text += "<li>" + side + ": " + html_text(wrong_text(error, trials)) + "</li>\n";
  return text;
}

std::string sentences_section(const std::string& title, const std::vector<ComparedSentence>& sentences,
                              std::size_t found, const Compared& compared) {
  if (sentences.empty()) return "";
  std::string text = "<h2>" + title + "</h2>\n";
  text += fmt::format("<p class=\"note\">{} of {} sentences, the most telling first.</p>\n", sentences.size(),
                      found);
  for (const ComparedSentence& one : sentences) {
    text += "<h3>Sentence " + html_text(one.id) + "</h3>\n<p>" + html_text(one.text) + "</p>\n";
    text +=
        fmt::format("<p class=\"note\">right in {} (A), {} (B)</p>\n<ul>\n",
                    share_text(one.right_a, compared.trials_a), share_text(one.right_b, compared.trials_b));
    text += errors_list("A", one.wrong_a, compared.trials_a) +
            errors_list("B", one.wrong_b, compared.trials_b) + "</ul>\n";
  }
  return text;
}

std::string rows_section(const Compared& compared) {
  HtmlRows rows;
  for (const ComparedRow& row : compared.rows) {
    for (const ComparedScore& score : row.scores) {
      rows.push_back({html_text(row.label), html_text(score.path), html_text(points_text(score.a)),
                      html_text(points_text(score.b)), difference_text(score), interval_text(score),
                      html_text(p_text(score))});
    }
  }
  if (rows.empty()) return "";
  return "<h2>Rows</h2>\n" + html_table("Rows that both have",
                                        {{"row"},
                                         {"score"},
                                         {"A", true},
                                         {"B", true},
                                         {"B − A", true},
                                         {"95 % interval", true},
                                         {"p", true}},
                                        rows);
}

}  // namespace

std::string compare_page(const Compared& compared) {
  const std::string title = "A and B compared";
  std::string text =
      fmt::format(kPageHead, html_text(compared.a.name + " and " + compared.b.name), kPageStyle);
  text += "<h1>" + title + "</h1>\n" +
          html_lines({{"A", fmt::format("{}, {} finished trials", compared.a.name, compared.trials_a)},
                      {"B", fmt::format("{}, {} finished trials", compared.b.name, compared.trials_b)}});
  for (const std::string& note : compared.notes)
    text += "<p class=\"warning\" role=\"note\">" + html_text(note) + "</p>\n";
  text += scores_section(compared) + rows_section(compared) + types_section(compared);
  text += configuration_section(compared);
  text += sentences_section("Right in A, wrong in B", compared.a_right, compared.a_right_found, compared);
  text += sentences_section("Right in B, wrong in A", compared.b_right, compared.b_right_found, compared);
  return text + "</main>\n</body>\n</html>\n";
}

}  // namespace spanlab::host::app
