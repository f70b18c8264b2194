# SPDX-License-Identifier: MIT
# Sets spanlab_compiler, spanlab_standard_library and spanlab_abi as the record of a library names them. They
# are asked of the compiler, with the flags of the project that calls, by the lines that the record is made
# from (spanlab/toolchain.hpp in `include`).
function(spanlab_toolchain include)
  set(file "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/spanlab_toolchain.cpp")
  file(WRITE "${file}" "#include \"spanlab/toolchain.hpp\"\n"
    "spanlab_compiler SPANLAB_COMPILER ;\n"
    "spanlab_standard_library SPANLAB_STANDARD_LIBRARY ;\n"
    "spanlab_abi \"\", _GLIBCXX_USE_CXX11_ABI ;\n")
  separate_arguments(flags UNIX_COMMAND "${CMAKE_CXX_COMPILER_ARG1} ${CMAKE_CXX_FLAGS}")
  execute_process(COMMAND "${CMAKE_CXX_COMPILER}" ${flags} -std=c++20 "-I${include}" -E -P "${file}"
    OUTPUT_VARIABLE text ERROR_VARIABLE errors RESULT_VARIABLE status)
  foreach(name spanlab_compiler spanlab_standard_library spanlab_abi)
    if(NOT status EQUAL 0 OR NOT text MATCHES "${name} \"([^\"]*)\", ([0-9 /]+)")
      message(FATAL_ERROR "${CMAKE_CXX_COMPILER} does not say which compiler it is: ${errors}${text}")
    endif()
    set(kind "${CMAKE_MATCH_1}")
    math(EXPR number "${CMAKE_MATCH_2}")
    set(${name} "${kind}${number}" PARENT_SCOPE)
  endforeach()
endfunction()
