#!/bin/sh
# `pathways switches`: what it says and writes.
set -u
. tests/cli/check.inc
visits=tests/cases/answers/visits.cfg

run "$PATHWAYS" switches $visits tests/cases/answers/idle.cfg --draws 0 --replications 20 --threshold 100 --out "$folder/one" --threads 1
expect "switches says what survives" 0 out: "Visits, the model built otherwise: Better on average than the baseline under every$" err: ""
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "That is noise and not what is unknown: .* what is better on average here can be marked \"cannot tell\" there" "$folder/text"
ok "... on average, and what that does not hold" $?
grep -q "Idle, the model built otherwise: Exactly the same under every structure: repeat notifications" "$folder/text"
ok "... and what is the same" $?
grep -q "40 % displacement (40 % of the incidents averted fall on other households)" "$folder/text"
ok "... and what the structures are" $?
[ "$(head -n 1 "$folder/one/answers/switches.csv")" = "scenario,measure,switch,meaning,unit,baseline,change,mc_se,conclusion,survives,draws,replications,drawn_from" ]
ok "switches.csv has its columns" $?
run "$PATHWAYS" switches $visits tests/cases/answers/idle.cfg --draws 0 --replications 20 --threshold 100 --out "$folder/other" --threads 3 --quiet
expect "--quiet says nothing" 0 out: "" err: ""
same "the answer does not depend on threads" "$folder/one/answers/switches.csv" "$folder/other/answers/switches.csv"
run "$PATHWAYS" switches
expect "no scenario" 2 out: "" err: "name a scenario"
run "$PATHWAYS" switches $visits --outcome repeat_notifications --out "$folder/x"
expect "an outcome without a threshold" 2 out: "" err: "needs --threshold POUNDS"
run "$PATHWAYS" switches $visits --draws 1 --out "$folder/x"
expect "one draw says nothing of its noise" 2 out: "" err: "one draw .* take 2 or more"
run "$PATHWAYS" switches scenarios/missing.cfg --out "$folder/x"
expect "a scenario that is not there" 3 out: "" err: "missing.cfg"
[ ! -e "$folder/x" ]
ok "what was refused left nothing behind" $?

# ---- with draws from a posterior: sets of a low and of a high rate of return, those of run --return-rate
run "$PATHWAYS" switches scenarios/no_letters.cfg --draws 6 --replications 1 --out "$folder/drawn" --quiet
expect "switches draws from the posterior" 0 out: "" err: ""
# Their meaning holds a comma.
awk -F, '$2 == "renotified_21_months" { share[$3] = $7 } END { exit !(share["return_low"] > 33 && share["return_low"] < 45 && share["return_high"] > 59 && share["return_high"] < 71) }' \
    "$folder/drawn/answers/switches.csv"
ok "... and of it sets in which 39 and 65 % come back" $?

finish
