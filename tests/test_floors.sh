#!/bin/sh
# Holds the floors of the code: who may include whom, who may use which library, how long a file may be.
set -u
floors="base chance world spec measure experiment report cli"
passed=0 failed=0

# check NAME COMMAND...: what the command prints is wrong; nothing printed is a pass.
check() {
    name=$1
    shift
    wrong=$("$@")
    if [ -z "$wrong" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'failed: %s\n%s\n' "$name" "$wrong"; fi
}

rank() {
    n=0
    for floor in $floors; do
        [ "$floor" = "$1" ] && { echo $n; return; }
        n=$((n + 1))
    done
    echo 99
}

includes() { grep -nE '^[[:space:]]*#[[:space:]]*include' "$@" /dev/null; }

upward_includes() {
    for file in model/*/*.[ch]; do
        own=$(basename "$(dirname "$file")")
        includes "$file" | sed -n 's/.*include "\.\.\/\([a-z_]*\)\/.*/\1/p' | sort -u | while read -r other; do
            [ "$(rank "$other")" -le "$(rank "$own")" ] || echo "$file includes the floor $other above it"
        done
    done
}

# "name.h" is in the same folder, "../floor/name.h" in a floor: nothing else, and it exists.
strange_includes() {
    for file in model/*/*.[ch]; do
        includes "$file" | sed -n 's/.*include "\(.*\)".*/\1/p' | while read -r name; do
            case $name in
            pathways_commit.h) continue ;;
            ../*/*/* | /*) echo "$file includes $name" ;;
            esac
            [ -f "$(dirname "$file")/$name" ] || echo "$file includes $name, which is not there"
        done
    done
}

libc="assert errno float inttypes limits math signal stdalign stdarg stdbool stddef stdint stdlib string"
libraries_below() {
    includes model/chance/*.[ch] model/world/*.[ch] | sed -n 's/^\([^:]*\):[0-9]*:.*include <\(.*\)\.h>.*/\1 \2/p' | while read -r file name; do
        case " $libc " in *" $name "*) continue ;; esac
        case "$file $name" in "model/chance/stream."[ch]" Random123/"*) continue ;; esac
        echo "$file includes <$name.h>"
    done
}

# only LIBRARY-PATTERN FILES...: files outside the list that include it
only() {
    pattern=$1
    shift
    includes model/*/*.[ch] | grep -E "include <$pattern" | cut -d: -f1 | sort -u | while read -r file; do
        case " $* " in *" $file "* | *" $(dirname "$file")/ "*) ;; *) echo "$file includes <$pattern>" ;; esac
    done
}

# Functions that the objects of chance and world call and that are neither ours nor plain libc.
foreign_calls() {
    objects=$(dirname "${PATHWAYS:-build/test/pathways}")/model
    for floor in chance world; do
        [ -d "$objects/$floor" ] || { echo "no objects in $objects/$floor: run make test"; continue; }
        nm -A -u "$objects/$floor"/*.o | awk '{ print $1, $3 ? $3 : $2 }' | sed 's/ U / /' | while read -r object name; do
            case $name in
            pw_* | _GLOBAL_OFFSET_TABLE_ | __stack_chk_fail | __assert_fail | __asan_* | __ubsan_* | __tsan_* | __gcov_* | __cpu_*) ;;      # the compiler's own
            memcpy | memmove | memset | memcmp | strcmp | strncmp | strlen | qsort | sqrt | floor | fabs) ;;
            *) echo "$object calls $name" ;;
            esac
        done
    done
}

long_files() { wc -l model/*/*.[ch] tests/*.[ch] tests/*.sh tests/*/*.sh bench/*.[ch] Makefile 2>/dev/null | awk '$2 != "total" && $1 > 600 { print $2 " has " $1 " lines; split it by idea" }'; }

wide_lines() { awk 'length > 160 { print FILENAME ":" FNR " has " length " columns; break it where a thought ends" }' model/*/*.[ch] tests/*.[ch] bench/*.[ch]; }

strange_folders() { for folder in model/*/; do [ "$(rank "$(basename "$folder")")" -lt 99 ] || echo "$folder is no floor"; done; }

missing_tests() { for header in model/base/*.h; do name=$(basename "$header" .h); grep -qls "base/$name\.h" tests/test_*.c || case $name in folder_path) ;; *) echo "no test includes base/$name.h" ;; esac; done; }

check "every folder under model/ is a floor" strange_folders
check "no include runs up" upward_includes
check "includes name a file of the own floor or of one below" strange_includes
check "chance and world include libc alone, and Random123 in chance/stream" libraries_below
check "chance and world call libc alone, and of libm sqrt, floor and fabs" foreign_calls
check "one file knows libconfig" only 'libconfig\.h' model/spec/read.c model/cli/about.c
check "the experiment alone knows threads" only 'omp\.h' model/experiment/
check "no file of code is over 600 lines" long_files
check "no line of code is over 160 columns" wide_lines
check "every module of the ground floor has a test" missing_tests
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
