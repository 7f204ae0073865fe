# SPDX-License-Identifier: GPL-2.0-or-later
# Toolchain of the camera: MIPS32r2 little endian, as a kernel module is compiled.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR mipsel)
set(T31_CROSS_PREFIX mipsel-linux-gnu-)
set(CMAKE_C_COMPILER ${T31_CROSS_PREFIX}gcc)
set(CMAKE_CXX_COMPILER ${T31_CROSS_PREFIX}g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
# As kernels are built: -O2, and no more.
set(CMAKE_C_FLAGS_RELEASE "-O2" CACHE STRING "Flags of a release build")
set(CMAKE_CXX_FLAGS_RELEASE "-O2" CACHE STRING "Flags of a release build")
