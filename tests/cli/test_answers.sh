#!/bin/sh
# `pathways answers` as people use it: on a small run with a policy twice under two names; what it writes, says and refuses.
set -u
. tests/cli/check.inc
quick="--replications 2 --set areas.north.families_per_month=4.0 --set areas.south.families_per_month=3.0 --set time.warm_up_months=12 --quiet"

sed "s|\"\.\./params/|\"$PWD/params/|" scenarios/no_letters.cfg >"$folder/twin.cfg"
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/no_letters.cfg "$folder/twin.cfg" scenarios/perpetrator_programme.cfg --draws 40 $quick --out "$folder/one"
expect "a run of 40 draws makes no answers by itself" 0 out: "" err: ""
[ ! -e "$folder/one/answers" ]
ok "... and has no folder for them" $?

before=$(sha256sum "$folder/one/draws.csv")
run "$PATHWAYS" answers "$folder/one"
expect "answers says which policies can be told apart" 0 out: "Incidents with a child present: this run cannot tell apart the baseline, no letters, twin" err: ""
expect "... that the two are one" 0 out: "the same in every world" err: ""
expect "... what a difference rests on" 0 out: "(give or take" err: ""
expect "... what it would be worth to know" 0 out: "the chance that this is the wrong choice" err: ""
for file in tiers evidence_shares value_of_information; do
    [ -s "$folder/one/answers/$file.csv" ] && grep -q "answers/$file.csv" "$folder/one/datapackage.json" && grep -q "answers/$file.csv" "$folder/one/manifest.json"
    ok "$file.csv is there, described and listed" $?
done
[ "$(sha256sum "$folder/one/draws.csv")" = "$before" ]
ok "the run's own files are as they were" $?
awk -F, '$2 == "tier" { tier[$1, $3] = $5; measures[$1] }
    END { for (m in measures) if (tier[m, "no_letters"] == "" || tier[m, "no_letters"] != tier[m, "twin"]) { print m; bad = 1 } exit bad }' "$folder/one/answers/tiers.csv"
ok "a policy and its twin stand in one tier, in every measure" $?
awk -F, 'NR > 1 && $5 == "everything" { all[$4] = $9 } NR > 1 && $9 != "" && ($9 < 0 || $9 > all[$4]) { print; bad = 1 } END { exit bad }' "$folder/one/answers/value_of_information.csv"
ok "no part is worth more than everything, or less than nothing" $?

cp -R "$folder/one" "$folder/two"
run "$PATHWAYS" answers "$folder/two" --quiet
expect "again, without a word" 0 out: "" err: ""
same "the same rows again" "$folder/one/answers/tiers.csv" "$folder/two/answers/tiers.csv"
same "... of worth too" "$folder/one/answers/value_of_information.csv" "$folder/two/answers/value_of_information.csv"

run "$PATHWAYS" answers "$folder/one" --threshold 5000
expect "with a threshold it is about pounds" 0 out: "at £5,000 for each incident averted in the area" err: ""
[ "$(cut -d, -f2 "$folder/one/answers/value_of_information.csv" | sort -u | tr '\n' ' ')" = " 5000 threshold " ]
ok "... and both questions stand in the file" $?

# ---- a measure that is no headline: by its draws, for pairs.csv does not have it
run "$PATHWAYS" answers "$folder/one" --of incidents_per_month
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "Perpetrator programme against the baseline, incidents in the whole area in a month: cannot tell for want of evidence" "$folder/text"
ok "policies are told apart in any measure" $?
run "$PATHWAYS" answers "$folder/one"
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "With 40 draws, fewer than 100, a number that has nothing to do with it can stand among those named by chance" "$folder/text"
ok "40 draws are said to tell less" $?
grep -q "With one world for each draw" "$folder/text"
[ $? -eq 1 ]
ok "... and two worlds to be two" $?

# ---- how the model is built is a reason too
awk -F, '$2 == "pair" && $4 == "baseline" && $NF !~ /^not looked at: pathways switches .*[.]cfg --out FOLDER$/ { print; bad = 1 } END { exit bad }' "$folder/one/answers/tiers.csv"
ok "without switches every policy's line says that nobody looked, and how to" $?
# shellcheck disable=SC2086
run "$PATHWAYS" switches scenarios/no_letters.cfg --draws 2 --replications 1 --set areas.north.families_per_month=4.0 --set areas.south.families_per_month=3.0 --set time.warm_up_months=12 \
    --out "$folder/one" --quiet
