#include "influence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "../measure/given_data.h"

enum { SEED = 1 };

/* The draws as given_data.h takes them. */
typedef struct {
    int n, p;
    double *bytes, **x, *y;
    int *column, *group;                   /* of parameters.csv; 0: assumed, 1: not */
    pw_share_t *share;
} work_t;

static void free_work(work_t *self)
{
    pw_free(self->bytes);
    pw_free(self->x);
    pw_free(self->y);
    pw_free(self->column);
    pw_free(self->group);
    pw_free(self->share);
}

static pw_status_t make_work(work_t *self, int n, int most)
{
    size_t draws = (size_t)n, columns = (size_t)most;
    self->n = n;
    self->bytes = pw_alloc(draws * columns, sizeof(double));
    self->x = pw_alloc(columns, sizeof self->x[0]);
    self->y = pw_alloc(2 * draws, sizeof(double));
    self->column = pw_alloc(columns, sizeof(int));
    self->group = pw_alloc(columns, sizeof(int));
    self->share = pw_alloc(columns, sizeof self->share[0]);
    return self->bytes && self->x && self->y && self->column && self->group && self->share ? PW_OK : PW_ERROR_MEMORY;
}

/* Whether an estimate is graded assumed: "name", or "SCENARIO/name". */
static bool is_assumed(const pw_account_t *run, const char *heading)
{
    const char *slash = strchr(heading, '/'), *name = slash ? slash + 1 : heading;
    for (int64_t r = 0; r < pw_account_rows(run, PW_READ_assumptions); r++) {
        const char *scenario = pw_account_cell(run, PW_READ_assumptions, r, "scenario");
        bool owner = slash ? strncmp(scenario, heading, (size_t)(slash - heading)) == 0 && scenario[slash - heading] == '\0' : strcmp(scenario, "baseline") == 0;
        if (owner && strcmp(pw_account_cell(run, PW_READ_assumptions, r, "estimate"), name) == 0)
            return strcmp(pw_account_cell(run, PW_READ_assumptions, r, "grade"), "assumed") == 0;
    }
    return true;
}

/* The columns that vary and belong to the baseline or to this scenario. */
static void take_columns(work_t *self, const pw_account_t *run, const char *scenario)
{
    const pw_csv_table_t *table = &run->table[PW_READ_parameters];
    for (int c = 1; c < table->n_columns; c++) {
        const char *slash = strchr(table->column[c], '/');
        double *to = self->bytes + (size_t)self->p * (size_t)self->n;
        bool varies = false, whole = true;
        if (slash && (strncmp(table->column[c], scenario, (size_t)(slash - table->column[c])) != 0 || scenario[slash - table->column[c]] != '\0'))
            continue;
        for (int d = 0; d < self->n; d++) {
            to[d] = pw_csv_value(table, d, c);
            whole = whole && isfinite(to[d]);
            varies = varies || to[d] != to[0];
        }
        if (!whole || !varies)
            continue;
        self->x[self->p] = to;
        self->column[self->p] = c;
        self->group[self->p++] = is_assumed(run, table->column[c]) ? 0 : 1;
    }
}

static bool take_differences(work_t *self, const pw_account_t *run, int scenario, const char *measure)
{
    bool varies = false;
    pw_account_draws(run, 0, measure, self->y + self->n);
    pw_account_draws(run, scenario, measure, self->y);
    for (int d = 0; d < self->n; d++) {
        self->y[d] -= self->y[self->n + d];
        if (!isfinite(self->y[d]))
            return false;
        varies = varies || self->y[d] != self->y[0];
    }
    return varies;
}

typedef struct { double x, y; } pair_t;

static int by_x(const void *a, const void *b)
{
    const pair_t *p = a, *q = b;
    return p->x < q->x ? -1 : p->x > q->x ? 1 : p->y < q->y ? -1 : p->y > q->y;
}

/* Mean difference among the lowest and the highest fifth. */
static pw_status_t find_fifths(const work_t *self, int input, pw_influence_t *out)
{
    pair_t *pair = pw_alloc((size_t)self->n, sizeof pair[0]);
    int fifth = self->n / 5;
    if (!pair)
        return PW_ERROR_MEMORY;
    for (int d = 0; d < self->n; d++)
        pair[d] = (pair_t){ self->x[input][d], self->y[d] };
    qsort(pair, (size_t)self->n, sizeof pair[0], by_x);
    for (int i = 0; i < fifth; i++) {
        out->in_lowest += pair[i].y / fifth;
        out->in_highest += pair[self->n - 1 - i].y / fifth;
    }
    pw_free(pair);
    return PW_OK;
}

static pw_status_t take_strongest(const work_t *self, const pw_account_t *run, pw_influences_t *out)
{
    pw_status_t status = PW_OK;
    bool *taken = pw_alloc((size_t)self->p + 1, sizeof taken[0]);
    while (taken && out->n < PW_MAX_INFLUENCES && status == PW_OK) {
        int best = -1;
        for (int i = 0; i < self->p; i++)
            if (!taken[i] && self->share[i].share > fmax(0.01, 2.0 * self->share[i].error) && (best < 0 || self->share[i].share > self->share[best].share))
                best = i;
        if (best < 0)
            break;
        taken[best] = true;
        pw_influence_t *one = &out->of[out->n++];
        *one = (pw_influence_t){ .estimate = run->table[PW_READ_parameters].column[self->column[best]], .share = self->share[best].share, .error = self->share[best].error };
        status = find_fifths(self, best, one);
    }
    pw_free(taken);
    return taken ? status : PW_ERROR_MEMORY;
}

static pw_status_t share_out(work_t *self, const pw_account_t *run, int scenario, const char *measure, pw_influences_t *out)
{
    pw_given_t given = { 0 };
    pw_share_t of_group[2];
    double spread = NAN;
    pw_summary_t s = pw_account_value(run, scenario, measure, true);
    double noise = isnan(s.mc_se) ? 0.0 : s.mc_se * s.mc_se * (double)self->n;      /* of one draw */
    pw_status_t status = pw_given_init(&given, (const double *const *)self->x, self->p, self->n);
    if (status == PW_OK)
        status = pw_given_shares(&given, self->y, noise, self->group, 2, SEED, self->share, of_group, &spread);
    pw_given_free(&given);
    if (status != PW_OK || !(spread > 0.0))
        return status;
    out->enough = true;
    out->assumed = of_group[0].share;
    out->assumed_error = of_group[0].error;
    return take_strongest(self, run, out);
}

pw_status_t pw_influences(const pw_account_t *run, int scenario, const char *measure, pw_influences_t *out)
{
    const pw_csv_table_t *table = &run->table[PW_READ_parameters];
    work_t work = { 0 };
    *out = (pw_influences_t){ .assumed = NAN, .assumed_error = NAN };
    if (table->n_rows < PW_INFLUENCE_DRAWS || 2 * table->n_rows > pw_account_rows(run, PW_READ_draws) || !pw_account_has(run, measure))
        return PW_OK;
    pw_status_t status = make_work(&work, (int)table->n_rows, table->n_columns);
    if (status == PW_OK) {
        take_columns(&work, run, run->manifest.scenario[scenario].name);
        if (work.p > 0 && take_differences(&work, run, scenario, measure))
            status = share_out(&work, run, scenario, measure, out);
    }
    free_work(&work);
    return status;
}
