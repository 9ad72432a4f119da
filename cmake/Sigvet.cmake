# Helpers of the build: a room is a library and its unit tests.

include(GoogleTest)
include(SigvetBackends)
include(SigvetInstall)

# sigvet_library(NAME SOURCES a.cc ... [DEPENDS target ...] [PRIVATE_DEPENDS target ...])
function(sigvet_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  # Other projects have options of their own.
  set(options_are PUBLIC)
  if(NOT PROJECT_IS_TOP_LEVEL)
    set(options_are PRIVATE)
  endif()
  target_link_libraries(${name} ${options_are} $<BUILD_INTERFACE:sigvet_options>
                        PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE_DEPENDS})
endfunction()

# sigvet_test(NAME LABEL label SOURCES a_test.cc ... DEPENDS target ...)
# One test program for a room; every TEST in it is a ctest test with that label.
function(sigvet_test name)
  if(NOT BUILD_TESTING)
    return()
  endif()
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_DEPENDS} GTest::gmock_main)
  gtest_discover_tests(${name} TEST_PREFIX "${name}." DISCOVERY_TIMEOUT 60
                       PROPERTIES LABELS "${ARG_LABEL}" TIMEOUT 300)
endfunction()
