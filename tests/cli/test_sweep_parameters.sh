#!/bin/sh
# Sweeps whose estimates are drawn: from the posterior beside the baseline as a run draws them, from a file of one's own, from the priors; what is said where that cannot be.
set -u
. tests/cli/check.inc
small="--set areas.north.families_per_month=4.0 --set areas.south.families_per_month=3.0 --set time.warm_up_months=12 --set time.follow_up_months=6"
mkdir "$folder/project" && cp -R params scenarios "$folder/project"
cd "$folder/project" || exit 1
case $PATHWAYS in /*) ;; *) PATHWAYS=$OLDPWD/$PATHWAYS ;; esac

# design NAME MORE: two values of a number that no estimate depends on
design() {
    cat >"$1.cfg" <<END
scenarios = ( "scenarios/supervised_contact.cfg" );
design: { kind = "list"; };
inputs = ( { path = "services.voluntary_contact.places"; values = ( 15.0, 20.0 ); } );
replications = 3;
measures = ( "repeat_notifications", "incidents_per_month", "budget" );
$2
END
}
# A posterior of the project's own that waits to be made anew is not what this is about.
# shellcheck disable=SC2086
sweep() { run "$PATHWAYS" sweep run "$@" $small; sed -i '/ params\/posterior.csv was made /d' "$stderr"; }
# all numbers of replication 0 at point 0 (the file's own 15 places), against the first draw of a run
# shellcheck disable=SC2086
like_a_run() { # NAME FOLDER OPTIONS
    name=$1 out=$2
    shift 2
    "$PATHWAYS" run scenarios/supervised_contact.cfg --draws 1 --replications 1 $small --out "$out.run" --no-report --quiet "$@" 2>/dev/null
    gzip -dc "$out/merged.csv.gz" | awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i } $1 == 0 && $2 == 0 { print $column["scenario"], $column["repeat_notifications"], $column["budget"] }' >"$out.sweep.txt"
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) column[$i] = i } NR > 1 { print $column["scenario"], $column["repeat_notifications"], $column["budget"] }' "$out.run/draws.csv" >"$out.run.txt"
    [ "$(wc -l <"$out.run.txt")" -eq 2 ] && cmp -s "$out.sweep.txt" "$out.run.txt"
    ok "$name" $?
}

design drawn 'estimates = "drawn";'
sweep drawn.cfg --out drawn --quiet
expect "a sweep draws from the posterior beside the baseline" 0 out: "" err: ""
"$PATHWAYS" sweep merge drawn --quiet
like_a_run "... as a run does" drawn
[ "$(sed -n 's/^ *"drawn_from": "\(.*\)",$/\1/p' drawn/manifest.json)" = posterior ] && cmp -s params/posterior.csv "$(find drawn/inputs -name posterior.csv)"
ok "... says so in its manifest, and keeps a copy" $?
gzip -dc drawn/merged.csv.gz | awk -F, '$1 == 0 && $3 == "baseline" { print $5 }' | sort -u | awk 'END { exit NR != 3 }'
ok "... another draw in each world" $?
grep -q "noise and unknown estimates together, of the mean" drawn/datapackage.json && ! grep -q "not of what is unknown" drawn/datapackage.json
ok "... and its intervals are not said to be of noise alone" $?
run "$PATHWAYS" sweep plan drawn.cfg --try-seconds 1
sed -i '/ params\/posterior.csv was made /d' "$stderr"
expect "plan says what they are drawn from" 0 out: "^estimates that are no input: drawn from params/posterior.csv$" err: ""

# Another posterior is another sweep; the folder goes on with its own copy, wherever the project's has gone.
sweep drawn.cfg --out drawn --parameters prior
expect "drawn from the priors it is another sweep" 5 out: "" err: "parameters or measures differ"
sweep drawn.cfg --out begun --max-points 1 --quiet
expect "a sweep is begun" 75 out: "" err: "max-points"
mv params/posterior.csv kept.csv
run "$PATHWAYS" sweep run --out begun --quiet
expect "... goes on without the project's posterior" 0 out: "" err: ""
"$PATHWAYS" sweep merge begun --quiet
same "... to the same bytes" drawn/merged.csv.gz begun/merged.csv.gz
run "$PATHWAYS" sweep extend begun --replications 5
expect "... and can be extended" 0 out: "5 replications now" err: ""
sweep drawn.cfg --out none --quiet
expect "without a posterior beside the baseline estimates are drawn from the priors" 0 out: "" err: ""
mv kept.csv params/posterior.csv
sweep drawn.cfg --out prior --parameters prior --quiet
expect "... as with --parameters prior" 0 out: "" err: ""
"$PATHWAYS" sweep merge none --quiet && "$PATHWAYS" sweep merge prior --quiet
same "... the same bytes" none/merged.csv.gz prior/merged.csv.gz
like_a_run "... as a run from the priors" prior --parameters prior
[ "$(sed -n 's/^ *"drawn_from": "\(.*\)",$/\1/p' prior/manifest.json)" = prior ]
ok "... and the manifest says so" $?
cmp -s prior/merged.csv.gz drawn/merged.csv.gz
ok "... and not what the posterior gives" $((1 - $?))

# A file of one's own, named by the design as seen from there, or on the command line; of another version.
mkdir own && awk -F, -v OFS=, 'NR > 1 { if (NR > 30) exit } { print }' params/posterior.csv >own/few.csv
design file 'estimates = "drawn"; parameters = "own/few.csv";'
sweep file.cfg --out file --quiet
expect "the design names a posterior" 0 out: "" err: ""
sweep drawn.cfg --parameters own/few.csv --out option --quiet
expect "... or the command line does" 0 out: "" err: ""
"$PATHWAYS" sweep merge file --quiet && "$PATHWAYS" sweep merge option --quiet
same "... the same bytes" file/merged.csv.gz option/merged.csv.gz
like_a_run "... as a run with that file" file --parameters own/few.csv
sweep file.cfg --out back --parameters prior --quiet && "$PATHWAYS" sweep merge back --quiet
same "the command line has the last word" back/merged.csv.gz prior/merged.csv.gz
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "results") c = i } NR > 1 { $c = 999 } { print }' own/few.csv >own/old.csv
sweep drawn.cfg --parameters own/old.csv --out old --quiet
expect "a posterior of another version is used, and that is said" 0 out: "" err: "sweep run: own/old.csv was made with results version 999 and this program has"
run "$PATHWAYS" sweep plan drawn.cfg --parameters own/old.csv --try-seconds 1 --engine slurm
expect "... by plan too; the script has the option" 0 out: "srun .*--parameters own/old.csv" err: "sweep plan: own/old.csv was made with results version 999"

# What cannot be.
design central 'parameters = "prior";'
sweep central.cfg --out central
expect "parameters of estimates that are not drawn" 3 out: "" err: 'central.cfg:6: parameters: every estimate of this design is at its value; allowed with estimates = "drawn"'
design plain ''
sweep plain.cfg --parameters prior --out central
expect "... on the command line" 3 out: "" err: 'parameters: every estimate of this design is at its value'
sweep drawn.cfg --parameters nowhere.csv --out central
expect "a posterior that is not there" 3 out: "" err: "nowhere.csv"
echo "set,weight" >own/broken.csv
sweep drawn.cfg --parameters own/broken.csv --out central
expect "a file that is no posterior" 3 out: "" err: "own/broken.csv"
[ ! -e central ]
ok "... and nothing was made" $?
sweep --out drawn --parameters prior
expect "options do not change a sweep that is there" 2 out: "" err: "sweep extend"
cd / || exit 1
finish
