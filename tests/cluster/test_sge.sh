#!/bin/sh
# A sweep under a real Grid Engine of its own (with_sge.sh): the script that `sweep plan` prints, submitted as its comment says, with the merge behind it; a task
# that stops with 75 and is started again by Grid Engine; a task that is killed, and what status says of it; `auto`. Always the bytes of the serial run.
set -u
if [ -z "${IN_SGE:-}" ]; then
    [ -x build/gridengine/usr/lib/gridengine/sge_qmaster ] || { echo "skipped: no Grid Engine in build/gridengine; make test-cluster fetches it"; exit 77; }
    unshare --net --uts --mount --pid --fork --mount-proc true 2>/dev/null || { echo "skipped: this machine does not let a test have namespaces"; exit 77; }
    : "${PATHWAYS:=build/pathways}"
    PATHWAYS=$(realpath "$PATHWAYS")
    export PATHWAYS IN_SGE=1
    exec sh tests/cluster/with_sge.sh build/gridengine sh tests/cluster/test_sge.sh
fi
. tests/cli/check.inc
awk 'BEGIN { print "incidents.per_year"; for (i = 0; i < 24; i++) print 1 + i / 8 }' >"$folder/design.csv"
what="$folder/design.csv --baseline bench/toy.cfg --set time.closed_cohort=20000 --measure repeat_notifications --replications 2 --block 1"
here=$(pwd)
script() { # OUT SHARDS: what `sweep plan` prints for Grid Engine
    # shellcheck disable=SC2086
    (cd "$here" && "$PATHWAYS" sweep plan $what --out "$folder/$1" --engine sge --shards "$2" --try-seconds 1) >"$folder/$1.sh"
}
# Until no job is left, at most three minutes.
wait_for_all() { tries=0; while [ -n "$(qstat)" ] && [ $tries -lt 900 ]; do sleep 0.2; tries=$((tries + 1)); done; }
# shellcheck disable=SC2086
run "$PATHWAYS" sweep run $what --out "$folder/serial" --quiet
expect "the serial run" 0 out: "" err: ""
"$PATHWAYS" sweep merge "$folder/serial" --quiet

# As the script's comment says; the files stand where the job is submitted from.
mkdir "$folder/bench" && cp bench/toy.cfg "$folder/bench" && cd "$folder" || exit 1
script array 4
sed -n 's/^#   \(.*\)$/\1/p' array.sh | sed 's/job\.sh/array.sh/' >lines
[ "$(wc -l <lines)" -eq 2 ] && grep -q -- '-hold_jid' lines
ok "the script says how to submit it and the merge" $?
sh -e lines >"$stdout" 2>"$stderr"
ok "... Grid Engine takes both" $?
wait_for_all
same "... and the merge, which waited for all tasks, gives the same bytes" serial/merged.csv.gz array/merged.csv.gz
[ "$(ls array/parts | sed 's/-.*//' | sort -u | tr '\n' ' ')" = "s0of4 s1of4 s2of4 s3of4 " ]
ok "... four tasks did it" $?

# A task whose time is up: 75 becomes 99, and Grid Engine starts the task again.
script again 2
sed -i 's/--max-time [0-9]*/--max-time 0.05/' again.sh
grep -q -- '--max-time 0.05' again.sh && qsub -terse again.sh >"$stdout" 2>"$stderr"
ok "a script whose tasks stop after 0.05 s is taken" $?
wait_for_all
[ "$(cat ./*.o*.1 ./*.o*.2 2>/dev/null | grep -c 'there')" -gt 2 ] && [ "$(ls again/parts | wc -l)" -gt 2 ]
ok "... its tasks are started again until all is done" $?
run "$PATHWAYS" sweep merge again --quiet
expect "... and all is done" 0 out: "" err: ""
same "... to the same bytes" serial/merged.csv.gz again/merged.csv.gz

# A task that is killed stays dead; status says which shard, and `auto` in an array of one finds it.
script killed 3
sed -i 's/--replications 2/--replications 40/' killed.sh
id=$(qsub -terse killed.sh | cut -d. -f1)
tries=0
while [ -z "$(ls killed/parts 2>/dev/null | grep s1of3)" ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -KILL "$(ls killed/parts | sed -n 's/^s1of3-[^-]*-\([0-9]*\).*/\1/p')"
wait_for_all
run "$PATHWAYS" sweep status killed
expect "status names the task that died" 75 out: "missing .*" err: ""
qsub -terse -t 2-2 killed.sh >"$stdout" 2>"$stderr"
ok "the same script takes it alone (tasks count from 1)" $?
wait_for_all
run "$PATHWAYS" sweep merge killed --quiet
expect "... and all is done" 0 out: "" err: ""
printf '#$ -S /bin/sh\n#$ -cwd\n#$ -t 1-4\n#$ -o auto.log -j y\nexec %s sweep run --out killed --shard auto\n' "$PATHWAYS" >auto.sh
qsub -terse auto.sh >"$stdout" 2>"$stderr"
wait_for_all
grep -q "^shard 2 of 4, from SGE_TASK_ID 3 of 1 to 4" auto.log
ok "--shard auto finds its task" $?
[ "$failed" -eq 0 ] || tail -n 5 ./*.o[0-9]* auto.log lines
cd / || exit 1
finish
