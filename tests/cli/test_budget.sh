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
run "$PATHWAYS" run --baseline tests/cases/answers/base.cfg --budget 200 $quick --out "$folder/x"
expect "a sum without a policy" 2 out: "" err: "name a scenario"
[ ! -e "$folder/x" ]
ok "what was refused left nothing behind" $?

finish