run "$PATHWAYS" answers "$folder/one" --quiet
awk -F, '$2 == "pair" && $3 == "no_letters" && $4 == "baseline" && /not looked at/ { print; bad = 1 } END { exit bad }' "$folder/one/answers/tiers.csv"
ok "... and after it what came of it" $?

# ---- studies of a size that is asked
run "$PATHWAYS" answers "$folder/one" --audit 1000
expect "a study of another size" 0 out: "1,000" err: ""
awk -F, 'NR > 1 && $5 == "sample" && $(NF - 3) == 1000 { n++ } NR > 1 && $5 != "sample" && $(NF - 3) != "" { bad = 1 } END { exit bad || !n }' "$folder/one/answers/value_of_information.csv"
ok "... is weighed for the estimates that tell most" $?
run "$PATHWAYS" answers "$folder/one" --audit 0
expect "a study of nobody" 2 out: "" err: "--audit"

# ---- what cannot be asked
run "$PATHWAYS" answers
expect "no folder" 2 out: "" err: "which run?"
run "$PATHWAYS" answers "$folder/one" --of repeat_notification
expect "a measure that there is not" 2 out: "" err: "did you mean repeat_notifications"
run "$PATHWAYS" answers "$folder/one" --of served
expect "a measure without a direction" 2 out: "" err: "served has no better direction"
run "$PATHWAYS" answers "$folder/one" --of own_use --threshold 100
expect "a price of pounds" 2 out: "" err: "in pounds itself"
run "$PATHWAYS" answers "$folder/one" --of wait_assessment --threshold 100
expect "a price of days" 2 out: "" err: "no price can be put on wait_assessment"
run "$PATHWAYS" answers "$folder"
expect "a folder of somebody's own" 3 out: "" err: "manifest.json"
run "$PATHWAYS" answers "$folder/nowhere"
expect "no such folder" 3 out: "" err: "nowhere"
sed -i '2s/,0\./,9./' "$folder/two/draws.csv" && printf '\n' >>"$folder/two/draws.csv"
run "$PATHWAYS" answers "$folder/two"
expect "an edited file" 3 out: "" err: "draws.csv.*not as the run wrote it"
for file in draws.csv pairs.csv parameters.csv differences.csv manifest.json; do
    cp -R "$folder/one" "$folder/half"
    rm "$folder/half/$file"
    run "$PATHWAYS" answers "$folder/half"
    expect "a folder half copied, without $file" 3 out: "" err: "half.*$file"
    [ "$(wc -l <"$stderr")" -le 2 ]
    ok "... in a sentence" $?
    cmp -s "$folder/one/answers/tiers.csv" "$folder/half/answers/tiers.csv"
    ok "... and nothing is written" $?
    rm -r "$folder/half"
done
for threshold in -1 nan 1e300; do
    run "$PATHWAYS" answers "$folder/one" --threshold $threshold
    expect "a price of $threshold" 2 out: "" err: "^pathways answers: --threshold is .$threshold.; allowed: a number from 0 to"
done
cp -R "$folder/one" "$folder/three"
sed -i 's/"version": "[^"]*"/"version": "0.0.1"/' "$folder/three/manifest.json"
run "$PATHWAYS" answers "$folder/three"
expect "a folder of another version" 3 out: "" err: "written by pathways 0.0.1"
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/no_letters.cfg --draws 0 $quick --out "$folder/fixed"
run "$PATHWAYS" answers "$folder/fixed"
expect "a run without draws" 3 out: "" err: "the run has 0 draws.*--quiet --out $folder/fixed --draws 250\$"
grep -q "draws 0 .*draws 250" "$stderr"
[ $? -eq 1 ]
ok "... and the hint names the number of draws once" $?
# shellcheck disable=SC2086
run "$PATHWAYS" run --draws 30 $quick --out "$folder/alone"
run "$PATHWAYS" answers "$folder/alone"
expect "the baseline alone" 2 out: "" err: "nothing to choose between"

# ---- one world for each draw
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/no_letters.cfg --draws 40 $quick --replications 1 --out "$folder/thin"
run "$PATHWAYS" answers "$folder/thin"
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "With one world for each draw the noise of the simulation is in the spread" "$folder/text" && grep -q "cannot be told from ignorance and counts as such" "$folder/text"
ok "one world for each draw is said to leave noise in shares and worth" $?

# ---- a run that answers by itself
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/no_letters.cfg --draws 100 $quick --set time.follow_up_months=6 --out "$folder/self"
expect "a run of 100 draws" 0 out: "" err: ""
[ -s "$folder/self/answers/tiers.csv" ]
ok "... answers by itself" $?
finish
