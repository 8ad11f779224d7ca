#!/bin/sh
# `pathways run --budget`: the same money for every policy.
set -u
. tests/cli/check.inc
visits=tests/cases/answers/visits.cfg
quick="--draws 0 --replications 10"

# shellcheck disable=SC2086
run "$PATHWAYS" run $visits tests/cases/answers/idle.cfg --budget 200 $quick --out "$folder/one" --threads 1
expect "a run with a budget says what it buys" 0 out: "£200 a year in each area buys 11 places in visits at £" err: ""
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "Idle: it has no places of its own that a sum could scale" "$folder/text"
ok "... and what it could not scale" $?
grep -q "only where a 99.9 % interval leaves the sign.* That is noise and not what is unknown" "$folder/text" && grep -q "those not named are not clear of that noise" "$folder/text"
ok "... and of what better and worse are clear" $?
grep -q "Without the comparator" "$stdout"
ok "... and that there is no comparator for a world of one's own" $?
[ "$(head -n 1 "$folder/one/answers/budget.csv")" = "scenario,budget,measure,places,places_in_file,prices,planned,whole,unit,change,mc_se,conclusion,draws,replications,drawn_from" ]
ok "budget.csv has its columns" $?
grep -q "places *= *11" "$folder/one/resolved/visits.cfg"
ok "the scenario ran with so many places" $?
grep -q '"path": "summary.csv"' "$folder/one/datapackage.json" && grep -q '"path": "answers/budget.csv"' "$folder/one/datapackage.json"
ok "... in one folder, all of it described" $?
# shellcheck disable=SC2086
run "$PATHWAYS" run $visits tests/cases/answers/idle.cfg --budget 200 $quick --out "$folder/other" --threads 3 --quiet
expect "--quiet says nothing" 0 out: "" err: ""
same "the answer does not depend on threads" "$folder/one/answers/budget.csv" "$folder/other/answers/budget.csv"
# shellcheck disable=SC2086
run "$PATHWAYS" run $visits --budget 10 $quick --out "$folder/x"
expect "a sum below one place" 2 out: "" err: "buys no place for visits: one of services.visits.places costs"
# shellcheck disable=SC2086
run "$PATHWAYS" run $visits --budget 900000000 $quick --out "$folder/x"
expect "a sum that buys more than there may be" 2 out: "" err: "£900,000,000 a year in each area buys [0-9,]* of services.visits.places, more than the 100,000 that there may be"
for sum in -5 nan 1e12; do
    # shellcheck disable=SC2086
    run "$PATHWAYS" run $visits --budget $sum $quick --out "$folder/x"
    expect "a sum of $sum" 2 out: "" err: "^pathways run: --budget is .$sum.; allowed: a number from 0 to"
done
# shellcheck disable=SC2086
run "$PATHWAYS" run $visits --no-comparator $quick --out "$folder/x"
expect "no comparator of no sum" 2 out: "" err: "goes with --budget"
# shellcheck disable=SC2086
run "$PATHWAYS" run --baseline tests/cases/answers/base.cfg --budget 200 $quick --out "$folder/x"
expect "a sum without a policy" 2 out: "" err: "name a scenario"
[ ! -e "$folder/x" ]
ok "what was refused left nothing behind" $?

# ---- the comparator: the same money in posts that assess, without being asked for
small="--set areas.north.families_per_month=4.0 --set areas.south.families_per_month=3.0 --set time.warm_up_months=12 --draws 0 --replications 2 --no-report"
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/supervised_contact.cfg --budget 92000 $small --out "$folder/two"
expect "the comparator buys posts" 0 out: "More assessment workers: £92,000 a year in each area buys 2 places in assessment" err: ""
grep -q "^more_assessment_workers," "$folder/two/differences.csv" && [ -s "$folder/two/inputs/scenarios/more_assessment_workers.cfg" ]
ok "... and is one of the run's scenarios" $?
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/supervised_contact.cfg --budget 92000 $small --no-comparator --out "$folder/three"
expect "--no-comparator leaves it out" 0 out: "supervised_contact" err: ""
! grep -q more_assessment_workers "$folder/three/differences.csv" "$stdout"
ok "... altogether" $?
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/more_assessment_workers.cfg --budget 92000 $small --out "$folder/four"
expect "named, it stands there once" 0 out: "more_assessment_workers" err: ""
[ "$(cut -d, -f1 "$folder/four/differences.csv" | sort -u | grep -c more_assessment)" = 1 ]
ok "... once" $?
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/supervised_contact.cfg --budget 20000 $small --out "$folder/five"
expect "a sum that buys places and no post goes without, and says so" 0 out: "Without the comparator .*buys no place for more_assessment_workers" err: ""

finish
