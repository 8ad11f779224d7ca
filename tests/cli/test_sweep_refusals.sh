#!/bin/sh
# What a sweep refuses, and what is left when it could not go on: a sentence, an exit code, and nothing lost.
set -u
. tests/cli/check.inc
unset SLURM_PROCID SLURM_STEP_NUM_TASKS SLURM_ARRAY_TASK_ID OMPI_COMM_WORLD_RANK OMPI_COMM_WORLD_SIZE PMI_RANK PMI_SIZE SGE_TASK_ID
base=bench/toy.cfg
printf 'incidents.per_year\n1\n2\n3\n4\n' >"$folder/design.csv"
sweep() { "$PATHWAYS" sweep run "$folder/design.csv" --baseline $base --measure repeat_notifications --replications 2 "$@"; }

run sweep --out "$folder/s" --max-points 2 --quiet
expect "a sweep is begun" 75 out: "" err: "max-points"

# Two sweeps, one folder.
for other in "--seed 2" "--replications 6" "--measure served" "--set time.follow_up_months=20"; do
    # shellcheck disable=SC2086
    run sweep --out "$folder/s" $other
    expect "another sweep in the same folder is refused ($other)" 5 out: "" err: "$folder/s holds another sweep (.*); choose another folder"
done
run sweep --out "$folder/s" --seed 2
expect "... and what differs is said" 5 out: "" err: "(seed 1 there, 2 here)"
sed -i 's/$/ /' "$folder/design.csv" && sed -i 's/ $//' "$folder/design.csv" && printf '5\n' >>"$folder/design.csv"
run sweep --out "$folder/s"
expect "a design that has grown is another sweep" 5 out: "" err: "(points 4 there, 5 here).*sweep extend"
sed -i '$d' "$folder/design.csv"
mkdir "$folder/mine" && echo "dear diary" >"$folder/mine/diary.txt"
run sweep --out "$folder/mine"
expect "somebody's folder is left alone" 2 out: "" err: "holds other files and no manifest.json"
[ "$(ls -A "$folder/mine")" = diary.txt ]
ok "... as it was" $?
run "$PATHWAYS" run --draws 0 --replications 1 --baseline $base --out "$folder/run" --quiet
run sweep --out "$folder/run"
expect "a run's folder holds no sweep" 3 out: "" err: "manifest.json is not the manifest of a sweep"
mkdir "$folder/empty"
run sweep --out "$folder/empty" --quiet
expect "an empty folder is as good as none" 0 out: "" err: ""
for verb in status merge "extend --points 9"; do
    # shellcheck disable=SC2086
    run "$PATHWAYS" sweep $verb "$folder/nowhere"
    expect "there is no sweep to $verb" 3 out: "" err: "there is no sweep in $folder/nowhere"
done

# One for the other.
run "$PATHWAYS" sweep run scenarios/joint_screening.cfg --out "$folder/none"
expect "a scenario is no sweep" 3 out: "" err: "joint_screening.cfg:4: base: this is a scenario, not a sweep"
[ "$(wc -l <"$stderr")" = 1 ] && [ ! -e "$folder/none" ]
ok "... and nothing else is said, or made" $?
run "$PATHWAYS" run sweeps/contact_places.cfg --out "$folder/none"
expect "a sweep is no scenario" 3 out: "" err: "contact_places.cfg:[0-9]*: design: This is a sweep, not a scenario"
[ "$(wc -l <"$stderr")" = 1 ] && [ ! -e "$folder/none" ]
ok "... and nothing else is said, or made" $?

# Versions and inputs.
cp -R "$folder/s" "$folder/version"
sed -i 's/"results_version": [0-9]*/"results_version": 999/' "$folder/version/manifest.json"
for verb in "run --out" status merge; do
    # shellcheck disable=SC2086
    run "$PATHWAYS" sweep $verb "$folder/version"
    expect "a sweep of another version is refused by $verb" 5 out: "" err: "version 999 of the results, this one has version"
