# SPDX-FileCopyrightText: 2026 The Latchkey authors
# SPDX-License-Identifier: Apache-2.0
#
# From Debian to 64-bit Windows. The libraries are those that libraries.sh leaves in LATCHKEY_WINDOWS_LIBRARIES; moc, rcc
# and their like are this machine's.
#
# What links Qt shares one C++ runtime with it, in DLLs beside it: exceptions cross from Qt's DLLs into ours, which is
# sound with one unwinder only. What does not link Qt links -static, so that it is one file and starts at once.

set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)

# The variant with POSIX threads, because the other lacks std::thread in GCC 12.
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)

foreach(kind IN ITEMS EXE SHARED MODULE)
    # Without a time stamp, the same sources give the same file.
    set(CMAKE_${kind}_LINKER_FLAGS_INIT
        "-Wl,--no-insert-timestamp,--dynamicbase,--high-entropy-va,--nxcompat")
endforeach()

list(APPEND CMAKE_TRY_COMPILE_PLATFORM_VARIABLES LATCHKEY_WINDOWS_LIBRARIES)
if(NOT LATCHKEY_WINDOWS_LIBRARIES)
    message(FATAL_ERROR "LATCHKEY_WINDOWS_LIBRARIES is not set; packaging/windows/libraries.sh says its value")
endif()
set(CMAKE_FIND_ROOT_PATH "${LATCHKEY_WINDOWS_LIBRARIES}" /usr/x86_64-w64-mingw32)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
# pkg-config, too, must see nothing of this machine.
set(ENV{PKG_CONFIG_LIBDIR} "${LATCHKEY_WINDOWS_LIBRARIES}/lib/pkgconfig")
set(ENV{PKG_CONFIG_PATH} "")

set(QT_HOST_PATH /usr CACHE PATH "")
set(QT_HOST_PATH_CMAKE_DIR /usr/lib/x86_64-linux-gnu/cmake CACHE PATH "")
