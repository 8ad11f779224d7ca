#!/bin/sh
# The verb calibrate, and runs that draw from what it leaves: rough calibrations of a few sets, with a short warm-up.
set -u
. tests/cli/check.inc
quick="--particles 20 --studies 10 --pilot 20 --worlds 2 --tolerance 12 --moves 1 --refresh 1 --set time.warm_up_months=60"
cells() { awk -F, -v n="$2" '{ print $n }' "$1"; }

# ---- a calibration ----
run "$PATHWAYS" calibrate $quick --threads 2 --out "$folder/one"
expect "a rough calibration runs" 0 out: "What the study taught" err: "generation 1"
for file in posterior.csv targets.csv learnt.csv correlations.csv densities.csv manifest.json inputs/targets.cfg inputs/evidence.cfg; do
    [ -s "$folder/one/$file" ]
    ok "the folder holds $file" $?
done
[ ! -e "$folder/one.state" ]
ok "no state is left beside a finished calibration" $?
grep -q '"results_version": 1' "$folder/one/manifest.json" && grep -q "effective_sets" "$folder/one/manifest.json"
ok "the manifest says the results version and what was reached" $?
grep -q "worlds in .* a second" "$stdout" || { run cat "$stdout"; false; }
ok "worlds spent and their rate are printed" $?
# by the one rule of digits: ends have as many decimals, shares a blank before their sign
grep -Eq '^frailty_variance +[0-9]+\.[0-9] \([0-9]+\.[0-9], [0-9]+\.[0-9]\)  +[0-9]' "$stdout"
ok "an estimate before the study has as many digits as its interval needs" $?
grep -Eq ' (less than 1|[0-9]+|more than 99) %  +(yes|no|)$' "$stdout" && ! grep -Eq '[0-9]%' "$stdout"
ok "... and shares are whole per cents" $?
awk -F, 'NR > 1 { sum += $2 } END { exit !(sum > 0.999 && sum < 1.001) }' "$folder/one/posterior.csv"
ok "weights sum to 1" $?
run "$PATHWAYS" calibrate $quick --threads 1 --out "$folder/two" --quiet
expect "with one thread and quietly" 0 out: "" err: ""
for file in posterior.csv targets.csv learnt.csv correlations.csv densities.csv; do
    same "$file is the same bytes for one thread and two" "$folder/one/$file" "$folder/two/$file"
done

# ---- stopped and gone on with ----
env --default-signal=INT "$PATHWAYS" calibrate --pilot 5000 --threads 2 --out "$folder/early" --quiet >"$stdout" 2>"$stderr" &
pid=$!
tries=0
while [ ! -d "$folder/.early.partial" ] && [ $tries -lt 600 ]; do sleep 0.05; tries=$((tries + 1)); done
kill -s INT $pid 2>/dev/null
wait $pid
code=$?
expect "a calibration that is stopped in its pilot promises nothing" 75 out: "" err: "the same command begins anew"
[ ! -e "$folder/early.state" ]
ok "for it leaves no state" $?
env --default-signal=INT "$PATHWAYS" calibrate $quick --threads 2 --out "$folder/three" --quiet >"$stdout" 2>"$stderr" &
pid=$!
tries=0
while [ ! -f "$folder/three.state" ] && [ $tries -lt 600 ]; do sleep 0.05; tries=$((tries + 1)); done
kill -s INT $pid 2>/dev/null
wait $pid
code=$?
expect "a calibration that is stopped says that it can be gone on with" 75 out: "" err: "goes on from"
[ ! -e "$folder/three" ] && [ -s "$folder/three.state" ]
ok "it leaves its state and no folder" $?
run "$PATHWAYS" calibrate $quick --threads 1 --out "$folder/three" --quiet --seed 2
expect "another calibration does not go on from it" 3 out: "" err: "another calibration"
run "$PATHWAYS" calibrate $quick --threads 1 --out "$folder/three" --quiet
expect "the same command goes on" 0 out: "" err: ""
same "and ends where it would have ended" "$folder/one/posterior.csv" "$folder/three/posterior.csv"

