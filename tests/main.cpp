// SPDX-License-Identifier: MIT
#define BOOST_TEST_DYN_LINK
#define BOOST_TEST_MODULE spanlab
#include <boost/test/unit_test.hpp>
