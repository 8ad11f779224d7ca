#include "ground.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/memory.h"
#include "../base/text.h"
#include "../base/version.h"
#include "../measure/sketch.h"
#include "command_line.h"

/* ---- the estimates ---- */

static const pw_csv_table_t *table(const pw_ground_t *self, int file) { return &self->account->table[file]; }

/* "SCENARIO/x" -> the scenario's number and "x"; a plain name is the baseline's. */
static const char *split(const pw_ground_t *self, const char *heading, int *scenario)
{
    const char *slash = strrchr(heading, '/');
    *scenario = 0;
    for (int s = 1; slash && s < self->account->manifest.n_scenarios; s++) {
        const char *name = self->account->manifest.scenario[s].name;
        if (strlen(name) == (size_t)(slash - heading) && strncmp(name, heading, strlen(name)) == 0)
            *scenario = s;
    }
    return *scenario > 0 ? slash + 1 : heading;
}

const char *pw_ground_group_name(int group) { return group == PW_GROUND_FITTED ? "fitted" : pw_grade_name(group); }

static int grade_of(const char *word)
{
    for (int g = 0; g < PW_GRADES; g++)
        if (strcmp(word, pw_grade_name(g)) == 0)
            return g;
    return PW_GRADE_ASSUMED;
}

static void describe(const pw_ground_t *self, const char *heading, pw_ground_estimate_t *out)
{
    int scenario;
    const char *name = split(self, heading, &scenario), *owner = self->account->manifest.scenario[scenario].name;
    const pw_csv_table_t *t = table(self, PW_READ_assumptions);
    for (int64_t r = 0; r < t->n_rows; r++) {
        if (strcmp(pw_account_cell(self->account, PW_READ_assumptions, r, "estimate"), name) != 0 ||
            strcmp(pw_account_cell(self->account, PW_READ_assumptions, r, "scenario"), owner) != 0)
            continue;
        out->kind = pw_account_cell(self->account, PW_READ_assumptions, r, "kind");
        out->note = pw_account_cell(self->account, PW_READ_assumptions, r, "note");
        out->audit = pw_account_cell(self->account, PW_READ_assumptions, r, "audit");
        out->grade = grade_of(pw_account_cell(self->account, PW_READ_assumptions, r, "grade"));
        out->value = pw_account_number(self->account, PW_READ_assumptions, r, "value");
        out->calibrate = strcmp(pw_account_cell(self->account, PW_READ_assumptions, r, "calibrate"), "true") == 0;
        return;
    }
}

