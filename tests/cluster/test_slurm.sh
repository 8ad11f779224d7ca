#!/bin/sh
# A sweep under a real Slurm of its own (with_slurm.sh): srun ranks, a job array with the script that `sweep plan` prints, a task that is killed, a stop ahead of the time
# limit and the requeue that follows, a merge that waits for all tasks, the resubmission that `sweep status` proposes. Always the bytes of the serial run.
set -u
if [ -z "${IN_SLURM:-}" ]; then
    PATH=/usr/sbin:/sbin:$PATH
    for program in slurmctld slurmd srun sbatch munged unshare; do
        command -v $program >/dev/null || { echo "skipped: no $program here; make test-cluster installs Slurm"; exit 77; }
    done
    : "${PATHWAYS:=build/pathways}"
    PATHWAYS=$(realpath "$PATHWAYS")
    export PATHWAYS IN_SLURM=1
    unshare --pid --fork --mount-proc true 2>/dev/null || { echo "skipped: this machine does not let a test have a process namespace"; exit 77; }
    exec tests/cluster/with_slurm.sh 2 1 sh tests/cluster/test_slurm.sh
fi
. tests/cli/check.inc
chmod 755 "$folder"
awk 'BEGIN { print "incidents.per_year"; for (i = 0; i < 24; i++) print 1 + i / 8 }' >"$folder/design.csv"
what="$folder/design.csv --baseline bench/toy.cfg --set time.closed_cohort=20000 --measure repeat_notifications --replications 2 --block 1"
sweep() { # OUT options: words of $what are meant to be parted
    out=$1
    shift
    # shellcheck disable=SC2086
    "$PATHWAYS" sweep run $what --out "$folder/$out" --threads 1 "$@"
}
wait_for() { # JOB: until all its tasks have ended
    srun --quiet -n1 -d "afterany:$1" true
}
script() { # OUT SHARDS: what `sweep plan` prints for Slurm
    # shellcheck disable=SC2086
    "$PATHWAYS" sweep plan $what --out "$folder/$1" --engine slurm --shards "$2" --try-seconds 1 >"$folder/$1.sh"
}
until_it_runs() { # OUT SHARD: until it has written a record
    tries=0
    while [ -z "$(ls "$folder/$1/parts" 2>/dev/null | grep "$2")" ] && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
}

run sweep serial
expect "the serial run" 0 out: "48 done here" err: ""
"$PATHWAYS" sweep merge "$folder/serial" --quiet

# srun: two ranks of a program that knows nothing of MPI.
# shellcheck disable=SC2086
run srun -N2 -n2 "$PATHWAYS" sweep run $what --out "$folder/ranks" --threads 1 --shard auto
expect "srun -n 2 with --shard auto" 0 out: "shard 1 of 2, from SLURM_PROCID 1 of 2" err: ""
run "$PATHWAYS" sweep merge "$folder/ranks" --quiet
same "... gives the same bytes" "$folder/serial/merged.csv.gz" "$folder/ranks/merged.csv.gz"
run srun -N2 -n2 "$PATHWAYS" sweep run --out "$folder/ranks"
expect "srun -n 2 without --shard is refused" 2 out: "" err: "SLURM_STEP_NUM_TASKS"

# A job array; task 2 is killed, and stays dead. The merge waits for all, and says that units are missing; status says what to submit again.
script array 4
id=$(sbatch --parsable -o "$folder/array.%a.log" "$folder/array.sh")
until_it_runs array s2of4
kill -KILL "$(ls "$folder/array/parts" | sed -n 's/^s2of4-[^-]*-\([0-9]*\).*/\1/p')"      # a part's name says whose it is
sbatch --parsable -d "afterany:$id" -o "$folder/array.merge.log" --wrap "$PATHWAYS sweep merge $folder/array; echo code \$?" >"$folder/merge.id"
wait_for "$(cat "$folder/merge.id")"
grep -q 'code 75' "$folder/array.merge.log"
ok "afterany merges when all tasks have ended, and one has died: exit 75" $?
run "$PATHWAYS" sweep status "$folder/array"
expect "status names the task that died" 75 out: "sbatch --array=2 job.sh" err: ""
id=$(sbatch --parsable $(sed -n 's/^ *sbatch \(--array=[0-9,-]*\) job.sh$/\1/p' "$stdout") -o "$folder/array.%a.log" "$folder/array.sh")
wait_for "$id"
run "$PATHWAYS" sweep merge "$folder/array" --quiet
expect "the resubmitted task did what was missing" 0 out: "" err: ""
same "... and the bytes are the same" "$folder/serial/merged.csv.gz" "$folder/array/merged.csv.gz"

# A warning ahead of the time limit: the task stops with 75, its script has it requeued, it goes on. And in another job Slurm itself takes a running task back.
script warned 2
script requeued 2
id=$(sbatch --parsable -o "$folder/warned.%a.log" "$folder/warned.sh")
until_it_runs warned s1of2
scancel --signal=USR1 "${id}_1"
again=$(sbatch --parsable -o "$folder/requeued.%a.log" "$folder/requeued.sh")
until_it_runs requeued s0of2
scontrol requeue "${again}_0"
wait_for "$id:$again"
grep -q "stopped; what is done is safe" "$folder/warned.1.log"
ok "USR1 reaches the program" $?
[ "$(grep -c "were there" "$folder/warned.1.log")" -eq 2 ] && [ "$(grep -c "were there" "$folder/warned.0.log")" -eq 1 ]
ok "... that task alone is requeued" $?
for job in warned requeued; do
    run "$PATHWAYS" sweep merge "$folder/$job" --quiet
    expect "a task that was $job does the rest" 0 out: "" err: ""
    same "... with the same bytes" "$folder/serial/merged.csv.gz" "$folder/$job/merged.csv.gz"
done
[ "$failed" -eq 0 ] || tail -n 5 "$folder"/*.log
finish
