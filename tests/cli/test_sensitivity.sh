#!/bin/sh
# `pathways sensitivity` as people use it: on a run's draws and on small sweeps of each kind; what it writes, and what it refuses.
set -u
. tests/cli/check.inc
small="--set areas.north.families_per_month=4.0 --set areas.south.families_per_month=3.0 --set time.warm_up_months=12 --set time.follow_up_months=6"

design() {      # NAME DESIGN [REPLICATIONS]
    cat >"$folder/$1.cfg" <<END
title = "which of three numbers matters";
scenarios = ( "$PWD/scenarios/perpetrator_programme.cfg" );
design: { $2 };
inputs = ( { path = "evidence.programme_effect"; }, { path = "evidence.incidents_per_year"; }, { path = "evidence.therapy_cost"; } );
replications = ${3:-1};
measures = ( "repeat_notifications", "budget" );
END
    # shellcheck disable=SC2086
    "$PATHWAYS" sweep run "$folder/$1.cfg" --out "$folder/$1" $small >/dev/null 2>"$folder/$1.log" && "$PATHWAYS" sweep merge "$folder/$1" >/dev/null 2>>"$folder/$1.log"
    ok "the sweep $1 is made" $?
}
# The inputs of a method in falling order of a column: SWEEP COLUMN, for the baseline's repeat notifications.
leader() { awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i } NR > 1 && $1 == "repeat_notifications" && $2 == "baseline" { print $c, $4 }' "$folder/$1/sensitivity.csv" | sort -rg | head -n 1; }

design saltelli 'kind = "saltelli"; base_points = 16;'
run "$PATHWAYS" sensitivity "$folder/saltelli"
expect "Saltelli's design gives Sobol' indices" 0 out: "total *first order" err: ""
expect "... with the register's grade of each estimate" 0 out: "^Number of incidents in an average family's year  *assumed  *[0-9]" err: ""
leader saltelli total | grep -q incidents_per_year
ok "... and incidents per year leads" $?
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "total") c = i } $1 == "repeat_notifications" && $4 == "evidence.therapy_cost" && $c != 0 { bad = 1 } END { exit bad }' "$folder/saltelli/sensitivity.csv"
ok "... and what a group for children costs moves no notification, exactly" $?

# Half of the design, then the rest, is the design at once: the sweep's tables and what sensitivity says of them.
design grown 'kind = "saltelli"; base_points = 8;'
run "$PATHWAYS" sensitivity "$folder/grown"
expect "half of Saltelli's design" 0 out: "total *first order" err: ""
cmp -s "$folder/grown/sensitivity.csv" "$folder/saltelli/sensitivity.csv"
ok "... says something else than the whole" $((1 - $?))
run "$PATHWAYS" sweep extend "$folder/grown" --points 16
expect "... is extended" 0 out: "80 points of 1 replications now, 80 units (40 before)" err: ""
run "$PATHWAYS" sweep run --out "$folder/grown"
expect "... and what is new is done, nothing else" 0 out: "80 units: 40 were there, 40 done here" err: ""
"$PATHWAYS" sweep merge "$folder/grown" --quiet
run "$PATHWAYS" sensitivity "$folder/grown"
for table in merged.csv.gz summary.csv points.csv sensitivity.csv; do same "... with the same $table as the design at once" "$folder/grown/$table" "$folder/saltelli/$table"; done

design morris 'kind = "morris"; trajectories = 4; levels = 4;'
run "$PATHWAYS" sensitivity "$folder/morris/merged.csv.gz" --of repeat_notifications
expect "Morris's trajectories give mu* and sigma, from the merged file's name" 0 out: "mu\* *mu *sigma" err: ""
expect "... with inputs in words" 0 out: "^Number of incidents in an average family's year " err: ""
expect "... whose names the file has" 0 out: "sensitivity.csv, by the names that --over and --set take" err: ""
! grep -q evidence "$stdout"
ok "... and the table has not" $?
leader morris mu_star | grep -q incidents_per_year
ok "... and incidents per year leads" $?
grep -q '^budget' "$folder/morris/sensitivity.csv"
[ $? -ne 0 ]
ok "... and only what was asked for is in the file" $?

design latin 'kind = "latin"; points = 30;'
run "$PATHWAYS" sensitivity "$folder/latin/" --most 1
expect "a Latin hypercube is given data" 0 out: "share *PRCC *lowest fifth *highest fifth" err: ""
leader latin share | grep -q incidents_per_year
ok "... and incidents per year leads" $?
[ -d "$folder/latin/parts" ] && [ -s "$folder/latin/summary.csv" ]
ok "... and the sweep's folder is otherwise as it was" $?

