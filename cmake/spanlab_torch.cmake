# SPDX-License-Identifier: MIT
# Makes the imported target `spanlab_torch` (and spanlab_torch_version) from LibTorch's files alone:
# TorchConfig.cmake of a CUDA build demands the CUDA toolkit, which is not needed to use it. Looked for in
# Torch_DIR (variable or environment: the folder of LibTorch or its share/cmake/Torch), else in the Python
# that has it.
set(Torch_DIR "$ENV{Torch_DIR}" CACHE PATH "LibTorch: its folder, or its share/cmake/Torch")
set(spanlab_torch_place "Torch_DIR")
string(REGEX REPLACE "/share/cmake/Torch/*$" "" spanlab_torch_folder "${Torch_DIR}")
if(NOT spanlab_torch_folder)
  set(spanlab_torch_place "python3")
  find_program(spanlab_python python3)
  execute_process(COMMAND "${spanlab_python}"
    -c "import importlib.util as u; print(u.find_spec('torch').submodule_search_locations[0])"
    OUTPUT_VARIABLE spanlab_torch_folder OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET WORKING_DIRECTORY /)
endif()
if(NOT EXISTS "${spanlab_torch_folder}/lib/libtorch_cpu.so")
  message(FATAL_ERROR
    "No LibTorch found in '${spanlab_torch_folder}' (from ${spanlab_torch_place}). "
    "Give its folder: cmake -DTorch_DIR=/path/to/libtorch …")
endif()

set(spanlab_torch_version "")
foreach(part MAJOR MINOR PATCH)
  foreach(header torch/headeronly/version.h torch/csrc/api/include/torch/version.h)
    if(EXISTS "${spanlab_torch_folder}/include/${header}")
      file(STRINGS "${spanlab_torch_folder}/include/${header}" line
        REGEX "^#define TORCH_VERSION_${part} +[0-9]+")
      if(line MATCHES "([0-9]+)")
        list(APPEND spanlab_torch_version "${CMAKE_MATCH_1}")
        break()
      endif()
    endif()
  endforeach()
endforeach()
list(JOIN spanlab_torch_version "." spanlab_torch_version)
file(STRINGS "${spanlab_torch_folder}/lib/libc10.so" symbols REGEX "__cxx11" LIMIT_COUNT 1)
if(spanlab_torch_version VERSION_LESS 2.7 OR NOT symbols)
  message(FATAL_ERROR
    "${spanlab_torch_folder} (from ${spanlab_torch_place}) is LibTorch ${spanlab_torch_version}; "
    "2.7 or newer, built with the C++11 ABI, is needed.")
endif()
message(STATUS "LibTorch ${spanlab_torch_version}: ${spanlab_torch_folder}")

if(NOT TARGET spanlab_torch)
  add_library(spanlab_torch INTERFACE IMPORTED GLOBAL)
  target_include_directories(spanlab_torch INTERFACE
    "${spanlab_torch_folder}/include" "${spanlab_torch_folder}/include/torch/csrc/api/include")
  # libtorch.so refers to no symbol of ours, but loads the CUDA part where there is one. What that part needs
  # is found when it is loaded.
  target_link_libraries(spanlab_torch INTERFACE
    "-Wl,--push-state,--no-as-needed" "${spanlab_torch_folder}/lib/libtorch.so"
    "-Wl,--pop-state,--allow-shlib-undefined"
    "${spanlab_torch_folder}/lib/libtorch_cpu.so" "${spanlab_torch_folder}/lib/libc10.so")
endif()
