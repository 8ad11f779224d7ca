#!/bin/sh
# pathways map: text that Graphviz reads, a picture that it draws, and what is said when a file is wrong or Graphviz is missing.
set -u
. tests/cli/check.inc
everything=tests/cases/map/everything.cfg

run "$PATHWAYS" map --worlds 2
expect "the baseline, when no scenario is named" 0 out: "^digraph pathway {" err: ""
cp "$stdout" "$folder/base.dot"
run "$PATHWAYS" map params/baseline.cfg --worlds 2
same "... the same as by its name, to the byte" "$folder/base.dot" "$stdout"
run "$PATHWAYS" map --worlds 2 --out "$folder/file.dot"
expect "into a file" 0 out: "" err: ""
same "... the same bytes" "$folder/base.dot" "$folder/file.dot"
run "$PATHWAYS" map "$everything" --worlds 2 --seed 5
expect "a scenario, with how the shares were found" 0 out: "2 worlds of all areas with seed 5" err: ""
cp "$stdout" "$folder/everything.dot"
run "$PATHWAYS" map "$everything" --no-pilot --set teams.duty.places=3
expect "without shares" 0 out: "Without shares: nothing was run." err: ""

run "$PATHWAYS" map "$folder/none.cfg"
expect "no such file" 3 out: "" err: "none.cfg"
echo 'schema = 1; base = "'"$PWD"'/params/baseline.cfg"; stages = ( { name = "screening"; choice = ( { to = "nowhere"; percent = 1.0; } ); } );' >"$folder/bad.cfg"
run "$PATHWAYS" map "$folder/bad.cfg" --out "$folder/bad.dot"
expect "a way to a stage that is not there" 3 out: "" err: "nowhere"
[ ! -e "$folder/bad.dot" ]
ok "... and no file" $?
run "$PATHWAYS" map params/baseline.cfg "$everything"
expect "two scenarios" 2 out: "" err: "one scenario makes one picture"
run "$PATHWAYS" map --no-pilot --out "$folder/no/where.dot"
expect "a folder that is not there" 1 out: "" err: "where.dot could not be written"

# ---- the shares of a finished run
run "$PATHWAYS" run scenarios/joint_screening.cfg --draws 2 --replications 1 --seed 4 --no-report --quiet --out "$folder/run"
expect "a run" 0 out: "" err: ""
run "$PATHWAYS" map scenarios/joint_screening.cfg --run "$folder/run"
expect "the shares of a run" 0 out: "Found by a finished run of 2 worlds with seed 4, 2 draws of the estimates" err: ""
# share_of SCENARIO: of the cases that left screening for another stage, from its rows of pathways.csv; in whole per cents, as all shares are written.
share_of() {
    awk -F, -v of="$1" '$1 == of && $2 == "all" && $3 == "screening" && $4 != "outside" { all += $5; if ($4 == "initial_assessment") went = $5 }
        END { printf "%.0f %%", 100 * went / all }' "$folder/run/pathways.csv"
}
way() { grep '"screening" -> "initial_assessment"' "$stdout"; }
way | grep -q "<B>$(share_of joint_screening)</B>"
ok "... are those of pathways.csv" $?
run "$PATHWAYS" map --run "$folder/run"
expect "... and of its baseline" 0 out: "2 worlds with seed 4" err: ""
way | grep -q "<B>$(share_of baseline)</B>" && [ "$(share_of baseline)" != "$(share_of joint_screening)" ]
ok "... which are others" $?
run "$PATHWAYS" map scenarios/supervised_contact.cfg --run "$folder/run" --out "$folder/bad.dot"
expect "a scenario that the run does not have" 3 out: "" err: "has no scenario supervised_contact; it has the baseline and joint_screening"
run "$PATHWAYS" map tests/cases/answers/base.cfg --run "$folder/run" --out "$folder/bad.dot"
expect "a baseline that the run was not made from" 3 out: "" err: "it was made from other files"
run "$PATHWAYS" map --run "$folder/nowhere" --out "$folder/bad.dot"
expect "no such run" 3 out: "" err: "nowhere"
run "$PATHWAYS" map --run "$folder/run" --worlds 3 --out "$folder/bad.dot"
expect "worlds beside a run that is done" 2 out: "" err: "have no meaning beside it"
sed -i 's/^\(baseline,all,screening,letter,\).*/\150/' "$folder/run/pathways.csv"
run "$PATHWAYS" map --run "$folder/run" --out "$folder/bad.dot"
expect "a run whose numbers somebody changed" 3 out: "" err: "pathways.csv"
[ ! -e "$folder/bad.dot" ]
ok "... and no file" $?

# ---- Graphviz missing: a PATH without it
mkdir "$folder/empty"
case $PATHWAYS in /*) program=$PATHWAYS ;; *) program=$PWD/$PATHWAYS ;; esac
run env PATH="$folder/empty" "$program" map --no-pilot --format svg --out "$folder/none.svg"
expect "an SVG without Graphviz" 1 out: "" err: "install the package graphviz"
[ ! -e "$folder/none.svg" ]
ok "... and no file" $?
printf '#!/bin/sh\necho half\nexit 1\n' >"$folder/empty/dot"
chmod +x "$folder/empty/dot"
run env PATH="$folder/empty" "$program" map --no-pilot --format svg --out "$folder/none.svg"
expect "an SVG when Graphviz fails half-way" 1 out: "" err: "drew no SVG"
[ ! -e "$folder/none.svg" ]
ok "... and no file either" $?

if command -v dot >/dev/null; then
    for name in base everything; do
        run dot -Tplain "$folder/$name.dot"
        expect "Graphviz reads the text: $name" 0 out: "^node screening" err: ""
    done
    run "$PATHWAYS" map "$everything" --worlds 2 --format svg --out "$folder/map.svg"
    expect "an SVG" 0 out: "" err: ""
    run cat "$folder/map.svg"
    expect "... whole" 0 out: "^</svg>" err: ""
    expect "... in which odd texts are as the file has them" 0 out: 'Quotes &quot; and &lt;b&gt;, R&amp;D, a \\backslash\\ and \\N, a title' err: ""
else
    echo "skipped: there is no Graphviz here, so nothing was drawn (packages.txt has it)"
fi
finish
