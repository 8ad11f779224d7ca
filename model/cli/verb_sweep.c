/* verb_sweep.c: `pathways sweep`: many combinations of inputs. Its parts are files of their own, sweep_NAME.c; this is their table. */
#include "verb.h"

static const pw_verb_t *const parts[] = { &pw_sweep_plan_verb, &pw_sweep_run_verb, &pw_sweep_status_verb, &pw_sweep_merge_verb, &pw_sweep_extend_verb,
                                          &pw_sweep_export_verb };

static int run(int argc, char **argv)
{
    pw_verb_part_unknown(&pw_verb_sweep, argc > 1 ? argv[1] : NULL);
    return pw_status_exit_code(PW_ERROR_USAGE);
}

const pw_verb_t pw_verb_sweep = {
    .name = "sweep",
    .summary = "the baseline and scenarios at many combinations of inputs, on one machine or a cluster",
    .usage = "sweep PART DESIGN.cfg|DESIGN.csv|DIR [options]",
    .about = "A sweep simulates the baseline and its scenarios at every point of a design: a grid, a list, a Latin\n"
             "hypercube, a Sobol' sequence, Morris trajectories, Saltelli's blocks, or a matrix of another program.\n"
             "docs/sweeps.md says how a design is written and which questions each kind answers.\n"
             "  plan     what it would take: points, time, memory, disk, and a job script\n"
             "  run      do it, or a shard of it; go on where it was left\n"
             "  status   what is done, missing, failed, and what to do next\n"
             "  merge    put the parts together: merged.csv.gz, summary.csv, points.csv\n"
             "  extend   more points or replications, without doing any again\n"
             "  export   design, results and manifest as one SQLite file\n"
             "\"pathways help sweep PART\" explains each.\n",
    .examples = "  pathways sweep plan sweeps/contact_places.cfg\n"
                "  pathways sweep run sweeps/contact_places.cfg --out output/places\n"
                "  pathways sweep status output/places\n"
                "  pathways sweep merge output/places\n",
    .run = run,
    .parts = parts,
    .n_parts = sizeof parts / sizeof parts[0],
};
