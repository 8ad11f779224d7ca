#!/bin/sh
# A sweep under a real Slurm of its own (with_slurm.sh): srun ranks, a job array with the script that `sweep plan` prints, a task that is killed, a stop ahead of
# the time limit (by hand, and by a limit of one minute) and the requeue that follows, a merge that waits for all tasks, the resubmission that `sweep status`
# proposes, Snakemake with sbatch, the lines of docs/cluster.md as they stand. Always the bytes of the serial run.
set -u
if [ -z "${IN_SLURM:-}" ]; then
    PATH=/usr/sbin:/sbin:$PATH
    for program in slurmctld slurmd srun sbatch munged unshare; do
        command -v $program >/dev/null || { echo "skipped: no $program here; make test-cluster installs Slurm"; exit 77; }
    done
    : "${PATHWAYS:=build/pathways}"
    PATHWAYS=$(realpath "$PATHWAYS")
    export PATHWAYS IN_SLURM=1 SLURM_TTL=1500      # seconds; a busy machine needs several minutes
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

before=$(date +%s%N)
run sweep serial
expect "the serial run" 0 out: "48 done here" err: ""
nanoseconds=$((($(date +%s%N) - before) / 48))      # of a unit
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

# A time limit of one minute: Slurm's own clock sends the warning (it keeps time by half minutes: about 30 s before the end), the task stops and is requeued until
# all is done. As much work as takes two such spans on this machine.
what="${what%--replications 2*}--replications $((50000000000 / nanoseconds / 24 + 1)) --block 1"
script limit 1
sed -i -e 's/^#SBATCH --time=.*/#SBATCH --time=1/' -e 's/^#SBATCH --signal=USR1@120$/#SBATCH --signal=USR1@30/' "$folder/limit.sh"
grep -q '^#SBATCH --time=1$' "$folder/limit.sh" && grep -q '^#SBATCH --signal=USR1@30$' "$folder/limit.sh"
ok "the script says what the time limit is, and when to warn" $?
id=$(sbatch --parsable -o "$folder/limit.%a.log" "$folder/limit.sh")
# Meanwhile the lines of docs/cluster.md, in a project of their own: from the plan to what is to be submitted again. The array's tasks have the other node.
project=$folder/project
mkdir -p "$project/build" && for seen in params scenarios sweeps; do ln -s "$PWD/$seen" "$project/$seen"; done
ln -s "$PATHWAYS" "$project/build/pathways"
sed -n '/^## A job array$/,/^## Ranks$/s/^    //p' docs/cluster.md >"$folder/lines"
[ "$(wc -l <"$folder/lines")" -eq 4 ] && grep -q '^id=\$(sbatch' "$folder/lines" && grep -q -e '--shards 1000' "$folder/lines"
ok "docs/cluster.md has four lines to copy" $?
sed -i 's/--shards 1000/--shards 27/' "$folder/lines"      # five tasks a second: the test is no place for a thousand
(cd "$project" && head -n 3 "$folder/lines" | sh -e) >"$stdout" 2>"$stderr"
ok "... three of which submit a thousand tasks and the merge" $?
wait_for "$(sed -n 's/^Submitted batch job //p' "$stdout")"      # the merge
code=0
(cd "$project" && tail -n 1 "$folder/lines" | sh -e) >"$stdout" 2>"$stderr" || code=$?
expect "... and the last says how far they are" 0 out: "162 of 162 units" err: ""
"$PATHWAYS" sweep run sweeps/contact_places.cfg --out "$folder/here" --quiet && "$PATHWAYS" sweep merge "$folder/here" --quiet
same "... which is merged: the same bytes as here" "$folder/here/merged.csv.gz" "$project/output/places/merged.csv.gz"

run sweep whole --replications "$((50000000000 / nanoseconds / 24 + 1))" --quiet
"$PATHWAYS" sweep merge "$folder/whole" --quiet
wait_for "$id"
[ "$(grep -c "stopped; what is done is safe" "$folder/limit.0.log")" -ge 1 ] && grep -q "Exited with exit code 75" "$folder/limit.0.log"
ok "Slurm's own clock warns the task, which stops with 75" $?
[ "$(grep -c "were there" "$folder/limit.0.log")" -ge 2 ] && ls "$folder/limit/parts" | grep -q '\.r1\.'
ok "... and is requeued" $?
squeue -h -a -t all -j "$id" -o %T | grep -q COMPLETED
ok "... and ends well" $?
run "$PATHWAYS" sweep merge "$folder/limit" --quiet
expect "... with all done" 0 out: "" err: ""
same "... and the same bytes" "$folder/whole/merged.csv.gz" "$folder/limit/merged.csv.gz"

# Snakemake with sbatch, as the printed Snakefile's comment says it.
if command -v snakemake >/dev/null; then
    # shellcheck disable=SC2086
    "$PATHWAYS" sweep plan sweeps/contact_places.cfg --out "$folder/snake" --engine snakemake --shards 3 --try-seconds 1 >"$project/Snakefile"
    line=$(sed -n 's/^# or: \(snakemake .*\)$/\1/p' "$project/Snakefile")
    [ -n "$line" ]
    ok "the Snakefile says how to use sbatch" $?
    (cd "$project" && HOME=$folder sh -c "$line") >"$stdout" 2>"$stderr"
    ok "Snakemake submits shards and merge by sbatch" $?
    same "... to the same bytes" "$folder/here/merged.csv.gz" "$folder/snake/merged.csv.gz"
else
    echo "skipped: Snakemake with sbatch (no snakemake here; make test-cluster installs it)"
fi
[ "$failed" -eq 0 ] || tail -n 5 "$folder"/*.log
finish
