#!/bin/sh
# The same bytes from every build: a small run at fixed values and one over draws, by gcc and clang, -O1, -O3 and -march=native, two
# engines, 1 and 3 threads. Prints one line a comparison and ends with `N passed, N failed`.
set -u
work=build/repro
rm -rf "$work/out" && mkdir -p "$work/out" || exit 1
passed=0 failed=0
scenario=scenarios/supervised_contact.cfg

build() { # NAME CC OPTIMISE
    make CONFIG="repro-$1" CC="$2" OPTIMISE="$3" CFLAGS=-Wno-error "build/repro-$1/pathways" >"$work/build.log" 2>&1 || { cat "$work/build.log"; echo "0 passed, 1 failed"; exit 1; }
}

run() { # NAME PROGRAM OPTIONS...
    name=$1 program=$2
    shift 2
    "$program" run $scenario --seed 2385 --draws 0 --replications 2 --out "$work/out/$name-fixed" --force --quiet "$@" >/dev/null || echo "$name did not run"
    "$program" run $scenario --seed 2385 --draws 3 --replications 2 --out "$work/out/$name-draws" --force --quiet "$@" >/dev/null || echo "$name did not run"
}

same() { # NAME: every CSV of it equals the reference's
    for kind in fixed draws; do
        for file in "$work/out/reference-$kind"/*.csv; do
            other=$work/out/$1-$kind/$(basename "$file")
            if cmp -s "$file" "$other"; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "different: $file $other"; fi
        done
    done
}

build gcc-O3 gcc -O3
run reference build/repro-gcc-O3/pathways --threads 1
[ -f "$work/out/reference-fixed/world.csv" ] || { echo "there is no world.csv"; failed=$((failed + 1)); }
run threads-3 build/repro-gcc-O3/pathways --threads 3
same threads-3
run ordered build/repro-gcc-O3/pathways --threads 2 --engine ordered
same ordered
for compiler in gcc clang; do
    for optimise in "-O1" "-O3 -march=native" "-O3 -march=x86-64" "-O3"; do
        [ "$compiler $optimise" != "gcc -O3" ] || continue
        name=$compiler$(echo "$optimise" | tr -d ' =')
        build "$name" "$compiler" "$optimise"
        run "$name" "build/repro-$name/pathways" --threads 2
        same "$name"
    done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