# ---- what it refuses ----
mkdir -p "$folder/params"
cp params/*.cfg "$folder/params/"
wrong() { sed "$2" params/targets.cfg >"$folder/params/targets.cfg"; run "$PATHWAYS" calibrate "$folder/params/baseline.cfg" $quick --out "$folder/wrong" --quiet; expect "$1" 3 out: "" err: "$3"; }
wrong "a target that names no measure is refused" 's/"renotified_12_months"/"renotified_12_month"/' "did you mean renotified_12_months"
wrong "contradictory counts are refused" 's/least = 75; most = 83/least = 85; most = 83/' "injury: least 85, most 83"
wrong "a target beyond the prior is refused" 's/kind = "bound"; low = 50.0; use = "fitted"; source = "stanley2009"/kind = "bound"; low = 99.9; use = "fitted"; source = "stanley2009"/' "removed: the prior excludes it"
[ ! -e "$folder/wrong" ]
ok "and nothing is left" $?
cp params/targets.cfg "$folder/params/"
sed 's/{ name = "new_assessment"; kind = "percent"; value = 5.6; low = 0.84; high = 14.5; grade = "assumed"; source = "none"/{ name = "new_assessment"; kind = "percent"; value = 5.6; low = 0.84; high = 14.5; grade = "measured"; source = "stanley2011"/' params/evidence.cfg >"$folder/params/evidence.cfg"
run "$PATHWAYS" calibrate "$folder/params/baseline.cfg" $quick --out "$folder/wrong" --quiet
expect "a figure of the study as a prior of what is fitted to it is refused" 3 out: "" err: "must be assumed"
cp params/evidence.cfg "$folder/params/"

# ---- runs that draw from it ----
run "$PATHWAYS" run --parameters "$folder/one/posterior.csv" --draws 20 --replications 1 --out "$folder/run" --quiet
expect "a run draws from a posterior" 0 out: "" err: ""
for name in one run; do cut -d, -f1-8,12 "$folder/$name/learnt.csv" >"$folder/$name.learnt"; done
same "the run's folder says what was learnt, as the calibration does" "$folder/one.learnt" "$folder/run.learnt"
grep -q '"path": "learnt.csv"' "$folder/run/datapackage.json" && grep -q '"learnt.csv"' "$folder/run/manifest.json"
ok "and describes it" $?
column=$(head -1 "$folder/run/parameters.csv" | tr , '\n' | grep -n '^incidents_per_year$' | cut -d: -f1)
where=$(head -1 "$folder/one/posterior.csv" | tr , '\n' | grep -n '^incidents_per_year$' | cut -d: -f1)
cells "$folder/one/posterior.csv" "$where" | sort -u >"$folder/known"
cells "$folder/run/parameters.csv" "$column" | sort -u | comm -23 - "$folder/known" | grep -q .
[ $? -ne 0 ]
ok "every drawn rate is one of the posterior's" $?
grep -q posterior.csv "$folder/run/manifest.json"
ok "the posterior is among the run's inputs" $?
run "$PATHWAYS" run --baseline "$folder/params/baseline.cfg" --draws 4 --replications 1 --out "$folder/prior" --quiet
expect "a baseline without a posterior beside it is drawn from its priors" 0 out: "" err: ""
[ ! -e "$folder/prior/learnt.csv" ]
ok "and says nothing of what was learnt" $?
cp "$folder/one/posterior.csv" "$folder/params/"
run "$PATHWAYS" run --baseline "$folder/params/baseline.cfg" --draws 4 --replications 1 --out "$folder/beside" --quiet
expect "one that lies beside it is used" 0 out: "" err: ""
! cmp -s "$folder/prior/parameters.csv" "$folder/beside/parameters.csv"
ok "and gives other draws" $?
run "$PATHWAYS" run --baseline "$folder/params/baseline.cfg" --parameters prior --draws 4 --replications 1 --out "$folder/without" --quiet
expect "--parameters prior goes without" 0 out: "" err: ""
same "and gives the prior's draws" "$folder/prior/parameters.csv" "$folder/without/parameters.csv"
run "$PATHWAYS" run --parameters "$folder/one/posterior.csv" --draws 0 --replications 1 --out "$folder/none" --quiet
expect "a posterior without draws is refused" 2 out: "" err: "about draws"
run "$PATHWAYS" run --parameters "$folder/nothing.csv" --draws 2 --out "$folder/none" --quiet
expect "a posterior that is not there is refused" 3 out: "" err: "nothing.csv"
awk -F, -v OFS=, 'NR > 1 { $3 = 0 } { print }' "$folder/one/posterior.csv" >"$folder/old.csv"
run "$PATHWAYS" run --parameters "$folder/old.csv" --draws 2 --replications 1 --out "$folder/old" --quiet
expect "a posterior of another results version is warned of" 0 out: "" err: "results version 0"
awk -F, -v OFS=, 'NR > 1 { $4 = "0123456789abcdef" } { print }' "$folder/one/posterior.csv" >"$folder/other.csv"
run "$PATHWAYS" run --parameters "$folder/other.csv" --draws 2 --replications 1 --out "$folder/other" --quiet
expect "a posterior of other priors is warned of" 0 out: "" err: "other priors"

# ---- rates of return, calibrated: counts alone are fitted, so that few worlds do ----
sed '/kind = "\(bound\|sign\)"/s/use = "fitted"/use = "checked"/' params/targets.cfg >"$folder/counts.cfg"
short="--set time.warm_up_months=60 --targets $folder/counts.cfg"
run "$PATHWAYS" calibrate --particles 40 --studies 10 --pilot 20 --worlds 2 --tolerance 2 --moves 1 --refresh 1 $short --out "$folder/base" --quiet
expect "a calibration to counts" 0 out: "" err: ""
[ -s "$folder/base/sampler.state" ]
ok "keeps its points" $?
run "$PATHWAYS" calibrate --return-rate central --from "$folder/base" --particles 40 $short --out "$folder/central" --threads 1
expect "is gone on from to a rate of return" 0 out: "Notified again: variant" err: "effective sets have a central rate of return"
run "$PATHWAYS" calibrate --return-rate central --from "$folder/base" --particles 40 $short --out "$folder/again" --threads 2 --quiet
for file in posterior.csv targets.csv learnt.csv; do
    same "with the same $file for one thread and two" "$folder/central/$file" "$folder/again/$file"
done
[ ! -e "$folder/central/sampler.state" ] && [ ! -e "$folder/central.state" ] && grep -q '"return_rate": "central"' "$folder/central/manifest.json"
ok "its manifest says what it is" $?
head -1 "$folder/central/posterior.csv" | tr , '\n' | grep '^model' | tr '\n' ' ' >"$folder/carried"
grep -qx "model.renotified_21_months model.notifications_per_month " "$folder/carried"
ok "its sets carry the rate and the volume" $?
mean() { awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { sum += $2 * $at } END { print sum }' "$1"; }
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "model.renotified_21_months") at = i; next } { n++; bad += $at < 45 || $at > 55 } END { exit !(n >= 3) || bad > 0 }' "$folder/central/posterior.csv"
ok "every set returns near 50 %" $?
echo "$(mean "$folder/central/posterior.csv" model.notifications_per_month) $(mean "$folder/base/posterior.csv" model.notifications_per_month)" | awk '{ exit !($1 / $2 > 0.94 && $1 / $2 < 1.06) }'
ok "at the volume of the calibration that it comes from" $?
run "$PATHWAYS" calibrate --return-rate low --from "$folder/base" --set time.warm_up_months=60 --out "$folder/low-none" --quiet
expect "other targets than that calibration had are refused" 3 out: "" err: "another calibration"
run "$PATHWAYS" calibrate --return-rate low --from "$folder/nowhere" --quiet
expect "a folder that is not there is refused" 3 out: "" err: "not the manifest of a calibration"
run "$PATHWAYS" calibrate --from "$folder/base" --quiet
expect "--from alone has no meaning" 2 out: "" err: "goes on from"
run "$PATHWAYS" calibrate --return-rate low --from "$folder/one" --set time.warm_up_months=60 --particles 20 --worlds 2 --quiet --out "$folder/rough"
expect "where no set keeps all, what fights is said and nothing is made" 2 out: "No set keeps them all" err: "nothing was made"
[ ! -e "$folder/rough" ] && [ ! -e "$folder/rough.state" ]
ok "indeed" $?
run "$PATHWAYS" calibrate --coverage 20 --particles 60 --from "$folder/base" $short --threads 2
expect "known truths are looked for in the intervals" 0 out: "Do intervals hold the truth" err: ""
cp "$folder/base/coverage.csv" "$folder/coverage.csv"
run "$PATHWAYS" calibrate --coverage 20 --particles 60 --from "$folder/base" $short --threads 1 --quiet
same "with the same result for any number of threads" "$folder/coverage.csv" "$folder/base/coverage.csv"
awk -F, 'NR == 1 { ok = $0 == "estimate,truths,in90,in95,share90,share95,p90,p95,uniform,verdict,tolerance,rows,effective_rows" } NR > 1 { n++; bad += $3 > $4 || $4 > $2 || $12 != 60 }
    END { exit !(ok && n == 10 && bad == 0) }' "$folder/base/coverage.csv" && [ -s "$folder/base/posterior.csv" ]
ok "one row for each calibrated estimate, beside what was there" $?
run "$PATHWAYS" calibrate --coverage 20 --return-rate low
expect "coverage is asked for alone" 2 out: "" err: "ask for it alone"
awk -F, -v OFS=, 'NR == 1 { print } NR == 2 { for (s = 0; s < 40; s++) { $1 = s; $2 = 1; print } }' "$folder/central/posterior.csv" >"$folder/params/posterior_low.csv"
run "$PATHWAYS" run --baseline "$folder/params/baseline.cfg" --set time.warm_up_months=60 --return-rate low --draws 2 --replications 1 --no-report --out "$folder/own"
expect "a rate's own posterior beside the baseline is drawn from" 0 out: "40 effective sets of .*posterior_low.csv, calibrated to it" err: ""
awk -F, 'NR <= 30' "$folder/params/posterior_low.csv" >"$folder/params/posterior_low.new" && mv "$folder/params/posterior_low.new" "$folder/params/posterior_low.csv"
run "$PATHWAYS" run --baseline "$folder/params/baseline.cfg" --set time.warm_up_months=60 --return-rate low --draws 2 --replications 1 --no-report --out "$folder/too-few"
expect "fewer than 30 effective sets are refused" 3 out: "" err: "only 29 effective sets"
rm "$folder/params/posterior_low.csv"

# ---- rates of return, councils: from a posterior of 401 copies of one set, said to have 30 to 70 % return ----
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) { if ($i == "model.renotified_21_months") rate = i; if ($i == "model.notifications_per_month") volume = i } print; next }
    NR == 2 { for (s = 0; s <= 400; s++) { $1 = s; $2 = 1; $rate = 30 + s / 10; $volume = 60 + s / 5; print } }' "$folder/one/posterior.csv" >"$folder/many.csv"
run "$PATHWAYS" run scenarios/joint_screening.cfg --parameters "$folder/many.csv" --return-rate all --draws 3 --replications 1 --out "$folder/rates"
expect "three rates of return are run and compared" 0 out: "Does it depend on the return rate" err: ""
for rate in low central high; do
    [ -s "$folder/rates-$rate/summary.csv" ]
    ok "the $rate rate has a folder of its own" $?
    cmp -s "$folder/rates-$rate/answers/return_rates.csv" "$folder/rates-low/answers/return_rates.csv" && grep -q "answers/return_rates.csv" "$folder/rates-$rate/datapackage.json" &&
        grep -q "rate of return" "$folder/rates-$rate/briefing.html" &&
        grep -q "The baseline here was made for its rate of return: $(awk -F, '$1 == "baseline" && $2 == "all" && $3 == "all" && $4 == "renotified_21_months" {
            printf "%.1f", $6 }' "$folder/rates-$rate/summary.csv") % of families" "$folder/rates-$rate/briefing.html"
    ok "which holds the comparison of the three, and the briefing tells it" $?
done
[ "$(head -n 1 "$folder/rates-low/answers/return_rates.csv")" = "scenario,measure,rate,percent,effective_sets,renotified_21_months,notifications_per_month,unit,change,low95,high95,conclusion,verdict,draws,replications" ]
ok "its columns" $?
awk -F, 'NR > 1 { n++; bad += $4 != ($3 == "low" ? 39 : $3 == "central" ? 50 : 65) || !($5 > 80 && $5 < 90) || $14 != 3
    key = $1 "," $2; c[key, $3] = $12; v[key] = $13 }
    END { for (k in v) { same = c[k, "low"] == c[k, "central"] && c[k, "low"] == c[k, "high"]; bad += same ? v[k] == "depends" : v[k] != "depends" } exit bad > 0 || n < 9 }' \
    "$folder/rates-low/answers/return_rates.csv"
ok "each row its rate, its sets and its conclusion" $?
awk -F, 'NR == 1 || $1 < 200' "$folder/many.csv" >"$folder/half.csv"
run "$PATHWAYS" run scenarios/joint_screening.cfg --parameters "$folder/half.csv" --return-rate all --draws 3 --replications 1 --no-report --out "$folder/two-rates"
expect "a rate of too few sets is refused, and the others are compared" 0 out: "Does it depend on the return rate" err: "near 65 %"
[ -s "$folder/two-rates-low/answers/return_rates.csv" ] && [ ! -e "$folder/two-rates-high" ] && ! grep -q ",high," "$folder/two-rates-central/answers/return_rates.csv"
ok "in the folders of those" $?
run "$PATHWAYS" run scenarios/joint_screening.cfg --parameters "$folder/many.csv" --return-rate low --draws 3 --replications 1 --no-report --out "$folder/low"
expect "the effective number of sets stands over the intervals" 0 out: "difference, 83 sets" err: ""
run "$PATHWAYS" run --parameters "$folder/many.csv" --return-rate high --draws 3 --replications 1 --quiet --out "$folder/high"
expect "one rate alone" 0 out: "" err: ""
run "$PATHWAYS" run --parameters prior --return-rate low --draws 3 --replications 1 --out "$folder/none"
expect "a rate of return needs a posterior" 2 out: "" err: "needs draws from a posterior"
run "$PATHWAYS" run --parameters "$folder/one/posterior.csv" --return-rate low --draws 3 --replications 1 --out "$folder/none"
expect "and enough sets of that rate" 3 out: "" err: "effective sets have a return rate near 39 %"

echo 'title = "Nowhere"; numbers = ( { name = "notifications_per_year"; value = 600; }, { name = "long_term_workers"; value = 4; }, { name = "caseload_per_worker"; value = 15; } );' >"$folder/council.cfg"
run "$PATHWAYS" calibrate --local "$folder/council.cfg" --parameters "$folder/many.csv" --out "$folder/local"
expect "a council's size is taken over" 0 out: "Nowhere" err: ""
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "long_term_places") at = i; next } $at != 60 { wrong++ } END { exit wrong > 0 || NR < 2 }' "$folder/local/posterior.csv"
ok "its places are workers times caseload" $?
run "$PATHWAYS" run scenarios/supervised_contact.cfg --parameters "$folder/local/posterior.csv" --draws 2 --replications 1 --quiet --out "$folder/nowhere"
expect "a run draws from the council's posterior, and says which places of a scenario are not of its size" 0 out: "" err: "supervised_contact has places as for areas of the files' size.*voluntary_contact 15"
grep -q "baseline has places .*refuge 3" "$stderr" && [ "$(wc -l <"$stderr")" = 2 ]
ok "and of the baseline's services, a sentence each" $?
echo 'title = "Nowhere"; numbers = ( { name = "renotified_12_months_percent"; value = 99.0; sd = 0.5; } );' >"$folder/council.cfg"
run "$PATHWAYS" calibrate --local "$folder/council.cfg" --parameters "$folder/many.csv" --out "$folder/beyond"
expect "a place that the model cannot speak about is refused" 2 out: "outside" err: "outside what the model can speak about"
[ ! -e "$folder/beyond" ]
ok "and nothing is made" $?
run "$PATHWAYS" calibrate --local params/example-council.cfg --parameters "$folder/many.csv" --out "$folder/example" --quiet
[ $code -eq 0 ] || [ $code -eq 2 ]
ok "the example council can be read" $?
grep -qi "made-up" params/example-council.cfg
ok "and says that it is made up" $?
finish