done
# A part whose records say another version, whole in every other way: what stands at byte 56 of each, and its checksum at byte 60 (model/experiment/member.h).
cat >"$folder/other_version.pl" <<'END'
my @crc = map { my $c = $_; $c = $c & 1 ? 0xEDB88320 ^ ($c >> 1) : $c >> 1 for 1 .. 8; $c } 0 .. 255;
local $/; open my $in, '<:raw', $ARGV[0] or die; my $all = <$in>; close $in;
for (my $at = 0; $at < length $all;) {
    my $length = unpack 'V', substr($all, $at + 20, 4);
    substr($all, $at + 56, 4) = pack 'V', 999;
    my $check = 0xFFFFFFFF;
    $check = $crc[($check ^ $_) & 255] ^ ($check >> 8) for unpack 'C*', substr($all, $at, 60) . substr($all, $at + 64, $length - 64);
    substr($all, $at + 60, 4) = pack 'V', $check ^ 0xFFFFFFFF;
    $at += $length;
}
open my $out, '>:raw', $ARGV[0] or die; print $out $all; close $out;
END
cp -R "$folder/s" "$folder/part"
part=$(ls "$folder/part/parts")
perl "$folder/other_version.pl" "$folder/part/parts/$part"
[ "$(gzip -dc "$folder/s/parts/$part" | cksum)" = "$(gzip -dc "$folder/part/parts/$part" | cksum)" ]
ok "a part of another version has rows that can be read" $?
cksum "$folder/part/parts/$part" >"$folder/part.before"
for verb in "run --out" status merge; do
    # shellcheck disable=SC2086
    run "$PATHWAYS" sweep $verb "$folder/part"
    sed -i '/^the whole sweep (no --shard) in/d' "$stdout"
    expect "a part of another version is refused by $verb" 5 out: "" err: "part/parts/$part was written by a program with version 999 of the results, this one has version"
done
cksum "$folder/part/parts/$part" >"$folder/part.after"
same "... and left as it is" "$folder/part.before" "$folder/part.after"
[ "$(ls "$folder/part/parts")" = "$part" ] && [ ! -e "$folder/part/merged.csv.gz" ]
ok "... and nothing is written beside it" $?
mkdir "$folder/aside" && mv "$folder/part/parts/$part" "$folder/aside/"
run "$PATHWAYS" sweep run --out "$folder/part" --quiet
expect "... without it the sweep goes on" 0 out: "" err: ""

cp -R "$folder/s" "$folder/changed"
find "$folder/changed/inputs" -name toy.cfg -exec sed -i 's/per_year         = 4.0/per_year         = 4.5/; s/closed_cohort = 1000/closed_cohort = 999/' {} +
run "$PATHWAYS" sweep run --out "$folder/changed"
expect "inputs that somebody changed are refused" 5 out: "" err: "somebody has changed a file there"
echo "{" >"$folder/changed/manifest.json"
run "$PATHWAYS" sweep status "$folder/changed"
expect "a broken manifest is named with its line" 3 out: "" err: "manifest.json:"

# Places that cannot be written.
run sweep --out "$folder/design.csv"
expect "a file is no folder" 2 out: "" err: "is not a folder; choose another place"
run sweep --out "$folder/design.csv/below"
[ "$code" -ne 0 ] && [ -s "$stderr" ]
ok "nothing stands below a file" $?
cp -R "$folder/s" "$folder/blocked" && rm -r "$folder/blocked/parts" && : >"$folder/blocked/parts"
run "$PATHWAYS" sweep run --out "$folder/blocked" --quiet
[ "$code" -ne 0 ] && grep -q "blocked/parts" "$stderr"
ok "parts that is no folder is named (exit $code)" $?
if [ "$(id -u)" -ne 0 ]; then
    cp -R "$folder/s" "$folder/readonly" && chmod a-w "$folder/readonly/parts"
    run "$PATHWAYS" sweep run --out "$folder/readonly" --quiet
    expect "a read-only folder" 1 out: "" err: "readonly/parts cannot be written: Permission denied"
    chmod u+w "$folder/readonly/parts"
elif unshare --mount true 2>/dev/null; then
    cp -R "$folder/s" "$folder/readonly"
    run unshare --mount sh -c 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" sweep run --out "$1" --quiet' sh "$folder/readonly" "$PATHWAYS"
    expect "a read-only folder" 1 out: "" err: "readonly/parts cannot be written: Read-only file system"
    # A disk that is full before all is written.
    mkdir "$folder/disk"
    run unshare --mount sh -c 'mount -t tmpfs -o size=300k tmpfs "$1" && cp -R "$2" "$1/s";
        head -c 400000 /dev/zero >"$1/filler" 2>/dev/null; "$3" sweep run --out "$1/s" --quiet; code=$?; rm "$1/filler"; "$3" sweep run --out "$1/s" --quiet && "$3" sweep merge "$1/s" --quiet &&
        cp "$1/s/merged.csv.gz" "$1/../after_full_disk.csv.gz"; exit $code' sh "$folder/disk" "$folder/s" "$PATHWAYS"
    expect "a full disk" 1 out: "" err: "cannot be written: No space left on device"
    run sweep --out "$folder/whole" --quiet
    run "$PATHWAYS" sweep merge "$folder/whole" --quiet
    same "... after which, with room again, all is as it should be" "$folder/after_full_disk.csv.gz" "$folder/whole/merged.csv.gz"
