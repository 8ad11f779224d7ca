#!/bin/sh
# examples.sh: are the examples of a page true? Runs every `$ build/pathways ...` of docs/answers.md and looks for the lines that the page shows below it (up to the next
# command), in their order ("..." stands for lines left out). What the page writes into output/ goes into a folder of its own.
#   tests/examples.sh PROGRAM PAGE
set -u
program=$1 page=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
awk -v folder="$folder" '
    /^    \$ build\/pathways / { n++; command = $0; sub(/^    \$ build\/pathways /, "", command); print command >(folder "/command." n); inside = 1; next }
    inside && /^    / { print substr($0, 5) >(folder "/expected." n) }
    END { print n >(folder "/n") }' "$page"
n=$(cat "$folder/n") failed=0 i=1
[ "${n:-0}" -gt 0 ] || { echo "$page has no examples"; exit 1; }
while [ "$i" -le "$n" ]; do
    command=$(sed "s| output/| $folder/|g" "$folder/command.$i")
    touch "$folder/expected.$i"
    # shellcheck disable=SC2086
    "$program" $command >"$folder/stdout" 2>"$folder/stderr" </dev/null
    code=$?
    missing=$(awk 'NR == FNR { have[NR] = $0; last = NR; next } /^ *$/ || /^ *\.\.\.$/ { next }
        { at++; for (; at <= last && have[at] != $0; at++); if (at > last) { print; exit } }' "$folder/stdout" "$folder/expected.$i")
    if [ "$code" -ne 0 ] || [ -n "$missing" ]; then
        failed=$((failed + 1))
        echo "failed: pathways $(cat "$folder/command.$i"): exit $code; not in what it printed: $missing"
    fi
    i=$((i + 1))
done
echo "$((n - failed)) passed, $failed failed"
[ "$failed" -eq 0 ]
