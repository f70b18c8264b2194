// SPDX-License-Identifier: MIT
// Against scipy 1.17: friedmanchisquare, rankdata, studentized_range.
#include "statistics/ranks.hpp"

#include "statistics/effect_sizes.hpp"
#include "statistics/permutation_tests.hpp"
#include "test.hpp"

namespace spanlab::test {
namespace {

using Numbers = std::vector<double>;

DataSetScores six_data_sets() {
  return {3, 6, {80, 81, 79, 70, 70, 71, 60, 66, 61, 90, 92, 92, 50, 55, 51, 75, 75, 75}};
}

}  // namespace

BOOST_AUTO_TEST_CASE(ranks_with_ties) {
  const RankComparison ranks = compare_ranks(six_data_sets());
  BOOST_TEST(ranks.mean_ranks[0] == 31.0 / 12, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(ranks.mean_ranks[1] == 1.5, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(ranks.friedman.value().statistic == 4.7777777777777715, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(ranks.friedman->p == 0.09173155121985684, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(ranks.iman_davenport.value().statistic == 3.3076923076923004,
             boost::test_tools::tolerance(1e-9));
  BOOST_TEST(ranks.iman_davenport->p == 0.07896743030507948, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(ranks.nemenyi.q == 3.314493155398122 / std::sqrt(2), boost::test_tools::tolerance(1e-6));
  BOOST_TEST(ranks.groups.size() == 1u);  // none is told from any
}

BOOST_AUTO_TEST_CASE(ranks_that_say_nothing_or_all) {
  const RankComparison equal = compare_ranks({2, 3, {1, 1, 2, 2, 3, 3}});
  BOOST_TEST(!equal.friedman.has_value());
  BOOST_TEST(!equal.iman_davenport.has_value());
  const RankComparison always = compare_ranks({2, 3, {2, 1, 3, 2, 4, 3}});
  BOOST_TEST(always.friedman.value().statistic == 3, boost::test_tools::tolerance(1e-12));
  BOOST_TEST(!always.iman_davenport.has_value());
  BOOST_CHECK_THROW(compare_ranks({1, 2, {1, 1}}), std::invalid_argument);
  BOOST_CHECK_THROW(compare_ranks({2, 2, {1, 1}}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(bars_of_a_diagram) {
  // Ten systems in the same order on twenty data sets: ranks 1 to 10, neighbours of three ranks are equal.
  DataSetScores scores{10, 20, {}};
  for (std::size_t set = 0; set < 20; ++set) {
    for (int system = 0; system < 10; ++system) scores.values.push_back(-system);
  }
  const RankComparison ranks = compare_ranks(scores);
  BOOST_TEST(ranks.nemenyi.q == 3.163683577053373, boost::test_tools::tolerance(1e-6));
  BOOST_TEST(ranks.nemenyi.critical_difference == 3.163683577053373 * std::sqrt(110.0 / 120),
             boost::test_tools::tolerance(1e-6));  // 3.03
  BOOST_TEST(ranks.groups.size() == 7u);
  BOOST_TEST(ranks.groups.front().first == 0u);
  BOOST_TEST(ranks.groups.front().second == 3u);
  BOOST_TEST(ranks.groups.back().second == 9u);
}

BOOST_AUTO_TEST_CASE(effects_without_variance_are_undefined) {
  BOOST_TEST(!cohens_d(Numbers{1, 1}, Numbers{2, 2}).has_value());
  BOOST_TEST(!hedges_g(Numbers{1}, Numbers{2}).has_value());
  BOOST_TEST(cliffs_delta(Numbers{1, 1}, Numbers{2, 2}) == -1);
  BOOST_TEST(a12(Numbers{1, 2}, Numbers{1, 2}) == 0.5);
  BOOST_CHECK_THROW(a12({}, Numbers{1}), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(signed_ranks_of_many_pairs) {
  // 60 pairs: counted, not enumerated. scipy.stats.wilcoxon(method="exact").
  Numbers differences;
  for (int i = 1; i <= 60; ++i) differences.push_back(i % 3 == 0 ? -i : i);
  BOOST_TEST(wilcoxon_exact(differences).w_minus == 630);
  BOOST_TEST(wilcoxon_exact(differences).p == 0.035563173784766366, boost::test_tools::tolerance(1e-9));
  BOOST_TEST(wilcoxon_exact(Numbers{0, 0}).p == 1);
}

}  // namespace spanlab::test