# Two worlds a point: what of the points' variance is noise, against the same by awk from the merged table: the two worlds stand apart by the same everywhere but
# for noise, a quarter of whose variance the mean of both has.
noise() {      # SWEEP: of the difference in the budget
    gzip -dc "$folder/$1/merged.csv.gz" | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "budget") c = i; next }
        { sign = $3 == "baseline" ? -1 : 1; y[$1] += sign * $c / 2; apart[$1] += sign * ($2 == 1 ? $c : -$c); }
        END { for (p in y) { n++; a += y[p]; b += apart[p] } for (p in y) { v += (y[p] - a / n) ^ 2; w += (apart[p] - b / n) ^ 2 } print w / 4 / v }'
}
for kind in 'saltelli; base_points = 8' 'morris; trajectories = 4' 'latin; points = 30'; do
    name=${kind%%;*}_of_two
    design "$name" "kind = \"${kind%%;*}\";${kind#*;};" 2
    run "$PATHWAYS" sensitivity "$folder/$name"
    awk -F, -v known="$(noise "$name")" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "noise") c = i }
        $1 == "budget" && $2 != "baseline" { found = 1; if (!c || $c == "" || ($c / known - 1) ^ 2 > 1e-8) bad = 1 } END { exit bad || !found }' "$folder/$name/sensitivity.csv"
    ok "with two worlds a point the noise between points is told (${kind%%;*})" $?
done
! awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "noise") c = i } NR > 1 && $c != "" { found = 1 } END { exit !found }' "$folder/latin/sensitivity.csv"
ok "... and with one world it cannot be" $?

# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/perpetrator_programme.cfg --draws 40 --replications 1 $small --quiet --no-report --out "$folder/one"
run "$PATHWAYS" sensitivity "$folder/one" --of repeat_notifications --of budget
expect "a run's draws are given data" 0 out: "Budget of the area, perpetrator programme less the baseline (given data)" err: ""
expect "... whose doubt is of a stated level" 0 out: "± and brackets: 95 % intervals" err: ""
[ -s "$folder/one/answers/sensitivity.csv" ] && grep -q "answers/sensitivity.csv" "$folder/one/datapackage.json"
ok "... and the file is there and described" $?
# shellcheck disable=SC2086
run "$PATHWAYS" run --draws 30 --replications 1 $small --quiet --no-report --out "$folder/alone"
run "$PATHWAYS" sensitivity "$folder/alone" --of repeat_notifications
expect "of the baseline alone it is the value" 0 out: "Repeat notifications, the baseline (given data)" err: ""

# ---- the scenario as an input: each scenario for itself, as a sweep of it alone says it
over() {      # NAME DESIGN VALUES-OR-NOTHING MORE-SCENARIOS: a design whose points name their scenario
    cat >"$folder/$1.cfg" <<END
scenarios = ( "$PWD/scenarios/supervised_contact.cfg", "$PWD/scenarios/joint_screening.cfg" );
design: { $2 };
inputs = ( { path = "scenario"; values = ( "supervised_contact", "joint_screening" ); }, { path = "evidence.incidents_per_year"; $3 }, { path = "evidence.voluntary_contact_uptake"; $3 } );
replications = 1;
measures = ( "repeat_notifications", "wait_voluntary_contact", "budget" );
END
    # shellcheck disable=SC2086
    "$PATHWAYS" sweep run "$folder/$1.cfg" --out "$folder/$1" $small >/dev/null 2>"$folder/$1.log" && "$PATHWAYS" sweep merge "$folder/$1" >/dev/null 2>>"$folder/$1.log"
    ok "the sweep $1 is made" $?
}
over grid 'kind = "grid";' 'steps = 6;'
sed 's/supervised_contact", "joint_screening" ); }, /supervised_contact" ); }, /' "$folder/grid.cfg" >"$folder/single.cfg"
# shellcheck disable=SC2086
"$PATHWAYS" sweep run "$folder/single.cfg" --out "$folder/single" $small --quiet && "$PATHWAYS" sweep merge "$folder/single" --quiet
run "$PATHWAYS" sensitivity "$folder/grid" --of repeat_notifications --of budget
expect "a grid over two scenarios" 0 out: "Repeat notifications, joint screening less the baseline (given data)" err: ""
[ "$(awk -F, 'NR > 1 { print $1, $2, $3 }' "$folder/grid/sensitivity.csv" | uniq -c | awk '{ print $1, $2, $3, $4, $5 }' | tr '\n' ';')" = "2 repeat_notifications baseline given data;2 repeat_notifications supervised_contact given data;2 repeat_notifications joint_screening given data;2 budget baseline given data;2 budget supervised_contact given data;2 budget joint_screening given data;" ]
ok "... looks at each scenario, over the numbers" $?
run "$PATHWAYS" sensitivity "$folder/single" --of repeat_notifications --of budget --quiet
grep -v joint_screening "$folder/grid/sensitivity.csv" >"$folder/without.csv"
same "... and says of each what a sweep of it alone says, and of the baseline too" "$folder/without.csv" "$folder/single/sensitivity.csv"
run "$PATHWAYS" sensitivity "$folder/grid"
expect "a measure that has no value somewhere is left out, the others are not" 0 out: "Budget of the area, supervised contact less the baseline" err: "note: wait_voluntary_contact is left out (baseline, supervised_contact, joint_screening): it has no value at 36 of 36 points"
[ "$(wc -l <"$stderr")" = 1 ] && ! grep -q wait_ "$folder/grid/sensitivity.csv"
ok "... with one sentence" $?
cp "$folder/grid/sensitivity.csv" "$folder/before.csv"
run "$PATHWAYS" sensitivity "$folder/grid" --of wait_voluntary_contact
expect "... that is asked for alone" 2 out: "" err: "sensitivity: wait_voluntary_contact is left out"
same "... changes nothing" "$folder/before.csv" "$folder/grid/sensitivity.csv"
run "$PATHWAYS" sensitivity "$folder/grid" --of wait_voluntary_contact --of budget
expect "... that is asked for with another" 2 out: "Budget of the area, the baseline" err: "sensitivity: wait_voluntary_contact is left out"

