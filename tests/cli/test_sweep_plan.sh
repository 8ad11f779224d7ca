#!/bin/sh
# sweep plan: what it foretells, the scripts that it prints, what it refuses.
set -u
. tests/cli/check.inc

small="--set time.warm_up_months=6 --set time.follow_up_months=6 --set time.intake_months=3 --try-seconds 1"
# shellcheck disable=SC2086
plan() { run "$PATHWAYS" sweep plan "$@" $small; }

for sweep in contact_places assessment_workers which_estimates; do
    plan "sweeps/$sweep.cfg" --replications 1
    expect "sweeps/$sweep.cfg can be planned" 0 out: "On this machine:  pathways sweep run sweeps/$sweep.cfg --out output/$sweep" err: ""
    expect "... and its time foretold" 0 out: "^time: .* on one processor" err: ""
    expect "... and its memory" 0 out: "^memory: about [0-9]* MB each" err: ""
    expect "... and its disk" 0 out: "^disk: about [0-9.]* MB in parts" err: ""
done
plan sweeps/contact_places.cfg
expect "points, worlds and units are counted" 0 out: "54 points x 12 worlds = 648 worlds, each under 2 scenarios; 162 units of work" err: ""
plan sweeps/which_estimates.cfg
expect "all estimates are inputs" 0 out: "20 Morris trajectories over 90 inputs" err: ""

# ---- scripts: each is read by its own shell; braces and blanks of names are kept
for engine in slurm sge parallel mpi; do
    plan sweeps/contact_places.cfg --engine "$engine" --shards 7 --out "/tmp/a b"
    expect "a script for $engine" 0 out: "^#!/bin/sh" err: ""
    code=0; sh -n "$stdout" 2>"$stderr" || code=$?
    expect "... that a shell can read" 0 out: "sweep run sweeps/contact_places.cfg --set time.warm_up_months=6" err: ""
done
plan sweeps/contact_places.cfg --engine slurm --shards 7
expect "slurm: as many tasks as shards" 0 out: '^#SBATCH --array=0-6$' err: ""
expect "slurm: the number of shards is in the script" 0 out: '"\$SLURM_ARRAY_TASK_ID/7"' err: ""
expect "slurm: a task requeues itself alone" 0 out: 'scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"' err: ""
expect "slurm: the warning goes to the step" 0 out: '^#SBATCH --signal=USR1@120$' err: ""
expect "slurm: merge after any end" 0 out: 'dependency=afterany:' err: ""
plan sweeps/contact_places.cfg --engine sge --shards 7
expect "sge: tasks count from 1" 0 out: '^#\$ -t 1-7$' err: ""
expect "sge: shards from 0" 0 out: '"\$((SGE_TASK_ID - 1))/7"' err: ""
expect "sge: 99 starts a task again" 0 out: 'exit 99' err: ""
plan sweeps/contact_places.cfg --engine mpi --shards 7
expect "mpi: ranks end together" 0 out: 'srun --mpi=pmix --kill-on-bad-exit=1' err: ""
plan sweeps/contact_places.cfg --engine snakemake --shards 7 --out "out/{x}"
expect "snakemake: braces are doubled" 0 out: "out/{{x}}" err: ""
expect "snakemake: its own are not" 0 out: "shard {wildcards.i}/" err: ""

# A stand-in for the program shows what each script would start.
place=$(mktemp -d)
printf '#!/bin/sh\nfor word in "$@"; do printf "[%%s]" "$word"; done; echo\n' >"$place/program"
chmod +x "$place/program"
printf '#!/bin/sh\nwhile [ "$1" != "$PROGRAM" ]; do shift; done\nexec "$@"\n' >"$place/srun"
chmod +x "$place/srun"
plan sweeps/contact_places.cfg --engine slurm --shards 7 --out "$place/it's a b"
sed "s|[^ ]*/pathways |$place/program |" "$stdout" >"$place/job.sh"
code=0
PROGRAM=$place/program PATH=$place:$PATH SLURM_ARRAY_TASK_ID=3 SLURM_CPUS_PER_TASK=1 sh "$place/job.sh" >"$stdout" 2>"$stderr" || code=$?
expect "slurm: what the task starts" 0 out: "\[sweep\]\[run\]\[sweeps/contact_places.cfg\].*\[--out\]\[$place/it's a b\]\[--threads\]\[1\]\[--shard\]\[3/7\]" err: ""
plan sweeps/contact_places.cfg --engine sge --shards 7 --out "$place/a b"
sed "s|[^ ]*/pathways |$place/program |" "$stdout" >"$place/job.sh"
code=0
SGE_TASK_ID=1 sh "$place/job.sh" >"$stdout" 2>"$stderr" || code=$?
expect "sge: what the first task starts" 0 out: "\[--out\]\[$place/a b\].*\[--shard\]\[0/7\]\[--max-time\]\[" err: ""

