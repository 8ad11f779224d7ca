#!/bin/sh
# A sweep under mpirun (OpenMPI) and mpiexec (MPICH's hydra): ranks of the plain program that shard themselves, and, where programs built with MPI=openmpi and MPI=mpich are
# there, ranks that share one list. A rank is killed, the sweep goes on, the bytes are those of the serial run.
set -u
if [ -z "${IN_SPACE:-}" ]; then
    for program in mpirun.openmpi mpiexec.hydra unshare; do
        command -v $program >/dev/null || { echo "skipped: no $program here; make test-cluster installs OpenMPI and MPICH"; exit 77; }
    done
    export IN_SPACE=1
    # Ranks listen on every address: they get a network of their own. The process namespace ends whatever is left.
    unshare --net --pid --fork --mount-proc true 2>/dev/null || { echo "skipped: this machine does not let a test have namespaces"; exit 77; }
    exec unshare --net --pid --fork --kill-child=KILL --mount-proc sh -c 'ip link set lo up 2>/dev/null; exec timeout -k 5 600 sh tests/cluster/test_ranks.sh'
fi
. tests/cli/check.inc
PATHWAYS=$(realpath "$PATHWAYS")
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 OMPI_MCA_btl=self,vader OMPI_MCA_oob_tcp_if_include=lo
unset SLURM_PROCID SLURM_STEP_NUM_TASKS OMPI_COMM_WORLD_RANK PMI_RANK
mpirun() { mpirun.openmpi --bind-to none "$@"; }
awk 'BEGIN { print "incidents.per_year"; for (i = 0; i < 24; i++) print 1 + i / 8 }' >"$folder/design.csv"
what="$folder/design.csv --baseline bench/toy.cfg --set time.closed_cohort=20000 --measure repeat_notifications --replications 2 --block 1 --threads 1"
pid_of() { ls "$folder/$1/parts" | sed -n "s/^$2-[^-]*-\([0-9]*\).*/\1/p" | tail -n 1; }
until_it_runs() { # OUT SHARD...: until every one of them has written a record
    out=$1
    shift
    for shard; do
        tries=0
        while [ -z "$(ls "$folder/$out/parts" 2>/dev/null | grep "^$shard-")" ] && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
    done
}
merged() { # NAME OUT
    "$PATHWAYS" sweep merge "$folder/$2" --quiet
    same "$1" "$folder/serial/merged.csv.gz" "$folder/$2/merged.csv.gz"
}

# shellcheck disable=SC2086
"$PATHWAYS" sweep run $what --out "$folder/serial" --quiet
"$PATHWAYS" sweep merge "$folder/serial" --quiet

# The plain program: two ranks, one killed, the sweep run again.
# shellcheck disable=SC2086
mpirun -n 2 "$PATHWAYS" sweep run $what --out "$folder/plain" --shard auto >"$stdout" 2>"$stderr" &
job=$!
until_it_runs plain s0of2 s1of2
kill -KILL "$(pid_of plain s1of2)"
wait $job
code=$?
[ $code -ne 0 ]
ok "mpirun says that a rank died (exit $code)" $?
run "$PATHWAYS" sweep status "$folder/plain"
expect "... and units are missing" 75 out: "missing" err: ""
# shellcheck disable=SC2086
run mpirun -n 2 "$PATHWAYS" sweep run $what --out "$folder/plain" --shard auto
expect "the second run says what it found" 0 out: "shard 1 of 2, from OMPI_COMM_WORLD_RANK 1 of 2" err: ""
merged "... and gives the same bytes" plain
# shellcheck disable=SC2086
run mpiexec.hydra -n 2 "$PATHWAYS" sweep run $what --out "$folder/hydra" --shard auto
expect "two ranks of hydra" 0 out: "shard 1 of 2, from PMI_RANK 1 of 2" err: ""
merged "... give the same bytes" hydra

# Programs that share units by MPI.
with_mpi() { # NAME PROGRAM LAUNCHER...
    name=$1 program=$2
    shift 2
    [ -x "$program" ] || { echo "skipped: --mpi with $name ($program is not there; make test-cluster builds it)"; return; }
    # shellcheck disable=SC2086
    run "$@" -n 3 "$program" sweep run $what --out "$folder/$name" --mpi
    expect "three ranks of $name share the units" 0 out: "shard 0 of 1, from --mpi" err: ""
    [ "$(ls "$folder/$name/parts" | wc -l)" -eq 3 ]
    ok "... each writes its own part" $?
    merged "... and the bytes are the same" "$name"
    # shellcheck disable=SC2086
    "$@" -n 3 "$program" sweep run $what --out "$folder/$name.killed" --mpi >"$stdout" 2>"$stderr" &
    job=$!
    until_it_runs "$name.killed" s0of1
    kill -KILL "$(pid_of "$name.killed" s0of1)"
    wait $job
    code=$?
    [ $code -ne 0 ]
    ok "a rank of $name is killed (exit $code)" $?
    # shellcheck disable=SC2086
    run "$@" -n 2 "$program" sweep run $what --out "$folder/$name.killed" --mpi
    expect "... and two others go on" 0 out: "were there" err: ""
    merged "... to the same bytes" "$name.killed"
    # shellcheck disable=SC2086
    run "$@" -n 2 "$program" sweep run $what --replications 4000 --out "$folder/$name.late" --mpi --max-time 0.5
    [ "$code" -ne 0 ] && grep -q "for --max-time is over" "$stderr"
    ok "time that is up stops all ranks of $name (exit $code)" $?
    run "$@" -n 2 "$program" sweep run --out "$folder/nowhere" --mpi
    [ "$code" -ne 0 ] && grep -q "there is no sweep" "$stderr"
    ok "ranks of $name that cannot begin come to an end (exit $code)" $?
    run env OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=4 PMI_RANK= PMI_SIZE= "$program" sweep run --out "$folder/serial" --mpi
    [ "$code" -eq 2 ] && grep -q "started 4 ranks" "$stderr"
    ok "four ranks of which MPI sees one are refused (exit $code)" $?
}
with_mpi openmpi "$(pwd)/build/pathways-openmpi" mpirun
with_mpi mpich "$(pwd)/build/pathways-mpich" mpiexec.hydra
finish
