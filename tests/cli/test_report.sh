#!/bin/sh
# `pathways report` as people use it: what it makes, that it follows the numbers, and what it says of folders that it cannot use.
set -u
. tests/cli/check.inc
quick="--draws 4 --replications 2 --set areas.north.families_per_month=4.0 --set areas.south.families_per_month=3.0 --set time.warm_up_months=12 --quiet"
out=$folder/out/run

# a policy whose title is as hostile as a text can be
mkdir -p "$folder/scenarios"
ln -s "$PWD/params" "$folder/params"
# shellcheck disable=SC2016
sed 's/^title *=.*/title = "<script>alert(1)<\/script> \& it'\''s `id` {x}_y^2 $HOME %d a title of more than sixty characters";/' scenarios/perpetrator_programme.cfg >"$folder/scenarios/hostile.cfg"

# shellcheck disable=SC2086
run "$PATHWAYS" run --no-report scenarios/supervised_contact.cfg "$folder/scenarios/hostile.cfg" $quick --out "$out" --baseline params/baseline.cfg
expect "a run without a report" 0 out: "" err: ""
[ ! -e "$out/briefing.html" ]
ok "... makes no briefing" $?
before=$(cd "$out" && sha256sum ./*.csv manifest.json)

run "$PATHWAYS" report "$out"
expect "a report names the briefing" 0 out: "The briefing: $out/briefing.html" err: ""
for file in briefing.html summary.xlsx charts/difference_incidents_with_child_present.csv charts/difference_incidents_with_child_present.svg \
    charts/difference_incidents_with_child_present.png; do
    [ -s "$out/$file" ]
    ok "the folder holds $file" $?
done
[ "$before" = "$(cd "$out" && sha256sum ./*.csv manifest.json)" ]
ok "the run's own files are as they were" $?
for page in 1 2 3 4 5 6 7 8; do
    grep -q "id=\"page-$page\"" "$out/briefing.html"
    ok "page $page is there" $?
done

grep -q "the upright line is the mean over all draws, not 0" "$out/briefing.html" && grep -q "The band around the line of Baseline holds 90 %" "$out/briefing.html"
ok "lines and bands are explained" $?

# ---- one file, safe to open ----
! grep -qi -e '<script' -e '<iframe' -e ' on[a-z]*=' -e 'src="' -e 'url(http' -e '@import' "$out/briefing.html"
ok "the page has no script and loads nothing" $?
grep -q '&lt;script&gt;alert(1)&lt;/script&gt; &amp; it&#39;s' "$out/briefing.html"
ok "a hostile title is text in the page" $?
! grep -l '<script' "$out"/charts/*.svg
ok "... and in the pictures" $?
! grep -l "skip 1 using" "$out/briefing.html" "$out"/charts/*.svg
ok "... and no command of gnuplot's is shown under the pointer" $?
! grep -q 'uid=' "$out/briefing.html" "$out"/charts/*.svg
ok "... and nobody ran it" $?
! grep -o ' id=["'\''][^"'\'']*' "$out/briefing.html" | sort | uniq -d | grep .
ok "every id is there once" $?
[ "$(stat -c %s "$out/briefing.html")" -lt 3000000 ]
ok "the page is smaller than 3 MB" $?

if command -v weasyprint >/dev/null; then
    [ -s "$out/briefing.pdf" ] && ! grep -a -q '/Subtype */Image' "$out/briefing.pdf"
    ok "the PDF is made of lines and letters, not of pictures" $?
    # A page of the briefing's own style: something so high, a table of so many rows of a centimetre, something so high. How many pages?
    pages() {
        { printf '<!DOCTYPE html><meta charset="utf-8">'; sed -n '/<style>/,/<\/style>/p' "$out/briefing.html"
          printf '<div style="height:%dmm;break-inside:avoid"></div><h3>Policies</h3><table><caption>Policies</caption><thead><tr><th>Policy</th></tr></thead><tbody>' "$1"
          row=0
          while [ "$row" -lt "$2" ]; do row=$((row + 1)); printf '<tr><td style="height:10mm">%d</td></tr>' "$row"; done
          printf '</tbody></table><div style="height:%dmm;break-inside:avoid"></div>' "$3"; } >"$folder/page.html"
        weasyprint -q "$folder/page.html" "$folder/page.pdf" && grep -a -c '/Type */Page\b' "$folder/page.pdf"
    }
    [ "$(pages 150 15 160)" = 2 ]
    ok "a long table begins where there is room, and leaves no half a page empty" $?
    [ "$(pages 205 6 205)" = 3 ]
    ok "... and a short one is not cut in two" $?
else
    echo "skipped: the PDF is made of lines and letters: WeasyPrint is not installed"
fi

# ---- same run, same bytes ----
(cd "$out" && sha256sum briefing.* charts/*) >"$folder/first"
run "$PATHWAYS" report "$out/"
expect "a second report replaces the first" 0 out: "The briefing" err: ""
(cd "$out" && sha256sum briefing.* charts/*) >"$folder/second"
same "... with the same bytes" "$folder/first" "$folder/second"

touch "$out/charts/tornado_gone.svg" "$out/charts/tornado_gone.csv"
"$PATHWAYS" report "$out" >/dev/null
[ ! -e "$out/charts/tornado_gone.svg" ] && [ ! -e "$out/charts/tornado_gone.csv" ]
ok "a chart of an earlier report that this one has not is gone" $?
(cd "$out" && sha256sum briefing.* charts/*) >"$folder/second"
same "... and all others are the same" "$folder/first" "$folder/second"

# ---- without the programs that draw ----
cp -R "$out" "$folder/out/bare"
rm -r "$folder/out/bare"/briefing.*
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
expect "without gnuplot the pages are made" 0 out: "The charts were not drawn: gnuplot is not installed" err: ""
expect "... and without WeasyPrint too" 0 out: "No PDF: WeasyPrint is not installed" err: ""
# shellcheck disable=SC2086
run env PATH=/nonexistent "$PATHWAYS" run scenarios/supervised_contact.cfg $quick --out "$folder/out/quiet" --baseline params/baseline.cfg
expect "a quiet run says that its charts were not drawn" 0 out: "" err: "^pathways run: The charts were not drawn: gnuplot is not installed"
! grep -q WeasyPrint "$stderr"
ok "... but not what it may well do without" $?
mkdir "$folder/failing"
printf '#!/bin/sh\necho "no such font" >&2\nexit 1\n' >"$folder/failing/weasyprint" && chmod +x "$folder/failing/weasyprint"
# shellcheck disable=SC2086
run env PATH="$folder/failing:$PATH" "$PATHWAYS" run scenarios/supervised_contact.cfg $quick --out "$folder/out/quieter" --baseline params/baseline.cfg
expect "... and says of a program that is there and fails why" 0 out: "" err: "^pathways run: No PDF: WeasyPrint could not make it: no such font"
[ -s "$folder/out/bare/briefing.html" ] && [ ! -e "$folder/out/bare/briefing.pdf" ] && [ -s "$folder/out/bare/charts/difference_budget.csv" ]
ok "... with the numbers behind the charts" $?
[ ! -e "$folder/out/bare/charts/difference_budget.svg" ]
ok "... and without the pictures of an earlier report" $?

# ---- what was asked of the run later ----
# shellcheck disable=SC2086
"$PATHWAYS" one-more $quick --out "$folder/out/bare" && "$PATHWAYS" switches scenarios/supervised_contact.cfg $quick --out "$folder/out/bare"
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
expect "a report of a run that was asked more" 0 out: "The briefing" err: ""
grep -q "one more place in refuge in each area" "$folder/out/bare/briefing.html"
ok "... says what one more place buys" $?
grep -q "<li>Voluntary supervised contact, the model built otherwise: [A-Z]" "$folder/out/bare/briefing.html"
ok "... and what hangs on how the model is built, with the policy's title" $?
! grep -E '^<(li|p)>[a-z]' "$folder/out/bare/briefing.html"
ok "... every line begins with a capital" $?
! sed '/id="page-2"/,$d' "$folder/out/bare/briefing.html" | grep -E '^<(li|p|td|th)[ >].*(supervised_contact|perpetrator_programme|with_child_present|repeat_notifications)'
ok "... and nothing on page 1 is called by the name of a file" $?

# ---- the sentences follow the numbers ----
# rehash FILE [answers/]: writes the file's fingerprint into its folder's manifest, as if the run (or a later command) had written it
rehash() {
    manifest=${1%"${2:-}$(basename "$1")"}manifest.json
    old=$(awk -F'"' -v f="${2:-}$(basename "$1")" '$2 == "file" && $4 == f { getline; print $4 }' "$manifest")
    sed -i "s/$old/$(sha256sum "$1" | cut -d' ' -f1)/" "$manifest"
}
awk -F, -v OFS=, '$2 == "all" && $3 == "all" && $4 == "incidents_with_child_present" { $6 = -43.21; $7 = 1.5; $8 = -61.7; $9 = -21.4; $16 = 1 } 1' "$out/differences.csv" >"$folder/d.csv"
cp "$folder/d.csv" "$folder/out/bare/differences.csv"
rehash "$folder/out/bare/differences.csv"
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
expect "a report of other numbers" 0 out: "The briefing" err: ""
grep -q "Voluntary supervised contact: lowers them in 4 of 4 draws, by 43 (95 % interval 21 to 62)" "$folder/out/bare/briefing.html"
ok "... says them on page 1" $?
! grep -q -e "virtually certain" -e "likely)" "$folder/out/bare/briefing.html" && grep -q "Of fewer than 100 draws no likelihood word is said" "$folder/out/bare/briefing.html"
ok "... without a word for 99 of 100 draws where there are 4" $?
[ "$(sed -n '/<div class="answer">/,/<\/div>/p' "$folder/out/bare/briefing.html" | grep -c '95 % interval')" -eq 1 ] && grep -q "by 43 (21 to 62)" "$folder/out/bare/briefing.html"
ok "... and what the brackets are once" $?
grep -q "Change in yearly budget, same order: [+-]*£[0-9,]* (-*£[0-9,]* to -*£[0-9,]*); " "$folder/out/bare/briefing.html"
ok "... and the budget in pounds written out" $?
grep -q -- "-43 (-62,.*-21)" "$folder/out/bare/briefing.html"
ok "... and in the table" $?
! grep -q -- "-43 (-62,.*-21)" "$out/briefing.html"
ok "... which the first one did not" $?
# ---- a mean wait that few worlds make is not left to stand alone ----
awk -F, -v OFS=, '$1 == "baseline" && $2 == "all" && $3 == "all" && $4 ~ /^wait_(long_term|assessment|duty)$/ {
    $6 = $4 == "wait_duty" ? 30 : 60; $11 = $4 == "wait_long_term" ? 1.25 : 25; $12 = $4 == "wait_duty" ? 9 : 390 } 1' "$out/summary.csv" >"$folder/out/bare/summary.csv"
rehash "$folder/out/bare/summary.csv"
run "$PATHWAYS" report "$folder/out/bare"
grep -q "Some mean waits are made by few worlds.*: the long-term team, 1.25 and 390[.;]" "$folder/out/bare/briefing.html" &&
    ! grep -q "made by few worlds.*assessment, 25" "$folder/out/bare/briefing.html"
ok "a mean wait far above what half of the worlds have is explained, others are not" $?
cp "$out/summary.csv" "$folder/out/bare/summary.csv"
rehash "$folder/out/bare/summary.csv"

awk -F, -v OFS=, '$2 == "all" && $3 == "all" && $4 == "incidents_with_child_present" { $6 = 5.5; $7 = 1.5; $8 = -3.3; $9 = 14.4; $16 = 0.2 } 1' "$out/differences.csv" >"$folder/out/bare/differences.csv"
rehash "$folder/out/bare/differences.csv"
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
grep -q "Voluntary supervised contact: cannot tell, +6 (95 % interval -3 to 14)" "$folder/out/bare/briefing.html"
ok "an interval that holds 0 cannot tell" $?
awk -F, -v OFS=, '$1 == "supervised_contact" && $2 == "all" && $3 == "all" && $4 == "incidents_with_child_present_notified" { $6 = -29; $7 = 0.5; $8 = -50; $9 = -9; $16 = 1 } 1' \
    "$folder/out/bare/differences.csv" >"$folder/d.csv"
sed 's/,incidents_with_child_present,per 100 families,5.5,1.5,-3.3,/,incidents_with_child_present,per 100 families,-0.5,1.5,-3.3,/' "$folder/d.csv" >"$folder/out/bare/differences.csv"
rehash "$folder/out/bare/differences.csv"
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
grep -q "Beware: with Voluntary supervised contact, records clearly change; whether incidents do, this run cannot tell" "$folder/out/bare/briefing.html" &&
    grep -q "cannot tell; records clearly fall" "$folder/out/bare/briefing.html"
ok "fewer records are not taken for fewer incidents" $?

# ---- how likely: words need draws, and where there are none nothing is likely ----
for draws in 100 0; do
    # shellcheck disable=SC2086
    "$PATHWAYS" run --no-report scenarios/supervised_contact.cfg scenarios/children_therapy.cfg $quick --draws "$draws" --replications 2 --out "$folder/out/draws$draws" || exit 1
    awk -F, -v OFS=, '$1 == "supervised_contact" && $2 == "all" && $3 == "all" && $4 == "incidents_with_child_present" { $6 = -43.21; $7 = 1.5; $8 = -61.7; $9 = -21.4; $16 = 1 } 1' \
        "$folder/out/draws$draws/differences.csv" >"$folder/d.csv"
    cp "$folder/d.csv" "$folder/out/draws$draws/differences.csv"
    rehash "$folder/out/draws$draws/differences.csv"
    run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/draws$draws"
    expect "a report of a run with $draws draws" 0 out: "The briefing" err: ""
    grep -q "Where no world differs, that follows from what the policy&#39;s file assumes; it is no finding" "$folder/out/draws$draws/briefing.html"
    ok "... calls an effect that no file gives no finding" $?
done
grep -q "Voluntary supervised contact: virtually certain to lower them, by 43 (95 % interval 21 to 62)" "$folder/out/draws100/briefing.html" &&
    grep -q "100 % (virtually certain)" "$folder/out/draws100/briefing.html" && grep -q "Likelihood words are those of" "$folder/out/draws100/briefing.html"
ok "a hundred draws have a word for how many of them" $?
grep -q "Voluntary supervised contact: lowers them, by 43 (95 % " "$folder/out/draws0/briefing.html" && ! grep -q -e "virtually" -e "likely)" "$folder/out/draws0/briefing.html" &&
    grep -q "This run holds every estimate at its value: run with draws to see what is not known" "$folder/out/draws0/briefing.html"
ok "a run without draws says that it has none, and nothing is likely" $?
unzip -p "$folder/out/draws0/summary.xlsx" xl/sharedStrings.xml | grep -q "hold nothing of what is unknown" &&
    ! unzip -p "$folder/out/draws100/summary.xlsx" xl/sharedStrings.xml | grep -q "hold nothing of what is unknown"
ok "... nor does the workbook let noise stand for what is unknown" $?

# shellcheck disable=SC2086
"$PATHWAYS" run --no-report scenarios/supervised_contact.cfg $quick --draws 20 --out "$folder/out/only" || exit 1
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/only"
expect "a report of one policy" 0 out: "The briefing" err: ""
grep -q "The policy [a-z ]*clearly cost[s]* more; above and right of 0" "$folder/out/only/briefing.html" && ! grep -q "1 of 1 polic" "$folder/out/only/briefing.html"
ok "... does not count it" $?
grep -q "Families served: \(fewer\|more\|cannot tell\)<" "$folder/out/only/briefing.html"
ok "... and says of each group whether it has fewer or more" $?

# ---- what several policies share is one line ----
mkdir -p "$folder/out/bare/answers"
cat >"$folder/out/bare/answers/tiers.csv" <<'END'
measure,what,scenario,other,tier,verdict,mean,mc_se,low95,high95,better,times_worlds,replications,minutes,estimates,switches
incidents_with_child_present,tier,baseline,,1,,0,0,,,,,,,,
incidents_with_child_present,tier,supervised_contact,,1,,-1,,-3,1,0.8,,,,,
incidents_with_child_present,tier,hostile,,1,,-1,,-3,1,0.8,,,,,
incidents_with_child_present,pair,supervised_contact,baseline,,one world,-1,,-3,1,0.8,,,,,
incidents_with_child_present,pair,hostile,baseline,,one world,-1,,-3,1,0.8,,,,,
incidents_with_child_present,pair,hostile,supervised_contact,,one world,-1,,-3,1,0.8,,,,,
END
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
expect "a report of policies that one replication cannot tell apart" 0 out: "The briefing" err: ""
[ "$(grep -c "cannot tell, nor why" "$folder/out/bare/briefing.html")" -eq 1 ]
ok "... says so once" $?
grep -q "^<li>Voluntary supervised contact and &lt;script.* against the baseline, incidents with a child present: cannot tell, nor why" "$folder/out/bare/briefing.html"
ok "... of both" $?
grep -q "Policy against policy: of 1 pair this run can tell none apart" "$folder/out/bare/briefing.html"
ok "... and counts the pairs of policies" $?

# ---- what the study taught, and other rates of return ----
learnt=$(awk -F, '$2 == "true" { n++; if ($12 == "learnt") k++; if ($12 == "a little") l++ } END { print n, k, l + 0, n - k - l }' "$out/learnt.csv")
# shellcheck disable=SC2086
set -- $learnt
grep -q "Of $1 numbers that were to be learnt in this way, $2 w[a-z]*, $3 a little, and of the other $4 the study" "$out/briefing.html"
ok "page 7 says what the study taught ($learnt)" $?
[ -s "$out/charts/learnt.svg" ]
ok "... and draws it" $?
median=$(awk -F, '$1 == "incidents_per_year" { printf "%.2f", $6 }' "$out/learnt.csv")
grep -A8 '>number of incidents in an average family&#39;s year<' "$out/briefing.html" | grep -q "$median ("
ok "page 8 has an estimate after calibration ($median) beside what was assumed" $?
cat >"$folder/out/bare/answers/return_rates.csv" <<'END'
scenario,measure,rate,percent,effective_sets,renotified_21_months,notifications_per_month,unit,change,low95,high95,conclusion,verdict,draws,replications
supervised_contact,incidents_with_child_present,low,39,100,39,40,per 100 families,-3.21,-6.1,-1.2,better,depends,100,2
supervised_contact,incidents_with_child_present,central,50,100,50,40,per 100 families,-1.5,-5.2,1.1,cannot tell,depends,100,2
supervised_contact,incidents_with_child_present,high,65,100,65,40,per 100 families,0.4,-3.1,4.2,cannot tell,depends,100,2
END
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
expect "a report of a run at three rates of return" 0 out: "The briefing" err: ""
grep -q "The conclusion depends on how often families come back" "$folder/out/bare/briefing.html" && grep -q -- "-3.2 (-6.1,.*-1.2)" "$folder/out/bare/briefing.html"
ok "... says on which it depends" $?
grep -q "<li>Voluntary supervised contact, at a low, a central and a high rate of return: Depends on the rate: incidents with a child present (better at a low" "$folder/out/bare/briefing.html"
ok "... on page 1 too" $?
grep -q "look at the intervals before the word" "$folder/out/bare/briefing.html"
ok "... and what the word may mean" $?
sed -i '/,low,/d; s/-1.5,-5.2,1.1,cannot tell,depends/-1.5,-5.2,-0.1,better,the same/; s/0.4,-3.1,4.2,cannot tell,depends/-2.4,-3.1,-1.2,better,the same/' "$folder/out/bare/answers/return_rates.csv"
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
expect "a report of a run at two rates of return: the low one had too few parameter sets" 0 out: "The briefing" err: ""
grep -q "Conclusions are the same at every rate of return that was run" "$folder/out/bare/briefing.html" && grep -q ">low: not run<" "$folder/out/bare/briefing.html" &&
    grep -q ">the same<" "$folder/out/bare/briefing.html" && ! grep -q ">[^<]*\<nan\>" "$folder/out/bare/briefing.html"
ok "... says which was not run, and what the others come to" $?
grep -q "<li>Voluntary supervised contact, at a central and a high rate of return: Better than the baseline at every rate: incidents" "$folder/out/bare/briefing.html"
ok "... on page 1 too" $?

# ---- pictures of answers ----
cat >"$folder/out/bare/answers/budget.csv" <<'END'
scenario,budget,measure,places,places_in_file,prices,planned,whole,unit,change,mc_se,conclusion,draws,replications,drawn_from
supervised_contact,1000,incidents_with_child_present,1 services.voluntary_contact,3 services.voluntary_contact,£6122 services.voluntary_contact,6122,false,per 100 families,-0.4,0.1,cannot tell,0,2,values
supervised_contact,2000,incidents_with_child_present,2 services.voluntary_contact,3 services.voluntary_contact,£6122 services.voluntary_contact,12244,true,per 100 families,-0.9,0.1,better,0,2,values
supervised_contact,1000,wait_assessment,1 services.voluntary_contact,3 services.voluntary_contact,£6122 services.voluntary_contact,6122,false,days,-0.4,0.1,cannot tell,0,2,values
supervised_contact,2000,wait_assessment,2 services.voluntary_contact,3 services.voluntary_contact,£6122 services.voluntary_contact,12244,true,days,-1.9,0.1,better,0,2,values
supervised_contact,2000,stop_starts,2 services.voluntary_contact,3 services.voluntary_contact,£6122 services.voluntary_contact,12244,true,per 100 families,-0.1,0.1,cannot tell,0,2,values
END
cat >"$folder/out/bare/answers/one_more.csv" <<'END'
scenario,kind,queue,area,measure,unit,before,change,mc_se,clear,place_price,draws,replications,drawn_from
baseline,service,refuge,all,wait_refuge,days,2.5,-0.75,0.05,true,15700,10,2,prior
baseline,service,refuge,all,incidents_with_child_present,per 100 families,320,-1.25,0.125,true,15700,10,2,prior
baseline,team,duty,all,wait_duty,days,0.001,0.0,0.01,false,,10,2,prior
baseline,team,duty,all,incidents_with_child_present,per 100 families,320,0.02,0.1,false,,10,2,prior
END
cat >"$folder/out/bare/answers/switches.csv" <<'END'
scenario,measure,switch,meaning,unit,baseline,change,mc_se,conclusion,survives,draws,replications,drawn_from
supervised_contact,incidents_with_child_present,as_files,as the files say,per 100 families,320,-2.5,0.25,better,false,10,2,prior
supervised_contact,incidents_with_child_present,slow_down,work slows down,per 100 families,320,-0.5,0.5,cannot tell,false,10,2,prior
END
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
expect "answers that were edited are refused" 3 out: "" err: "answers/switches.csv: the file is not as it was written .* delete the file and ask again"
for name in one_more switches; do
    rehash "$folder/out/bare/answers/$name.csv" answers/
done
cat >"$folder/out/bare/answers/breakeven.csv" <<'END'
scenario,of,outcome,threshold,by_year,over,against,against_value,quantity,verdict,better,value,low999,high999,settled,range_low,range_high,gain_at_low,gain_at_high,noise_at_ends,gain_unit,stated,grade,chance_better,chance_from,looks,draws,replications,drawn_from
supervised_contact,repeat_notifications,,,,evidence.contact_uptake,evidence.contact_effect,0.7,percent,found,above,8,5,11,true,1,60,-1,1,0.1,x,20,assumed,,,5,10,2,prior
supervised_contact,repeat_notifications,,,,evidence.contact_uptake,evidence.contact_effect,0.9,percent,found,above,23,20,26,true,1,60,-1,1,0.1,x,20,assumed,,,5,10,2,prior
supervised_contact,repeat_notifications,,,,evidence.contact_effect,,,ratio,found,below,0.999,0.996,1.002,true,0.38,1.49,1,-1,0.1,x,0.75,assumed,,,5,10,2,prior
END
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/bare"
expect "a report of a run that was asked what money buys, and of a break-even line" 0 out: "The briefing" err: ""
grep -q '"Voluntary supervised contact",12244,-0.9,-2.170[0-9]*,0.370[0-9]*' "$folder/out/bare/charts/budget_incidents_with_child_present_by_money.csv"
ok "... has the line of cost against effect" $?
grep -q "is below 0.999, next to no effect" "$folder/out/bare/briefing.html"
ok "... whose effect is not called none where it is next to none" $?
grep -q '"breaks even",0.9,23,20,26' "$folder/out/bare/charts/breakeven_line_1.csv"
ok "... and that of the two numbers" $?
grep -q '"Voluntary supervised contact",12244,-1.9,' "$folder/out/bare/charts/budget_wait_assessment_by_money.csv" && [ ! -e "$folder/out/bare/charts/budget_stop_starts_by_money.csv" ] &&
    grep -q "Measures that no sum changes clear of noise are not drawn" "$folder/out/bare/briefing.html"
ok "... of every measure that money clearly changes" $?
grep -q '^"refuge",-1.25,' "$folder/out/bare/charts/one_more_incidents_with_child_present.csv" && grep -q '^"the duty team",0.02,.*,0,' "$folder/out/bare/charts/one_more_incidents_with_child_present.csv" &&
    grep -q "Incidents with a child present: a place more in refuge averts most on average" "$folder/out/bare/briefing.html"
ok "... of one more place, what is clear filled" $?
grep -q '^"as the files say",-2.5,.*,1,' "$folder/out/bare/charts/switches_supervised_contact.csv" && grep -q '^"slow-down under load",-0.5,.*,0,' "$folder/out/bare/charts/switches_supervised_contact.csv" &&
    grep -q "Voluntary supervised contact: on average better; otherwise under 1 of 1 other structures" "$folder/out/bare/briefing.html"
ok "... and of the model built otherwise" $?
grep -q "£2,000 a year in each area buys 2 places in voluntary contact at £6,122 each (its file: 3)" "$folder/out/bare/briefing.html"
ok "... and pounds with their commas" $?

# ---- folders that are not whole ----
bad() { rm -rf "$folder/out/bad" && cp -R "$out" "$folder/out/bad" && rm "$folder/out/bad/briefing.html"; }
bad
sed -i '5s/[0-9]\.[0-9]/9.9/' "$folder/out/bad/summary.csv"
run "$PATHWAYS" report "$folder/out/bad"
expect "a CSV that was edited is refused" 3 out: "" err: "summary.csv: the file is not as the run wrote it"
[ ! -e "$folder/out/bad/briefing.html" ]
ok "... and no page is made of it" $?
bad
rm "$folder/out/bad/draws.csv" "$folder/out/bad/costs.csv"
run "$PATHWAYS" report "$folder/out/bad"
expect "a folder copied in part is refused" 3 out: "" err: "draws.csv: the manifest lists this file, and it is not there"
expect "... naming all that is missing" 3 out: "" err: "costs.csv: the manifest lists"
cp -R "$folder/out/bare" "$folder/out/part" && rm "$folder/out/part/answers/one_more.csv"
run "$PATHWAYS" report "$folder/out/part"
expect "... and so is one without an answer that it had" 3 out: "" err: "answers/one_more.csv: the manifest lists this file, and it is not there"
bad
head -c 2000 "$out/manifest.json" >"$folder/out/bad/manifest.json"
run "$PATHWAYS" report "$folder/out/bad"
expect "half a manifest is refused" 3 out: "" err: "manifest.json:[0-9]*: the manifest is not whole"
bad
sed -i 's/"schema": 1/"schema": 7/; s/"version": "[^"]*"/"version": "9.9.9"/' "$folder/out/bad/manifest.json"
run "$PATHWAYS" report "$folder/out/bad"
expect "another version's folder is refused" 3 out: "" err: "schema 7, by pathways 9.9.9"
bad
awk '/"file": "survival.csv"/ { sub("survival", "survivors") } 1' "$out/manifest.json" >"$folder/out/bad/manifest.json"
mv "$folder/out/bad/survival.csv" "$folder/out/bad/survivors.csv"
run "$PATHWAYS" report "$folder/out/bad"
expect "a folder without a file of this version is refused" 3 out: "" err: "the run has no survival.csv: it was made by another version of pathways"
rm "$folder/out/bad/manifest.json"
run "$PATHWAYS" report "$folder/out/bad"
expect "a folder without a manifest is refused" 3 out: "" err: "there is no manifest.json in it"
run "$PATHWAYS" report "$folder/none"
expect "no folder is refused" 3 out: "" err: "none: the folder cannot be read: No such file"
run "$PATHWAYS" report "$out/summary.csv"
expect "a file is refused" 3 out: "" err: "this is a file; name a run's folder"
run "$PATHWAYS" report
expect "no name is refused" 2 out: "" err: "name one run's folder"

# ---- two runs ----
run "$PATHWAYS" report --compare "$out" "$folder/out/whole0"
expect "a comparison with no folder is refused" 3 out: "" err: "whole0: the folder cannot be read"
run "$PATHWAYS" report --compare "$out" "$out"
expect "a run is the same as itself" 0 out: "nothing: same version, seed, settings and files" err: ""
expect "... in every headline" 0 out: "the same, 0 moved within noise, 0 beyond it" err: ""
# shellcheck disable=SC2086
"$PATHWAYS" run --no-report scenarios/supervised_contact.cfg $quick --set evidence.incidents_per_year=9.9 --seed 3 --out "$folder/out/other" || exit 1
run "$PATHWAYS" report --compare "$out" "$folder/out/other"
expect "a comparison names the seed" 0 out: "seed: 1, now 3" err: ""
expect "... the scenario that is gone" 0 out: "the scenario hostile: no longer run" err: ""
expect "... the estimate that was changed" 0 out: "the estimate incidents_per_year: .* now 9.9" err: ""
expect "... and how many headlines moved" 0 out: "beyond it\." err: ""
expect "... by the noise of other draws" 0 out: "The draws are others too" err: ""
cp -R "$folder/out/other" "$folder/out/moved" && sed -i 's|"file": "scenarios/supervised|"file": "/elsewhere/supervised|' "$folder/out/moved/manifest.json"
run "$PATHWAYS" report --compare "$folder/out/other" "$folder/out/moved"
expect "the same file at another place is no reason" 0 out: "nothing: same version, seed, settings and files" err: ""
"$PATHWAYS" run --no-report scenarios/supervised_contact.cfg $quick --replications 1 --out "$folder/out/single" || exit 1
run "$PATHWAYS" report --compare "$folder/out/single" "$out"
expect "... and of how many nobody can tell, as one world a draw does not know its noise" 0 out: "more nobody can tell: a run with one world for each draw" err: ""
run "$PATHWAYS" report --compare "$out"
expect "a comparison needs two folders" 2 out: "" err: "name two runs' folders"

# ---- the answer is short ----
words=$(awk '/<div class="answer">/ { on = 1; next } /<\/div>/ { on = 0 } on' "$out/briefing.html" | sed 's/<[^>]*>/ /g' | wc -w)
[ "$words" -gt 20 ] && [ "$words" -le 120 ]
ok "page 1 answers in at most 120 words (is $words)" $?

awk '/<div class="answer">/ { on = 1 } /<p>Would/ && on { asked = NR } /cannot tell,|to lower them|to raise them|no difference/ && on && !answered { answered = NR } END { exit !(asked && answered > asked) }' "$out/briefing.html"
ok "... the question before the answer" $?

# ---- without draws ----
# shellcheck disable=SC2086
"$PATHWAYS" run --no-report scenarios/supervised_contact.cfg --draws 0 ${quick#--draws 4} --set time.follow_up_months=12 --out "$folder/out/held" || exit 1
run env PATH=/nonexistent "$PATHWAYS" report "$folder/out/held"
grep -q "Every estimate is held at its value: all intervals here are Monte Carlo intervals" "$folder/out/held/briefing.html" &&
    grep -q "95 % Monte Carlo interval</th>" "$folder/out/held/briefing.html" && ! grep -q "what is not known</th>" "$folder/out/held/briefing.html"
ok "a run without draws calls no interval one of what is unknown" $?
[ "$(tr '\n' ' ' <"$folder/out/held/briefing.html" | grep -o "single worlds\( lie\)\{0,1\}: luck alone" | wc -l)" -eq 3 ] && ! grep -q "luck and what" "$folder/out/held/briefing.html" &&
    [ "$(tr '\n' ' ' <"$out/briefing.html" | grep -o "single worlds\( lie\)\{0,1\}: luck and what is not known, together" | wc -l)" -eq 3 ]
ok "... and single worlds differ by luck alone there, by what is not known too in a run over draws" $?
grep -q ">year 2<" "$folder/out/held/briefing.html" && ! grep -q "(shorter)" "$folder/out/held/briefing.html" && grep -q ">year 3 (shorter)<" "$out/briefing.html"
ok "a last year of nine months is called shorter, one of twelve is not" $?

run "$PATHWAYS" report --compare "$out" "$folder/out/held"
expect "draws and none are compared" 0 out: "draws: 4, now 0" err: ""

# ---- digits ----
grep -q '<td class="n">£15</td><td class="n">5 to 45</td>' "$out/briefing.html"
ok "pounds have no pence, nor have their intervals" $?
! grep -E '[^0-9.]0\.00 \(0\.00, *0\.00\)|£[0-9,]*\.[0-9]+[^0-9 mk]' "$out/briefing.html"
ok "... anywhere, and nothing is a row of noughts" $?

# ---- many policies: numbers in front, short charts, what is left out is said ----
# shellcheck disable=SC2086
"$PATHWAYS" run --no-report scenarios/[a-j]*.cfg scenarios/supervised_contact.cfg $quick --out "$folder/out/many" || exit 1
run "$PATHWAYS" report "$folder/out/many"
expect "a report of seven policies" 0 out: "The briefing" err: ""
grep -q '<body class="many">' "$folder/out/many/briefing.html" && grep -q '<th scope="row">1[^0-9A-Za-z<]*[A-Z]' "$folder/out/many/briefing.html"
ok "... gives each a number" $?
[ "$(grep -o 'height="[0-9]*"' "$folder/out/many/charts/difference_budget.svg" | head -n 1 | tr -dc 0-9)" -lt 420 ]
ok "... and each row of a chart one line" $?
# fuller_forms and joint_screening change what is seen: it is not said what they change instead
grep -q "none is started by many more" "$folder/out/many/briefing.html" && ! grep -q "it changes decisions" "$folder/out/many/briefing.html"
ok "... and says of a policy without a service of its own no more than that" $?
grep -q "By year are the first three policies; costs.csv and the sheet" "$folder/out/many/briefing.html"
ok "... and says where the costs by year of the others are" $?
! grep -E '>(officer tool auc|frailty variance|contact effect|programme uptake)[ <]' "$folder/out/many/briefing.html"
ok "... and calls no estimate by the name of a file" $?

# ---- every sentence follows the numbers: of two runs that differ in all of them, only sentences that stand whatever the numbers are may be the same ----
run "$PATHWAYS" run scenarios/supervised_contact.cfg "$folder/scenarios/hostile.cfg" --seed 2 --draws 5 --replications 3 --quiet --out "$folder/out/unlike" \
    --baseline params/baseline.cfg --set areas.north.families_per_month=6.0 --set areas.south.families_per_month=2.0 --set time.warm_up_months=18
expect "a run in which everything differs" 0 out: "" err: ""
sentences() { sed -n 's/^<\(p\|li\|h3\)[^>]*>\(.*\)<\/\(p\|li\|h3\)>.*/\2/p' "$1" | grep '[0-9]' | sort -u; }
sentences "$out/briefing.html" >"$folder/one"
sentences "$folder/out/unlike/briefing.html" >"$folder/two"
[ "$(comm -23 "$folder/one" "$folder/two" | wc -l)" -ge 8 ]
ok "sentences with numbers differ" $?
comm -12 "$folder/one" "$folder/two" | grep -v -F -f tests/report/standing.txt >"$folder/stuck"
[ ! -s "$folder/stuck" ]
ok "... all of them that are not known to stand whatever the numbers are$(sed 's/^/: /' "$folder/stuck" | cut -c1-200)" $?

# ---- run makes it ----
# shellcheck disable=SC2086
run "$PATHWAYS" run scenarios/supervised_contact.cfg ${quick% --quiet} --out "$folder/out/whole"
expect "a run ends by naming the briefing" 0 out: "The briefing: $folder/out/whole/briefing.html" err: ""
[ -s "$folder/out/whole/briefing.html" ]
ok "... which is there" $?

finish
