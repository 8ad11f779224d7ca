#include "posterior.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "../base/digest.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "../base/version.h"
#include "../chance/stream.h"

/* ---- reading ---- */

static bool is_estimate(const char *name)
{
    static const char *const own[] = { "set", "weight", "results", "evidence", "size" };
    for (size_t i = 0; i < sizeof own / sizeof own[0]; i++)
        if (strcmp(name, own[i]) == 0)
            return false;
    return strncmp(name, "model.", 6) != 0;
}

static pw_status_t make(pw_posterior_t *self)
{
    size_t rows = (size_t)self->table.n_rows, columns = (size_t)self->table.n_columns;
    self->column = pw_alloc(columns, sizeof *self->column);
    self->value = pw_alloc(rows * columns, sizeof *self->value);
    self->up_to = pw_alloc(rows, sizeof *self->up_to);
    self->row = pw_alloc(rows, sizeof *self->row);
    self->size = pw_alloc(rows, sizeof *self->size);
    if (!self->column || !self->value || !self->up_to || !self->row || !self->size)
        return PW_ERROR_MEMORY;
    for (int c = 0; c < self->table.n_columns; c++)
        if (is_estimate(self->table.column[c]))
            self->column[self->n_estimates++] = c;
    return PW_OK;
}

static void read_sets(pw_posterior_t *self, int weight_column, pw_findings_t *findings)
{
    double sum = 0.0;
    int size = pw_csv_find(&self->table, "size");
    for (int64_t r = 0; r < self->table.n_rows && findings->n < 20; r++) {
        double weight, *value = self->value + (size_t)self->n * (size_t)self->n_estimates;
        if (!pw_csv_number_at(&self->table, r, weight_column, false, &weight, findings))
            continue;
        if (weight < 0.0 || !isfinite(weight))
            pw_findings_add(findings, self->table.path, self->table.line[r], "weight", "a weight is a number from 0, not %g", weight);
        for (int k = 0; k < self->n_estimates; k++)
            (void)pw_csv_number_at(&self->table, r, self->column[k], false, &value[k], findings);
        if (weight <= 0.0)
            continue;
        sum += weight;
        self->size[self->n] = 1.0;
        if (size >= 0)
            (void)pw_csv_number_at(&self->table, r, size, false, &self->size[self->n], findings);
        self->up_to[self->n] = sum;
        self->row[self->n++] = r;
    }
    if (self->n == 0 && findings->n == 0)
        pw_findings_add(findings, self->table.path, 0, "weight", "no set has a weight above 0");
    for (int64_t s = 0; s < self->n; s++)
        self->up_to[s] = s == self->n - 1 ? 1.0 : self->up_to[s] / sum;
}

pw_status_t pw_posterior_read(pw_posterior_t *self, const char *file, const pw_spec_t *baseline, uint64_t seed, pw_findings_t *findings)
{
    size_t before = findings->n;
    *self = (pw_posterior_t){ .baseline = baseline, .seed = seed };
    pw_status_t status = pw_csv_read(&self->table, file, findings);
    if (status != PW_OK)
        return status;
    int weight = pw_csv_require(&self->table, "weight", findings), results = pw_csv_require(&self->table, "results", findings);
    int evidence = pw_csv_require(&self->table, "evidence", findings);
    if (findings->n > before)
        return PW_ERROR_INPUT;
    status = make(self);
    if (status != PW_OK)
        return status;
    if (self->table.n_rows > 0) {
        self->results_version = (int)pw_csv_value(&self->table, 0, results);
        snprintf(self->evidence, sizeof self->evidence, "%s", pw_csv_cell(&self->table, 0, evidence));
    }
    read_sets(self, weight, findings);
    return findings->n > before ? PW_ERROR_INPUT : PW_OK;
}

void pw_posterior_free(pw_posterior_t *self)
{
    pw_csv_table_free(&self->table);
    pw_free(self->column);
    pw_free(self->value);
    pw_free(self->up_to);
    pw_free(self->row);
    pw_free(self->size);
    *self = (pw_posterior_t){ 0 };
}

/* ---- where it is, and whether it fits ---- */

pw_status_t pw_posterior_beside(const char *baseline_file, char **out)
{
    const char *slash = strrchr(baseline_file, '/');
    pw_text_t text = { 0 };
    if (slash)
        pw_text_append_bytes(&text, baseline_file, (size_t)(slash - baseline_file) + 1);
    pw_text_append(&text, "posterior.csv");
    *out = pw_text_take(&text);
    if (!*out)
        return PW_ERROR_MEMORY;
    if (access(*out, F_OK) != 0) {
        pw_free(*out);
        *out = NULL;
    }
    return PW_OK;
}

void pw_posterior_doubt(const pw_posterior_t *self, const char *file, const pw_spec_t *baseline, pw_text_t *out)
{
    char evidence[PW_EVIDENCE_DIGITS + 1];
    pw_posterior_evidence(&baseline->evidence, evidence);
    if (self->results_version != PW_RESULTS_VERSION)
        pw_text_printf(out, "%s was made with results version %d and this program has %d: its sets may not agree with the study any more "
                       "(pathways calibrate makes it anew)", file, self->results_version, PW_RESULTS_VERSION);
    else if (strcmp(evidence, self->evidence) != 0)
        pw_text_printf(out, "%s was made from other priors than this baseline's estimates have: its sets are used as they are (pathways calibrate makes it "
                       "anew; --parameters prior goes without)", file);
}

