#!/bin/sh
# `pathways run` as people use it: what it prints, what it writes, what it refuses, and that the numbers hang on nothing but the question.
set -u
. tests/cli/check.inc
scenario=scenarios/perpetrator_programme.cfg
quick="--draws 3 --replications 2 --set areas.north.families_per_month=4.0 --set areas.south.families_per_month=3.0 --set time.warm_up_months=12"

# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report $scenario $quick --out "$folder/one" --threads 1
expect "a run prints the comparison" 0 out: "Repeat notifications /100" err: ""
expect "... with the harm in three lines" 0 out: "  notified to social services" err: ""
expect "... and says which spread it shows" 0 out: "95 % uncertainty interval over draws, simulation noise taken out" err: ""
expect "... and the study beside the model" 0 out: "9 or 10 of 184" err: ""
expect "... and where the numbers are" 0 out: "All numbers are in $folder/one/" err: ""
widest=$(sed '$d' "$stdout" | awk '{ gsub(/[\200-\277]/, ""); if (length($0) > w) w = length($0) } END { print w }')
[ "$widest" -le 80 ]
ok "one scenario fits 80 columns (is $widest)" $?

for file in manifest.json datapackage.json resolved.cfg summary.csv differences.csv pairs.csv draws.csv pathways.csv monthly.csv costs.csv targets.csv assumptions.csv parameters.csv measures.csv noise.csv \
    inputs/params/baseline.cfg inputs/params/evidence.cfg inputs/params/targets.cfg inputs/$scenario; do
    [ -s "$folder/one/$file" ]
    ok "the folder holds $file" $?
done
same "the inputs are copied as read" params/evidence.cfg "$folder/one/inputs/params/evidence.cfg"
header() { head -n 1 "$folder/one/$1"; }
[ "$(header summary.csv)" = "scenario,area,subgroup,measure,unit,mean,mc_se,low95,high95,p05,p50,p95,draws,replications,additive" ]
ok "summary.csv has its columns" $?
[ "$(header differences.csv)" = "scenario,area,subgroup,measure,unit,mean,mc_se,low95,high95,p05,p50,p95,draws,replications,additive,better" ]
ok "differences.csv has its columns" $?
[ "$(header costs.csv)" = "payer,year,scenario,money,spending,cost" ]
ok "costs.csv has its columns" $?
for file in "$folder/one"/*.csv; do
    # Quoted texts hold commas: only files without any are counted here.
    if ! grep -q '"' "$file"; then
        [ "$(awk -F, '{ print NF }' "$file" | sort -u | wc -l)" = 1 ]
        ok "every row of $(basename "$file") has the header's columns" $?
    fi
done
[ "$(header draws.csv | tr ',' '\n' | sed 1,2d)" = "$(awk -F, 'NR > 1 && $3 != "price" && $1 !~ /"/ { print $1 }' "$folder/one/measures.csv")" ]
ok "measures.csv names the measures of draws.csv, in their order" $?
[ "$(wc -l <"$folder/one/parameters.csv")" = 4 ]
ok "parameters.csv has one row a draw" $?
header parameters.csv | grep -q "^draw,families_per_month,.*,perpetrator_programme/"
ok "... the baseline's estimates first, then the scenario's own" $?
[ "$(header parameters.csv | tr ',' '\n' | sed 's/.*\///' | sort -u | wc -l)" -gt 90 ]
ok "... every estimate of them" $?
[ "$(awk -F, 'NR > 1 { print $2 }' "$folder/one/parameters.csv" | sort -u | wc -l)" = 3 ]
ok "... another value in every draw" $?
[ "$(wc -l <"$folder/one/draws.csv")" = 7 ]
ok "draws.csv has one row a draw and scenario" $?
[ ! -e "$folder/one/world.csv" ]
ok "world.csv is not written unless asked for" $?

# The same bytes whatever the threads and the engine; only the manifest knows.
for how in "--threads 2" "--threads 7" "--threads 2 --engine ordered"; do
    # shellcheck disable=SC2086
    run "$PATHWAYS" run --no-report $scenario $quick --out "$folder/other" --force --quiet $how
    expect "--quiet says nothing ($how)" 0 out: "" err: ""
    for file in "$folder/one"/*.csv "$folder/one/datapackage.json" "$folder/one/resolved.cfg"; do
        same "$(basename "$file") is the same with $how" "$file" "$folder/other/$(basename "$file")"
    done
done
hash_of() { sed -n 's/.*"results_sha256": "\([0-9a-f]*\)".*/\1/p' "$1/manifest.json"; }
[ -n "$(hash_of "$folder/one")" ] && [ "$(hash_of "$folder/one")" = "$(hash_of "$folder/other")" ]
ok "the manifests' fingerprints of the results agree" $?

# The copies in inputs/ make the same run.
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report "$folder/one/inputs/$scenario" $quick --out "$folder/again" --quiet
expect "the copies of the inputs can be run" 0 out: "" err: ""
same "... and give the same numbers" "$folder/one/summary.csv" "$folder/again/summary.csv"

# A scenario that changes nothing.
printf 'schema = 1;\nbase = "%s/params/baseline.cfg";\ntitle = "Nothing";\n' "$PWD" >"$folder/nothing.cfg"
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report "$folder/nothing.cfg" $quick --out "$folder/nothing"
expect "a scenario that changes nothing runs" 0 out: "nothing" err: ""
# shellcheck disable=SC2046
[ "$(awk -F, 'NR > 1 && $6 != "" && $6 != 0 || NR > 1 && $7 != "" && $7 != 0' "$folder/nothing/differences.csv" | wc -l)" = 0 ]
ok "... and differs by exactly 0 in every measure" $?

