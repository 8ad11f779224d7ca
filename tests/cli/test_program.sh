#!/bin/sh
# The command line itself: help, version, what is misspelt, output that cannot be written.
set -u
. tests/cli/check.inc

run "$PATHWAYS"
expect "without a verb: short help on stderr" 2 out: "" err: "usage: pathways VERB"

run "$PATHWAYS" --help
expect "--help lists the verbs" 0 out: "  run " err: ""
run "$PATHWAYS" help
expect "help lists the verbs" 0 out: "  check " err: ""
for verb in run check explain map params measures centres sweep help; do
    run "$PATHWAYS" help "$verb"
    expect "help $verb explains it, with examples" 0 out: "Examples:" err: ""
    cp "$stdout" "$stdout.help"
    run "$PATHWAYS" "$verb" --help
    expect "$verb --help" 0 out: "usage: pathways $verb" err: ""
    same "$verb --help says what help $verb says" "$stdout" "$stdout.help"
done

for part in plan run status merge extend; do
    run "$PATHWAYS" help sweep "$part"
    expect "help sweep $part explains it, with examples" 0 out: "Examples:" err: ""
    cp "$stdout" "$stdout.help"
    run "$PATHWAYS" sweep "$part" --help
    expect "sweep $part --help" 0 out: "usage: pathways sweep $part" err: ""
    same "sweep $part --help says what help sweep $part says" "$stdout" "$stdout.help"
done
run "$PATHWAYS" sweep
expect "sweep without a part" 2 out: "" err: "sweep what? There is plan"
run "$PATHWAYS" sweep paln
expect "a misspelt part" 2 out: "" err: 'there is no "sweep paln"; did you mean sweep plan?'
run "$PATHWAYS" help sweep paln
expect "help for a misspelt part" 2 out: "" err: "did you mean sweep plan?"
run "$PATHWAYS" help run check
expect "help for two verbs" 2 out: "" err: "one verb at a time"

run "$PATHWAYS" --version
for word in "pathways 0.1.0" "commit     [0-9a-fu]" "compiler   [gc][cl][ca]" "generator  Philox4x32-10" "GSL [0-9]" "libconfig [0-9]" "jansson [0-9]" "OpenMP [0-9]"; do
    expect "--version says \"$word\"" 0 out: "$word" err: ""
done

run "$PATHWAYS" rnu
expect "a misspelt verb" 2 out: "" err: 'there is no verb "rnu"; did you mean run?'
run "$PATHWAYS" frobnicate
expect "an unknown verb" 2 out: "" err: 'there is no verb "frobnicate"; "pathways --help" lists them all'
run "$PATHWAYS" help rnu
expect "help for a misspelt verb" 2 out: "" err: "did you mean run?"
run "$PATHWAYS" --versoin
expect "a misspelt option of the program" 2 out: "" err: "there is no option --versoin; did you mean --version?"
run "$PATHWAYS" run --no-report --thread-s 3 scenarios/supervised_contact.cfg
expect "a misspelt option of a verb" 2 out: "" err: "did you mean --threads?"
run "$PATHWAYS" run --no-report --threads 12x scenarios/supervised_contact.cfg
expect "a number with something after it" 2 out: "" err: '--threads is "12x"; allowed: a whole number from 1'

"$PATHWAYS" --help >/dev/full 2>"$stderr"
code=$?
: >"$stdout"
expect "a full disk" 1 out: "" err: "standard output cannot be written: No space left on device"

# The reader ends before the writer begins: the pipe is closed for certain.
{ sleep 0.2; "$PATHWAYS" --help 2>"$stderr"; echo $? >"$stdout.code"; } | true
code=$(cat "$stdout.code")
expect "a closed pipe" 1 out: "" err: "standard output cannot be written: Broken pipe"

# Closed before it begins: else the first file that is opened would take the number, and what is said would land in it.
"$PATHWAYS" map --worlds 10000 --out "$folder/none" <&- >&- 2>&- &
pid=$! tries=0
while [ "$(readlink /proc/$pid/fd/2)" != /dev/null ] && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
taken=$(readlink /proc/$pid/fd/0 /proc/$pid/fd/1 /proc/$pid/fd/2 | tr '\n' ' ')
kill -KILL $pid
wait $pid 2>/dev/null
[ "$taken" = "/dev/null /dev/null /dev/null " ]
ok "closed standard streams are nobody's ($taken)" $?
"$PATHWAYS" --help >&- 2>"$stderr"
code=$?
: >"$stdout"
expect "a closed standard output" 1 out: "" err: "standard output cannot be written: Bad file descriptor"

run "$PATHWAYS" help --man
expect "help --man prints the manual page" 0 out: "^.TH PATHWAYS 1" err: ""
same "docs/pathways.1 is that text" "$stdout" docs/pathways.1

finish