else
    echo "skipped: a read-only folder and a full disk (no unshare here)"
fi
cp -R "$folder/s" "$folder/limited"
if sh -c 'ulimit -f 1; exec "$0" check params/baseline.cfg' "$PATHWAYS" >/dev/null 2>&1; then
    run sh -c 'ulimit -f 1; exec "$0" sweep run --out "$1" --quiet' "$PATHWAYS" "$folder/limited"
    [ "$code" -eq 0 ] || { [ "$code" -eq 1 ] && grep -q "File too large" "$stderr"; }
    ok "a limit on files is a sentence (exit $code)" $?
else
    echo "skipped: a limit on files (this build cannot start under one: the thread sanitizer writes a file of its own)"
fi
run "$PATHWAYS" sweep run --out "$folder/limited" --quiet
expect "... and the sweep goes on without it" 0 out: "" err: ""

# Points that make no model: the others are done; each is named with its reason and its command.
printf 'stages.screening.choice.letter.percent\n20\n99.5\n25\n' >"$folder/percent.csv"
run "$PATHWAYS" sweep run "$folder/percent.csv" --measure served --replications 1 --out "$folder/failed"
expect "a point that makes no model" 3 out: "2 done here" err: "1 unit could not be done; the first is of point 1: "
run "$PATHWAYS" sweep status "$folder/failed"
expect "... is listed with the command that tries it again" 3 out: "pathways sweep run --out $folder/failed --point 1" err: ""
run "$PATHWAYS" sweep run --out "$folder/failed" --point 1 --quiet
expect "... which fails again, alone" 3 out: "" err: "point 1: "
run "$PATHWAYS" sweep merge "$folder/failed"
expect "what failed keeps a sweep from being whole" 3 out: "" err: "all of them of points that failed"
run "$PATHWAYS" sweep merge "$folder/failed" --partial
expect "... unless asked" 0 out: "2 units" err: ""

# Launchers.
run env SLURM_PROCID=1 SLURM_STEP_NUM_TASKS=4 "$PATHWAYS" sweep run --out "$folder/s"
expect "four ranks that would each do everything" 2 out: "" err: "the launcher started 4 of this program (SLURM_STEP_NUM_TASKS), and each would do the whole sweep"
run env SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_MIN=3 SLURM_ARRAY_TASK_MAX=7 SLURM_ARRAY_TASK_COUNT=2 "$PATHWAYS" sweep run --out "$folder/s" --shard auto
expect "--array=3,7 does not say which shard" 2 out: "" err: "SLURM_ARRAY_TASK_ID/n"
run env SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_MAX=1 SLURM_ARRAY_TASK_COUNT=2 "$PATHWAYS" sweep run --out "$folder/s" --shard auto
expect "an array is found and said" 0 out: "shard 1 of 2, from SLURM_ARRAY_TASK_ID 1 of 0 to 1" err: ""
run env OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=2 "$PATHWAYS" sweep run --out "$folder/s" --shard auto
expect "ranks are found and said" 0 out: "shard 0 of 2, from OMPI_COMM_WORLD_RANK 0 of 2" err: ""
if ! "$PATHWAYS" --version | grep -q "MPI"; then
    run "$PATHWAYS" sweep run --out "$folder/s" --mpi
    expect "a program without MPI says so" 2 out: "" err: "make MPI=1"
fi

# The command line.
for wrong in "--shard 3/3" "--shard x" "--max-time -1" "--max-points 0" "--threads 0" "--point 4" "--point 1 --shard 0/2" "--replications 8" "$folder/design.csv"; do
    # shellcheck disable=SC2086
    run "$PATHWAYS" sweep run --out "$folder/s" "$folder"/nonsense $wrong
    [ "$code" -eq 2 ] || [ "$code" -eq 3 ]
    ok "refused: $wrong (exit $code)" $?
done
run "$PATHWAYS" sweep run
expect "nothing was named" 2 out: "" err: "which design?"
run "$PATHWAYS" sweep run --out "$folder/s" --replications 8
expect "options do not change a sweep that is there" 2 out: "" err: "sweep extend"
run "$PATHWAYS" sweep run --out "$folder/s" --point 4
expect "a point beyond the last" 2 out: "" err: "there is no point 4; the last of this design is 3"
run "$PATHWAYS" sweep merge
expect "no folder to merge" 2 out: "" err: "which folder?"
finish
