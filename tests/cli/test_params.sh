#!/bin/sh
# pathways params: the dictionary in three forms, and a scenario file to start from that passes check; the tutorial's examples do too.
set -u
. tests/cli/check.inc

run "$PATHWAYS" params
expect "every setting as text" 0 out: "^services.NAME.uptake.odds_ratio.COVARIATE$" err: ""
run "$PATHWAYS" params patience
expect "settings with a word in their path" 0 out: "^services.NAME.patience.mean_days$" err: ""
run "$PATHWAYS" params patiense
expect "no setting has that word" 2 out: "" err: "no setting's path contains \"patiense\""
run "$PATHWAYS" params --format csv
expect "as CSV" 0 out: "^path,type,unit,low,high,default,required,where,covariates,meaning$" err: ""
run "$PATHWAYS" params --format markdown
expect "as Markdown" 0 out: "^| .incidents.per_year. | number, estimate, or one for each area | per year, 0 to 100 | required | all the time |" err: ""
sed -n '/^## Every setting$/,$p' docs/scenario-files.md >"$folder/kept"
same "docs/scenario-files.md holds it (make docs)" "$folder/kept" "$stdout"

# ---- a file to start from
run "$PATHWAYS" params --new school_worker --out "$folder/school_worker.cfg"
expect "a new file" 0 out: "school_worker.cfg is written" err: ""
run "$PATHWAYS" check "$folder/school_worker.cfg"
expect "... passes check as it is written" 0 out: "nothing wrong" err: ""
run "$PATHWAYS" explain "$folder/school_worker.cfg" --worlds 2
expect "... and can be explained" 0 out: "School worker (services.school_worker), new:" err: ""
mkdir -p "$folder/deep/er"
run "$PATHWAYS" explain "$folder/school_worker.cfg" --no-pilot
! grep -q -F "?." "$stdout" && grep -q "why these numbers?$" "$stdout"
ok "... which explain reads, a note that asks ending as it does" $?
run "$PATHWAYS" params --new other --out "$folder/deep/er/other.cfg" --base "$folder/school_worker.cfg"
expect "a new file on another base" 0 out: "is written" err: ""
run grep -c '^base *= "../../school_worker.cfg";$' "$folder/deep/er/other.cfg"
expect "... which it names as seen from its own folder" 0 out: "^1$" err: ""
cp "$folder/school_worker.cfg" "$folder/before"
run "$PATHWAYS" params --new school_worker --out "$folder/school_worker.cfg"
expect "never over a file that is there" 2 out: "" err: "is there already"
same "... which stays as it is" "$folder/before" "$folder/school_worker.cfg"
run "$PATHWAYS" params --new "School worker" --out "$folder/other.cfg"
expect "a name with blanks" 2 out: "" err: "for example school_worker$"
run "$PATHWAYS" params --new other --out "$folder/nowhere/other.cfg"
expect "no such folder" 2 out: "" err: "there is no folder"
run "$PATHWAYS" params --new other --out "$folder/other.cfg" --base "$folder/none.cfg"
expect "no such base" 2 out: "" err: "there is no file"
run "$PATHWAYS" params --out "$folder/other.cfg"
expect "--out without --new" 2 out: "" err: "go with --new"

# ---- the tutorial: its worked example, and its smaller ones laid over the baseline
mkdir "$folder/params" "$folder/scenarios"
cp params/*.cfg "$folder/params/"
awk '/^## A worked example/ { on = 1 } /^## Mistakes/ { on = 0 } on && /^    / { print substr($0, 5) }' docs/scenario-files.md >"$folder/scenarios/worked.cfg"
awk '/^The smallest one:/ { on = 1 } /^Five rules/ { on = 0 } on && /^    / { print substr($0, 5) }' docs/scenario-files.md >"$folder/scenarios/smallest.cfg"
{
    echo 'schema = 1; base = "../params/baseline.cfg";'
    awk '/^## Changing what is there/ { on = 1 } /remove = true. takes/ { on = 0 } on && /^    / { print substr($0, 5) }' docs/scenario-files.md
} >"$folder/scenarios/changes.cfg"
for file in worked smallest changes; do
    run "$PATHWAYS" check "$folder/scenarios/$file.cfg"
    expect "the tutorial's example: $file" 0 out: "nothing wrong" err: ""
done
run grep -c . "$folder/scenarios/changes.cfg"
expect "... which are there" 0 out: "^[0-9]*[0-9]$" err: ""

finish
