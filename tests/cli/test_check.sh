#!/bin/sh
# pathways check: every wrong file ends with exit code 3 and a line that names it; lawful files with 0 and one sentence each.
set -u
. tests/cli/check.inc

for file in tests/cases/refusals/*.cfg; do
    case $file in */lawful.cfg) continue ;; esac
    run "$PATHWAYS" check "$file"
    expect "check $file" 3 out: "^tests/cases/refusals/.*: " err: ""
done

run "$PATHWAYS" check params/baseline.cfg scenarios/supervised_contact.cfg scenarios/perpetrator_programme.cfg scenarios/joint_screening.cfg
expect "the baseline and the scenarios" 0 out: "^scenarios/joint_screening.cfg: nothing wrong" err: ""

run "$PATHWAYS" check tests/cases/refusals/lawful.cfg tests/cases/refusals/misspelt_top.cfg tests/cases/refusals/percent_over_100.cfg
expect "all findings of all files in one pass: the first" 3 out: "^tests/cases/refusals/misspelt_top.cfg:3: polise: There is no setting" err: ""
expect "... and the last" 3 out: "^tests/cases/refusals/percent_over_100.cfg:3: police.notifies.percent: 120.0 is out of range; allowed: 0 to 100 (percent).$" err: ""

run "$PATHWAYS" check tests/cases/refusals/lawful.cfg --set services.advocacy.places=10
expect "10 is accepted for 10.0" 0 out: "nothing wrong" err: ""
run "$PATHWAYS" check tests/cases/refusals/lawful.cfg --set services.advocacy.plaices=10
expect "a misspelt --set" 3 out: "plaices" err: ""
run "$PATHWAYS" check nowhere.cfg
expect "no such file" 3 out: "nowhere.cfg" err: ""
# a pipe that nobody writes to: refused, not waited for
mkfifo "$folder/pipe"
run timeout -s KILL 20 "$PATHWAYS" check "$folder/pipe"
expect "a pipe is refused at once" 3 out: "^$folder/pipe: it is a pipe or a device, no ordinary file" err: ""
run timeout -s KILL 20 "$PATHWAYS" run "$folder/pipe" --out "$folder/never"
expect "... by run too" 3 out: "" err: "$folder/pipe: it is a pipe or a device"
run timeout -s KILL 20 "$PATHWAYS" run --parameters "$folder/pipe" --out "$folder/never"
expect "... and in the place of a table" 3 out: "" err: "$folder/pipe: cannot be read: it is a pipe or a device"
run "$PATHWAYS" check /dev/null
expect "a device is no file either" 3 out: "/dev/null: it is a pipe or a device" err: ""
run "$PATHWAYS" check scenarios/no_leters.cfg
expect "a misspelt file" 3 out: '^scenarios/no_leters.cfg: there is no such file (did you mean "scenarios/no_letters.cfg"?)$' err: ""
for base in Baseline.cfg baseline; do
    printf 'schema = 1;\nbase = "%s/params/%s";\n' "$PWD" $base >"$folder/wrong_base.cfg"
    run "$PATHWAYS" check "$folder/wrong_base.cfg"
    expect "a base called $base" 3 out: 'there is no such file (did you mean ".*/params/baseline.cfg"?); a base is seen from' err: ""
done
printf 'schema = 1;\nbase = "%s/params/evidence.cfg";\n' "$PWD" >"$folder/wrong_base.cfg"
run "$PATHWAYS" check "$folder/wrong_base.cfg"
expect "a base that is no baseline" 3 out: '/wrong_base.cfg:2: base: ".*/params/evidence.cfg": it is no baseline, for it has no areas; write' err: ""
[ "$(wc -l <"$stdout")" -eq 1 ]
ok "... is all that is said: what else is wrong in that file is not its author's" $?
run "$PATHWAYS" check
expect "no file at all" 2 out: "" err: "which file"

finish
