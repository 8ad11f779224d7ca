#!/bin/sh
# The shipped baseline, with every estimate at its value: it looks like the study where it was set to, and its load is flat from the intake
# to the end. 60 worlds; the Monte Carlo error of each figure is far below the width of its band (a false alarm needs more than 5 of
# them: alpha below 1e-6), and the seed is fixed. Catches: a change of the model or of a number that the baseline was not set anew for.
set -u
. tests/cli/check.inc
run "$PATHWAYS" run --no-report --draws 0 --replications 60 --seed 2385 --out "$folder/baseline"
expect "the baseline runs by itself" 0 out: "The study beside the model" err: ""

inside() { awk -F, -v name="$1" '$1 == name { print $9 }' "$folder/baseline/targets.csv"; }
for target in newly_assessed not_known_before injury separated removed open_of_served letter infant safeguarding both_engaged initial_in_time core_in_time; do
    [ "$(inside $target)" = yes ]
    ok "target $target is met (it is $(awk -F, -v name="$target" '$1 == name { print $6 }' "$folder/baseline/targets.csv"))" $?
done

# docs/model.md says what new_assessment = 5.6 % comes to over all screenings: about 7 %.
assessed=$(awk -F, '$1 == "baseline" && $2 == "all" && $3 == "screening" { all += $5; if ($4 == "initial_assessment") yes = $5 } END { printf "%.2f", all ? 100 * yes / all : 0 }' "$folder/baseline/pathways.csv")
awk -v a="$assessed" 'BEGIN { exit !(a > 6.5 && a < 7.5) }' && grep -q "(an assessed share of 5.6 % becomes about 7 % of all screenings)" docs/model.md
ok "of all screenings, the share that docs/model.md says leads to an assessment ($assessed %)" $?

# Twelve months each: the first year, and the last one.
drift=$(awk -F, '$1 == "baseline" && $2 == "all" && $5 == "notifications" && $4 == "" { if ($3 <= 12) first += $7; if ($3 > 21 && $3 <= 33) last += $7 }
    END { printf "%.2f", (first > 0 ? 100 * (last / first - 1) : 999) }' "$folder/baseline/monthly.csv")
awk -v d="$drift" 'BEGIN { exit !(d < 3 && d > -3) }'
ok "notifications of the last twelve months are within 3 % of the first twelve (they differ by $drift %)" $?
for queue in duty assessment long_term; do
    waits=$(awk -F, -v q="$queue" '$1 == "baseline" && $2 == "all" && $4 == q && $5 == "occupancy" { sum += $7; n++ } END { printf "%.1f", n ? sum / n : -1 }' "$folder/baseline/monthly.csv")
    awk -v w="$waits" 'BEGIN { exit !(w > 20 && w < 99) }'
    ok "team $queue is neither empty nor exploding (occupancy $waits %)" $?
done
# A policy whose effect moves every incident by a hair: the index is still the index, so no repeat is won or lost by it.
hair() {
    cat >"$folder/$1.cfg" <<EOT
schema = 1;
base = "$PWD/params/baseline.cfg";
title = "Everybody attends a programme that multiplies incidents by $2";
services = ( { name = "perpetrator_programme"; places = { north = 5000.0; south = 5000.0; }; requires = { partner_motivated = 1; };
               offered = ( { at = "police_attendance"; percent = 100.0; } ); uptake = 100.0; } );
evidence = ( { name = "programme_effect"; kind = "ratio"; value = $2; grade = "assumed"; source = "none"; } );
EOT
}
hair same 1.0
hair lower 0.999999
hair higher 1.000001
run "$PATHWAYS" run --no-report "$folder/same.cfg" "$folder/lower.cfg" "$folder/higher.cfg" --draws 0 --replications 20 --quiet --out "$folder/hair"
expect "effects of a hair's breadth run" 0 out: "" err: ""
repeats() { awk -F, -v s="$1" '$1 == s && $2 == "all" && $3 == "all" && $4 == "repeat_notifications" { print $6 }' "$folder/hair/differences.csv"; }
for scenario in lower higher; do
    awk -v a="$(repeats same)" -v b="$(repeats $scenario)" 'BEGIN { exit !(a != "" && b - a < 0.05 && a - b < 0.05) }'
    ok "repeat notifications do not jump when incidents move by a hair ($scenario: $(repeats $scenario), same: $(repeats same))" $?
done

finish
