# SPDX-License-Identifier: MIT
# cmake -DSPANLAB_ENGINE=ON: bin/engine_steps alone, which needs LibTorch and a compiler, nothing else:
# tensors, model and training step with random weights and made-up sentences, for measuring machines that have
# no packages. LibTorch's copy of fmt serves for messages.
include(spanlab_torch)
include(spanlab_plugin)
find_package(Threads REQUIRED)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_CXX_FLAGS_RELEASE "-O2")
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
add_compile_options(-Wall -Wextra -Wno-missing-field-initializers -fno-math-errno)
spanlab_sdk_hash(spanlab_sdk "${PROJECT_SOURCE_DIR}/core/include/spanlab")

file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/benchmarks/engine/*.cpp"
  "${PROJECT_SOURCE_DIR}/core/sdk/*.cpp" "${PROJECT_SOURCE_DIR}/core/tasks/*.cpp")
# What reads JSON or knows Unicode needs other libraries.
list(FILTER sources EXCLUDE REGEX "/core/sdk/(corpus_item|json_view|look_alike|reader)\\.cpp$")
list(FILTER sources EXCLUDE REGEX
  "/core/sdk/(json_fields|json_text|tensors_file|tokenizer|tokenizer_rules|unicode|word_shape)\\.cpp$")
foreach(part model/features model/model model/over_tasks model/predict model/samples train/optimizer
        train/optimizer_fused
        train/optimizer_general train/step)
  list(APPEND sources "${PROJECT_SOURCE_DIR}/core/${part}.cpp")
endforeach()
foreach(part attention fused kernels layer network weight_shapes workspace)
  list(APPEND sources "${PROJECT_SOURCE_DIR}/plugins/bert/${part}.cpp")
endforeach()
# Plugins in one program: each door gets a name of its own.
foreach(plugin span pair cross_entropy bce samplers hard)
  file(GLOB parts CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/plugins/${plugin}/*.cpp")
  set_source_files_properties(${parts} PROPERTIES
    COMPILE_DEFINITIONS "spanlab_plugin=spanlab_plugin_${plugin}")
  list(APPEND sources ${parts})
endforeach()

add_executable(engine_steps ${sources})
target_precompile_headers(engine_steps
  PRIVATE <ATen/ATen.h> <torch/csrc/autograd/custom_function.h> <torch/nn/module.h>)
target_include_directories(engine_steps PRIVATE "${PROJECT_SOURCE_DIR}/core/include"
  "${PROJECT_SOURCE_DIR}/core" "${PROJECT_SOURCE_DIR}/plugins"
  "${PROJECT_SOURCE_DIR}/benchmarks/engine")
target_compile_definitions(engine_steps PRIVATE FMT_HEADER_ONLY)
target_link_libraries(engine_steps PRIVATE spanlab_torch spanlab_sdk Threads::Threads ${CMAKE_DL_LIBS})
set_target_properties(engine_steps PROPERTIES BUILD_RPATH "${spanlab_torch_folder}/lib")