# Fixed values.
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report $scenario $quick --draws 0 --out "$folder/fixed"
expect "--draws 0 names its interval" 0 out: "95 % Monte Carlo interval" err: ""
[ "$(wc -l <"$folder/fixed/world.csv")" = 9 ]
ok "--draws 0 writes world.csv: one row a world, scenario and area" $?
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report $quick --out "$folder/alone"
expect "without a scenario: the baseline alone" 0 out: "The study beside the model" err: ""

# What is refused.
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report $scenario $quick --out "$folder/one"
expect "a folder that is there already" 2 out: "" err: "one"
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report $scenario $quick --out "$folder/one" --force --quiet
expect "--force replaces it" 0 out: "" err: ""
run "$PATHWAYS" run --no-report scenarios/missing.cfg --out "$folder/x"
expect "a scenario that is not there" 3 out: "" err: "missing.cfg"
run "$PATHWAYS" run --no-report $scenario --set stages.letter.percnt=1.0 --out "$folder/x"
expect "a --set that sets nothing" 3 out: "" err: "percnt"
run "$PATHWAYS" run --no-report $scenario --precision repeat_notification=1 --out "$folder/x"
expect "a misspelt measure" 2 out: "" err: "did you mean repeat_notifications"
run "$PATHWAYS" run --no-report $scenario --precision repeat_notifications --out "$folder/x"
expect "a precision without its number" 2 out: "" err: "MEASURE=HALFWIDTH"
run "$PATHWAYS" run --no-report $scenario --precision repeat_notifications=1 --replications 1 --out "$folder/x"
expect "a precision that one replication cannot tell" 2 out: "" err: "2 or more"
run "$PATHWAYS" run --no-report $scenario $scenario --out "$folder/x"
expect "one name for two scenarios" 2 out: "" err: "two scenarios have one name"
run "$PATHWAYS" run params/baseline.cfg --out "$folder/no"
expect "the baseline as a scenario" 2 out: "" err: "^pathways run: params/baseline.cfg is the baseline itself: it is always there, so leave it out\.$"
printf 'schema = 1; base = "%s/params/baseline.cfg";\n' "$PWD" >"$folder/baseline.cfg"
run "$PATHWAYS" run "$folder/baseline.cfg" --out "$folder/no"
expect "a scenario of the baseline's name" 2 out: "" err: "/baseline.cfg: a scenario cannot be called baseline: give it a name of its own"
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report $scenario $quick --precision repeat_notifications=0.000001 --out "$folder/precise" --quiet
expect "a precision that is not reached: exit 4" 4 out: "" err: "precision"
[ -s "$folder/precise/summary.csv" ]
ok "... with the results written all the same" $?
[ ! -e "$folder/x" ]
ok "what was refused left nothing behind" $?

# docs/measures.md is what the program says.
run "$PATHWAYS" measures
expect "measures prints the catalogue" 0 out: "repeat_notifications" err: ""
same "docs/measures.md is that text" "$stdout" docs/measures.md

# ---- a table that nobody reads: the folder is whole nonetheless, and said where
# shellcheck disable=SC2086
"$PATHWAYS" run $scenario $quick --out "$folder/unread" >/dev/full 2>"$stderr" </dev/null
code=$?
: >"$stdout"
expect "a table that cannot be printed" 1 out: "" err: "the tables could not be printed; all numbers are in $folder/unread/\.$"
expect "... and why" 1 out: "" err: "standard output cannot be written"
[ -s "$folder/unread/briefing.html" ] && [ -s "$folder/unread/summary.xlsx" ] && [ -s "$folder/unread/charts/budget_capacity.svg" ]
ok "... and the folder is whole, pages and workbook too" $?
same "... with the same numbers" "$folder/one/differences.csv" "$folder/unread/differences.csv"

# ---- net benefit, where a price is given
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report $scenario $quick --threshold 5000 --out "$folder/net"
expect "a threshold puts net benefit into the table" 0 out: "^Net benefit, £ a year" err: ""
grep -q "net benefit £5,000 for each incident averted in the area" "$stdout"
ok "... and says at which price of what" $?
same "... and changes nothing else" "$folder/one/differences.csv" "$folder/net/differences.csv"
[ "$(head -n 1 "$folder/net/answers/net_benefit.csv")" = "scenario,outcome,threshold,unit,mean,mc_se,low95,high95,better,clear,draws,replications" ]
ok "net_benefit.csv has its columns" $?
# The mean over draws of what the two columns of draws.csv make at that price.
awk -F, 'FNR == 1 { for (i = 1; i <= NF; i++) at[FILENAME, $i] = i }
    FILENAME ~ /draws/ && FNR > 1 { sign = $2 == "baseline" ? -1 : 1; sum += sign * (-60000 * $at[FILENAME, "incidents_per_month"] - $at[FILENAME, "budget"]); draws += sign < 0 }
    FILENAME ~ /net_benefit/ && FNR > 1 { mean = $at[FILENAME, "mean"] }
    END { exit !(draws == 3 && mean != "" && (mean - sum / draws) ^ 2 < 1e-6) }' "$folder/net/draws.csv" "$folder/net/answers/net_benefit.csv"
ok "... and holds what draws.csv makes of it" $?
run "$PATHWAYS" run --threshold 5000 --out "$folder/x"
expect "a threshold without a policy" 2 out: "" err: "name a scenario"
run "$PATHWAYS" run $scenario --outcome budget --out "$folder/x"
expect "an outcome without its threshold" 2 out: "" err: "needs --threshold"
# shellcheck disable=SC2086
run "$PATHWAYS" run $scenario $quick --threshold 5000 --outcome wait_assessment --out "$folder/x"
expect "an outcome that no price can be put on" 2 out: "" err: "is counted \"per 100 families\" or \"a month\""
[ ! -e "$folder/x" ]
ok "what was refused left nothing behind" $?

finish
