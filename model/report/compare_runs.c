#include "compare_runs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/table.h"
#include "sentence.h"

enum { MOST_ROWS = 40, MOST_ESTIMATES = 40 };

/* ---- why ---- */

typedef struct { const pw_account_t *a, *b; pw_text_t *out; int reasons; } pair_t;

static void reason(pair_t *self, const char *what, const char *before, const char *after)
{
    if (strcmp(before, after) == 0)
        return;
    pw_text_printf(self->out, "  %s: %s, now %s\n", what, before[0] ? before : "none", after[0] ? after : "none");
    self->reasons++;
}

static void number_reason(pair_t *self, const char *what, int64_t before, int64_t after)
{
    char text[2][32];
    snprintf(text[0], sizeof text[0], "%lld", (long long)before);
    snprintf(text[1], sizeof text[1], "%lld", (long long)after);
    reason(self, what, text[0], text[1]);
}

static const char *sha_of(const pw_manifest_read_t *m, const char *file)
{
    for (int i = 0; i < m->n_inputs; i++)
        if (strcmp(m->input[i].file, file) == 0)
            return m->input[i].sha256;
    return NULL;
}

static void inputs(pair_t *self)
{
    const pw_manifest_read_t *a = &self->a->manifest, *b = &self->b->manifest;
    for (int i = 0; i < a->n_inputs; i++) {
        const char *sha = sha_of(b, a->input[i].file);
        if (sha && strcmp(sha, a->input[i].sha256) == 0)
            continue;
        pw_text_printf(self->out, "  %s: %s\n", a->input[i].file, sha ? "the file was changed" : "no longer read");
        self->reasons++;
    }
    for (int i = 0; i < b->n_inputs; i++)
        if (!sha_of(a, b->input[i].file)) {
            pw_text_printf(self->out, "  %s: newly read\n", b->input[i].file);
            self->reasons++;
        }
}

static void sets(pair_t *self)
{
    pw_text_t before = { 0 }, after = { 0 };
    for (int i = 0; i < self->a->manifest.n_sets; i++)
        pw_text_printf(&before, "%s%s", i ? ", " : "", self->a->manifest.set[i]);
    for (int i = 0; i < self->b->manifest.n_sets; i++)
        pw_text_printf(&after, "%s%s", i ? ", " : "", self->b->manifest.set[i]);
    reason(self, "settings changed by --set", pw_text_get(&before), pw_text_get(&after));
    pw_text_free(&before);
    pw_text_free(&after);
}

static void scenarios(pair_t *self)
{
    const pw_manifest_read_t *a = &self->a->manifest, *b = &self->b->manifest;
    for (int i = 0; i < a->n_scenarios; i++)
        if (pw_account_scenario(self->b, a->scenario[i].name) < 0) {
            pw_text_printf(self->out, "  the scenario %s: no longer run\n", a->scenario[i].name);
            self->reasons++;
        }
    for (int i = 0; i < b->n_scenarios; i++)
        if (pw_account_scenario(self->a, b->scenario[i].name) < 0) {
            pw_text_printf(self->out, "  the scenario %s: newly run\n", b->scenario[i].name);
            self->reasons++;
        }
}

/* The row of assumptions.csv about the same estimate; -1: none. */
static int64_t estimate_row(const pw_account_t *run, const char *scenario, const char *estimate, const char *area)
{
    for (int64_t r = 0; r < pw_account_rows(run, PW_READ_assumptions); r++)
        if (strcmp(pw_account_cell(run, PW_READ_assumptions, r, "estimate"), estimate) == 0 && strcmp(pw_account_cell(run, PW_READ_assumptions, r, "scenario"),
                                                                                                      scenario) == 0 &&
            strcmp(pw_account_cell(run, PW_READ_assumptions, r, "area"), area) == 0)
            return r;
    return -1;
}

static void estimate(pair_t *self, const char *name, int64_t before, int64_t after)
{
    static const char *const column[] = { "value", "low", "high", "grade", "source" };
    bool same = true;
    for (size_t k = 0; k < sizeof column / sizeof column[0] && after >= 0; k++)
        same = same && strcmp(pw_account_cell(self->a, PW_READ_assumptions, before, column[k]),
                              pw_account_cell(self->b, PW_READ_assumptions, after, column[k])) == 0;
    if (after >= 0 && same)
        return;
    if (self->reasons++ >= MOST_ESTIMATES)
        return;
    pw_text_printf(self->out, "  the estimate %s: %s (%s to %s)", name, pw_account_cell(self->a, PW_READ_assumptions, before, "value"),
                   pw_account_cell(self->a, PW_READ_assumptions, before, "low"), pw_account_cell(self->a, PW_READ_assumptions, before, "high"));
    if (after < 0)
        pw_text_append(self->out, ", now none\n");
    else
        pw_text_printf(self->out, ", now %s (%s to %s)\n", pw_account_cell(self->b, PW_READ_assumptions, after, "value"),
                       pw_account_cell(self->b, PW_READ_assumptions, after, "low"), pw_account_cell(self->b, PW_READ_assumptions, after, "high"));
}

