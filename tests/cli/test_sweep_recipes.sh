#!/bin/sh
# docs/sweeps.md: what stands there is true: the example design, the three sweeps run small, and the recipes on what they leave behind.
set -u
. tests/cli/check.inc

place=$folder/place
mkdir -p "$place"
small="--set time.warm_up_months=12 --set time.follow_up_months=6 --set time.intake_months=3 --quiet"

# ---- the three sweeps, small: fewer worlds, shorter times, fewer trajectories
# shellcheck disable=SC2086
for sweep in contact_places assessment_workers which_estimates; do
    more=; [ $sweep = which_estimates ] && more="--points 2"
    run "$PATHWAYS" sweep run sweeps/$sweep.cfg --out "$place/$sweep" --replications 2 $small $more
    expect "sweeps/$sweep.cfg runs" 0 out: "" err: ""
    run "$PATHWAYS" sweep merge "$place/$sweep"
    ok "... and is merged" $code
    points=$(gzip -dc "$place/$sweep/merged.csv.gz" | awk -F, 'NR > 1 { seen[$1] = 1 } END { for (p in seen) n++; print n }')
    case $sweep in contact_places) expected=54 ;; assessment_workers) expected=33 ;; *) expected=182 ;; esac
    [ "$points" = "$expected" ]; ok "... all $expected points of it ($points)" $?
    awk -F, -v n=$expected 'NR > 1 { if ($1 != NR - 2 || $NF == "") bad = 1 } END { exit bad || NR != n + 1 }' "$place/$sweep/points.csv"
    ok "... one row each in points.csv" $?
done

# ---- which estimates matter
run "$PATHWAYS" sensitivity "$place/which_estimates" --of repeat_notifications --most 10
expect "the ten estimates that move a measure most" 0 out: "^Repeat notifications, supervised contact less the baseline (morris)" err: ""
# between a table's line and the empty one after it
[ "$(awk '/^---/ { inside = 1; next } /^$/ { inside = 0 } inside { n[tables] ++ } /^Repeat/ { tables++ } END { print tables, n[1], n[2] }' "$stdout")" = "2 10 10" ]
ok "... ten of the baseline, ten of the difference" $?
! grep -q 'evidence\.' "$stdout" && grep -q '^Share of incidents reported to police ' "$stdout"
ok "... in words" $?

# ---- the example of the page
sed -n '/^## The file of a design/,/^| setting/s/^    //p' docs/sweeps.md | sed "s|\.\./scenarios|$PWD/scenarios|" >"$place/example.cfg"
# shellcheck disable=SC2086
run "$PATHWAYS" sweep plan "$place/example.cfg" ${small%--quiet} --try-seconds 1
expect "the example of docs/sweeps.md is a design" 0 out: "45 points x 12 worlds" err: ""
sed -n '/^A CSV with a header/,/^A bare matrix/s/^    //p' docs/sweeps.md >"$place/example.csv"
# shellcheck disable=SC2086
run "$PATHWAYS" sweep plan "$place/example.csv" --scenario scenarios/supervised_contact.cfg ${small%--quiet} --try-seconds 1
expect "the example of a CSV is one" 0 out: "2 points x 4 worlds" err: ""
sed -n '/^gets its columns/,/^With `unit/s/^    //p' docs/sweeps.md >"$place/matrix.cfg"
printf '0.5 10\n0.75 10\n1 10\n' >"$place/points.txt"
# shellcheck disable=SC2086
run "$PATHWAYS" sweep plan "$place/matrix.cfg" --scenario scenarios/supervised_contact.cfg ${small%--quiet} --try-seconds 1
expect "the example of a matrix is one" 0 out: "3 points x 4 worlds" err: ""

# ---- every recipe says what summary.csv says
# recipe LANGUAGE: its block, with the folder of this test
recipe() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" docs/sweeps.md | sed -e '1d;$d' -e "s|output/contact_places|$place/contact_places|g"; }
column() { awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) print i }' "$place/contact_places/summary.csv"; }
at=$(column difference) measure=$(column measure)
awk -F, -v m="$measure" -v d="$at" '$m == "incidents_at_contact" && $2 == "supervised_contact" { printf "%d %.6f %.6f\n", $1, $d, $(d + 1) }' \
    "$place/contact_places/summary.csv" >"$place/expected"
[ "$(wc -l <"$place/expected")" = 54 ]; ok "summary.csv has 54 differences" $?

# agrees NAME FILE: numbers of FILE (point, difference, se on a line) against the summary's
agrees() {
    awk -v name="$1" 'function off(a, b) { return a - b > 2e-6 || b - a > 2e-6 }
        NR == FNR { d[$1] = $2; s[$1] = $3; next }
        { n++; if (!($1 in d) || off(d[$1], $2) || off(s[$1], $3)) { print name ": point " $1 " is " $2 " " $3 ", not " d[$1] " " s[$1]; bad = 1 } }
        END { exit bad || n != 54 }' "$place/expected" "$2"
    ok "$1 says what summary.csv says" $?
}

python=
for candidate in python3 /usr/bin/python3; do     # a Python of one's own has not Debian's packages
    [ -z "$python" ] && "$candidate" -c 'import pandas' 2>/dev/null && python=$candidate
done
if [ -n "$python" ]; then
    recipe python >"$place/recipe.py"
    run "$python" "$place/recipe.py"
    expect "the recipe in pandas runs" 0 out: "mean" err: ""
    awk 'NR > 2 && NF == 6 { print $1, $5, $6 }' "$stdout" >"$place/pandas"
    agrees pandas "$place/pandas"
else
    echo "skipped: the recipe in pandas (no python3-pandas here)"
fi
if command -v Rscript >/dev/null; then
    recipe r >"$place/recipe.R"
    run Rscript --vanilla "$place/recipe.R"
    expect "the recipe in R runs" 0 out: "difference" err: ""
    awk 'NR > 1 { print $1, $2, $3 }' "$stdout" >"$place/r"
    agrees R "$place/r"
else
    echo "skipped: the recipe in R (no r-base-core here)"
fi
# DuckDB's own program, or what make test-cluster fetched of it for node.
duck=
if command -v duckdb >/dev/null; then
    duck="duckdb -csv -noheader :memory:"
elif command -v node >/dev/null && [ -d build/duckdb/node_modules/@duckdb/node-api ]; then
    duck="node tests/duckdb/query.js build/duckdb"
fi
if [ -n "$duck" ]; then
    recipe sql >"$place/recipe.sql"
    code=0
    $duck <"$place/recipe.sql" >"$stdout" 2>"$stderr" || code=$?
    expect "the recipe in DuckDB runs" 0 out: "," err: ""
    tr , ' ' <"$stdout" >"$place/duckdb"
    agrees DuckDB "$place/duckdb"
else
    echo "skipped: the recipe in DuckDB (not in Debian 12; make test-cluster fetches it by npm)"
fi

finish
