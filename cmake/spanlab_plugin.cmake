# SPDX-License-Identifier: MIT
# Plugins of this build and, installed with the CMake package, plugins of other projects.
set(spanlab_cmake_folder "${CMAKE_CURRENT_LIST_DIR}")
include("${CMAKE_CURRENT_LIST_DIR}/spanlab_toolchain.cmake")

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
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
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

# One line in `differences` of the calling function where a plugin's record would not say what this
# installation's does.
macro(spanlab_compare field wanted given where cure)
  if(NOT "${given}" STREQUAL "${wanted}")
    string(APPEND differences "\n  ${field}: ${given} (${where}), Spanlab was built with ${wanted}; ${cure}")
  endif()
endmacro()

# Ends with all that the program would refuse the plugin for and that is known before anything is compiled.
function(spanlab_check_build name)
  spanlab_toolchain("${spanlab_prefix}/include")
  set(differences "")
  spanlab_compare("LibTorch" "${spanlab_built_torch}" "${spanlab_torch_version}"
    "${spanlab_torch_folder}" "give its folder: -DTorch_DIR=${spanlab_built_torch_folder}")
  spanlab_compare("compiler" "${spanlab_built_compiler}" "${spanlab_compiler}"
    "${CMAKE_CXX_COMPILER}" "give it: -DCMAKE_CXX_COMPILER=${spanlab_built_compiler_file}")
  spanlab_compare("standard library" "${spanlab_built_standard_library}" "${spanlab_standard_library}"
    "${CMAKE_CXX_COMPILER}" "give the compiler that has it, and no -stdlib")
  spanlab_compare("C++11 ABI" "${spanlab_built_abi}" "${spanlab_abi}"
    "_GLIBCXX_USE_CXX11_ABI" "leave it out of the flags")
  if(differences)
    message(FATAL_ERROR "The program in ${spanlab_prefix} would refuse the plugin '${name}':${differences}\n"
      "Then configure in a new build folder.")
  endif()
endfunction()

# A plugin of another project, which called find_package(spanlab): <name>.so in its build folder.
function(spanlab_add_plugin name)
  spanlab_check_build(${name})
  add_library(${name} MODULE ${ARGN})
  spanlab_plugin_properties(${name} ${name})
  spanlab_outside_settings(${name})
  spanlab_seal_plugin(${name})
endfunction()

# A test of one's own for such a plugin, run by ctest: the program <name>_test from `sources` and from what
# the plugin is made of, so that it can call the plugin's functions.
function(spanlab_add_plugin_test name)
  add_executable(${name}_test ${ARGN} $<TARGET_OBJECTS:${name}>)
  spanlab_outside_settings(${name}_test)
  add_test(NAME ${name}_test COMMAND ${name}_test)
endfunction()

# The contract suite for such a plugin as a test, contract_<name>, run by ctest: `spanlab plugin check`, with
# the cards of this folder for readers. Further arguments are options of the command.
function(spanlab_add_contract_test name)
  add_test(NAME contract_${name} COMMAND "$<TARGET_FILE:spanlab::program>" plugin check
    "$<TARGET_FILE:${name}>" --data-path "${CMAKE_CURRENT_SOURCE_DIR}" ${ARGN})
endfunction()

# What is compiled outside of this repository, as the program was.
function(spanlab_outside_settings target)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  target_compile_features(${target} PRIVATE cxx_std_20)
  target_compile_options(${target} PRIVATE $<$<CONFIG:>:-O2>
    "-ffile-prefix-map=${CMAKE_CURRENT_SOURCE_DIR}/=")
  target_link_libraries(${target} PRIVATE spanlab::spanlab spanlab_sdk)
endfunction()
