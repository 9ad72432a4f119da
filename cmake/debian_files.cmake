# CPack runs this over the files that are about to become a Debian package: what Debian's policy
# wants elsewhere or in another form than `cmake --install` puts it. All dates are that of the
# environment variable SOURCE_DATE_EPOCH, if it is set.
set(root ${CPACK_TEMPORARY_DIRECTORY}${CPACK_PACKAGING_INSTALL_PREFIX})
set(doc ${root}/share/doc/sigvet)
string(TIMESTAMP now "%a, %d %b %Y %H:%M:%S +0000" UTC)

# The licence is in `copyright`.
file(REMOVE ${doc}/LICENSE)
file(WRITE ${doc}/copyright "\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: sigvet
Upstream-Contact: ${CPACK_PACKAGE_CONTACT}

Files: *
Copyright: 2026 sigvet maintainers
License: Apache-2.0
 On Debian systems the full text of the Apache License, version 2.0, is in
 /usr/share/common-licenses/Apache-2.0.
")

file(RENAME ${doc}/CHANGELOG.md ${doc}/changelog)
file(WRITE ${doc}/changelog.Debian "\
sigvet (${CPACK_PACKAGE_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE}) unstable; urgency=medium

  * The package that the source builds itself; changelog.gz says what is new.

 -- ${CPACK_PACKAGE_CONTACT}  ${now}
")
file(GLOB manual_pages ${root}/share/man/man1/*.1)
foreach(file IN ITEMS ${doc}/changelog ${doc}/changelog.Debian ${manual_pages})
  execute_process(COMMAND gzip -9n ${file} COMMAND_ERROR_IS_FATAL ANY)
endforeach()

execute_process(COMMAND strip --remove-section=.comment --remove-section=.note
                        ${root}/bin/sigvet ${root}/libexec/sigvet/sigvet-trivial-port
                COMMAND_ERROR_IS_FATAL ANY)
file(MAKE_DIRECTORY ${root}/share/lintian/overrides)
configure_file(${CMAKE_CURRENT_LIST_DIR}/sigvet.lintian-overrides
               ${root}/share/lintian/overrides/sigvet COPYONLY)

# Where Debian's zsh looks.
set(zsh ${root}/share/zsh)
if(EXISTS ${zsh}/site-functions)
  file(RENAME ${zsh}/site-functions ${zsh}/vendor-completions)
endif()
