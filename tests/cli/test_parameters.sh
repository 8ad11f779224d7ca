#!/bin/sh
# Every verb that simulates draws from the same sets: posterior.csv beside the baseline, those of --parameters FILE, or with --parameters prior none.
set -u
. tests/cli/check.inc
mkdir "$folder/cases"
cp tests/cases/answers/*.cfg "$folder/cases/"
printf 'set,weight,results,evidence,visit_effect\n0,1,1,ab,0.55\n1,1,1,ab,0.6\n2,2,1,ab,0.62\n' >"$folder/sets.csv"
few="--draws 6 --replications 2 --threads 1 --quiet"

# from FILE: the last column's cells, each once
from() { awk -F, 'NR == 1 && $NF != "drawn_from" { print "no such column" } NR > 1 { print $NF }' "$1" | sort -u | tr '\n' ' '; }

# check NAME FILE COMMAND...: the answer with no posterior, with one asked for, with the same beside the baseline, and without it again.
check() {
    name=$1 file=$2
    shift 2
    rm -f "$folder/cases/posterior.csv"
    # shellcheck disable=SC2086
    run "$PATHWAYS" "$@" $few --out "$folder/$name-none"
    expect "$name without a posterior" 0 out: "" err: ""
    # shellcheck disable=SC2086
    run "$PATHWAYS" "$@" $few --parameters "$folder/sets.csv" --out "$folder/$name-asked"
    expect "$name with one, made from other priors: it says so" 0 out: "" err: "was made from other priors"
    cp "$folder/sets.csv" "$folder/cases/posterior.csv"
    # shellcheck disable=SC2086
    run "$PATHWAYS" "$@" $few --out "$folder/$name-beside"
    expect "$name with one beside the baseline" 0 out: "" err: "was made from other priors"
    # shellcheck disable=SC2086
    run "$PATHWAYS" "$@" $few --parameters prior --out "$folder/$name-prior"
    expect "$name without it" 0 out: "" err: ""
    same "$name: the posterior beside the baseline is the default" "$folder/$name-asked/$file" "$folder/$name-beside/$file"
    same "$name: --parameters prior goes without" "$folder/$name-none/$file" "$folder/$name-prior/$file"
    [ "$(from "$folder/$name-asked/$file")" = "posterior " ] && [ "$(from "$folder/$name-prior/$file")" = "prior " ]
    ok "$name: its rows say which" $?
    sed 's/,[^,]*$//' "$folder/$name-asked/$file" >"$folder/a"
    sed 's/,[^,]*$//' "$folder/$name-prior/$file" >"$folder/b"
    ! cmp -s "$folder/a" "$folder/b"
    ok "$name: its numbers are of those sets" $?
    find "$folder/$name-asked/inputs" -name sets.csv | grep -q . && grep -q sets.csv "$folder/$name-asked/manifest.json"
    ok "$name: the sets are among the inputs" $?
}

visits=$folder/cases/visits.cfg
check breakeven answers/breakeven.csv breakeven "$visits" --of net_benefit --threshold 100 --over cost
check one-more answers/one_more.csv one-more "$folder/cases/few_visits.cfg"
check switches answers/switches.csv switches "$visits" --threshold 100
check budget answers/budget.csv run "$visits" --budget 200 --no-report

# In words.
run "$PATHWAYS" breakeven "$visits" --of net_benefit --threshold 100 --draws 10 --replications 2
expect "breakeven" 0 out: "is worth its cost" err: "was made from other priors"
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "if the effect of visit is below .* among the sets that agree with the study the chance that it is on the better side is 1" "$folder/text"
ok "... says that the chance is of the sets" $?
grep -q "Drawn from: parameter sets that agree with the study" "$folder/text"
ok "... and what the draws are from" $?
run "$PATHWAYS" breakeven "$visits" --of net_benefit --threshold 100 --draws 10 --replications 2 --parameters prior
tr '\n' ' ' <"$stdout" >"$folder/text"
grep -q "by its own distribution the chance" "$folder/text" && grep -q "Drawn from: each estimate's own interval" "$folder/text"
ok "... or of the prior" $?
run "$PATHWAYS" one-more "$folder/cases/few_visits.cfg" --draws 0 --replications 5
expect "without draws no sets are used" 0 out: "one more place in visits" err: ""
tr '\n' ' ' <"$stdout" | grep -q "With no draws: every estimate is"
ok "... and it says so" $?

# Refused.
run "$PATHWAYS" one-more "$folder/cases/few_visits.cfg" --draws 0 --replications 5 --parameters "$folder/sets.csv"
expect "a posterior without draws" 2 out: "" err: "pathways one-more: --parameters is about draws"
run "$PATHWAYS" switches "$visits" --draws 2 --parameters "$folder/nothing.csv" --out "$folder/x"
expect "a posterior that is not there" 3 out: "" err: "nothing.csv"
[ ! -e "$folder/x" ]
ok "... leaves nothing behind" $?

finish
