#include "compare_runs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/table.h"
#include "sentence.h"
#include "wording.h"

enum { MOST_ROWS = 40, MOST_ESTIMATES = 40 };

/* ---- why ---- */

/* other_draws: the estimates have other values in the draws of the two (another seed, another number of draws, other parameter sets). */
typedef struct { const pw_account_t *a, *b; pw_text_t *out; int reasons; bool other_draws; } pair_t;

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

/* The same text under another path is no reason. */
static bool has_text(const pw_manifest_read_t *m, const char *sha256)
{
    for (int i = 0; i < m->n_inputs; i++)
        if (strcmp(m->input[i].sha256, sha256) == 0)
            return true;
    return false;
}

static void inputs(pair_t *self)
{
    const pw_manifest_read_t *a = &self->a->manifest, *b = &self->b->manifest;
    for (int i = 0; i < a->n_inputs; i++) {
        const char *sha = sha_of(b, a->input[i].file);
        if (has_text(b, a->input[i].sha256))
            continue;
        pw_text_printf(self->out, "  %s: %s\n", a->input[i].file, sha ? "the file was changed" : "no longer read");
        self->reasons++;
    }
    for (int i = 0; i < b->n_inputs; i++)
        if (!sha_of(a, b->input[i].file) && !has_text(a, b->input[i].sha256)) {
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

/* unknown: the noise is (one replication); only: one of the runs has no value */
typedef struct { int same, within, beyond, unknown, only; pw_table_t table; } moves_t;

/* Do more than half of the columns that both parameters.csv have differ? A file that was changed moves one estimate's; other draws move all. */
static bool have_other_draws(const pair_t *self)
{
    const pw_csv_table_t *a = &self->a->table[PW_READ_parameters], *b = &self->b->table[PW_READ_parameters];
    int both = 0, other = 0;
    for (int c = 0; c < a->n_columns; c++) {
        int k = pw_csv_find(b, a->column[c]);
        bool differs = a->n_rows != b->n_rows;
        if (k < 0 || strcmp(a->column[c], "draw") == 0)
            continue;
        for (int64_t r = 0; r < a->n_rows && !differs; r++)
            differs = strcmp(pw_csv_cell(a, r, c), pw_csv_cell(b, r, k)) != 0;
        both++;
        other += differs;
    }
    return 2 * other > both;
}

/* Of a mean over draws, how far other draws would have moved it: its standard error, the simulation's noise in it. nan: fewer than two draws with a value. */
static double error_of_draws(const pw_account_t *run, int s, const char *measure)
{
    int64_t n = pw_account_rows(run, PW_READ_draws) / run->manifest.n_scenarios, known = 0;
    double *here = pw_alloc((size_t)(n > 0 ? n : 1), sizeof here[0]), *there = pw_alloc((size_t)(n > 0 ? n : 1), sizeof there[0]), sum = 0.0, squares = 0.0;
    if (here && there) {
        pw_account_draws(run, s, measure, here);
        pw_account_draws(run, 0, measure, there);
    }
    for (int64_t d = 0; here && there && d < n; d++) {
        double value = here[d] - (s > 0 ? there[d] : 0.0);
        if (isnan(value))
            continue;
        known++;
        double from_mean = value - sum;      /* Welford's running mean and squares */
        sum += from_mean / (double)known;
        squares += from_mean * (value - sum);
    }
    pw_free(here);
    pw_free(there);
    return known > 1 ? sqrt(squares / (double)(known - 1) / (double)known) : NAN;
}

static void cell(pw_table_t *table, double value)
{
    pw_text_t text = { 0 };
    pw_say_number_cell(value, "", &text);
    pw_table_cell(table, PW_RIGHT, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

static void compare(pair_t *self, moves_t *moves, const char *measure, int s, int t)
{
    pw_text_t words = { 0 };
    pw_summary_t x = pw_account_value(self->a, s, measure, s > 0), y = pw_account_value(self->b, t, measure, t > 0);
    if (isnan(x.mean) && isnan(y.mean))
        return;
    double by = y.mean - x.mean;
    if (by == 0.0 || isnan(by)) {
        moves->same += by == 0.0;
        moves->only += isnan(by);
        return;
    }
    double before = self->other_draws ? error_of_draws(self->a, s, measure) : x.mc_se, now = self->other_draws ? error_of_draws(self->b, t, measure) : y.mc_se;
    double error = sqrt(before * before + now * now);
    bool unknown = isnan(error), beyond = fabs(by) > 2.58 * error;
    moves->unknown += unknown;
    moves->beyond += beyond && !unknown;
    moves->within += !beyond && !unknown;
    if ((!beyond && !unknown) || moves->beyond + moves->unknown > MOST_ROWS)
        return;
    pw_table_cell(&moves->table, PW_LEFT, "%s", self->a->manifest.scenario[s].name);
    pw_word_measure(measure, &words);
    pw_table_cell(&moves->table, PW_LEFT, "%s", pw_text_get(&words));
    pw_text_free(&words);
    cell(&moves->table, x.mean);
    cell(&moves->table, y.mean);
    cell(&moves->table, 2.58 * error);
    pw_table_end_row(&moves->table);
}

static pw_status_t what(pair_t *self)
{
    moves_t moves = { 0 };
    self->other_draws = have_other_draws(self);
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
    if (moves.only > 0)
        pw_text_printf(self->out, "Of %d more only one of the two runs has a value.\n", moves.only);
    if (self->other_draws)
        pw_text_append(self->out, "The draws are others too (see above): noise is how far the means of so many draws would come out otherwise.\n");
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
