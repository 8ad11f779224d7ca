#!/bin/sh
# execute.sh PROGRAM FOLDER [DRAWS [WORLDS [SETS]]]: makes the run (DRAWS draws), the sweep (WORLDS worlds a point) and the calibration (SETS sets, rough)
# that the notebooks read, in FOLDER, executes every notebook on them, and saves each as a page, FOLDER/NAME.html.
set -eu
program=$1 folder=$2 draws=${3:-250} worlds=${4:-12} sets=${5:-300}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
"$program" run scenarios/supervised_contact.cfg scenarios/perpetrator_programme.cfg scenarios/joint_screening.cfg \
    --draws "$draws" --replications 4 --out "$folder/policies" --force --quiet
rm -rf "$folder/sweep"
"$program" sweep run sweeps/contact_places.cfg --replications "$worlds" --out "$folder/sweep" --quiet
"$program" sweep merge "$folder/sweep" --quiet
"$program" calibrate --particles "$sets" --studies 20 --pilot "$sets" --worlds 2 --tolerance "${TOLERANCE:-2}" --refresh 1 --moves 1 --set time.warm_up_months=60 \
    --out "$folder/calibration" --force --quiet

# Debian's Python, which has Debian's modules; what it compiles and what Jupyter remembers stays out of the project.
export PATHWAYS_RUN="$folder/policies" PATHWAYS_SWEEP="$folder/sweep" PATHWAYS_CALIBRATION="$folder/calibration" PYTHONDONTWRITEBYTECODE=1 PYTHONPATH="$PWD/notebooks" MPLCONFIGDIR="$folder/.settings" IPYTHONDIR="$folder/.settings" \
    JUPYTER_CONFIG_DIR="$folder/.settings" JUPYTER_DATA_DIR="$folder/.settings" PYTHONWARNINGS=ignore
status=0
for notebook in notebooks/*.ipynb; do
    /usr/bin/python3 -m nbconvert --log-level ERROR --to html --execute --output-dir "$folder" "$notebook" >"$folder/log" 2>&1 || { status=1; cat "$folder/log"; }
done
rm -rf "$folder/.settings" "$folder/log"
exit "$status"
