# Helpers of the room backends/: each backend's own CMakeLists.txt looks for its library and tells
# sigvet_backend() what it found; the list for the registry is written from what was told.

# sigvet_backend(ID FACTORY MakeIdBackend SOURCES a.cc ... [LIBRARIES target ...]
#                [PUBLIC_HEADERS a.h ...]
#                FOUND bool [VERSION text] [NEEDS text PACKAGE text FIND_AGAIN text])
# FACTORY is a function `BackendResult f()` of namespace sigvet in SOURCES. NEEDS, PACKAGE: the
# library and its Debian package, where FOUND may be false. FIND_AGAIN: the CMake code that makes
# the targets in LIBRARIES for those who link an installed sigvet. The library target,
# sigvet_backend_ID, exists where FOUND is true, even where the backend is switched off: tests of
# its parts can use it.
function(sigvet_backend id)
  cmake_parse_arguments(ARG "" "FACTORY;FOUND;VERSION;NEEDS;PACKAGE;FIND_AGAIN"
                        "SOURCES;LIBRARIES;PUBLIC_HEADERS" ${ARGN})
  string(TOUPPER "SIGVET_BACKEND_${id}" option)
  string(REPLACE "-" "_" option "${option}")
  set(${option} AUTO CACHE STRING "The ${id} backend: AUTO (where its library is found), ON or OFF")
  set_property(CACHE ${option} PROPERTY STRINGS AUTO ON OFF)
  set(choice "${${option}}")
  set(missing "${ARG_NEEDS} was not found at configure time (Debian package ${ARG_PACKAGE})")
  if(NOT choice MATCHES "^(AUTO|ON|OFF)$")
    message(FATAL_ERROR "${option} is \"${choice}\" but must be AUTO, ON or OFF")
  elseif(choice STREQUAL "ON" AND NOT ARG_FOUND)
    message(FATAL_ERROR "${option} is ON, but ${missing}")
  endif()

  if(ARG_FOUND)
    sigvet_library(sigvet_backend_${id} SOURCES ${ARG_SOURCES}
                   DEPENDS sigvet_backend_core PRIVATE_DEPENDS ${ARG_LIBRARIES})
    set_target_properties(sigvet_backend_${id} PROPERTIES EXCLUDE_FROM_ALL ON)
    if(NOT choice STREQUAL "OFF")
      sigvet_export(sigvet_backend_${id} ${id} HEADERS ${ARG_PUBLIC_HEADERS})
    endif()
    # bench/forms/ uses the library too.
    foreach(library IN LISTS ARG_LIBRARIES)
      set_target_properties(${library} PROPERTIES IMPORTED_GLOBAL ON)
    endforeach()
  endif()

  set(left_out_because "")
  if(choice STREQUAL "OFF")
    set(left_out_because "switched off at configure time")
  elseif(NOT ARG_FOUND)
    set(left_out_because "${missing}")
  endif()
  set_property(GLOBAL APPEND PROPERTY SIGVET_BACKENDS ${id})
  set_property(GLOBAL PROPERTY SIGVET_BACKEND_${id}_FACTORY "${ARG_FACTORY}")
  set_property(GLOBAL PROPERTY SIGVET_BACKEND_${id}_VERSION "${ARG_VERSION}")
  set_property(GLOBAL PROPERTY SIGVET_BACKEND_${id}_LIBRARIES "${ARG_LIBRARIES}")
  set_property(GLOBAL PROPERTY SIGVET_BACKEND_${id}_LEFT_OUT "${left_out_because}")
  set_property(GLOBAL PROPERTY SIGVET_BACKEND_${id}_FIND_AGAIN "${ARG_FIND_AGAIN}")
  set_property(GLOBAL PROPERTY SIGVET_BACKEND_${id}_REQUIRED
               "${ARG_NEEDS} (Debian package ${ARG_PACKAGE}), which was not found")
endfunction()

# Writes the source file OUTPUT with the list of all backends, and sets TARGETS_VARIABLE to the
# libraries of those that are in this build.
function(sigvet_write_backend_list output targets_variable)
  get_property(ids GLOBAL PROPERTY SIGVET_BACKENDS)
  set(SIGVET_BACKEND_DECLARATIONS "")
  set(SIGVET_BACKEND_ENTRIES "")
  set(targets "")
  foreach(id IN LISTS ids)
    get_property(factory GLOBAL PROPERTY SIGVET_BACKEND_${id}_FACTORY)
    get_property(left_out_because GLOBAL PROPERTY SIGVET_BACKEND_${id}_LEFT_OUT)
    if(left_out_because)
      set(factory nullptr)
    else()
      string(APPEND SIGVET_BACKEND_DECLARATIONS "BackendResult ${factory}();\n")
      list(APPEND targets sigvet_backend_${id})
    endif()
    string(APPEND SIGVET_BACKEND_ENTRIES
           "      {\"${id}\", ${factory}, \"${left_out_because}\"},\n")
  endforeach()
  configure_file(${CMAKE_CURRENT_SOURCE_DIR}/backend_list.cc.in ${output} @ONLY)
  set(${targets_variable} ${targets} PARENT_SCOPE)
endfunction()

# Sets VARIABLE to the ids of the backends that are in this build.
function(sigvet_built_backends variable)
  get_property(ids GLOBAL PROPERTY SIGVET_BACKENDS)
  set(built "")
  foreach(id IN LISTS ids)
    get_property(left_out_because GLOBAL PROPERTY SIGVET_BACKEND_${id}_LEFT_OUT)
    if(NOT left_out_because)
      list(APPEND built ${id})
    endif()
  endforeach()
  set(${variable} ${built} PARENT_SCOPE)
endfunction()

# Sets VARIABLE to the CMake code that finds the libraries of the backends in this build again.
function(sigvet_backend_dependencies variable)
  set(code "")
  sigvet_built_backends(ids)
  foreach(id IN LISTS ids)
    get_property(libraries GLOBAL PROPERTY SIGVET_BACKEND_${id}_LIBRARIES)
    get_property(find_again GLOBAL PROPERTY SIGVET_BACKEND_${id}_FIND_AGAIN)
    get_property(required GLOBAL PROPERTY SIGVET_BACKEND_${id}_REQUIRED)
    if(libraries)
      string(APPEND code "\n${find_again}\n")
    endif()
    foreach(library IN LISTS libraries)
      string(APPEND code "sigvet_require(${library} \"${required}\")\n")
    endforeach()
  endforeach()
  set(${variable} "${code}" PARENT_SCOPE)
endfunction()

# The table that ends the configure step.
function(sigvet_print_backends)
  get_property(ids GLOBAL PROPERTY SIGVET_BACKENDS)
  set(width 0)
  foreach(id IN LISTS ids)
    string(LENGTH "${id}" length)
    if(length GREATER width)
      set(width ${length})
    endif()
  endforeach()
  message(STATUS "Backends:")
  foreach(id IN LISTS ids)
    get_property(state GLOBAL PROPERTY SIGVET_BACKEND_${id}_LEFT_OUT)
    if(state)
      set(state "no   ${state}")
    else()
      get_property(version GLOBAL PROPERTY SIGVET_BACKEND_${id}_VERSION)
      set(state "yes  ${version}")
    endif()
    string(LENGTH "${id}" length)
    math(EXPR gap "${width} + 2 - ${length}")
    string(REPEAT " " ${gap} gap)
    message(STATUS "  ${id}${gap}${state}")
  endforeach()
endfunction()
