# SPDX-License-Identifier: MIT
# Every third-party library, found once. `spanlab_torch` is what plugins see; the rest stays inside
# libspanlab.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
include(spanlab_torch)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options unit_test_framework)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(SQLiteCpp REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
pkg_check_modules(lua REQUIRED IMPORTED_TARGET lua5.4-c++)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive)

# What one plugin alone links: spanlab_libraries_of_<plugin>.
set(spanlab_libraries_of_semeval PkgConfig::pugixml)
set(spanlab_libraries_of_scirex PkgConfig::archive)

set(spanlab_private_libraries
  fmt::fmt nlohmann_json::nlohmann_json tomlplusplus::tomlplusplus SQLiteCpp Boost::program_options
  OpenSSL::Crypto PkgConfig::lua PkgConfig::utf8proc Threads::Threads ${CMAKE_DL_LIBS})
