#!/bin/sh
# The runner of the tests itself: a test that crashes, says nothing or says one thing and exits with another is a failed one.
set -u
. tests/cli/check.inc

program() { # NAME: a script from stdin
    cat >"$folder/$1.sh"
}
echo 'echo noise; echo "3 passed, 0 failed"' | program good
echo 'echo reason; echo "2 passed, 1 failed"; exit 1' | program bad
echo 'echo "4 passed, 0 failed"; exit 1' | program liar
echo 'kill -SEGV $$' | program crash
echo 'exit 0' | program silent
echo 'echo "0 passed, 0 failed"' | program hollow
echo 'echo "5 passed, 0 failed"; echo "and more"' | program talks_on

echo 'echo "skipped: no such engine here"; exit 77' | program skips
echo 'echo "skipped:"; exit 77' | program skips_without_a_reason
echo 'echo "skipped: half of it"; echo "1 passed, 0 failed"' | program skips_a_part

last() { tail -n 1 "$stdout"; }
check() { # NAME EXIT LAST-LINE SCRIPTS...
    name=$1 wanted_code=$2 wanted=$3
    shift 3
    run tests/run-all.sh "$@"
    [ "$code" -eq "$wanted_code" ] && [ "$(last)" = "$wanted" ]
    ok "$name (exit $code, last line \"$(last)\")" $?
}

check "passed tests are summed up" 0 "6 passed, 0 failed" "$folder/good.sh" "$folder/good.sh"
check "failed tests are summed up" 1 "5 passed, 1 failed" "$folder/good.sh" "$folder/bad.sh"
expect "what a failed test said is shown" 1 out: "^    reason$" err: ""
check "a bad exit after good words is a failure" 1 "4 passed, 1 failed" "$folder/liar.sh"
check "a crash is a failure" 1 "0 passed, 1 failed" "$folder/crash.sh"
check "silence is a failure" 1 "0 passed, 1 failed" "$folder/silent.sh"
check "no tests at all is a failure" 1 "0 passed, 1 failed" "$folder/hollow.sh"
check "words after the last line are a failure" 1 "0 passed, 1 failed" "$folder/talks_on.sh"
check "a skipped test is no failure beside others" 0 "3 passed, 0 failed" "$folder/good.sh" "$folder/skips.sh"
expect "... and is shown with its reason" 0 out: "^skipped skips.sh  *no such engine here$" err: ""
check "skipping everything is a failure" 1 "0 passed, 0 failed" "$folder/skips.sh"
check "skipping without a reason is a failure" 1 "3 passed, 1 failed" "$folder/good.sh" "$folder/skips_without_a_reason.sh"
check "a part may be skipped" 0 "1 passed, 0 failed" "$folder/skips_a_part.sh"
expect "... and is shown" 0 out: "^skipped: half of it$" err: ""
# What a test program leaves out on request, and what `make memcheck` asks it to.
programs=$(dirname "$PATHWAYS")/tests
PW_SKIP="test_of_nothing test_words_are_no_shell_commands"
export PW_SKIP
check "tests of a program may be left out by name" 0 "5 passed, 0 failed" "$programs/test_child"
expect "... and are shown" 0 out: "^skipped: test_words_are_no_shell_commands (PW_SKIP)$" err: ""
PW_SKIP=test_words_are
check "a part of a name is none" 0 "6 passed, 0 failed" "$programs/test_child"
unset PW_SKIP
unknown=$(sed -n '/^MEMCHECK_SKIP/,/[^\]$/p' Makefile | grep -o 'test_[a-z0-9_]*' | while read -r name; do grep -q "PW_TEST($name)" tests/test_*.c || echo "$name"; done)
[ -z "$unknown" ]
ok "what make memcheck leaves out is there ($unknown)" $?

check "nothing to run is a failure" 1 "0 passed, 0 failed"
finish
