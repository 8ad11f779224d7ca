#!/bin/sh
# `pathways one-more`: what it says and writes.
set -u
. tests/cli/check.inc
few=tests/cases/answers/few_visits.cfg

run "$PATHWAYS" one-more $few --draws 0 --replications 20 --out "$folder/one" --threads 1
expect "one-more says what a place buys" 0 out: "Few visits, with one more place in visits in each area" err: ""
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "budget of all areas a year: +£1,090" "$folder/text"
ok "... in pounds: 1,000 for the place and half of 180 a year" $?
grep -q "That is noise and not what is unknown" "$folder/text"
ok "± is said to be noise, and not what is unknown" $?
grep -q "is no proof that there is none" "$folder/text"
ok "... and what it does not mean" $?
[ "$(head -n 1 "$folder/one/answers/one_more.csv")" = "scenario,kind,queue,area,measure,unit,before,change,mc_se,clear,place_price,draws,replications,drawn_from" ]
ok "one_more.csv has its columns" $?
run "$PATHWAYS" one-more $few --draws 0 --replications 20 --out "$folder/other" --threads 3 --quiet
expect "--quiet says nothing" 0 out: "" err: ""
same "the answer does not depend on threads" "$folder/one/answers/one_more.csv" "$folder/other/answers/one_more.csv"
run "$PATHWAYS" one-more tests/cases/answers/base.cfg --baseline tests/cases/answers/base.cfg --out "$folder/x"
expect "a scenario without places" 2 out: "" err: "there is none to add one to"
run "$PATHWAYS" one-more $few --draws 1 --out "$folder/x"
expect "one draw says nothing of its noise" 2 out: "" err: "one draw .* take 2 or more"
run "$PATHWAYS" one-more scenarios/missing.cfg --out "$folder/x"
expect "a scenario that is not there" 3 out: "" err: "missing.cfg"
[ ! -e "$folder/x" ]
ok "what was refused left nothing behind" $?

finish
