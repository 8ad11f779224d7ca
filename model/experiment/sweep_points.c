/* sweep_points.c: all of a point in one row; see sweep_summary.h. */
#include <math.h>
#include <stdio.h>

#include "sweep_summary.h"

/* A block of columns: the means of a scenario, or its differences. `slot`: 0 the baseline; with the scenario as an input 1 is the point's own. */
typedef struct { int slot; bool difference; } block_t;

static int n_slots(const pw_sweep_t *sweep) { return sweep->scenario_column >= 0 ? 2 : sweep->n_scenarios; }

/* Block 0: the baseline; then two for each other scenario. */
static block_t block_of(int block) { return (block_t){ .slot = (block + 1) / 2, .difference = block > 0 && block % 2 == 0 }; }

static int n_blocks(const pw_sweep_t *sweep) { return 2 * n_slots(sweep) - 1; }

bool pw_sweep_points_column(const pw_sweep_t *sweep, int column, char *name, size_t room, int *measure)
{
    int has_scenario = sweep->scenario_column >= 0, first = 1 + has_scenario, inputs = pw_sweep_n_inputs(sweep), at = column - first - inputs;
    *measure = -1;
    if (column < first)
        snprintf(name, room, column == 0 ? "point" : "scenario");
    else if (at < 0)
        snprintf(name, room, "%s", pw_sweep_input_name(sweep, column - first));
    if (at < 0)
        return true;
    block_t block = block_of(at / sweep->n_measures);
    if (at / sweep->n_measures >= n_blocks(sweep))
        return false;
    *measure = at % sweep->n_measures;
    const char *scenario = block.slot == 0 ? "baseline" : has_scenario ? "scenario" : pw_sweep_scenario_name(sweep, block.slot);
    snprintf(name, room, "%s%s/%s", scenario, block.difference ? "-baseline" : "", pw_sweep_measure_name(sweep, *measure));
    return true;
}

void pw_sweep_points_begin(pw_sweep_summary_t *self)
{
    char name[600];
    int measure;
    if (!self->points.to)
        return;
    for (int c = 0; pw_sweep_points_column(self->sweep, c, name, sizeof name, &measure); c++)
        pw_csv_text(&self->points, name);
    pw_csv_end(&self->points);
}

static void write_keys(pw_sweep_summary_t *self, int64_t point)
{
    const pw_sweep_t *sweep = self->sweep;
    pw_design_point(&sweep->design, point, self->input);
    pw_csv_integer(&self->points, point);
    if (sweep->scenario_column >= 0)
        pw_csv_text(&self->points, pw_column_text(&sweep->design.column[sweep->scenario_column], self->input[sweep->scenario_column]));
    for (int i = 0; i < pw_sweep_n_inputs(sweep); i++)
        pw_csv_number(&self->points, self->input[pw_sweep_input_column(sweep, i)]);
}

void pw_sweep_points_fill(pw_sweep_summary_t *self, int64_t end)
{
    for (; self->points.to && self->next_row < end; self->next_row++) {
        write_keys(self, self->next_row);
        for (int b = 0; b < n_blocks(self->sweep) * self->sweep->n_measures; b++)
            pw_csv_number(&self->points, NAN);
        pw_csv_end(&self->points);
    }
}

void pw_sweep_points_row(pw_sweep_summary_t *self)
{
    if (!self->points.to)
        return;
    pw_sweep_points_fill(self, self->point);
    write_keys(self, self->point);
    for (int b = 0; b < n_blocks(self->sweep); b++) {
        block_t block = block_of(b);
        int k = block.slot < self->n_here ? block.slot : 0;      /* a point whose own scenario is the baseline */
        for (int m = 0; m < self->sweep->n_measures; m++)
            pw_csv_number(&self->points, (block.difference ? pw_sweep_paired(self, k, m) : pw_sweep_own(self, k, m)).mean);
    }
    pw_csv_end(&self->points);
    self->next_row = self->point + 1;
}
