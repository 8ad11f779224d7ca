#!/bin/sh
# A sweep in shards: killed, cut short, resumed, extended; always the same tables in the end. No engine is needed.
set -u
. tests/cli/check.inc
base=bench/toy.cfg
# 150 points over two inputs, the first fast-moving; worlds of some milliseconds.
awk 'BEGIN { print "incidents.per_year,police.notifies.percent"; for (i = 0; i < 150; i++) print 1 + i % 15 / 8 "," 10 * (1 + int(i / 15)) }' >"$folder/design.csv"
sweep() { "$PATHWAYS" sweep run "$folder/design.csv" --baseline $base --measure repeat_notifications --replications 4 --block 2 "$@"; }
rows() { gzip -dc "$1/merged.csv.gz" | wc -l; }

run sweep --out "$folder/serial" --threads 1
expect "a whole sweep says what it did" 0 out: "300 units: 0 were there, 300 done here" err: ""
expect "... and what makes the tables" 0 out: "^pathways sweep merge $folder/serial makes the tables$" err: ""
run "$PATHWAYS" sweep merge "$folder/serial"
expect "... and is merged" 0 out: "300 units of 1 parts are in $folder/serial/merged.csv.gz" err: ""
[ "$(rows "$folder/serial")" -eq 601 ]
ok "a row for each world" $?
run "$PATHWAYS" sweep status "$folder/serial"
expect "status of a whole sweep" 0 out: "done     300 of 300 units; 150 of 150 points are whole" err: ""
run sweep --out "$folder/serial" --quiet
expect "nothing is left to do" 0 out: "" err: ""
[ "$(ls "$folder/serial/parts" | wc -l)" -eq 1 ]
ok "... and no empty part is left behind" $?

# Shards in any order, with other threads.
for i in 4 0 2 1 3; do sweep --out "$folder/shards" --shard $i/5 --threads 2 --quiet || echo "failed: shard $i"; done
"$PATHWAYS" sweep merge "$folder/shards" --quiet
same "five shards give the same bytes" "$folder/serial/merged.csv.gz" "$folder/shards/merged.csv.gz"
same "... and the same summary" "$folder/serial/summary.csv" "$folder/shards/summary.csv"

# Processes that all start at once on an empty place: one makes the folder.
for i in 0 1 2 3 4 5 6 7; do sweep --out "$folder/at_once" --shard $i/8 --threads 1 --quiet 2>"$folder/at_once.$i" & done
wait
run "$PATHWAYS" sweep merge "$folder/at_once" --quiet
expect "eight processes that start at once find one folder" 0 out: "" err: ""
same "... and give the same bytes" "$folder/serial/merged.csv.gz" "$folder/at_once/merged.csv.gz"
[ "$(ls -A "$folder" | grep -c made)" -eq 0 ]
ok "... and leave nothing beside it" $?

# Fifty processes, each killed at a random moment, and now and then a part cut at a random byte.
seed=20240607
random() { seed=$(((seed * 1103515245 + 12345) % 2147483648)); echo $((seed / 65536 % $1)); }
kills=0 cuts=0
while [ $kills -lt 50 ]; do
    sweep --out "$folder/killed" --shard $((kills % 3))/3 --threads 2 --quiet 2>/dev/null &
    pid=$!
    sleep 0.$(printf %03d $((30 + $(random 90))))
    kill -KILL $pid 2>/dev/null
    wait $pid 2>/dev/null
    kills=$((kills + 1))
    if [ $((kills % 5)) -eq 0 ]; then
        part=$(ls -S "$folder/killed/parts" 2>/dev/null | head -n 1)
        [ -z "$part" ] || { size=$(stat -c %s "$folder/killed/parts/$part"); truncate -s $((size - 1 - $(random 300))) "$folder/killed/parts/$part" && cuts=$((cuts + 1)); }
    fi
done
[ $cuts -gt 3 ]
ok "parts were cut ($cuts times)" $?
run "$PATHWAYS" sweep status "$folder/killed"
ok "status reads what is there" $((code != 0 && code != 75))
sweep --out "$folder/killed" --quiet
ok "what is missing is done" $?
run "$PATHWAYS" sweep merge "$folder/killed" --quiet
expect "... and merged" 0 out: "" err: ""
same "after fifty kills the same bytes as the serial run" "$folder/serial/merged.csv.gz" "$folder/killed/merged.csv.gz"