static void estimates(pair_t *self)
{
    for (int64_t r = 0; r < pw_account_rows(self->a, PW_READ_assumptions); r++) {
        const char *scenario = pw_account_cell(self->a, PW_READ_assumptions, r, "scenario"),
            *name = pw_account_cell(self->a, PW_READ_assumptions, r, "estimate");
        if (pw_account_scenario(self->b, scenario) >= 0)
            estimate(self, name, r, estimate_row(self->b, scenario, name, pw_account_cell(self->a, PW_READ_assumptions, r, "area")));
    }
    for (int64_t r = 0; r < pw_account_rows(self->b, PW_READ_assumptions); r++) {
        const char *scenario = pw_account_cell(self->b, PW_READ_assumptions, r, "scenario"),
            *name = pw_account_cell(self->b, PW_READ_assumptions, r, "estimate");
        if (pw_account_scenario(self->a, scenario) >= 0 &&
            estimate_row(self->a, scenario, name, pw_account_cell(self->b, PW_READ_assumptions, r, "area")) < 0) {
            pw_text_printf(self->out, "  the estimate %s: new, %s\n", name, pw_account_cell(self->b, PW_READ_assumptions, r, "value"));
            self->reasons++;
        }
    }
}

static void why(pair_t *self)
{
    const pw_manifest_read_t *a = &self->a->manifest, *b = &self->b->manifest;
    pw_text_append(self->out, "Why they may differ:\n");
    reason(self, "version", a->version, b->version);
    reason(self, "commit", a->commit, b->commit);
    reason(self, "seed", a->seed, b->seed);
    number_reason(self, "draws", a->draws, b->draws);
    number_reason(self, "replications", a->replications, b->replications);
    sets(self);
    scenarios(self);
    inputs(self);
    estimates(self);
    if (self->reasons == 0)
        pw_text_append(self->out, "  nothing: same version, seed, settings and files\n");
}

/* ---- what ---- */

typedef struct { int same, within, beyond, unknown; pw_table_t table; } moves_t;    /* unknown: the noise is (one replication) */

static void cell(pw_table_t *table, double value)
{
    pw_text_t text = { 0 };
    pw_say_number_cell(value, "", &text);
    pw_table_cell(table, PW_RIGHT, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

static void compare(pair_t *self, moves_t *moves, const char *measure, int s, int t)
{
    pw_summary_t x = pw_account_value(self->a, s, measure, s > 0), y = pw_account_value(self->b, t, measure, t > 0);
    if (isnan(x.mean) && isnan(y.mean))
        return;
    double error = sqrt(x.mc_se * x.mc_se + y.mc_se * y.mc_se), by = y.mean - x.mean;
    if (by == 0.0) {
        moves->same++;
        return;
    }
    bool unknown = !isnan(by) && isnan(error), beyond = isnan(by) || fabs(by) > 2.58 * error;
    moves->unknown += unknown;
    moves->beyond += beyond && !unknown;
    moves->within += !beyond && !unknown;
    if ((!beyond && !unknown) || moves->beyond + moves->unknown > MOST_ROWS)
        return;
    pw_table_cell(&moves->table, PW_LEFT, "%s", self->a->manifest.scenario[s].name);
    pw_table_cell(&moves->table, PW_LEFT, "%s", pw_account_label(self->a, measure));
    cell(&moves->table, x.mean);
    cell(&moves->table, y.mean);
    cell(&moves->table, 2.58 * error);
    pw_table_end_row(&moves->table);
}

static pw_status_t what(pair_t *self)
{
    moves_t moves = { 0 };
    static const char *const heading[] = { "scenario", "measure", "before", "now", "noise +-" };
    for (int k = 0; k < 5; k++)
        pw_table_cell(&moves.table, k < 2 ? PW_LEFT : PW_RIGHT, "%s", heading[k]);
    pw_table_end_row(&moves.table);
    pw_table_rule(&moves.table);
    for (int s = 0; s < self->a->manifest.n_scenarios; s++) {
        int t = pw_account_scenario(self->b, self->a->manifest.scenario[s].name);
        for (int64_t r = 0; t >= 0 && r < pw_account_rows(self->a, PW_READ_measures); r++)
            if (strcmp(pw_account_cell(self->a, PW_READ_measures, r, "headline"), "true") == 0)
                compare(self, &moves, pw_account_cell(self->a, PW_READ_measures, r, "measure"), s, t);
    }
    pw_text_printf(self->out, "\nHeadline measures (the baseline's means, the policies' differences from it): %d the same, %d moved within "
                   "noise, %d beyond it.\n", moves.same, moves.within, moves.beyond);
    if (moves.unknown > 0)
        pw_text_printf(self->out, "Of %d more nobody can tell: a run with one world for each draw does not know its noise (--replications 2 or more does).\n",
                       moves.unknown);
    pw_status_t status = PW_OK;
    if (moves.beyond + moves.unknown > 0) {
        pw_text_append(self->out, "\n");
        status = pw_table_write(&moves.table, self->out);
    }
    if (moves.beyond + moves.unknown > MOST_ROWS)
        pw_text_printf(self->out, "... and %d more\n", moves.beyond + moves.unknown - MOST_ROWS);
    pw_table_free(&moves.table);
    return status;
}

pw_status_t pw_compare_runs(const char *before, const char *after, pw_text_t *out, pw_findings_t *findings)
{
    pw_account_t a = { 0 }, b = { 0 };
    pw_status_t status = pw_account_open(&a, before, findings), second = pw_account_open(&b, after, findings);
    if (status == PW_OK)
        status = second;
    if (status == PW_OK) {
        pair_t pair = { .a = &a, .b = &b, .out = out };
        pw_text_printf(out, "Before: %s (%s)\nNow:    %s (%s)\n\n", a.folder, a.manifest.started, b.folder, b.manifest.started);
        why(&pair);
        status = what(&pair);
    }
    if (status == PW_OK && out->failed)
        status = PW_ERROR_MEMORY;
    pw_account_free(&a);
    pw_account_free(&b);
    return status;
}
