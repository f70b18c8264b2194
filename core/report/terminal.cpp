// SPDX-License-Identifier: MIT
#include "report/cell_text.hpp"
#include "report/writers.hpp"
#include "text/terminal_text.hpp"

namespace spanlab::host {
namespace {

/// A table of texts; the first `left` columns stand left, the others right.
struct Grid {
  std::vector<std::vector<std::string>> rows;
  std::size_t left = 0;
};

std::vector<std::size_t> widths(const Grid& grid) {
  std::vector<std::size_t> result(grid.rows.at(0).size());
  for (const auto& row : grid.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) result[i] = std::max(result[i], display_width(row[i]));
  }
  return result;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  std::size_t sum = 0;
  for (std::size_t each : widths) sum += each;
  return sum + 2 * (widths.size() - 1);
}

/// Cuts the widest of the left columns until the grid fits.
void fit(Grid& grid, std::size_t columns) {
  while (total(widths(grid)) > columns) {
    std::vector<std::size_t> now = widths(grid);
    std::size_t widest = 0;
    for (std::size_t i = 1; i < grid.left; ++i) widest = now[i] > now[widest] ? i : widest;
    if (now[widest] <= 4) return;
    for (auto& row : grid.rows) row[widest] = cut(row[widest], now[widest] - 1);
  }
}

std::string text_of(const Grid& grid) {
  std::vector<std::size_t> now = widths(grid);
  std::string text;
  for (const auto& row : grid.rows) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      std::string space(now[i] - display_width(row[i]), ' ');
      line += (i ? "  " : "") + (i < grid.left ? row[i] + space : space + row[i]);
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text;
}

enum class DifferenceColumns { left_out, shown };

Grid grid_of(const Report& report, const ResultTable& table, const std::vector<std::size_t>& metrics,
             DifferenceColumns differences) {
  const bool with_differences = compares(table) && differences == DifferenceColumns::shown;
  Grid grid;
  grid.left = table.columns.size();
  std::vector<std::string> head;
  for (const std::string& name : table.headings) head.push_back(printable(name));
  for (std::size_t metric : metrics) {
    head.push_back(printable(report.metrics[metric]));
    if (with_differences) head.push_back("Δ");
  }
  head.push_back("n");
  grid.rows.push_back(head);
  for (const ResultRow& row : table.rows) {
    std::vector<std::string> cells = row.texts;
    for (std::size_t metric : metrics) {
      cells.push_back(score_text(row.cells[metric]) +
                      (row.cells[metric].best && !row.cells[metric].tied ? "*" : " "));
      if (with_differences) cells.push_back(difference_text(row, row.cells[metric]));
    }
    cells.push_back(count_text(row));
    grid.rows.push_back(cells);
  }
  return grid;
}

}  // namespace

namespace {

constexpr std::size_t kShownClaims = 6;

/// What the first comparisons say, a line each; the page has them all.
std::string claims(const Report& report, std::size_t room) {
  std::string text;
  std::size_t told = 0;
  for (const Answer& answer : report.answers) {
    if (answer.other.empty()) continue;
    if (++told > kShownClaims) continue;
    text += cut(printable(fmt::format("{}: {} against {}: {}", answer.metric, answer.row, answer.other,
                                      answer.verdict)),
                room) +
            "\n";
  }
  if (told > kShownClaims)
    text += fmt::format("… and {} more comparisons on the page\n", told - kShownClaims);
  return text;
}

}  // namespace

std::string terminal(const Report& report, int columns) {
  std::size_t room = static_cast<std::size_t>(std::max(columns, 20));
  std::string text;
  for (const ResultTable& table : report.tables) {
    text += (text.empty() ? "" : "\n") + cut(printable(table.title + ": " + table.evaluation), room) + "\n";
    std::vector<std::size_t> all(report.metrics.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    Grid together = grid_of(report, table, all, DifferenceColumns::shown);
    if (total(widths(together)) <= room) {
      text += text_of(together);
      continue;
    }
    for (std::size_t metric : all) {  // a block per metric where they do not fit side by side
      Grid alone = grid_of(report, table, {metric}, DifferenceColumns::shown);
      fit(alone, room);
      if (total(widths(alone)) > room) {
        alone = grid_of(report, table, {metric}, DifferenceColumns::left_out);
        fit(alone, room);
      }
      text += (metric ? "\n" : "") + text_of(alone);
    }
  }
  bool best = false, mistakes = false;
  for (const ResultTable& table : report.tables) {
    mistakes |= table.mistakes;
    for (const ResultRow& row : table.rows) best = best || std::ranges::any_of(row.cells, &ScoreCell::best);
  }
  std::string note = "mean ± standard deviation over n seeds";
  if (best) note += mistakes ? "; * best mean" : "; * highest mean";
  return text + cut(note, room) + "\n" + claims(report, room);
}

}  // namespace spanlab::host
