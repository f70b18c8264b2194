// SPDX-License-Identifier: MIT
#pragma once

// By what the record of a library (plugin.hpp) tells compilers and their standard libraries apart: a text and
// a number each. Lines of the preprocessor alone, for the CMake package asks a compiler for them before it
// compiles anything.

#include <version>

#ifdef __clang__
#define SPANLAB_COMPILER "clang ", __clang_major__
#else
#define SPANLAB_COMPILER "gcc ", __GNUC__
#endif
#ifdef _LIBCPP_VERSION
#define SPANLAB_STANDARD_LIBRARY "libc++ ", _LIBCPP_VERSION / 10000
#else
#define SPANLAB_STANDARD_LIBRARY "libstdc++ ", _GLIBCXX_RELEASE
#endif
