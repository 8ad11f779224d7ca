#!/bin/sh
# Runs the test programs and scripts given as arguments, shows one line for each as it goes (and all that a failed one said), and ends with
# `N passed, N failed` over all tests. Each of them prints such a line of its own, last; one that does not, or that ends badly after
# it, counts as one failed test more. A script that exits with 77 and a last line `skipped: WHY` is skipped, and shown as that. RUNNER, if set, is put before the programs (valgrind); PATHWAYS is the program that scripts run.
set -u
log=$(mktemp) && trap 'rm -f "$log"' EXIT || exit 1
trap 'exit 130' INT TERM
passed=0 failed=0

run_one() {
    case $1 in
    *.sh) timeout 900 sh "$1" ;;
    *) timeout 1800 ${RUNNER:-} "$1" ;;
    esac >"$log" 2>&1
}

for test in "$@"; do
    run_one "$test" && code=0 || code=$?
    [ "$code" -ne 130 ] || exit 130
    if [ "$code" -eq 77 ] && tail -n 1 "$log" | grep -q '^skipped: .'; then
        printf 'skipped %-32s %s\n' "$(basename "$test")" "$(tail -n 1 "$log" | sed 's/^skipped: //')"
        continue
    fi
    counts=$(tail -n 1 "$log" | sed -n 's/^\([0-9][0-9]*\) passed, \([0-9][0-9]*\) failed$/\1 \2/p')
    ok=0 bad=0
    [ -z "$counts" ] || { ok=${counts% *} bad=${counts#* }; }
    if [ -z "$counts" ] || { [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; } || [ "$((ok + bad))" -eq 0 ]; then bad=$((bad + 1)); fi
    passed=$((passed + ok)) failed=$((failed + bad))
    name=$(basename "$test")
    if [ "$bad" -eq 0 ]; then
        printf 'ok      %-32s %4d passed\n' "$name" "$ok"
        grep '^skipped: ' "$log"
    else
        sed 's/^/    /' "$log"
        printf 'FAILED  %-32s %4d passed, %d failed (exit %d)\n' "$name" "$ok" "$bad" "$code"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
