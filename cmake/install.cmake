# SPDX-License-Identifier: MIT
# cmake --install: PREFIX/bin/spanlab, lib/libspanlab.so, lib/spanlab/plugins, share/spanlab (cards, sample
# corpus, Lua modules), and what find_package(spanlab) needs: include/spanlab, lib/cmake/spanlab.
set(package_folder lib/cmake/spanlab)
include(spanlab_toolchain)
spanlab_toolchain("${PROJECT_SOURCE_DIR}/core/include")
# Where find_package() does not look: what lies in the build folder is no installation.
configure_file(cmake/spanlabConfig.cmake.in package/spanlabConfig.cmake @ONLY)
include(CMakePackageConfigHelpers)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/spanlabConfigVersion.cmake"
  VERSION "${PROJECT_VERSION}"
  COMPATIBILITY SameMinorVersion)

set_target_properties(spanlab PROPERTIES INSTALL_RPATH "${spanlab_torch_folder}/lib")
set_target_properties(spanlab_program PROPERTIES INSTALL_RPATH "$ORIGIN/../lib;${spanlab_torch_folder}/lib")
install(TARGETS spanlab LIBRARY DESTINATION lib)
install(TARGETS spanlab_program RUNTIME DESTINATION bin)
get_property(plugins GLOBAL PROPERTY spanlab_plugins)
install(TARGETS ${plugins} LIBRARY DESTINATION lib/spanlab/plugins)
install(DIRECTORY datasets scripts DESTINATION share/spanlab FILES_MATCHING
  PATTERN "*.toml" PATTERN "*.lua" PATTERN "vega.py" PATTERN "sample_*.json")
install(DIRECTORY templates DESTINATION share/spanlab)
install(FILES docs/data.md docs/plugins.md DESTINATION share/spanlab/docs)
install(FILES .cache/vega/vega-bundle.js DESTINATION share/spanlab/vega OPTIONAL)
install(DIRECTORY core/include/spanlab DESTINATION include FILES_MATCHING PATTERN "*.hpp")
install(DIRECTORY cmake/ DESTINATION ${package_folder} FILES_MATCHING
  PATTERN "spanlab_plugin.cmake" PATTERN "spanlab_toolchain.cmake" PATTERN "spanlab_torch.cmake"
  PATTERN "sdk_hash.cmake" PATTERN "plugin.map")
install(DIRECTORY "${PROJECT_BINARY_DIR}/package/" DESTINATION ${package_folder})
