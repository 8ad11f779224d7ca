#!/bin/sh
# The archive of `make dist`, unpacked into an empty root: the program runs there, where there is no library, no /proc and no /tmp, and gives the same numbers.
set -u
. tests/cli/check.inc
scenario=scenarios/supervised_contact.cfg
quick="--draws 2 --replications 1 --set areas.north.families_per_month=4.0 --set areas.south.families_per_month=3.0 --set time.warm_up_months=12"
root=$folder/root

if [ "$(id -u)" = 0 ]; then enter=chroot; else enter="unshare -r chroot"; fi
mkdir -p "$root"
if ! $enter / true 2>/dev/null; then
    echo "skipped: this machine lets nobody change the root folder"
    exit 77
fi
config=$(basename "$(dirname "$PATHWAYS")")
case $config in asan | ubsan | tsan | coverage)
    echo "skipped: what watches a program cannot be linked statically"
    exit 77 ;;
esac

run env EXAMPLE_DRAWS=2 EXAMPLE_REPLICATIONS=1 make -s CONFIG=test dist DIST="$folder/dist"
expect "make dist makes one archive" 0 out: "pathways-.*\.tar\.gz" err: ""
archive=$(tail -n 1 "$stdout")
cp "$archive" "$folder/first.tar.gz"
sleep 1      # another second on the clock
run env EXAMPLE_DRAWS=2 EXAMPLE_REPLICATIONS=1 make -s CONFIG=test dist DIST="$folder/dist"
same "... the same bytes whenever it is made" "$folder/first.tar.gz" "$archive"
tar xzf "$archive" -C "$root" --strip-components=1
ok "the archive is whole" $?
for file in START_HERE.txt LICENSE licences/GPL-3 source.tar.gz docs/policies.md params/baseline.cfg scenarios/joint_screening.cfg output/example/summary.csv; do
    [ -s "$root/$file" ]
    ok "the archive holds $file" $?
done
grep -q "^pathways [0-9]" "$root/START_HERE.txt"
ok "its first page names the version" $?
grep -q "on $(TZ=UTC git log -1 --date=format-local:%Y-%m-%d --format=%cd)," "$root/output/example/briefing.html"
ok "its example has the date of the commit" $?

# shellcheck disable=SC2086
run $enter "$root" /pathways run $scenario $quick --out output/mine
expect "the program runs in an empty root" 0 out: "Repeat notifications" err: ""
# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report $scenario $quick --out "$folder/here"
for file in summary.csv differences.csv draws.csv parameters.csv; do
    same "... and gives the same $file" "$folder/here/$file" "$root/output/mine/$file"
done
run $enter "$root" /pathways check $scenario
expect "... and checks a scenario" 0 out: "nothing wrong" err: ""
run $enter "$root" /pathways explain $scenario
expect "... and explains it" 0 out: "supervised contact" err: ""
finish
