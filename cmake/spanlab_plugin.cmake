# SPDX-License-Identifier: MIT
# A built-in plugin: lib/spanlab/plugins/<name>.so beside libspanlab.
function(spanlab_builtin_plugin name)
  add_library(plugin_${name} MODULE ${ARGN})
  set_target_properties(plugin_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
    LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib/spanlab/plugins")
  target_link_libraries(plugin_${name} PRIVATE spanlab ${spanlab_private_libraries})
  target_include_directories(plugin_${name} PRIVATE "${PROJECT_SOURCE_DIR}/plugins")
  target_precompile_headers(plugin_${name} REUSE_FROM spanlab_engine)
endfunction()
