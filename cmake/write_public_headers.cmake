# cmake -DFROM=folder -DTO=folder -DHEADERS=base/a.h,signing/b.h -P write_public_headers.cmake
# Copies headers, with "base/..." and the like included as "sigvet/base/...".
string(REPLACE "," ";" HEADERS "${HEADERS}")
foreach(header IN LISTS HEADERS)
  file(READ ${FROM}/${header} text)
  string(REGEX REPLACE "#include \"(base|backends|signing)/" "#include \"sigvet/\\1/" text "${text}")
  file(WRITE ${TO}/${header} "${text}")
endforeach()
