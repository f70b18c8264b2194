# SPDX-License-Identifier: MIT
# Plugins of this build and, installed with the CMake package, plugins of other projects.
set(spanlab_cmake_folder "${CMAKE_CURRENT_LIST_DIR}")

# The interface target `name`: include folder with sdk_hash.hpp, made anew when a header in `headers` changes.
function(spanlab_sdk_hash name headers)
  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${name}")
  set(output "${folder}/spanlab/sdk_hash.hpp")
  file(GLOB files CONFIGURE_DEPENDS "${headers}/*.hpp")
  add_custom_command(OUTPUT "${output}" DEPENDS ${files} "${spanlab_cmake_folder}/sdk_hash.cmake"
    COMMENT "Hashing the SDK headers"
    COMMAND "${CMAKE_COMMAND}" "-DHEADERS=${headers}" "-DOUTPUT=${output}"
      -P "${spanlab_cmake_folder}/sdk_hash.cmake")
  add_custom_target(${name}_header DEPENDS "${output}")
  add_library(${name} INTERFACE)
  add_dependencies(${name} ${name}_header)
  target_include_directories(${name} INTERFACE "${folder}")
endfunction()

# What holds for every plugin. It needs no search path: the host has loaded every library that it links, and
# so the same source gives the same file in any folder. Only the door is exported.
function(spanlab_plugin_properties target name)
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
    BUILD_WITH_INSTALL_RPATH ON INSTALL_RPATH ""
    LINK_DEPENDS "${spanlab_cmake_folder}/plugin.map")
  target_link_options(${target} PRIVATE
    "-Wl,--version-script=${spanlab_cmake_folder}/plugin.map" -Wl,-z,defs -Wl,--gc-sections)
endfunction()

# After linking, the library's own checksum is written into its record: the host refuses a copy that was
# damaged since.
function(spanlab_seal_plugin target)
  add_custom_command(TARGET ${target} POST_BUILD COMMENT "Sealing ${target}" VERBATIM
    COMMAND "${CMAKE_COMMAND}" -E env ASAN_OPTIONS=detect_leaks=0
      "$<TARGET_FILE:spanlab::program>" plugin seal "$<TARGET_FILE:${target}>")
endfunction()

# A plugin of another project, which called find_package(spanlab): <name>.so in its build folder.
function(spanlab_add_plugin name)
  add_library(${name} MODULE ${ARGN})
  spanlab_plugin_properties(${name} ${name})
  set_target_properties(${name} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  target_compile_features(${name} PRIVATE cxx_std_20)
  target_compile_options(${name} PRIVATE $<$<CONFIG:>:-O2> "-ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}/=")
  target_link_libraries(${name} PRIVATE spanlab::spanlab spanlab_sdk)
  spanlab_seal_plugin(${name})
endfunction()
