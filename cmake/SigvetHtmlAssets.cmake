# The styles and scripts of HTML reports, embedded with the hashes by which a page's policy allows
# them.

# Sets `result` to the base64 (RFC 4648) of 32 bytes in hexadecimal: 3 digits are 2 characters.
function(sigvet_digest_to_base64 hex result)
  set(alphabet "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(text "")
  string(APPEND hex "00")
  foreach(begin RANGE 0 63 3)
    string(SUBSTRING ${hex} ${begin} 3 digits)
    math(EXPR first "0x${digits} >> 6")
    math(EXPR second "0x${digits} & 63")
    string(SUBSTRING ${alphabet} ${first} 1 first)
    string(SUBSTRING ${alphabet} ${second} 1 second)
    string(APPEND text ${first}${second})
  endforeach()
  string(SUBSTRING ${text} 0 43 text)
  set(${result} "${text}=" PARENT_SCOPE)
endfunction()

# sigvet_html_assets(TEMPLATE OUTPUT NAME file [NAME file ...])
# Writes OUTPUT, which defines each `const HtmlAsset NAME`.
function(sigvet_html_assets template output)
  set(assets "")
  while(ARGN)
    list(POP_FRONT ARGN name file)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    file(SHA256 ${file} digest)
    sigvet_digest_to_base64(${digest} digest)
    string(APPEND assets "\nconst HtmlAsset ${name} = {R\"~(${text})~\", \"${digest}\"};\n")
  endwhile()
  configure_file(${template} ${output} @ONLY)
endfunction()
