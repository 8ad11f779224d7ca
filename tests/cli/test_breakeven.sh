#!/bin/sh
# `pathways breakeven` as people use it: what it says, what it adds to a folder, what it refuses.
set -u
. tests/cli/check.inc
visits=tests/cases/answers/visits.cfg
quick="--draws 0 --replications 20"

# shellcheck disable=SC2086
run "$PATHWAYS" breakeven $visits --of net_benefit --threshold 100 $quick --out "$folder/one" --threads 1
expect "breakeven says the value" 0 out: "Visits is worth its cost" err: ""
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "if the effect of visit is below 0.7" "$folder/text" && grep -q "the chance that it is on the better side is" "$folder/text"
ok "... with the chance by the evidence" $?
grep -q "A switching value is no forecast" "$folder/text"
ok "... and what it does not mean" $?
for file in answers/breakeven.csv datapackage.json manifest.json inputs/tests/cases/answers/visits.cfg; do
    [ -s "$folder/one/$file" ] || find "$folder/one/inputs" -name "$(basename "$file")" | grep -q .
    ok "a new folder holds $file" $?
done
grep -q '"path": "answers/breakeven.csv"' "$folder/one/datapackage.json" && grep -q '"answers"' "$folder/one/manifest.json"
ok "... described and listed" $?

# The same bytes for any number of threads; a second question is added; the same question again takes the place of its answer.
cp "$folder/one/answers/breakeven.csv" "$folder/first.csv"
# shellcheck disable=SC2086
run "$PATHWAYS" breakeven $visits --of net_benefit --threshold 100 $quick --out "$folder/one" --threads 3 --quiet
expect "--quiet says nothing" 0 out: "" err: ""
same "the answer does not depend on threads, and replaces itself" "$folder/first.csv" "$folder/one/answers/breakeven.csv"
# shellcheck disable=SC2086
run "$PATHWAYS" breakeven $visits --of net_benefit --threshold 100 --over cost --against effect --points 3 $quick --out "$folder/one"
expect "a line of two numbers" 0 out: "With the effect of visit at" err: ""
[ "$(wc -l <"$folder/one/answers/breakeven.csv")" = 5 ]
ok "... is added: three rows more" $?
most=$(awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "looks") at = i } NR > 1 && $at > most { most = $at } END { print most + 0 }' "$folder/one/answers/breakeven.csv")
[ "$most" -ge 3 ] && [ "$most" -le 12 ]
ok "no answer takes more than 12 looks" $?

# Into the folder of a run, whose own files stay as they are.
# shellcheck disable=SC2086
run "$PATHWAYS" run $visits $quick --out "$folder/run" --quiet
expect "a run of the same scenario" 0 out: "" err: ""
cp "$folder/run/differences.csv" "$folder/differences.csv"
# shellcheck disable=SC2086
run "$PATHWAYS" breakeven $visits --of incidents_per_month $quick --out "$folder/run"
expect "an answer goes into a run's folder" 0 out: "better than the baseline in incidents in the whole area in a month" err: ""
same "... which keeps its numbers" "$folder/differences.csv" "$folder/run/differences.csv"
grep -q '"path": "summary.csv"' "$folder/run/datapackage.json" && grep -q '"path": "answers/breakeven.csv"' "$folder/run/datapackage.json"
ok "... and its description of them" $?
grep -q '"seed": "1"' "$folder/run/manifest.json"
ok "... and what it was made from" $?

# shellcheck disable=SC2086
run "$PATHWAYS" breakeven tests/cases/answers/idle.cfg --of net_benefit --threshold 100 $quick
expect "a policy that changes nothing" 0 out: "nothing hangs on the effect of visit" err: ""

# What is refused, before any folder is touched.
run "$PATHWAYS" breakeven $visits
expect "nothing to be better at" 2 out: "" err: "--of says what has to be better"
run "$PATHWAYS" breakeven --of own_use
expect "no scenario" 2 out: "" err: "name a scenario"
run "$PATHWAYS" breakeven $visits --of net_benefit --out "$folder/x"
expect "pounds without a threshold" 2 out: "" err: "needs --threshold POUNDS"
run "$PATHWAYS" breakeven $visits --of cohort_families --out "$folder/x"
expect "a measure without a direction" 2 out: "" err: "neither more nor less is better"
run "$PATHWAYS" breakeven $visits --of own_used --out "$folder/x"
expect "a measure that is not there" 2 out: "" err: "did you mean own_use"
run "$PATHWAYS" breakeven $visits --of own_use --over visit_efect --out "$folder/x"
expect "a path that nothing has" 2 out: "" err: "no estimate and no setting is called"
expect "... of which one is near" 2 out: "" err: "did you mean visit_effect?"
run "$PATHWAYS" breakeven $visits --of own_use --threshold 100 --out "$folder/x"
expect "a price that nothing is asked of" 2 out: "" err: "go with --of net_benefit"
run "$PATHWAYS" breakeven $visits --of net_benefit --out "$folder/x"
expect "a net benefit without a price" 2 out: "" err: "net benefit needs --threshold POUNDS"
for threshold in -1 nan inf 1e300; do
    run "$PATHWAYS" breakeven $visits --of net_benefit --threshold $threshold --out "$folder/x"
    expect "a price of $threshold" 2 out: "" err: "^pathways breakeven: --threshold is .$threshold.; allowed: a number from 0 to"
done
run "$PATHWAYS" breakeven $visits --of own_use --by-year 1 --out "$folder/x"
expect "a year that nothing is paid back by" 2 out: "" err: "goes with --of payback"
run "$PATHWAYS" breakeven $visits --of own_use --points 3 --out "$folder/x"
expect "points of no second number" 2 out: "" err: "go with --against"
run "$PATHWAYS" breakeven $visits --of served --out "$folder/x"
expect "a measure without a direction" 2 out: "" err: "neither more nor less is better"
run "$PATHWAYS" breakeven $visits --of own_use --over uptake --out "$folder/x"
expect "a number without a range" 2 out: "" err: "give --range LOW:HIGH"
run "$PATHWAYS" breakeven $visits --of own_use --range 2:1 --out "$folder/x"
expect "a range the wrong way round" 2 out: "" err: "the lower one first"
run "$PATHWAYS" breakeven $visits --of own_use --over places --range 1.5:9 --out "$folder/x"
expect "places that are not whole" 2 out: "" err: "places are whole"
run "$PATHWAYS" breakeven $visits --of payback --by-year 9 --out "$folder/x"
expect "a year that the run does not reach" 2 out: "" err: "allowed: 1 to 2"
run "$PATHWAYS" breakeven $visits --of own_use --draws 1 --out "$folder/x"
expect "one draw says nothing of its noise" 2 out: "" err: "one draw .* says nothing of the noise: take 2 or more"
run "$PATHWAYS" breakeven tests/cases/answers/missing.cfg --of own_use --out "$folder/x"
expect "a scenario that is not there" 3 out: "" err: "missing.cfg"
mkdir "$folder/theirs"
run "$PATHWAYS" breakeven $visits --of own_use --out "$folder/theirs"
expect "a folder of somebody's own" 2 out: "" err: "not a folder that this program wrote"
[ ! -e "$folder/x" ] && [ -z "$(ls "$folder/theirs")" ]
ok "what was refused left nothing behind" $?

finish
