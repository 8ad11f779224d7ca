#!/bin/sh
# Every notebook runs from beginning to end on fresh runs, and the R example agrees with it.
set -u
. tests/cli/check.inc
if ! /usr/bin/python3 -c 'import pandas, matplotlib, nbconvert, ipykernel' 2>/dev/null; then
    echo "failed: Debian's pandas, matplotlib, nbconvert or ipykernel is missing"
    exit 1
fi
before=$(git status --porcelain notebooks 2>/dev/null)
run env TOLERANCE=12 notebooks/execute.sh "$PATHWAYS" "$folder/out" 12 2 20
expect "all notebooks execute" 0 out: "" err: ""
for notebook in notebooks/*.ipynb; do
    page=$folder/out/$(basename "$notebook" .ipynb).html
    [ -s "$page" ] && grep -q "alt=\"[A-Z][^\"]*\" src=\"data:image/png" "$page" && ! grep -q "<img src=" "$page"
    ok "$notebook becomes a page with charts, each with a text for those who do not see it" $?
    /usr/bin/python3 -c 'import json, sys; sys.exit(any(cell.get("outputs") for cell in json.load(open(sys.argv[1]))["cells"]))' "$notebook"
    ok "$notebook is kept without output" $?
done
grep -q "Traceback" "$folder"/out/*.html
ok "no page holds an error" $((1 - $?))

run Rscript notebooks/health_economics.R "$folder/out/policies" 20000
expect "the R example reads draws.csv" 0 out: "joint_screening" err: ""
# The mean cost of the baseline, from summary.csv, is what R finds in draws.csv.
wanted=$(awk -F, '$1 == "baseline" && $2 == "all" && $3 == "all" && $4 == "own_use" { printf "%.0f", $6 }' "$folder/out/policies/summary.csv")
[ "$(awk '$1 == "baseline" { print $2 }' "$stdout")" = "$wanted" ]
ok "... and finds the mean cost that summary.csv has ($wanted)" $?
[ "$(git status --porcelain notebooks 2>/dev/null)" = "$before" ]
ok "nothing is left beside the notebooks" $?
finish
