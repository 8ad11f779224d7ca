#!/bin/sh
# The policy library: every file in scenarios/ passes check, reaches somebody, and moves its own process measure in the right direction.
# One run with every estimate at its value, 20 worlds, shorter than the baseline's years. "Moves" is a paired difference beyond four times
# its Monte Carlo error (alpha below 1e-4 each, and the seed is fixed). Catches: a policy that is checked but never offered to anybody, or
# that works against what it is for; a file without a row here.
set -u
. tests/cli/check.inc

# file, its own process measure, direction
table='
supervised_contact         started_voluntary_contact        up
perpetrator_programme      started_perpetrator_programme    up
joint_screening            child_seen_by_form               up
risk_tool                  notifications                    down
fuller_forms               child_seen_by_form               up
no_letters                 letter_at_index                  down
letters_with_offer         started_early_help               up
no_closing_at_separation   monitoring                       up
no_closing_at_separation   cases_closed_at_separation       down
advocacy_linked            started_specialist_advocacy      up
early_help                 started_early_help               up
children_therapy           started_children_therapy         up
safe_accommodation         started_safe_accommodation       up
police_speak_to_children   child_spoken_to                  up
work_with_men              partner_approached               up
interagency_training       child_seen_by_form               up
more_assessment_workers    wait_assessment                  down
more_assessment_workers    initial_assessments              up
package_early_intervention started_voluntary_contact        up
package_early_intervention started_perpetrator_programme    up
package_early_intervention started_specialist_advocacy      up
package_early_intervention started_early_help               up
package_early_intervention started_children_therapy         up
package_everything         started_early_help               up
package_everything         monitoring                       up
package_everything         child_spoken_to                  up
package_everything         partner_approached               up
package_everything         started_safe_accommodation       up
package_everything         child_seen_by_form               up
'

