#!/bin/sh
# pathways explain: the sentences of three scenarios as they were read by eye (tests/cases/explain/NAME.txt), each warning from a file made for it,
# and what a first author's mistakes are told (tests/cases/first_author), as docs/scenario-files.md says.
#
# After a change to a scenario or a sentence, read the new text by eye, then keep it:
#   build/pathways explain scenarios/NAME.cfg --no-pilot > tests/cases/explain/NAME.txt
#   build/pathways explain tests/cases/explain/every_kind.cfg --no-pilot > tests/cases/explain/every_kind.txt      (and less_of_everything)
#   KEEP=1 tests/cli/test_explain.sh writes tests/cases/explain/warnings.txt
set -u
. tests/cli/check.inc
cases=tests/cases/explain

# Line numbers, and where lines are broken, are no matter.
plain() { tr '\n' ' ' <"$1" | sed 's/\(\.cfg\):[0-9]*\]/\1]/g; s/  */ /g'; }

for name in supervised_contact perpetrator_programme joint_screening; do
    run "$PATHWAYS" explain "scenarios/$name.cfg" --no-pilot
    plain "$stdout" >"$folder/now"
    plain "$cases/$name.txt" >"$folder/kept"
    same "$name in sentences" "$folder/kept" "$folder/now"
done
# every kind of sentence once, on a small model of its own: changes, and what is taken out
for name in every_kind less_of_everything; do
    run "$PATHWAYS" explain "$cases/$name.cfg" --no-pilot
    same "$name in sentences" "$cases/$name.txt" "$stdout"
done
# every warning once, those of the short run included; numbers, and which services of the baseline meet, are N, so that neither luck nor evidence matters
for file in "$cases"/*.cfg tests/cases/first_author/look_again/*.cfg; do
    case $file in */wrong.cfg | */every_kind.cfg | */less_of_everything.cfg) continue ;; esac
    run "$PATHWAYS" explain "$file" --worlds 2
    sed -n '/^Warnings$/,$p' "$stdout" | sed 1d |
        awk '/^  [^ ]/ { if (line) print line; line = "" } { sub(/^ */, ""); line = line (line ? " " : "") $0 } END { print line }' | sed 's/\] /]\
/g; s/  */ /g' | grep -v '\[params/baseline.cfg' |
        sed 's/ \[[^]]*\]$//; s/families so do [^.]*\./families so do N./; s/families so does [^.]*\./families so do N./; s/[0-9][0-9,.]*[0-9]/N/g; s/[0-9]/N/g; s/in north:/in AREA:/; s/in south:/in AREA:/'
done | LC_ALL=C sort -u >"$folder/warnings"
[ -z "${KEEP:-}" ] || cp "$folder/warnings" "$cases/warnings.txt"
same "every warning" "$cases/warnings.txt" "$folder/warnings"

# says FILE WORDS: explain, and its sentences hold the words
says() {
    run "$PATHWAYS" explain "$cases/$1.cfg" --worlds 2
    tr '\n' ' ' <"$stdout" | sed 's/  */ /g' >"$folder/line"
    mv "$folder/line" "$stdout"
    expect "$1: $2" 0 out: "$2" err: ""
}

says_not() {
    says "$1" "Warnings"
    ! grep -q -e "$2" "$stdout"
    ok "$1 does not say: $2" $?
}

says reaches_nobody "A helper reaches nobody: in the short run not one family started it"
says stage_nobody_reaches 'The stage "special" is reached by nobody'
says changes_nothing "Nothing but the use of services and the money comes out otherwise"
says_not changes_nothing "may count an effect twice"
says counted_twice "A helper may count an effect twice: it acts on the rate of incidents"
says counted_twice "One of them is the same estimate"
says_not never_together "acts on the approach of the partner"
says_not one_after_the_other "acts on the approach of the partner"     # many meet both, nobody both at one moment
says outside_evidence "The estimate contact_effect is outside the range of its evidence: it is 0.2"
says outside_evidence "The setting services.perpetrator_programme.uptake is outside the range of its evidence: it is 90 per 100"
says outside_evidence "effects.incident_rate+attending.ratio is outside the range of its evidence: it is 0.05"
says full_at_once "A helper is full from the first month in north: in month 1 after day 0"
says_not costs_nothing "is full from"
says costs_nothing "A helper costs nothing: nobody pays for it"
says unread_form 'The form "joint records" is read by nobody'
says new_attribute 'The attribute "known to school" is new: only families that enter after day 0 can have it'
says other_families "when it enters is said otherwise here: attributes.separated.percent, children.percent, incidents.severity_spread, the estimate frailty_variance\. Under"
says_not other_families "otherwise here:[^.]*\(contact_dispute\|reported\)"     # the first is drawn anew at each separation, by whoever is there
says later "New services and changes of places start 6 months after day 0"
says later "There is 1 place in north and 4 places in south instead of 3\."
says later "from month 6 on 1 place in each area, from month 12 on 2 places in each area"
says takes_out "It is taken out\."
says takes_out 'It is no longer offered at the stage "family support"'
says takes_out "is empty instead of a list of 2"

