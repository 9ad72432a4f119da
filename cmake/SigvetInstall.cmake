# What other projects and an installation get. Installed are two components: `tool`, what a user of
# the program needs, and `dev`, the libraries as the CMake package sigvet.

include(GNUInstallDirs)

# In its own build a room finds its headers from the root of the project. Other projects could have
# a signing/ or base/ of their own: they include <sigvet/signing/...>, of copies that include each
# other by that name.
set(SIGVET_PUBLIC_INCLUDE ${PROJECT_BINARY_DIR}/include)

# sigvet_export(TARGET NAME [HEADERS a.h ...])
# Makes a library sigvet::NAME for other projects, whether it is installed or built among theirs.
# HEADERS are relative to the folder that this is called in.
function(sigvet_export target name)
  cmake_parse_arguments(ARG "" "" "HEADERS" ${ARGN})
  add_library(sigvet::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} EXCLUDE_FROM_ALL OFF)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} INTERFACE
                             $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  foreach(header IN LISTS ARG_HEADERS)
    cmake_path(ABSOLUTE_PATH header NORMALIZE)
    cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_property(GLOBAL APPEND PROPERTY SIGVET_PUBLIC_HEADERS ${header})
  endforeach()
  if(PROJECT_IS_TOP_LEVEL)
    install(TARGETS ${target} EXPORT sigvet
            ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT dev)
  else()
    target_include_directories(${target} INTERFACE $<BUILD_INTERFACE:${SIGVET_PUBLIC_INCLUDE}>)
    add_dependencies(${target} sigvet_public_headers)
  endif()
endfunction()

# Writes the copies of the headers; to be called once, after every sigvet_export().
function(sigvet_write_public_headers)
  get_property(headers GLOBAL PROPERTY SIGVET_PUBLIC_HEADERS)
  list(TRANSFORM headers PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE sources)
  list(TRANSFORM headers PREPEND ${SIGVET_PUBLIC_INCLUDE}/sigvet/ OUTPUT_VARIABLE copies)
  list(JOIN headers "," names)
  set(script ${PROJECT_SOURCE_DIR}/cmake/write_public_headers.cmake)
  add_custom_command(OUTPUT ${copies}
                     COMMAND ${CMAKE_COMMAND} -DFROM=${PROJECT_SOURCE_DIR}
                             -DTO=${SIGVET_PUBLIC_INCLUDE}/sigvet -DHEADERS=${names} -P ${script}
                     DEPENDS ${sources} ${script}
                     COMMENT "Writing the headers for other projects" VERBATIM)
  add_custom_target(sigvet_public_headers ALL DEPENDS ${copies})
  if(PROJECT_IS_TOP_LEVEL)
    foreach(header IN LISTS headers)
      cmake_path(GET header PARENT_PATH folder)
      install(FILES ${SIGVET_PUBLIC_INCLUDE}/sigvet/${header}
              DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/sigvet/${folder} COMPONENT dev)
    endforeach()
  endif()
endfunction()

# The CMake package: its targets, where their libraries come from, and its version.
function(sigvet_install_package)
  set(folder ${CMAKE_INSTALL_LIBDIR}/cmake/sigvet)
  install(EXPORT sigvet NAMESPACE sigvet:: FILE sigvetTargets.cmake DESTINATION ${folder}
          COMPONENT dev)
  include(CMakePackageConfigHelpers)
  sigvet_backend_dependencies(SIGVET_DEPENDENCIES)
  configure_file(cmake/sigvetConfig.cmake.in ${PROJECT_BINARY_DIR}/sigvetConfig.cmake @ONLY)
  # Before 1.0 a minor version may change any of it.
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/sigvetConfigVersion.cmake
                                   COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/sigvetConfig.cmake
                ${PROJECT_BINARY_DIR}/sigvetConfigVersion.cmake
          DESTINATION ${folder} COMPONENT dev)
endfunction()

# The program, and what it or its user looks for. The program finds libexec/ and share/ from its own
# place, so that an installation can be moved: the names below them are fixed.
function(sigvet_install_tool)
  set(read OWNER_READ OWNER_WRITE GROUP_READ WORLD_READ)
  # Addresses are looked up at the start and can't be overwritten later.
  foreach(program IN ITEMS sigvet sigvet-trivial-port)
    target_link_options(${program} PRIVATE LINKER:-z,relro,-z,now)
  endforeach()
  install(TARGETS sigvet RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT tool)
  install(TARGETS sigvet-trivial-port RUNTIME DESTINATION libexec/sigvet COMPONENT tool)
  install(DIRECTORY vectors ports DESTINATION share/sigvet COMPONENT tool
          FILE_PERMISSIONS ${read} REGEX "/([.].*|__pycache__)$" EXCLUDE)
  install(FILES README.md CHANGELOG.md CONTRIBUTING.md LICENSE SECURITY.md
          DESTINATION share/doc/sigvet COMPONENT tool PERMISSIONS ${read})
  install(DIRECTORY docs DESTINATION share/doc/sigvet COMPONENT tool
          FILE_PERMISSIONS ${read} REGEX "/([.].*|sigvet[.]1)$" EXCLUDE)
  # The documents lead to them, and a reader looks for them there.
  file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/links)
  foreach(name IN ITEMS vectors ports)
    file(CREATE_LINK ../../sigvet/${name} ${PROJECT_BINARY_DIR}/links/${name} SYMBOLIC)
    install(FILES ${PROJECT_BINARY_DIR}/links/${name} DESTINATION share/doc/sigvet COMPONENT tool)
  endforeach()
  install(FILES docs/sigvet.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT tool
          PERMISSIONS ${read})
  install(FILES cli/completions/sigvet.bash RENAME sigvet COMPONENT tool PERMISSIONS ${read}
          DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
  install(FILES cli/completions/_sigvet COMPONENT tool PERMISSIONS ${read}
          DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES cli/completions/sigvet.fish COMPONENT tool PERMISSIONS ${read}
          DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endfunction()