/* ---- draws ---- */

static double radical_inverse(uint64_t n)
{
    double out = 0.0, digit = 0.5;
    for (; n > 0; n >>= 1, digit *= 0.5)
        out += (double)(n & 1) * digit;
    return out;
}

int64_t pw_posterior_set(const pw_posterior_t *self, int64_t draw)
{
    pw_stream_t stream = pw_stream_init(self->seed, 0, pw_purpose_named("values", "posterior"));
    pw_block_t block = pw_stream_block(stream, 0, 0, 0, 0);
    double u = pw_uniform52(block.word[0], block.word[1]) + radical_inverse((uint64_t)draw);
    u -= floor(u);
    int64_t low = 0, high = self->n - 1;
    while (low < high) {
        int64_t middle = (low + high) / 2;
        if (self->up_to[middle] > u)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool same_prior(const pw_estimate_t *a, const pw_estimate_t *b)
{
    return a->quantity == b->quantity && a->distribution == b->distribution && a->value == b->value && a->a == b->a && a->b == b->b;
}

static pw_status_t adjust(void *context, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout)
{
    const pw_posterior_t *self = context;
    const double *value = self->value + (size_t)pw_posterior_set(self, draw) * (size_t)self->n_estimates;
    for (int k = 0; k < self->n_estimates; k++) {
        const char *name = self->table.column[self->column[k]];
        int at = pw_evidence_find(&spec->evidence, name), base = scenario > 0 ? pw_evidence_find(&self->baseline->evidence, name) : at;
        if (at < 0 || base < 0 || spec->evidence.estimate[at].distribution == PW_DISTRIBUTION_FIXED)
            continue;
        if (scenario == 0 || same_prior(&spec->evidence.estimate[at], &self->baseline->evidence.estimate[base]))
            pw_values_put(inout, &spec->evidence, at, value[k]);
    }
    return PW_OK;
}

pw_values_hook_t pw_posterior_hook(const pw_posterior_t *self)
{
    return (pw_values_hook_t){ .adjust = adjust, .context = (void *)(uintptr_t)self };
}

double pw_posterior_share_below(const pw_posterior_t *self, const pw_estimate_t *estimate, double x)
{
    int base = pw_evidence_find(&self->baseline->evidence, estimate->name);
    if (base < 0 || estimate->distribution == PW_DISTRIBUTION_FIXED || !same_prior(estimate, &self->baseline->evidence.estimate[base]))
        return NAN;
    for (int k = 0; k < self->n_estimates; k++) {
        double share = 0.0;
        if (strcmp(self->table.column[self->column[k]], estimate->name) != 0)
            continue;
        for (int64_t s = 0; s < self->n; s++)
            if (self->value[(size_t)s * (size_t)self->n_estimates + (size_t)k] < x)
                share += pw_posterior_weight(self, s);
        return pw_number_round12(share);
    }
    return NAN;
}

double pw_posterior_model(const pw_posterior_t *self, int64_t set, const char *name)
{
    char heading[128];
    snprintf(heading, sizeof heading, "model.%s", name);
    int column = pw_csv_find(&self->table, heading);
    return column < 0 ? NAN : pw_csv_value(&self->table, self->row[set], column);
}

double pw_posterior_weight(const pw_posterior_t *self, int64_t set) { return self->up_to[set] - (set > 0 ? self->up_to[set - 1] : 0.0); }

double pw_posterior_size(const pw_posterior_t *self)
{
    double sum = 0.0;
    for (int64_t s = 0; s < self->n; s++)
        sum += pw_posterior_weight(self, s) * self->size[s];
    return pw_number_round12(sum);
}

pw_status_t pw_posterior_reweight(pw_posterior_t *self, const double *weight)
{
    double sum = 0.0;
    int64_t n = 0;
    for (int64_t s = 0; s < self->n; s++)
        sum += weight[s];
    if (!(sum > 0.0))
        return PW_ERROR_NUMBER;
    double up_to = 0.0;
    for (int64_t s = 0; s < self->n; s++) {
        if (weight[s] <= 0.0)
            continue;
        up_to += weight[s] / sum;
        self->row[n] = self->row[s];
        self->size[n] = self->size[s];
        memmove(self->value + (size_t)n * (size_t)self->n_estimates, self->value + (size_t)s * (size_t)self->n_estimates,
                (size_t)self->n_estimates * sizeof *self->value);
        self->up_to[n++] = up_to;
    }
    self->n = n;
    self->up_to[n - 1] = 1.0;
    return PW_OK;
}

void pw_posterior_evidence(const pw_evidence_t *evidence, char out[PW_EVIDENCE_DIGITS + 1])
{
    char digest[PW_DIGEST_ROOM];
    pw_text_t text = { 0 };
    for (int i = 0; i < evidence->n; i++) {
        const pw_estimate_t *e = &evidence->estimate[i];
        if (e->quantity != PW_QUANTITY_POUNDS)
            pw_text_printf(&text, "%s %d %d %d %.9g %.9g %.9g\n", e->name, e->quantity, e->distribution, e->calibrate, e->value, e->low, e->high);
    }
    pw_digest_bytes(pw_text_get(&text), text.n, digest);
    memcpy(out, digest, PW_EVIDENCE_DIGITS);
    out[PW_EVIDENCE_DIGITS] = '\0';
    pw_text_free(&text);
}