for file in scenarios/*.cfg; do
    run "$PATHWAYS" check "$file"
    expect "check $file" 0 out: "^$file: nothing wrong" err: ""
    name=$(basename "$file" .cfg)
    echo "$table" | grep -q "^$name "
    ok "$file has a row in this test" $?
    for word in title rationale source; do
        grep -q "^$word *= \"..*\";$" "$file"
        ok "$file says its $word in one line" $?
    done
    # two sentences: what is wrong, what is done about it; who pays, but for what takes something away or combines others
    [ "$(sed -n 's/^rationale *= "\(.*\)";$/\1/p' "$file" | grep -o '[.!?]\( \|$\)' | wc -l)" -eq 2 ]
    ok "$file gives its reason in two sentences" $?
    grep -q "payer = " "$file" || grep -q "^combine" "$file" || [ "$name" = no_letters ]
    ok "$file says who pays" $?
    grep -q "\[$name\](../scenarios/$name.cfg)" docs/policies.md
    ok "$file has a row in docs/policies.md" $?
done

run "$PATHWAYS" run --no-report scenarios/*.cfg --draws 0 --replications 20 --seed 2385 --set time.warm_up_months=96 --set time.intake_months=9 \
    --set time.follow_up_months=15 --quiet --out "$folder/all"
expect "all policies run side by side" 0 out: "" err: ""
differences=$folder/all/differences.csv

# moved SCENARIO MEASURE up|down: prints the difference of all areas and families; true if it is clear and right
moved() {
    awk -F, -v s="$1" -v m="$2" -v d="$3" '$1 == s && $2 == "all" && $3 == "all" && $4 == m { n++; x = $6; e = $7 }
        END { printf "%s (Monte Carlo error %s)", n ? x : "missing", e; if (d == "down") x = -x; exit !(n == 1 && x > 4 * e && x > 0) }' "$differences"
}

while read -r name measure direction; do
    [ -n "$name" ] || continue
    found=$(moved "$name" "$measure" "$direction")
    ok "$name moves $measure $direction: $found" $?
done <<END
$table
END

# still SCENARIO MEASURE: the difference is 0 in every world
still() { awk -F, -v s="$1" -v m="$2" '$1 == s && $2 == "all" && $3 == "all" && $4 == m { n++; x = $6; e = $7 } END { exit !(n == 1 && x == 0 && e == 0) }' "$differences"; }

still children_therapy incidents
ok "children_therapy has no invented effect on incidents" $?
still risk_tool cohort_families
ok "who is in the cohort does not depend on the policy" $?

# What a form shows of a child weighs in who is assessed by two assumed ratios, and by nothing else: at 1 these policies change no incident
# in any world, and interagency_training costs its two further costs of one team, 8,000 of police and 8,000 of social care a year in
# each of two areas, to the pound.
run "$PATHWAYS" run --no-report scenarios/police_speak_to_children.cfg scenarios/interagency_training.cfg --draws 0 --replications 20 --seed 2385 \
    --set time.warm_up_months=96 --set time.intake_months=9 --set time.follow_up_months=15 --set evidence.child_seen_ratio=1.0 \
    --set evidence.child_injured_ratio=1.0 --out "$folder/blind" --quiet
expect "policies of what forms show run with nobody minding" 0 out: "" err: ""
differences=$folder/blind/differences.csv
for name in police_speak_to_children interagency_training; do
    still $name incidents
    ok "$name has no invented effect on incidents" $?
done
awk -F, '$1 == "interagency_training" && $2 == "all" && $3 == "all" && $4 ~ /^budget(_police|_social_care)?$/ { sum[$4] = $6; n++ }
    END { exit !(n == 3 && sum["budget_police"] == 16000 && sum["budget_social_care"] == 16000 && sum["budget"] == 32000) }' "$differences"
ok "named costs of one payer add up" $?

# A package keeps each value's own line.
for line in 'services.voluntary_contact.places.north = 15  # .*scenarios/supervised_contact.cfg:' 'services.early_help.places = 32  # .*scenarios/package_everything.cfg:' \
    'services.perpetrator_programme.places.north = 20  # .*scenarios/perpetrator_programme.cfg:' 'title = "Package: everything"  # .*scenarios/package_everything.cfg:'; do
    grep -q "^$line" "$folder/all/resolved/package_everything.cfg"
    ok "resolved.cfg of a package: $line" $?
done

here=$(pwd)
printf 'schema = 1;\nbase = "%s/params/baseline.cfg";\ncombine = ( "%s/scenarios/early_help.cfg", "%s/scenarios/letters_with_offer.cfg" );\n' "$here" "$here" "$here" >"$folder/both.cfg"
run "$PATHWAYS" check "$folder/both.cfg"
expect "two files that set one value to different things" 3 \
    out: "letters_with_offer.cfg:[0-9]*: services.early_help.places: 14.0 here, but 24.0 in .*scenarios/early_help.cfg:[0-9]*, and both files are combined by" err: ""

# ---- docs/policies.md calls each effect by the grade and the numbers that its estimate has
cat params/evidence.cfg scenarios/*.cfg | sed -n 's/.*value = \([0-9.]*\); *low = \([0-9.]*\); *high = \([0-9.]*\);.*grade = "\([a-z]*\)".*/\1 \2 \3 \4/p' |
    awk '{ printf "%.2f %.2f %.2f %s\n", $1, $2, $3, $4 }' | sort -u >"$folder/register"
grep -o '[a-z]*[^|;()]*([0-9.]*; [0-9.]* to [0-9.]*)' docs/policies.md |
    sed 's/.*\(assumed\|derived\|published\|measured\)[^(]*(\([0-9.]*\); \([0-9.]*\) to \([0-9.]*\))/\2 \3 \4 \1/' | awk '{ printf "%.2f %.2f %.2f %s\n", $1, $2, $3, $4 }' | sort -u >"$folder/page"
[ "$(wc -l <"$folder/page")" -ge 6 ] && [ -z "$(comm -23 "$folder/page" "$folder/register")" ]
ok "docs/policies.md: numbers and grades of effects are the register's ($(comm -23 "$folder/page" "$folder/register" | tr '\n' ';'))" $?
if ! grep -q 'grade = "published"' params/evidence.cfg scenarios/*.cfg; then
    ! grep -E '(effect|uptake|tool|completion|cost) (is )?published' docs/policies.md
    ok "docs/policies.md calls no estimate published where none is" $?
fi

finish