static bool same_values(const double *a, const double *b, int n)
{
    for (int i = 0; i < n; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

/* Is column c the same estimate as one that is there already: its name, drawn alike? *other: one of its name, drawn otherwise. */
static bool is_known(const pw_ground_t *self, const char *heading, const double *values, bool *other)
{
    int scenario;
    const char *name = split(self, heading, &scenario);
    *other = false;
    for (int i = 0; i < self->p; i++) {
        const char *slash = strrchr(self->estimate[i].label, '/'), *bare = slash ? slash + 1 : self->estimate[i].label;
        if (strcmp(bare, name) != 0)
            continue;
        if (same_values(self->column[i], values, self->n))
            return true;
        *other = true;
    }
    return false;
}

static pw_status_t read_column(pw_ground_t *self, int c, pw_findings_t *findings)
{
    const pw_csv_table_t *t = table(self, PW_READ_parameters);
    double *values = self->values + (size_t)self->p * (size_t)self->n;
    bool other;
    int scenario;
    for (int i = 0; i < self->n; i++)
        if (!pw_csv_number_at(t, i, c, false, &values[i], findings))
            return PW_ERROR_INPUT;
    if (is_known(self, t->column[c], values, &other))
        return PW_OK;
    pw_ground_estimate_t *e = &self->estimate[self->p];
    *e = (pw_ground_estimate_t){ .kind = "", .note = "", .audit = "", .grade = PW_GRADE_ASSUMED, .value = NAN };
    e->label = pw_strdup(other ? t->column[c] : split(self, t->column[c], &scenario));
    if (!e->label)
        return PW_ERROR_MEMORY;
    describe(self, t->column[c], e);
    self->group[self->p] = e->grade;
    self->column[self->p++] = values;
    return PW_OK;
}

static pw_status_t read_estimates(pw_ground_t *self, pw_findings_t *findings)
{
    const pw_csv_table_t *t = table(self, PW_READ_parameters);
    int draw = pw_csv_require(t, "draw", findings), most = t->n_columns;
    if (draw < 0)
        return PW_ERROR_INPUT;
    if (t->n_rows != self->n) {
        pw_findings_add(findings, t->path, 0, NULL, "there are %lld rows; the manifest says that the run had %d draws", (long long)t->n_rows, self->n);
        return PW_ERROR_INPUT;
    }
    self->estimate = pw_alloc((size_t)most, sizeof self->estimate[0]);
    self->group = pw_alloc((size_t)most, sizeof self->group[0]);
    self->column = pw_alloc((size_t)most, sizeof self->column[0]);
    self->values = pw_alloc((size_t)most * (size_t)self->n, sizeof(double));
    if (!self->estimate || !self->group || !self->column || !self->values)
        return PW_ERROR_MEMORY;
    pw_status_t status = PW_OK;
    for (int c = 0; c < most && status == PW_OK; c++)
        if (c != draw)
            status = read_column(self, c, findings);
    return status;
}

/* ---- opening ---- */

static pw_status_t read_pairs(pw_ground_t *self, pw_findings_t *findings)
{
    static const char *const needed[] = { "measure", "scenario", "other", "mean", "mc_se", "low95", "high95", "better", "clear" };
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/pairs.csv", self->account->folder);
    pw_status_t status = path.failed ? PW_ERROR_MEMORY : pw_csv_read(&self->pairs, pw_text_get(&path), findings);
    for (size_t i = 0; status == PW_OK && i < sizeof needed / sizeof needed[0]; i++)
        if (pw_csv_require(&self->pairs, needed[i], findings) < 0)
            status = PW_ERROR_INPUT;
    pw_text_free(&path);
    return status;
}

static pw_status_t read_noise(pw_ground_t *self, pw_findings_t *findings)
{
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/noise.csv", self->account->folder);
    pw_status_t status = path.failed ? PW_ERROR_MEMORY : access(pw_text_get(&path), F_OK) != 0 ? PW_OK : pw_csv_read(&self->noise, pw_text_get(&path),
                                                                                                                     findings);
    pw_text_free(&path);
    return status;
}

static pw_status_t refuse(const pw_ground_t *self, pw_findings_t *findings)
{
    const pw_manifest_read_t *m = &self->account->manifest;
    if (strcmp(m->version, PW_VERSION) != 0) {
        pw_findings_add(findings, self->account->folder, 0, NULL, "the folder was written by pathways %s, and this is %s, whose measures may mean "
                        "something else; run again: %s", m->version, PW_VERSION, m->command);
        return PW_ERROR_INPUT;
    }
    if (m->draws >= PW_GIVEN_FEWEST)
        return PW_OK;
    pw_text_t again = { 0 };
    pw_command_line_with(m->command, "draws", 'd', "250", &again);
    pw_findings_add(findings, self->account->folder, 0, NULL, "the run has %lld draws; what its answers rest on can be told from %d on, and better "
                    "from 250 (into another --out, or with --force): %s", (long long)m->draws, PW_GIVEN_FEWEST, pw_text_get(&again));
    pw_text_free(&again);
    return PW_ERROR_INPUT;
}

static void read_facts(pw_ground_t *self)
{
    const json_t *root = self->account->manifest.root, *model = json_object_get(root, "model");
    self->seconds = json_is_number(json_object_get(root, "seconds")) ? json_number_value(json_object_get(root, "seconds")) : NAN;
    self->intake_months = json_number_value(json_object_get(model, "intake_months"));
    self->discount_percent = json_number_value(json_object_get(model, "discount_percent"));
}

/* ---- draws that repeat parameter sets ---- */

static int different_values(const double *x, int n, double *room)
{
    int found = n > 0;
    memcpy(room, x, (size_t)n * sizeof *room);
    pw_sort_numbers(room, n);
    for (int i = 1; i < n; i++)
        found += room[i] != room[i - 1];
    return found;
}

int pw_ground_different(const double *const *x, int p, int n)
{
    double *room = pw_alloc((size_t)n + (size_t)p, sizeof *room), *count = room ? room + n : NULL;
    int changing = 0, out = n;
    if (!room)
        return -1;
    for (int j = 0; j < p; j++) {
        int found = different_values(x[j], n, room);
        if (found > 1)
            count[changing++] = found;
    }
    if (changing > 0) {
        pw_sort_numbers(count, changing);
        out = (int)count[changing / 2];
    }
    pw_free(room);
    return out;
}

static bool too_alike(const pw_ground_t *self) { return 2 * self->different < self->n; }

bool pw_ground_too_alike(const pw_ground_t *self, pw_findings_t *findings)
{
    if (too_alike(self))
        pw_findings_add(findings, self->account->folder, 0, NULL,
                        "the run's %d draws are of only %d different parameter sets, so what its answers rest on cannot be told from chance; take fewer draws, "
                        "or sets of which more agree "
                        "(--parameters prior has a set for each draw)",
                        self->n, self->different);
    return too_alike(self);
}

/* ---- estimates that were drawn together ---- */

/* The heading of the file of parameter sets that the run drew from; NULL: it drew from none, or memory has run out (*failed). */
static char *heading_of_sets(const pw_ground_t *self, bool *failed)
{
    static const char begins[] = "set,weight,";
    const json_t *inputs = json_object_get(self->account->manifest.root, "inputs");
    char *heading = NULL;
    for (size_t i = 0; i < json_array_size(inputs) && !heading; i++) {
        const char *copy = json_string_value(json_object_get(json_array_get(inputs, i), "copy"));
        size_t length = copy ? strlen(copy) : 0, room = 0;
        pw_text_t path = { 0 };
        if (length < 4 || strcmp(copy + length - 4, ".csv") != 0)
            continue;
        pw_text_printf(&path, "%s/%s", self->account->folder, copy);
        *failed = *failed || path.failed;
        FILE *file = path.failed ? NULL : fopen(pw_text_get(&path), "rb");
        if (file && (getline(&heading, &room, file) < 0 || strncmp(heading, begins, strlen(begins)) != 0)) {
            free(heading);      /* getline's */
            heading = NULL;
        }
        if (file)
            fclose(file);
        pw_text_free(&path);
    }
    return heading;
}

static bool is_listed(const char *heading, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = heading; (at = strstr(at, name)); at += length)
        if (at > heading && at[-1] == ',' && strchr(",\r\n", at[length]))
            return true;
    return false;
}

/* Estimates of one parameter set go together; what a policy brings of its own, and pounds, are drawn for themselves. */
static pw_status_t find_tied(pw_ground_t *self)
{
    bool failed = false;
    char *heading = heading_of_sets(self, &failed);
    self->tied = failed ? NULL : pw_alloc((size_t)self->p + 1, sizeof self->tied[0]);
    for (int i = 0; self->tied && i < self->p; i++)
        if ((self->tied[i] = heading && is_listed(heading, self->estimate[i].label)) && self->estimate[i].calibrate)
            self->group[i] = PW_GROUND_FITTED;
    free(heading);
    return self->tied ? PW_OK : PW_ERROR_MEMORY;
}

pw_status_t pw_ground_open(pw_ground_t *self, const pw_account_t *account, pw_findings_t *findings)
{
    self->account = account;
    self->n = (int)account->manifest.draws;
    read_facts(self);
    pw_status_t status = refuse(self, findings);
    if (status == PW_OK)
        status = read_pairs(self, findings);
    if (status == PW_OK)
        status = read_noise(self, findings);
    if (status == PW_OK)
        status = read_estimates(self, findings);
    if (status == PW_OK && (self->different = pw_ground_different(self->column, self->p, self->n)) < 0)
        status = PW_ERROR_MEMORY;
    if (status == PW_OK)
        status = find_tied(self);
    return status == PW_OK ? pw_given_init(&self->given, self->column, self->p, self->n, self->tied) : status;
}

void pw_ground_free(pw_ground_t *self)
{
    for (int i = 0; i < self->p; i++)
        pw_free(self->estimate[i].label);
    pw_free(self->estimate);
    pw_free(self->group);
    pw_free(self->tied);
    pw_free(self->column);
    pw_free(self->values);
    pw_given_free(&self->given);
    pw_csv_table_free(&self->pairs);
    pw_csv_table_free(&self->noise);
    *self = (pw_ground_t){ 0 };
}

/* ---- differences and their noise ---- */

bool pw_ground_difference(const pw_ground_t *self, const char *measure, int scenario, int other, double *out)
{
    const pw_csv_table_t *t = table(self, PW_READ_draws);
    int column = measure ? pw_csv_find(t, measure) : -1, n_scenarios = self->account->manifest.n_scenarios;
    bool whole = true;
    for (int i = 0; i < self->n; i++) {      /* rows stand by draw, then by scenario, as the manifest lists them */
        double a = column < 0 ? 0.0 : pw_csv_value(t, (int64_t)i * n_scenarios + scenario, column);
        double b = column < 0 || other == scenario ? 0.0 : pw_csv_value(t, (int64_t)i * n_scenarios + other, column);
        out[i] = other == scenario ? 0.0 : a - b;
        whole = whole && !isnan(out[i]);
    }
    return whole;
}

int64_t pw_ground_pair(const pw_ground_t *self, const char *measure, int scenario, int other, int *sign)
{
    const pw_csv_table_t *t = &self->pairs;
    int m = pw_csv_find(t, "measure"), s = pw_csv_find(t, "scenario"), o = pw_csv_find(t, "other"), later = scenario > other ? scenario : other;
    const char *one = self->account->manifest.scenario[later].name, *two = self->account->manifest.scenario[scenario + other - later].name;
    *sign = later == scenario ? 1 : -1;
    for (int64_t r = 0; r < t->n_rows; r++)
        if (strcmp(pw_csv_cell(t, r, m), measure) == 0 && strcmp(pw_csv_cell(t, r, s), one) == 0 && strcmp(pw_csv_cell(t, r, o), two) == 0)
            return r;
    return -1;
}

double pw_ground_pair_number(const pw_ground_t *self, int64_t row, const char *column)
{
    return pw_csv_value(&self->pairs, row, pw_csv_find(&self->pairs, column));
}

/* Of a draw: the standard error of the mean over all draws, squared, times the draws. */
static double noise_of(double mc_se, double draws) { return mc_se * mc_se * draws; }

double pw_ground_noise(const pw_ground_t *self, const char *measure, int scenario, int other)
{
    int sign, first = scenario == 0 ? other : scenario;
    if (!measure || scenario == other)
        return 0.0;
    if (scenario == 0 || other == 0) {
        pw_summary_t s = pw_account_value(self->account, first, measure, true);
        return noise_of(s.mc_se, (double)s.draws);
    }
    int64_t row = pw_ground_pair(self, measure, scenario, other, &sign);
    if (row >= 0)
        return noise_of(pw_ground_pair_number(self, row, "mc_se"), pw_ground_pair_number(self, row, "draws"));
    return pw_ground_noise(self, measure, scenario, 0) + pw_ground_noise(self, measure, other, 0);
}

double pw_ground_shared_noise(const pw_ground_t *self, const char *measure, const char *cost, int scenario)
{
    const pw_csv_table_t *t = &self->noise;
    int s = pw_csv_find(t, "scenario"), m = pw_csv_find(t, "measure"), c = pw_csv_find(t, "pounds"), covariance = pw_csv_find(t, "mc_covariance"),
        draws = pw_csv_find(t, "draws");
    for (int64_t r = 0; covariance >= 0 && draws >= 0 && s >= 0 && m >= 0 && c >= 0 && r < t->n_rows; r++)
        if (strcmp(pw_csv_cell(t, r, s), self->account->manifest.scenario[scenario].name) == 0 && strcmp(pw_csv_cell(t, r, m), measure) == 0 &&
            strcmp(pw_csv_cell(t, r, c), cost) == 0)
            return pw_csv_value(t, r, covariance) * pw_csv_value(t, r, draws);
    return 0.0;
}

/* ---- shares ---- */

/* The draws that have a value, as given data of their own. */
static pw_status_t shares_of_some(const pw_ground_t *self, const double *y, int n_used, double noise, pw_share_t *input, pw_share_t *of_group, double *spread)
{
    size_t n = (size_t)n_used, p = (size_t)self->p;
    double *x = pw_alloc(n * (p + 1), sizeof x[0]), *z = x ? x + n * p : NULL;
    const double **column = pw_alloc(p, sizeof column[0]);
    pw_given_t given = { 0 };
    pw_status_t status = x && column ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        int k = 0;
        for (int i = 0; i < self->n; i++) {
            if (isnan(y[i]))
                continue;
            for (size_t j = 0; j < p; j++)
                x[j * n + (size_t)k] = self->column[j][i];
            z[k++] = y[i];
        }
        for (size_t j = 0; j < p; j++)
            column[j] = x + j * n;
        status = pw_given_init(&given, column, self->p, n_used, self->tied);
    }
    if (status == PW_OK)
        status = pw_given_shares(&given, z, noise, self->group, PW_GROUND_GROUPS, input, of_group, spread);
    pw_given_free(&given);
    pw_free(column);
    pw_free(x);
    return status;
}

