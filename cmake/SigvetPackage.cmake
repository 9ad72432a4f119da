# The Debian package: `scripts/package`, or cpack -G DEB --config FOLDER/CPackConfig.cmake. It has
# the component `tool` alone: whoever links the libraries wants those of a compiler and crypto
# libraries of their own, by `cmake --install`.

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sigvet)
set(CPACK_PACKAGE_VENDOR "sigvet maintainers")
set(CPACK_PACKAGE_CONTACT "sigvet maintainers <maintainers@sigvet.example>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "vet implementations of SES SMTP passwords and AWS SigV4")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION "\
Amazon SES SMTP passwords and AWS Signature Version 4 are small derivations
that people port to every language and get wrong. sigvet runs crypto backends,
and programs in any language, over a corpus of cases whose every intermediate
value is known. It names the first stage that is wrong and the mistake behind
it, gates continuous integration, and measures which backend is the fastest.
.
This package has the program, the corpus and ports in eleven languages.")
set(CPACK_INSTALL_CMAKE_PROJECTS "${PROJECT_BINARY_DIR};sigvet;tool;/")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${PROJECT_SOURCE_DIR}/cmake/debian_files.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# A revision that no package of Debian's own has.
set(CPACK_DEBIAN_PACKAGE_RELEASE 0upstream1)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
include(CPack)
