# SPDX-License-Identifier: MIT
# Flags are the same everywhere, but for tests' level of optimisation: a precompiled header is only used where
# they are.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
# libspanlab exports what SPANLAB_API marks, a plugin its door.
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
add_compile_options(-fPIC -Wall -Wextra -Wno-missing-field-initializers -Werror=invalid-pch -fno-math-errno
  "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
# For all targets alike, or the precompiled header would not fit. Another compiler may warn of more.
option(SPANLAB_WERROR "Take warnings for errors, as continuous integration does" OFF)
if(SPANLAB_WERROR)
  add_compile_options(-Werror)
endif()

# LibTorch carries a copy of fmt's headers without its library: the system's must be found before it.
find_path(fmt_include fmt/format.h PATHS /usr/include REQUIRED)
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/first")
file(CREATE_LINK "${fmt_include}/fmt" "${PROJECT_BINARY_DIR}/first/fmt" SYMBOLIC)
include_directories("${PROJECT_BINARY_DIR}/first" "${PROJECT_SOURCE_DIR}/cmake/lighter")

find_program(ccache_program ccache)
if(ccache_program AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env
    "CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime" "${ccache_program}")
endif()

# A file that sees LibTorch takes the compiler 3 s before its own first line, precompiled header or not:
# templates that the headers leave open are made anew in each. Eight files compiled as one share that, and
# files without LibTorch share what they include; scripts/build, which builds all of it, asks for this.
option(SPANLAB_JOINED "Compile sources eight at a time" OFF)
function(spanlab_joined target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${SPANLAB_JOINED} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

# Objects of some folders of core with one precompiled header; further arguments are libraries that they see
# besides the private ones.
function(spanlab_objects name folders header)
  set(sources "")
  foreach(folder IN LISTS folders)
    file(GLOB found CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/core/${folder}/*.cpp")
    list(APPEND sources ${found})
  endforeach()
  if(NOT sources)
    file(WRITE "${PROJECT_BINARY_DIR}/empty_${name}.cpp" "")
    list(APPEND sources "${PROJECT_BINARY_DIR}/empty_${name}.cpp")
  endif()
  add_library(spanlab_${name} OBJECT ${sources})
  target_include_directories(spanlab_${name} PUBLIC "${PROJECT_SOURCE_DIR}/core/include"
    "${PROJECT_SOURCE_DIR}/core")
  target_link_libraries(spanlab_${name} PUBLIC ${ARGN} ${spanlab_private_libraries})
  target_precompile_headers(spanlab_${name} PRIVATE "${PROJECT_SOURCE_DIR}/${header}")
endfunction()