# Signals: within a second (more on a busy machine, under the sanitizers), exit code 75, and what is done is kept.
case $PATHWAYS in */asan/* | */tsan/* | */ubsan/*) limit=20000 ;; *) limit=3000 ;; esac
for signal in USR1 TERM INT XCPU; do
    env --default-signal=INT "$PATHWAYS" sweep run "$folder/design.csv" --baseline $base --set time.closed_cohort=20000 --measure repeat_notifications --replications 100 \
        --block 20 --out "$folder/signal" --threads 2 --quiet >"$stdout" 2>"$stderr" &
    pid=$!
    sleep 0.7
    before=$(date +%s%N)
    kill -s $signal $pid
    wait $pid
    code=$?
    took=$((($(date +%s%N) - before) / 1000000))
    expect "stopped by SIG$signal: exit 75" 75 out: "" err: "stopped; what is done is safe"
    [ $took -le $limit ]
    ok "SIG$signal is obeyed soon (took $took ms)" $?
done
run "$PATHWAYS" sweep run --out "$folder/signal" --max-time 0.4 --threads 2
expect "--max-time stops by itself" 75 out: "done here" err: "for --max-time is over"
run sweep --out "$folder/points" --max-points 10 --threads 2
expect "--max-points stops by itself" 75 out: "20 done here" err: "stopped at --max-points"
run "$PATHWAYS" sweep merge "$folder/points"
expect "an incomplete sweep is not merged" 75 out: "" err: "280 of 300 units are missing"
[ ! -e "$folder/points/merged.csv.gz" ]
ok "... and nothing is written" $?
run "$PATHWAYS" sweep merge "$folder/points" --partial --quiet
expect "unless asked" 0 out: "" err: ""
[ "$(rows "$folder/points")" -eq 41 ]
ok "... with what is there" $?

# What is missing, as --array takes it.
sweep --out "$folder/array" --shard 2/9 --quiet && sweep --out "$folder/array" --shard 7/9 --quiet
run "$PATHWAYS" sweep status "$folder/array"
expect "status names the tasks to submit again" 75 out: "sbatch --array=0,1,3-6,8 job.sh" err: ""

# One file for SQL.
run "$PATHWAYS" sweep export "$folder/serial" --sqlite "$folder/s.sqlite"
expect "a sweep is exported" 0 out: "300 units are in $folder/s.sqlite" err: ""
sum=$(gzip -dc "$folder/serial/merged.csv.gz" | awk -F, 'NR > 1 { n++; sum += $6 } END { printf "%d %.6f", n, sum }')
[ "$(sqlite3 "$folder/s.sqlite" "SELECT count(*) || ' ' || printf('%.6f', sum(repeat_notifications)) FROM results JOIN design USING (point)")" = "$sum" ]
ok "... with every row" $?
[ "$(sqlite3 "$folder/s.sqlite" "SELECT value FROM manifest WHERE name = 'points'; SELECT type FROM columns WHERE name = 'point'; PRAGMA integrity_check" | tr '\n' ' ')" = "150 integer ok " ]
ok "... its manifest, its columns, and an index" $?
run "$PATHWAYS" sweep export "$folder/serial" --sqlite "$folder/s.sqlite"
expect "an older file is not replaced" 2 out: "" err: "exists already"
run "$PATHWAYS" sweep export "$folder/serial" --sqlite "$folder/s.sqlite" --force --quiet
expect "unless asked" 0 out: "" err: ""
run "$PATHWAYS" sweep export "$folder/points" --sqlite "$folder/p.sqlite"
expect "an incomplete sweep is not exported" 75 out: "" err: "280 of 300 units are missing"
run "$PATHWAYS" sweep export "$folder/serial" --sqlite "$folder/nowhere/p.sqlite"
expect "a place that is not there" 1 out: "" err: "nowhere/p.sqlite cannot be written"
[ -z "$(ls "$folder" | grep partial)" ]
ok "nothing half-written is left" $?

# More replications, more points: nothing is done again.
head -n 11 "$folder/design.csv" >"$folder/few.csv"
run "$PATHWAYS" sweep run "$folder/few.csv" --baseline $base --measure repeat_notifications --replications 2 --block 2 --out "$folder/grown" --quiet
run "$PATHWAYS" sweep extend "$folder/grown" --replications 3
expect "replications are added" 0 out: "10 points of 3 replications now, 20 units (10 before)" err: ""
run "$PATHWAYS" sweep run --out "$folder/grown"
expect "... and they alone are done" 0 out: "20 units: 10 were there, 10 done here" err: ""
run "$PATHWAYS" sweep extend "$folder/grown" --design "$folder/design.csv"
expect "points are added" 0 out: "150 points of 3 replications now, 300 units (20 before)" err: ""
run "$PATHWAYS" sweep run --out "$folder/grown"
expect "... and they alone are done" 0 out: "300 units: 20 were there, 280 done here" err: ""
run "$PATHWAYS" sweep extend "$folder/grown" --replications 4
run "$PATHWAYS" sweep run --out "$folder/grown" --quiet
"$PATHWAYS" sweep merge "$folder/grown" --quiet
same "in the end the same bytes as at once" "$folder/serial/merged.csv.gz" "$folder/grown/merged.csv.gz"
run "$PATHWAYS" sweep extend "$folder/grown" --design "$folder/few.csv"
expect "a design that lacks points is refused" 2 out: "" err: "have no place in that sweep"
run "$PATHWAYS" sweep extend "$folder/grown" --replications 4
expect "no more is not more" 2 out: "" err: "is not more than the 4 that there are"

# Parts of another sweep that shares units are used, whoever made them.
mkdir -p "$folder/borrow"
run "$PATHWAYS" sweep run "$folder/few.csv" --baseline $base --measure repeat_notifications --replications 4 --block 2 --out "$folder/borrow" --max-points 1 --quiet
cp "$folder"/serial/parts/* "$folder/borrow/parts/"
run "$PATHWAYS" sweep run --out "$folder/borrow"
expect "units of another sweep's part are not done again" 0 out: "20 units: 20 were there, 0 done here" err: ""
finish
