#!/bin/sh
# pathways trace: families of the shipped baseline and its policies. Sentences are held by tests/test_trace.c, sums by tests/test_replay.c.
set -u
. tests/cli/check.inc
policy=scenarios/supervised_contact.cfg

run "$PATHWAYS" trace $policy --area north --family 170 --replication 3
expect "one family under a scenario" 0 out: "^Family 170 in north$" err: ""
head -2 "$stdout" | tail -1 | grep -q "^Voluntary supervised contact, replication 3 of seed 1, every estimate at its value\.$"
ok "the page says whose life it is" $?
run "$PATHWAYS" trace --area south --family 20
expect "without a scenario: under the baseline" 0 out: "^The baseline, replication 0 of seed 1" err: ""
! tr '\n' ' ' <"$stdout" | grep -q "two lives" && tr '\n' ' ' <"$stdout" | grep -q "cannot be read from a single one"
ok "... which is one life and not two" $?
for pick in typical most-helped most-harmed longest-wait; do
    run "$PATHWAYS" trace $policy --pick $pick --beside baseline
    expect "--pick $pick" 0 out: "^Found as " err: ""
    tr '\n' ' ' <"$stdout" >"$folder/page"
    grep -q "only the net differences over many, as .run. gives them, are identified" "$folder/page"
    ok "--pick $pick: the page says what pairing rests on" $?
    grep -q "^The two lives \(part on day\|never part\)" "$stdout"
    ok "--pick $pick: where the two lives part" $?
done
run "$PATHWAYS" trace $policy --pick most-helped --beside baseline --seed 4 --draw 2
expect "a draw, another seed" 0 out: "draw 2 of the estimates" err: ""
cp "$stdout" "$folder/ahead"
run "$PATHWAYS" trace $policy --pick most-helped --beside baseline --seed 4 --draw 2 --engine ordered
same "either engine gives the same page" "$folder/ahead" "$stdout"
run "$PATHWAYS" trace $policy --pick longest-wait --format csv
expect "--format csv" 0 out: "^supervised_contact,.*,asked_for_place," err: ""
head -1 "$stdout" | grep -q "^life,day,calendar_day,event,what,why,chance_of,chance,average_chance,"
ok "csv has a header" $?
run "$PATHWAYS" trace $policy --pick longest-wait --format json --beside baseline
expect "--format json" 0 out: '^ "in_cohort": true' err: ""
# what run counts for one family is what its page says
run "$PATHWAYS" trace scenarios/no_letters.cfg --pick typical
grep -q "^  letters  *0$" "$stdout"
ok "no letters without letters" $?

# from where the page begins
run "$PATHWAYS" trace $policy --pick longest-wait
expect "the page begins at the index" 0 out: "^Between its entry and day " err: ""
lines=$(wc -l <"$stdout")
run "$PATHWAYS" trace $policy --pick longest-wait --from entry
! grep -q "^Between its entry" "$stdout" && [ "$(wc -l <"$stdout")" -gt "$lines" ]
ok "--from entry tells more" $?
run "$PATHWAYS" trace $policy --pick longest-wait --from entry --format json
expect "--from is of the page" 2 out: "" err: "csv and json hold the whole life"

run "$PATHWAYS" trace $policy
expect "no family named" 2 out: "" err: "which family?"
run "$PATHWAYS" trace $policy --family 3
expect "no area named" 2 out: "" err: "in which area?"
run "$PATHWAYS" trace $policy --family 3 --area nord
expect "no such area" 2 out: "" err: "there is no area nord; there are: north south"
run "$PATHWAYS" trace $policy --family 400000 --area north
expect "no such family" 2 out: "" err: "there is no family 400000 in north in this replication; there are 0 to "
run "$PATHWAYS" trace $policy --family 3 --area north --pick typical
expect "both a family and a rule" 2 out: "" err: "ask for one of them"
run "$PATHWAYS" trace --pick most-helped
expect "helped by what" 2 out: "" err: "which scenario?"
run "$PATHWAYS" trace params/baseline.cfg --pick typical --beside baseline
expect "a baseline beside itself" 2 out: "" err: "nothing to put beside it"
run "$PATHWAYS" trace params/baseline.cfg --pick typical
expect "a baseline by name" 0 out: "^The baseline, " err: ""
run "$PATHWAYS" trace tests/cases/explain/wrong.cfg --pick typical
expect "a wrong file" 3 out: "" err: "plaices"

finish
