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
