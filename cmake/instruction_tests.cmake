# SPDX-License-Identifier: GPL-2.0-or-later
# t31_add_instruction_tests(NAME PROGRAM P TUNING file... BUDGET function=N... LARGEST function=N...)
# What the driver costs on the camera's processor: counts the executed instructions of bench/mips/P, once for each
# published tuning file. Skipped where the tools for counting aren't, absent from sanitizer builds.
function(t31_add_instruction_tests name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PROGRAM" "TUNING;BUDGET;LARGEST")
  if(T31_SANITIZE)
    return()
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  list(TRANSFORM arg_BUDGET PREPEND "--budget;" OUTPUT_VARIABLE budgets)
  list(TRANSFORM arg_LARGEST PREPEND "--largest;" OUTPUT_VARIABLE limits)
  foreach(tuning ${arg_TUNING})
    add_test(
      NAME ${name}.${tuning}
      COMMAND
        ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/bench/mips/count_instructions.py --build
        ${CMAKE_CURRENT_BINARY_DIR}/count --shared ${T31_SHARED_DIR} --plugin tools/mipscount.c
        --program ${arg_PROGRAM} --argument data/tuning/${tuning}.bin ${budgets} ${limits})
    # Tests of one program build it in the same folder.
    set_tests_properties(${name}.${tuning} PROPERTIES SKIP_RETURN_CODE 77 TIMEOUT 900
                                                      RESOURCE_LOCK ${arg_PROGRAM}_instructions)
  endforeach()
endfunction()