# With the program itself: three tasks of each script, one after the other, and the merge, give what one process gives.
# srun: options, then the command
printf '#!/bin/sh\nwhile [ "${1#-}" != "$1" ]; do shift; done\nexec "$@"\n' >"$place/srun"
few="--replications 1 --measure budget --set time.warm_up_months=6 --set time.follow_up_months=6 --set time.intake_months=3"
# shellcheck disable=SC2086
run "$PATHWAYS" sweep run sweeps/assessment_workers.cfg --out "$place/one" --quiet $few
expect "one process" 0 out: "" err: ""
run "$PATHWAYS" sweep merge "$place/one"
# Snakemake leaves a folder of its own where it works: a place from which our files are seen too.
mkdir "$place/work" && for seen in params scenarios sweeps; do ln -s "$PWD/$seen" "$place/work/$seen"; done
snake() { snakefile=$1; shift; (cd / && HOME=$place exec snakemake --snakefile "$snakefile" --directory "$place/work" "$@"); }
for engine in slurm sge parallel snakemake; do
    case $engine in parallel | snakemake) command -v $engine >/dev/null || { echo "skipped: $engine is not here; make test-cluster installs it"; continue; } ;; esac
    # shellcheck disable=SC2086
    run "$PATHWAYS" sweep plan sweeps/assessment_workers.cfg --engine $engine --shards 3 --try-seconds 1 --out "$place/by $engine" $few
    expect "a script for $engine" 0 out: "33 points" err: ""
    cp "$stdout" "$place/job"
    code=0
    case $engine in
    slurm) for i in 0 1 2; do PATH=$place:$PATH SLURM_ARRAY_TASK_ID=$i SLURM_CPUS_PER_TASK=1 sh "$place/job" >"$stdout" 2>"$stderr" || code=$?; done ;;
    sge) for i in 1 2 3; do SGE_TASK_ID=$i sh "$place/job" >"$stdout" 2>"$stderr" || code=$?; done ;;
    parallel) sh "$place/job" >"$stdout" 2>"$stderr" || code=$? ;;
    snakemake) snake "$place/job" --quiet --cores 1 >"$stdout" 2>"$stderr" || code=$? ;;
    esac
    [ $code = 0 ]; ok "$engine: its tasks end well" $?
    [ $code = 0 ] || head -n 5 "$stderr"
    run "$PATHWAYS" sweep merge "$place/by $engine"
    ok "$engine: all is there" $code
    same "$engine: the same bytes as one process" "$place/one/merged.csv.gz" "$place/by $engine/merged.csv.gz"
done

# A shard that dies, and one that cannot be done. A program stands before ours: shard 1 is killed, once or as long as the file `broken` is there.
PATHWAYS=$(realpath "$PATHWAYS")
cat >"$place/frail" <<END
#!/bin/sh
case "\$*" in
*"--shard 1/3") if [ -e "$place/broken" ] || [ ! -e "$place/died" ]; then : >"$place/died"; kill -KILL \$\$; fi ;;
esac
exec "$PATHWAYS" "\$@"
END
chmod +x "$place/frail"
go() {
    code=0
    case $1 in
    parallel) sh "$place/job" >"$stdout" 2>"$stderr" || code=$? ;;
    snakemake) snake "$place/job" --keep-going --cores 1 >"$stdout" 2>"$stderr" || code=$? ;;
    esac
}
for engine in parallel snakemake; do
    command -v $engine >/dev/null || { echo "skipped: $engine is not here; make test-cluster installs it"; continue; }
    for how in once "as long as it is broken"; do
        out="$place/$engine $how"
        # shellcheck disable=SC2086
        run "$PATHWAYS" sweep plan sweeps/assessment_workers.cfg --engine $engine --shards 3 --try-seconds 1 --out "$out" $few
        sed "s|$PATHWAYS sweep|$place/frail sweep|g" "$stdout" >"$place/job"
        rm -f "$place/died"
        if [ $engine = snakemake ]; then
            snake "$place/job" --dry-run --cores 1 >"$stdout" 2>"$stderr"
            [ $? -eq 0 ] && grep -q "^shard  *3" "$stdout" && grep -q "^merge  *1" "$stdout" && [ ! -e "$out" ]
            ok "snakemake: a dry run names three shards and a merge, and does nothing" $?
        fi
        [ "$how" = once ] || : >"$place/broken"
        go $engine
        [ -e "$place/died" ]; ok "$engine: a shard was killed ($how)" $?
        if [ "$how" != once ]; then
            [ $code -ne 0 ]; ok "$engine: a shard that cannot be done is a failure (exit $code)" $?
            run "$PATHWAYS" sweep status "$out"
            expect "... the others are done" 75 out: "sbatch --array=1 job.sh" err: ""
            rm "$place/broken"
            go $engine
        fi
        [ $code = 0 ]; ok "$engine: what was killed $how is done again, and merged" $?
        [ $code = 0 ] || head -n 5 "$stderr"
        same "$engine: the same bytes as one process" "$place/one/merged.csv.gz" "$out/merged.csv.gz"
    done
done
rm -r "$place"

# ---- what is refused
run "$PATHWAYS" sweep plan
expect "without a design" 2 out: "" err: "which design?"
run "$PATHWAYS" sweep plan a.cfg b.cfg
expect "two designs" 2 out: "" err: "one design at a time"
run "$PATHWAYS" sweep plan sweeps/none.cfg
expect "no such design" 3 out: "" err: "sweeps/none.cfg"
run "$PATHWAYS" sweep plan sweeps/contact_places.cfg --measure wait_volutary_contact
expect "a misspelt measure" 3 out: "" err: "did you mean wait_voluntary_contact"
run "$PATHWAYS" sweep plan sweeps/contact_places.cfg --points 5
expect "points of a grid" 3 out: "" err: "this design's inputs say how many there are"
run "$PATHWAYS" sweep plan sweeps/contact_places.cfg --hours 0
expect "shards of no time" 2 out: "" err: "--hours must be above 0"
run "$PATHWAYS" sweep plan sweeps/contact_places.cfg --engine pbs
expect "an engine that is not known" 2 out: "" err: "slurm"

finish