pw_status_t pw_ground_shares(const pw_ground_t *self, const double *y, double noise, pw_share_t *input, pw_share_t of_group[PW_GROUND_GROUPS], double *spread,
                             int *n_used)
{
    *n_used = 0;
    for (int i = 0; i < self->n; i++)
        *n_used += !isnan(y[i]);
    if (*n_used < PW_GIVEN_FEWEST || too_alike(self))
        return PW_ERROR_NUMBER;
    double known = isnan(noise) ? 0.0 : noise;
    if (*n_used < self->n)
        return shares_of_some(self, y, *n_used, known, input, of_group, spread);
    return pw_given_shares(&self->given, y, known, self->group, PW_GROUND_GROUPS, input, of_group, spread);
}

pw_status_t pw_ground_leading(const pw_ground_t *self, const double *y, double noise, pw_share_t *input)
{
    for (int i = 0; i < self->p; i++)
        input[i] = (pw_share_t){ 0.0, 0.0, false };
    for (int i = 0; i < self->n; i++)
        if (isnan(y[i]))
            return PW_OK;
    return pw_given_shares(&self->given, y, isnan(noise) ? 0.0 : noise, NULL, 0, input, NULL, NULL);
}

int pw_ground_order(const pw_ground_t *self, const pw_share_t *input, int most, int *out)
{
    int n = 0;
    for (int i = 0; i < self->p; i++) {
        if (!input[i].taken_in || !(input[i].share > 0.0))
            continue;
        int at = n < most ? n++ : most;
        while (at > 0 && input[out[at - 1]].share < input[i].share) {
            if (at < most)
                out[at] = out[at - 1];
            at--;
        }
        if (at < most)
            out[at] = i;
    }
    return n;
}
