# All the build logic there is. A folder says what it is with queqiao_layer(); the rest follows from that.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

find_program(QUEQIAO_CCACHE ccache)
if(QUEQIAO_CCACHE)
  # As ccache's manual asks for builds with precompiled headers.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${QUEQIAO_CCACHE})
endif()

add_library(queqiao_flags INTERFACE)
target_compile_options(queqiao_flags INTERFACE -Wall -Wextra -Wno-missing-field-initializers -Wshadow -Wnon-virtual-dtor -fno-omit-frame-pointer)
target_include_directories(queqiao_flags INTERFACE ${PROJECT_SOURCE_DIR}/src ${PROJECT_SOURCE_DIR})
target_compile_definitions(queqiao_flags INTERFACE QUEQIAO_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  target_compile_options(queqiao_flags INTERFACE -Wthread-safety)
else()
  target_compile_options(queqiao_flags INTERFACE -Wno-stringop-overflow -Wno-restrict -Wno-array-bounds)  # GCC 12 sees them in std::string's code
endif()
if(QUEQIAO_SANITIZE)
  target_compile_options(queqiao_flags INTERFACE -fsanitize=${QUEQIAO_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(queqiao_flags INTERFACE -fsanitize=${QUEQIAO_SANITIZE})
endif()
if(QUEQIAO_FUZZ)
  target_compile_options(queqiao_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Tests take longer to compile than to run: theirs is the only code without optimisation, and UBSan watches what they test.
set(QUEQIAO_TEST_OPTIONS -O0)
if(QUEQIAO_SANITIZE)
  list(APPEND QUEQIAO_TEST_OPTIONS -fno-sanitize=undefined)
endif()

option(QUEQIAO_PRECOMPILE "Precompile the headers that most files include: a build takes half the time (GCC only)" ON)

# queqiao_precompiled(target kind OPTIONS option... LIBS target...): `target` reads cmake/precompiled/<kind>.h compiled. Targets of a
# kind share one, so OPTIONS and what LIBS bring must be the same for all of them.
function(queqiao_precompiled target kind)
  if(NOT QUEQIAO_PRECOMPILE OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  cmake_parse_arguments(ARG "" "" "OPTIONS;LIBS" ${ARGN})
  set(owner queqiao_precompiled_${kind})
  if(NOT TARGET ${owner})
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled/${kind}.cpp CONTENT "// Compiled for its header alone.\n")
    add_library(${owner} OBJECT ${CMAKE_BINARY_DIR}/precompiled/${kind}.cpp)
    target_compile_options(${owner} PRIVATE ${ARG_OPTIONS})
    target_link_libraries(${owner} PRIVATE queqiao_flags ${ARG_LIBS})
    # Never from ccache: it could be that of another checkout, whose own headers are other files to the compiler.
    set_target_properties(${owner} PROPERTIES CXX_COMPILER_LAUNCHER "")
    target_precompile_headers(${owner} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/precompiled/${kind}.h)
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()

set(QUEQIAO_LAYERS_FILE ${CMAKE_BINARY_DIR}/layers.txt)
file(WRITE ${QUEQIAO_LAYERS_FILE} "")

# queqiao_layer(name DEPENDS layer... PUBLIC_LIBS target... PRIVATE_LIBS target... SOURCES file... HEADERS file...)
# `name` is the folder below src/, with / for a nested one, or client/... DEPENDS are the layers that it may include; they
# are also written to layers.txt, with which scripts/check_layers.py compares every #include. QT: moc reads its headers.
# PRECOMPILED: a kind of queqiao_precompiled(), where it is not the common one.
function(queqiao_layer name)
  cmake_parse_arguments(ARG "OBJECT;QT" "PRECOMPILED" "DEPENDS;PUBLIC_LIBS;PRIVATE_LIBS;SOURCES;HEADERS" ${ARGN})
  string(REPLACE "/" "_" suffix ${name})
  set(target queqiao_${suffix})
  set(root src)
  set(folder src/${name})
  if(name MATCHES "^client/")
    set(root .)
    set(folder ${name})
  endif()
  if(ARG_OBJECT)
    add_library(${target} OBJECT)
  else()
    add_library(${target} STATIC)
  endif()
  target_sources(${target} PRIVATE ${ARG_SOURCES}
    PUBLIC FILE_SET HEADERS BASE_DIRS ${PROJECT_SOURCE_DIR}/${root} FILES ${ARG_HEADERS})
  foreach(layer IN LISTS ARG_DEPENDS)
    string(REPLACE "/" "_" dependency ${layer})
    target_link_libraries(${target} PUBLIC queqiao_${dependency})
  endforeach()
  target_link_libraries(${target} PUBLIC queqiao_flags ${ARG_PUBLIC_LIBS} PRIVATE ${ARG_PRIVATE_LIBS})
  set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  if(NOT ARG_QT)
    if(NOT ARG_PRECOMPILED)
      set(ARG_PRECOMPILED standard)
    endif()
    queqiao_precompiled(${target} ${ARG_PRECOMPILED})
  else()
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    if(name MATCHES "widgets")
      queqiao_precompiled(${target} widgets LIBS Qt6::Widgets)
    else()
      queqiao_precompiled(${target} qt LIBS Qt6::Gui)
    endif()
  endif()
  list(JOIN ARG_DEPENDS " " depends)
  file(APPEND ${QUEQIAO_LAYERS_FILE} "${folder}: ${depends}\n")
endfunction()

# queqiao_test(name LAYER layer... SOURCES file... LIBS target...): one GoogleTest program that links only LAYERs.
function(queqiao_test name)
  cmake_parse_arguments(ARG "" "PRECOMPILED" "LAYER;SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  foreach(layer IN LISTS ARG_LAYER)
    string(REPLACE "/" "_" dependency ${layer})
    target_link_libraries(${name} PRIVATE queqiao_${dependency})
  endforeach()
  target_compile_options(${name} PRIVATE ${QUEQIAO_TEST_OPTIONS})
  target_link_libraries(${name} PRIVATE queqiao_flags GTest::gtest GTest::gmock GTest::gtest_main ${ARG_LIBS})
  if(NOT ARG_PRECOMPILED)
    set(ARG_PRECOMPILED tests)
  endif()
  queqiao_precompiled(${name} ${ARG_PRECOMPILED} OPTIONS ${QUEQIAO_TEST_OPTIONS} LIBS GTest::gmock)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 120)
endfunction()

# queqiao_qt_test(name LAYER layer... SOURCES file... LIBS target...): one QTest program, without a display.
function(queqiao_qt_test name)
  cmake_parse_arguments(ARG "" "" "LAYER;SOURCES;LIBS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON)
  foreach(layer IN LISTS ARG_LAYER)
    string(REPLACE "/" "_" dependency ${layer})
    target_link_libraries(${name} PRIVATE queqiao_${dependency})
  endforeach()
  target_compile_options(${name} PRIVATE ${QUEQIAO_TEST_OPTIONS})
  target_link_libraries(${name} PRIVATE queqiao_flags Qt6::Test ${ARG_LIBS})
  if("${ARG_LAYER}" MATCHES "widgets")
    queqiao_precompiled(${name} widget_tests OPTIONS ${QUEQIAO_TEST_OPTIONS} LIBS Qt6::Widgets)
  elseif(ARG_LAYER)
    queqiao_precompiled(${name} qt_tests OPTIONS ${QUEQIAO_TEST_OPTIONS} LIBS Qt6::Gui)
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 180 ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QUEQIAO_BIN=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
endfunction()

# queqiao_fuzzer(name LAYER layer... LIBS target...): fuzz/<name>.cpp with its corpus in fuzz/corpus/<name>/.
function(queqiao_fuzzer name)
  cmake_parse_arguments(ARG "" "" "LAYER;LIBS" ${ARGN})
  add_executable(fuzz_${name} ${name}.cpp)
  foreach(layer IN LISTS ARG_LAYER)
    string(REPLACE "/" "_" dependency ${layer})
    target_link_libraries(fuzz_${name} PRIVATE queqiao_${dependency})
  endforeach()
  target_link_libraries(fuzz_${name} PRIVATE queqiao_flags ${ARG_LIBS})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers fuzz_${name})
endfunction()

# queqiao_modules(name...): src/server/modules/<name>.cpp or <name>/*.cpp, each with tests/server/modules/<name>_test.cpp and a row
# `| name | …` in docs/features.md; configuring stops where one is missing. Writes the list that the programs attach.
function(queqiao_modules)
  set(sources "")
  set(declarations "")
  set(entries "")
  foreach(module IN LISTS ARGN)
    if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/${module})
      file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${module}/*.cpp)
    else()
      set(files ${module}.cpp)
    endif()
    list(APPEND sources ${files})
    if(NOT EXISTS ${PROJECT_SOURCE_DIR}/tests/server/modules/${module}_test.cpp)
      message(FATAL_ERROR "Module ${module} has no test: write tests/server/modules/${module}_test.cpp.")
    endif()
    file(STRINGS ${PROJECT_SOURCE_DIR}/docs/features.md row REGEX "^\\| ${module} \\|")
    if(NOT row)
      message(FATAL_ERROR "Module ${module} has no row '| ${module} | ...' in docs/features.md.")
    endif()
    string(APPEND declarations "std::unique_ptr<Module> make_${module}();\n")
    string(APPEND entries "      {\"${module}\", make_${module}},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/module_list.cpp @ONLY CONTENT
"// Written by queqiao_modules() in cmake/queqiao.cmake.
#include \"server/modules/module_list.h\"

namespace queqiao::server::modules {
@declarations@
const std::vector<ModuleEntry>& all() {
  static const std::vector<ModuleEntry> list{
@entries@  };
  return list;
}
}  // namespace queqiao::server::modules
")
  queqiao_layer(server/modules PRECOMPILED server DEPENDS server storage xmpp xml base
    SOURCES ${sources} ${CMAKE_CURRENT_BINARY_DIR}/module_list.cpp HEADERS module_list.h)
endfunction()
