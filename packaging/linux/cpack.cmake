# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0

# CPack reads this once for each kind of package, and takes from the install rules what belongs to it.
set(family others)
if(CPACK_GENERATOR STREQUAL "DEB")
    set(family debian)
endif()
list(GET CPACK_INSTALL_CMAKE_PROJECTS 0 build)
list(GET CPACK_INSTALL_CMAKE_PROJECTS 1 project)
set(CPACK_INSTALL_CMAKE_PROJECTS "${build};${project};Unspecified;/;${build};${project};${family};/")
set(CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/sametime.cmake")