run "$PATHWAYS" explain "$cases/wrong.cfg"
expect "a wrong file is not explained" 3 out: "" err: "^tests/cases/explain/wrong.cfg:2: services.refuge.plaices: "
run "$PATHWAYS" explain "$cases/costs_nothing.cfg" "$cases/wrong.cfg" --no-pilot
expect "several files: the lawful ones are explained all the same" 3 out: "A helper costs nothing" err: "plaices"
run "$PATHWAYS" explain
expect "no file" 2 out: "" err: "which scenario?"
run "$PATHWAYS" explain params/baseline.cfg
expect "a baseline has nothing to be compared with" 0 out: "it is a baseline itself" err: ""
run "$PATHWAYS" explain "$cases/later.cfg" --no-pilot
! grep -q "short run" "$stdout"
ok "--no-pilot runs nothing" $?
run "$PATHWAYS" explain "$cases/later.cfg" --origins
expect "--origins: what the scenario set" 0 out: "^services.refuge.places.south = 4  # tests/cases/explain/later.cfg:3$" err: ""
expect "--origins: what the baseline set" 0 out: "^services.refuge.again = true  # params/baseline.cfg:[0-9]*$" err: ""
run "$PATHWAYS" explain "$cases/later.cfg" --no-pilot --set services.refuge.places.south=5
expect "--set holds in the baseline too" 0 out: "Services" err: ""

for file in scenarios/*.cfg; do
    run "$PATHWAYS" explain "$file" --no-pilot
    expect "explain $file" 0 out: "^Warnings$" err: ""
done

# ---- a first author's mistakes: each is told in one line, which the tutorial shows
for file in tests/cases/first_author/*.cfg; do
    case $file in */school_worker.cfg | */text_message.cfg | */more_who_screen.cfg) continue ;; esac
    run "$PATHWAYS" check "$file"
    expect "check $file" 3 out: "^tests/cases/first_author/.*\.cfg:[0-9]*: " err: ""
    sed 's/^[^:]*:[0-9]*: //; s,"tests/cases/first_author/,"scenarios/,' "$stdout" >"$folder/message"
    [ "$(wc -l <"$stdout")" -eq 1 ] && grep -qF -e "$(cat "$folder/message")" docs/scenario-files.md
    ok "docs/scenario-files.md shows what is said of $file" $?
done
run "$PATHWAYS" check tests/cases/first_author/school_worker.cfg
expect "the policy without the mistakes" 0 out: "nothing wrong" err: ""
! grep -q "look again" "$stdout"
ok "nothing to look at again" $?
run "$PATHWAYS" check tests/cases/first_author/more_who_screen.cfg
expect "more staff of a team that is there, as the tutorial writes it" 0 out: "nothing wrong" err: ""
[ "$(wc -l <"$stdout")" -eq 1 ]
ok "nothing to look at again in it" $?
run "$PATHWAYS" check scenarios/package_everything.cfg
[ "$(wc -l <"$stdout")" -eq 1 ]
ok "estimates of combined files that a package leaves unused are no slip" $?
run "$PATHWAYS" check tests/cases/first_author/text_message.cfg
expect "another of a first author's policies" 0 out: "nothing wrong" err: ""
run "$PATHWAYS" explain tests/cases/first_author/text_message.cfg --no-pilot
tr '\n' ' ' <"$stdout" | sed 's/  */ /g' | grep -q "For 182 days after it is completed, the rate of incidents is multiplied by 1 (0.8 to 1.25, assumed)"
ok "a message that acts after two weeks" $?

# ---- a scenario on another one: what the other says of itself is not said of it
printf 'schema = 1;\nbase = "%s/scenarios/supervised_contact.cfg";\ntitle = "Two steps";\n' "$PWD" >"$folder/two_steps.cfg"
run "$PATHWAYS" explain "$folder/two_steps.cfg" --no-pilot
expect "explain a scenario on a scenario" 0 out: "^Two steps (" err: ""
! grep -q -e "^Asked for by" -e "^A number of incidents happened" "$stdout"
ok "... who asked for the other, and why, is not said of it" $?

# ---- one area's number changed in a group that another file begins: the line that changes it is named
run "$PATHWAYS" explain tests/cases/first_author/look_again/set_up_without_places.cfg --no-pilot
tr '\n' ' ' <"$stdout" | sed 's/  */ /g' | grep -q "There are 15 places in north and 0 places in south. \[tests/cases/first_author/look_again/set_up_without_places.cfg:8\]"
ok "explain names the line that gives one area its own places" $?

# ---- lawful, and probably not meant: check and explain say so, in the tutorial's words, and the exit code is 0
for file in tests/cases/first_author/look_again/*.cfg; do
    run "$PATHWAYS" check "$file"
    expect "check $file" 0 out: "nothing wrong: " err: ""
    sed -n '3,$p' "$stdout" | tr '\n' ' ' | sed 's/^ *//; s/  */ /g; s/ \[[^]]*\] *$//' >"$folder/sentence"
    case $file in
    */semicolon_forgotten.cfg) [ "$(wc -l <"$stdout")" -eq 1 ]; ok "a semicolon that is forgotten is forgiven" $? ;;
    *)
        sed -n 2p "$stdout" | grep -q "^  Lawful, but look again:$" && [ -s "$folder/sentence" ] && grep -qF -e "| $(cat "$folder/sentence") |" docs/scenario-files.md
        ok "docs/scenario-files.md shows what is said of $file" $?
        run "$PATHWAYS" explain "$file" --no-pilot
        tr '\n' ' ' <"$stdout" | sed 's/  */ /g' | grep -qF -e "$(cat "$folder/sentence")"
        ok "explain warns of $file" $?
        ;;
    esac
done
run "$PATHWAYS" check scenarios/*.cfg
expect "the library" 0 out: "nothing wrong" err: ""
! grep -q "look again" "$stdout"
ok "no number of the library looks like a slip" $?
# ---- what the tutorial says that the baseline has
grep -o '^ *{ name = "[a-z_]*"' params/baseline.cfg | sed 's/.*"\(.*\)"/\1/' | sort -u >"$folder/names"
sed -n '/^## What the baseline has/,/^## A new service/p' docs/scenario-files.md >"$folder/told"
while read -r name; do
    grep -q -e "\`$name\`" "$folder/told"
    ok "docs/scenario-files.md lists $name" $?
done <"$folder/names"

finish
