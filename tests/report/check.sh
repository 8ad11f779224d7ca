#!/bin/sh
# check.sh PROGRAM TOOLS: makes briefings (one policy; many; hostile names) and holds every page and chart against the Nu HTML checker and axe-core. Prints
# `N passed, N failed` at the end, like the other tests. TOOLS is the folder into which npm puts what checks.
set -u
program=$1 tools=$2
folder=$(mktemp -d) || exit 1
trap 'rm -rf "$folder"' EXIT
mkdir -p "$tools"
cp tests/report/package.json "$tools/"
[ -d "$tools/node_modules/vnu-jar" ] || npm install --prefix "$tools" --no-audit --no-fund --loglevel=error || exit 1
passed=0 failed=0
ok() { if [ "$2" -eq 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "failed: $1"; fi; }

small="--draws 100 --replications 2 --set areas.north.families_per_month=6.0 --set areas.south.families_per_month=6.0 --quiet"
# A title with what HTML, SVG, gnuplot and spreadsheets would take for their own.
sed "s|\.\./params|$PWD/params|; s|^title *[=:].*|title = \"<script>alert(1)</script> \& a title of more than sixty characters, =HYPERLINK(x) {/Symbol a}_b^c \x60id\x60\";|" \
    scenarios/supervised_contact.cfg >"$folder/hostile_name_of_a_policy_that_has_nearly_sixty_characters.cfg"
# shellcheck disable=SC2086
{
    "$program" run scenarios/supervised_contact.cfg $small --out "$folder/one"
    ok "a briefing of one policy" $?
    "$program" run scenarios/[a-o]*.cfg scenarios/police*.cfg scenarios/perpetrator*.cfg scenarios/[r-z]*.cfg $small --out "$folder/many"
    ok "a briefing of all policies" $?
    "$program" run "$folder"/hostile*.cfg $small --out "$folder/hostile"
    ok "a briefing with hostile texts" $?
}
for run in one many hostile; do
    java -jar "$tools/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only --Werror "$folder/$run/briefing.html"
    ok "$run: the page is valid HTML" $?
    java -jar "$tools/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only --svg "$folder/$run"/charts/*.svg
    ok "$run: the charts are valid SVG" $?
    REPORT_TOOLS=$(cd "$tools" && pwd) node tests/report/accessible.js "$folder/$run/briefing.html"
    ok "$run: the page is accessible, alone, without scripts, under 3 MB" $?
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
