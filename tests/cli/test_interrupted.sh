#!/bin/sh
# What is left of a run that was stopped, killed, or that ran out of memory.
set -u
. tests/cli/check.inc
scenario=scenarios/supervised_contact.cfg
nothing_left() { [ -z "$(ls -A "$folder/out" 2>/dev/null)" ]; }

# Starts a long run in the background and waits until its hidden folder is there. A shell's background jobs ignore SIGINT, and what ignores it
# goes on ignoring it: env resets that.
start() {
    mkdir -p "$folder/out"
    env --default-signal=INT "$PATHWAYS" run --no-report $scenario --draws 1000 --replications 100 --threads 2 --out "$folder/out/run" --quiet >"$stdout" 2>"$stderr" &
    pid=$!
    tries=0
    while [ ! -d "$folder/out/.run.partial" ] && [ $tries -lt 300 ]; do sleep 0.1; tries=$((tries + 1)); done
    sleep 0.5
}

for signal in INT TERM; do
    start
    before=$(date +%s%N)
    kill -s $signal $pid
    wait $pid
    code=$?
    took=$((($(date +%s%N) - before) / 1000000))
    expect "a run stopped by SIG$signal ends with 130 and says so" 130 out: "" err: "."
    nothing_left
    ok "nothing is left after SIG$signal" $?
    # A second on a free machine; the sanitizers and a shared one take longer.
    case $PATHWAYS in */asan/* | */tsan/* | */ubsan/*) limit=20000 ;; *) limit=2000 ;; esac
    [ $took -le $limit ]
    ok "SIG$signal is obeyed soon (took $took ms)" $?
done

start
kill -KILL $pid
wait $pid 2>/dev/null
[ ! -e "$folder/out/run" ] && [ -d "$folder/out/.run.partial" ]
ok "a killed run leaves only its hidden folder" $?
run "$PATHWAYS" run --no-report $scenario --draws 2 --replications 1 --out "$folder/out/run" --quiet
[ "$code" -eq 0 ] && [ "$(ls -A "$folder/out")" = run ]
ok "the next run to the same place removes it" $?

run "$PATHWAYS" run --no-report $scenario --draws 2 --replications 1 --out "$folder/out/run" --quiet
expect "an older run is not overwritten" 2 out: "" err: "exists already; choose another place, or replace it with --force"
run "$PATHWAYS" run --no-report $scenario --draws 2 --replications 1 --out "$folder/out/run" --quiet --force
[ "$code" -eq 0 ] && [ "$(ls -A "$folder/out")" = run ]
ok "unless --force says so" $?
rm -r "$folder/out"

# Stopped while the pages are made: what was simulated stands, and the program that draws does not go on alone.
mkdir -p "$folder/out" "$folder/bin"
for program in gnuplot weasyprint; do
    rm -f "$folder/bin/"*
    printf '#!/bin/sh\n: >"%s/begun"\nexec sleep 60\n' "$folder" >"$folder/bin/$program" && chmod +x "$folder/bin/$program"
    for verb in run report; do
        if [ $verb = run ]; then set -- run $scenario --draws 2 --replications 1 --threads 1 --out "$folder/out/run" --quiet --force; else set -- report "$folder/out/run"; fi
        rm -f "$folder/begun"
        env --default-signal=TERM PATH="$folder/bin:$PATH" "$PATHWAYS" "$@" >"$stdout" 2>"$stderr" &
        pid=$! tries=0
        while [ ! -e "$folder/begun" ] && [ $tries -lt 600 ]; do sleep 0.1; tries=$((tries + 1)); done
        before=$(date +%s%N)
        kill -s TERM $pid
        wait $pid
        code=$?
        took=$((($(date +%s%N) - before) / 1000000))
        if [ $verb = run ]; then sentence="the numbers are in $folder/out/run/; their pages are not made (pathways report"; else sentence="Stopped before the end"; fi
        expect "$verb stopped while $program works" 130 out: "" err: "$sentence"
        [ $took -le $limit ]
        ok "... soon (took $took ms)" $?
        [ -f "$folder/out/run/summary.csv" ] && [ ! -e "$folder/out/run/briefing.html" ] && [ "$(ls -A "$folder/out")" = run ]
        ok "... leaves the numbers and no page" $?
    done
done
rm -r "$folder/out"

# A library that cannot get memory may end the process: whole results or none are there, whatever the limit. (The sanitizers need all the
# address space for themselves.)
case $PATHWAYS in
*/asan/* | */tsan/*) ;;
*)
    for kilobytes in 20000 40000 60000 80000 120000 200000; do
        rm -rf "$folder/out" && mkdir "$folder/out"
        (ulimit -v $kilobytes && exec "$PATHWAYS" run --no-report $scenario --draws 2 --replications 1 --threads 1 --out "$folder/out/run" --quiet) >"$stdout" 2>"$stderr"
        code=$?
        if [ $code -eq 0 ]; then [ -f "$folder/out/run/manifest.json" ]; else [ ! -e "$folder/out/run" ]; fi
        ok "whole results or none with $kilobytes KB (exit $code)" $?
    done
    ;;
esac
finish
