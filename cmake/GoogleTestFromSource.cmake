# For CMAKE_PROJECT_TOP_LEVEL_INCLUDES: find_package(GTest) compiles the source of Debian's package
# googletest, where there is none for the machine that the build is for.
include(FetchContent)
FetchContent_Declare(GTest SOURCE_DIR /usr/src/googletest OVERRIDE_FIND_PACKAGE)