over morris_over 'kind = "morris"; trajectories = 12; levels = 4;' ''
run "$PATHWAYS" sensitivity "$folder/morris_over" --of repeat_notifications
expect "Morris's steps within a scenario" 0 out: "Repeat notifications, joint screening less the baseline (morris)" err: ""
[ "$(cut -d, -f 2,4 "$folder/morris_over/sensitivity.csv" | grep -c 'joint_screening,evidence')" = 2 ] && ! cut -d, -f 4 "$folder/morris_over/sensitivity.csv" | grep -q '^scenario$'
ok "... of the numbers alone" $?
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "mu_star") c = i } $2 == "joint_screening" && $4 == "evidence.voluntary_contact_uptake" { found = 1; if ($c != 0) bad = 1 } END { exit bad || !found }' \
    "$folder/morris_over/sensitivity.csv"
ok "... the uptake of an offer that joint_screening does not make moves nothing in it, exactly" $?
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "mu_star") c = i } $2 == "supervised_contact" && $4 == "evidence.voluntary_contact_uptake" { exit !($c > 0) }' "$folder/morris_over/sensitivity.csv"
ok "... and something in the scenario that has it" $?
over saltelli_over 'kind = "saltelli"; base_points = 16;' ''
run "$PATHWAYS" sensitivity "$folder/saltelli_over" --of repeat_notifications
expect "in Saltelli's design the scenario is an input" 0 out: "Repeat notifications, scenario less the baseline (saltelli)" err: ""
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "total") c = i } $4 == "scenario" { total[$2] = $c } END { exit !(total["baseline"] == 0 && total["scenario"] > 0.05) }' \
    "$folder/saltelli_over/sensitivity.csv"
ok "... that moves its own difference, and the baseline not at all, exactly" $?
over few_over 'kind = "latin"; points = 45;' ''
run "$PATHWAYS" sensitivity "$folder/few_over" --of repeat_notifications
expect "too few points of each scenario, enough for the baseline" 0 out: "Repeat notifications, the baseline (given data)" err: "note: joint_screening: 2[23] points are too few; allowed: 30 and more"

# ---- points that are not there
run "$PATHWAYS" sweep extend "$folder/saltelli" --points 20
run "$PATHWAYS" sensitivity "$folder/saltelli"
expect "a sweep that has grown since the merge" 0 out: "total *first order" err: "note: $folder/saltelli/merged.csv.gz has 80 of the sweep's 100 points and 160 of its 200 rows"
same "... is what it was" "$folder/saltelli/sensitivity.csv" "$folder/grown/sensitivity.csv"
gzip -dc "$folder/grown/merged.csv.gz" | grep -v '^7,' | gzip >"$folder/holes.gz" && mv "$folder/holes.gz" "$folder/grown/merged.csv.gz"
run "$PATHWAYS" sensitivity "$folder/grown"
expect "a point that is missing takes its base point with it" 0 out: "total *first order" err: "note: $folder/grown/merged.csv.gz has 79 of the sweep's 80 points and 158 of its 160 rows"
gzip -dc "$folder/grown/merged.csv.gz" | grep -v '^[56789],' | gzip >"$folder/holes.gz" && mv "$folder/holes.gz" "$folder/grown/merged.csv.gz"
cp "$folder/grown/sensitivity.csv" "$folder/before.csv"
run "$PATHWAYS" sensitivity "$folder/grown" --quiet
same "... all of it" "$folder/before.csv" "$folder/grown/sensitivity.csv"

# ---- what cannot be asked
run "$PATHWAYS" sensitivity
expect "no folder" 2 out: "" err: "of which run or sweep?"
run "$PATHWAYS" sensitivity "$folder/latin" --of budgt
expect "a measure that the sweep has not" 2 out: "" err: "it has repeat_notifications, budget"
run "$PATHWAYS" sensitivity "$folder/one" --of budgt
expect "a measure that the run has not" 2 out: "" err: "did you mean budget"
run "$PATHWAYS" sensitivity "$folder/nowhere"
expect "no such folder" 3 out: "" err: "nowhere"
rm "$folder/latin/merged.csv.gz"
run "$PATHWAYS" sensitivity "$folder/latin"
expect "a sweep that was not merged" 3 out: "" err: "pathways sweep merge"
design few 'kind = "latin"; points = 5;'
run "$PATHWAYS" sensitivity "$folder/few"
expect "too few points" 2 out: "" err: "5 points are too few"
finish
