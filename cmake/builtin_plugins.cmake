# SPDX-License-Identifier: MIT
# A built-in plugin: lib/spanlab/plugins/<name>.so beside libspanlab. Where plugin.cpp alone holds the
# registration, the other sources are also at hand for tests, as the objects plugin_<name>_parts.
function(spanlab_builtin_plugin name)
  set(registration ${ARGN})
  set(parts ${ARGN})
  list(FILTER registration INCLUDE REGEX "/plugin\\.cpp$")
  list(FILTER parts EXCLUDE REGEX "/plugin\\.cpp$")
  if(registration AND parts)
    add_library(plugin_${name}_parts OBJECT ${parts})
    spanlab_plugin_settings(plugin_${name}_parts ${name})
    spanlab_joined(plugin_${name}_parts)
    set_property(GLOBAL APPEND PROPERTY spanlab_plugin_parts plugin_${name}_parts)
    add_library(plugin_${name} MODULE ${registration} $<TARGET_OBJECTS:plugin_${name}_parts>)
  else()
    add_library(plugin_${name} MODULE ${ARGN})
  endif()
  spanlab_plugin_properties(plugin_${name} ${name})
  set_target_properties(plugin_${name} PROPERTIES
    LIBRARY_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/lib/spanlab/plugins")
  spanlab_plugin_settings(plugin_${name} ${name})
  spanlab_seal_plugin(plugin_${name})
  set_property(GLOBAL APPEND PROPERTY spanlab_plugins plugin_${name})
endfunction()

function(spanlab_plugin_settings target name)
  target_link_libraries(${target}
    PRIVATE spanlab spanlab_sdk ${spanlab_private_libraries} ${spanlab_libraries_of_${name}})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/plugins")
  target_precompile_headers(${target} REUSE_FROM spanlab_engine)
endfunction()

# A plugin whose folder is gone must not stay where plugins are looked for: its components may live in another
# one now.
function(spanlab_remove_stale_plugins)
  get_property(plugins GLOBAL PROPERTY spanlab_plugins)
  file(GLOB libraries "${PROJECT_BINARY_DIR}/lib/spanlab/plugins/*.so")
  foreach(library IN LISTS libraries)
    get_filename_component(name "${library}" NAME_WE)
    if(NOT "plugin_${name}" IN_LIST plugins)
      file(REMOVE "${library}")
    endif()
  endforeach()
endfunction()
