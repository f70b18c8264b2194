# SPDX-License-Identifier: MIT
# usage: cmake -DHEADERS=<folder with the SDK's headers> -DOUTPUT=<sdk_hash.hpp> -P sdk_hash.cmake
# Hash of the SDK headers without comments and line breaks: a plugin's and the host's must be equal. It is
# computed from the headers that are really compiled with, so that a half-updated or edited installation is
# noticed.
file(GLOB headers RELATIVE "${HEADERS}" "${HEADERS}/*.hpp")
list(SORT headers)
set(text "")
foreach(header IN LISTS headers)
  file(READ "${HEADERS}/${header}" content)
  string(REGEX REPLACE "[ \t]*//[^\n]*" "" content "${content}")
  string(REGEX REPLACE "[ \t\r\n]+" " " content "${content}")
  string(APPEND text "${header}:${content}\n")
endforeach()
string(SHA256 hash "${text}")
string(SUBSTRING "${hash}" 0 16 hash)
set(content "#pragma once\n#define SPANLAB_SDK_HASH \"${hash}\"\n")
set(old "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" old)
endif()
if(NOT old STREQUAL content)
  file(WRITE "${OUTPUT}" "${content}")
endif()
