# SPDX-License-Identifier: GPL-2.0-or-later
# t31_precompile(TARGET HEADER...)
# Headers that most files of a target begin with are read once. They are for speed alone: each file still includes
# what it uses.
function(t31_precompile target)
  target_precompile_headers(${target} PRIVATE ${ARGN})
  t31_precompiled_flags(${target})
endfunction()

# t31_precompile_as(TARGET OTHER): with the headers of another target, compiled with the same flags.
function(t31_precompile_as target other)
  target_precompile_headers(${target} REUSE_FROM ${other})
  t31_precompiled_flags(${target})
endfunction()

function(t31_precompiled_flags target)
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_compile_options(${target} PRIVATE -fpch-preprocess)  # for ccache
  endif()
endfunction()
