#include "account.h"

#include <math.h>
#include <string.h>

#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/text.h"
#include "../base/version.h"

static const char *const file_name[PW_READ_N] = {
#define X(name) #name ".csv",
    PW_READ_FILES(X)
#undef X
};

/* ---- opening ---- */

static bool is_listed(const pw_manifest_read_t *manifest, const char *file)
{
    for (int i = 0; i < manifest->n_results; i++)
        if (strcmp(manifest->result[i].file, file) == 0)
            return true;
    return false;
}

static pw_status_t read_table(pw_account_t *self, int file, pw_findings_t *findings)
{
    const pw_manifest_read_t *m = &self->manifest;
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/%s", self->folder, file_name[file]);
    pw_status_t status = path.failed ? PW_ERROR_MEMORY : PW_OK;
    if (file == PW_READ_learnt && !is_listed(m, file_name[file])) {
        pw_text_free(&path);
        return PW_OK;
    }
    if (status == PW_OK && !is_listed(m, file_name[file])) {
        pw_findings_add(findings, self->folder, 0, NULL,
                        "the run has no %s: it was made by another version of pathways (%s, commit %s; this is %s, commit %s); run again: %s", file_name[file],
                        m->version, m->commit, PW_VERSION, pw_version_commit(), m->command);
        status = PW_ERROR_INPUT;
    }
    if (status == PW_OK)
        status = pw_csv_read(&self->table[file], pw_text_get(&path), findings);
    pw_text_free(&path);
    return status;
}

/* FNV-1a (Fowler, Noll & Vo) over the texts with a separator that no name holds. */
static uint64_t key_of(const char *const text[4])
{
    uint64_t hash = 14695981039346656037u;
    for (int i = 0; i < 4; i++) {
        for (const char *p = text[i]; *p; p++)
            hash = (hash ^ (unsigned char)*p) * 1099511628211u;
        hash = (hash ^ 0x1f) * 1099511628211u;
    }
    return hash;
}

static const char *const key_column[4] = { "scenario", "area", "subgroup", "measure" };

static bool same_row(const pw_csv_table_t *table, int64_t row, const int column[4], const char *const text[4])
{
    for (int i = 0; i < 4; i++)
        if (strcmp(pw_csv_cell(table, row, column[i]), text[i]) != 0)
            return false;
    return true;
}

static bool key_columns(const pw_csv_table_t *table, int column[4])
{
    for (int i = 0; i < 4; i++)
        if ((column[i] = pw_csv_find(table, key_column[i])) < 0)
            return false;
    return true;
}

/* Where a row stands among the slots, or the free slot where it would stand (row -1). */
static pw_slot_t *slot_of(const pw_account_t *self, bool paired, const char *const text[4])
{
    const pw_csv_table_t *table = &self->table[paired ? PW_READ_differences : PW_READ_summary];
    uint64_t key = key_of(text);
    int column[4];
    if (self->n_slots[paired] == 0 || !key_columns(table, column))
        return NULL;
    for (size_t i = key % self->n_slots[paired];; i = (i + 1) % self->n_slots[paired]) {
        pw_slot_t *slot = &self->slot[paired][i];
        if (slot->row < 0 || (slot->key == key && same_row(table, slot->row, column, text)))
            return slot;
    }
}

static pw_status_t index_rows(pw_account_t *self, bool paired, pw_findings_t *findings)
{
    const pw_csv_table_t *table = &self->table[paired ? PW_READ_differences : PW_READ_summary];
    int column[4];
    for (int i = 0; i < 4; i++)
        if (pw_csv_require(table, key_column[i], findings) < 0)
            return PW_ERROR_INPUT;
    if (!key_columns(table, column) || !pw_reading_columns(table, &self->spreads[paired], findings))
        return PW_ERROR_INPUT;
    self->n_slots[paired] = 2 * (size_t)table->n_rows + 1;
    self->slot[paired] = pw_alloc(self->n_slots[paired], sizeof self->slot[paired][0]);
    if (!self->slot[paired])
        return PW_ERROR_MEMORY;
    for (size_t i = 0; i < self->n_slots[paired]; i++)
        self->slot[paired][i].row = -1;
    for (int64_t r = 0; r < table->n_rows; r++) {
        const char *text[4];
        for (int i = 0; i < 4; i++)
            text[i] = pw_csv_cell(table, r, column[i]);
        *slot_of(self, paired, text) = (pw_slot_t){ key_of(text), r };
    }
    return PW_OK;
}

/* The columns that pages look up. A folder of another version may have others. */
static pw_status_t require_columns(const pw_account_t *self, pw_findings_t *findings)
{
    static const struct { int file; const char *column; } needed[] = {
        { PW_READ_summary, "mean" },       { PW_READ_summary, "mc_se" },      { PW_READ_summary, "p95" },       { PW_READ_differences, "better" },
        { PW_READ_draws, "draw" },         { PW_READ_parameters, "draw" },    { PW_READ_measures, "label" },    { PW_READ_measures, "unit" },
        { PW_READ_measures, "direction" }, { PW_READ_monthly, "p95" },        { PW_READ_pathways, "from" },     { PW_READ_pathways, "per_100_families" },
        { PW_READ_costs, "money" },        { PW_READ_costs, "spending" },     { PW_READ_survival, "not_returned" }, { PW_READ_one_year, "difference_p95" },
        { PW_READ_targets, "reproduced" },       { PW_READ_targets, "title" },       { PW_READ_assumptions, "grade" },
    };
    pw_status_t status = PW_OK;
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++)
        if (pw_csv_require(&self->table[needed[i].file], needed[i].column, findings) < 0)
            status = PW_ERROR_INPUT;
    return status;
}

pw_status_t pw_account_open(pw_account_t *self, const char *folder, pw_findings_t *findings)
{
    self->folder = pw_strdup(folder);
    self->findings = findings;
    if (!self->folder)
        return PW_ERROR_MEMORY;
    for (size_t n = strlen(self->folder); n > 1 && self->folder[n - 1] == '/'; n--)
        self->folder[n - 1] = '\0';
    pw_status_t status = pw_manifest_read(&self->manifest, self->folder, findings);
    if (status == PW_OK)
        status = pw_manifest_verify(&self->manifest, self->folder, findings);
    for (int i = 0; i < PW_READ_N && status == PW_OK; i++)
        status = pw_interrupt_asked() ? PW_ERROR_STOPPED : read_table(self, i, findings);
    if (status == PW_OK)
        status = require_columns(self, findings);
    for (int paired = 0; paired < 2 && status == PW_OK; paired++)
        status = index_rows(self, paired == 1, findings);
    return status;
}

void pw_account_free(pw_account_t *self)
{
    for (int i = 0; i < PW_READ_N; i++)
        pw_csv_table_free(&self->table[i]);
    pw_free(self->slot[0]);
    pw_free(self->slot[1]);
    pw_manifest_read_free(&self->manifest);
    pw_free(self->folder);
    *self = (pw_account_t){ 0 };
}

/* ---- cells ---- */

int64_t pw_account_rows(const pw_account_t *self, int file) { return self->table[file].n_rows; }

const char *pw_account_cell(const pw_account_t *self, int file, int64_t row, const char *column)
{
    int at = pw_csv_find(&self->table[file], column);
    return at < 0 ? "" : pw_csv_cell(&self->table[file], row, at);
}

double pw_account_number(const pw_account_t *self, int file, int64_t row, const char *column)
{
    int at = pw_csv_find(&self->table[file], column);
    return at < 0 ? NAN : pw_csv_value(&self->table[file], row, at);
}

/* ---- measures ---- */

pw_summary_t pw_account_part(const pw_account_t *self, int scenario, const char *area, const char *subgroup, const char *measure, bool paired)
{
    int file = paired ? PW_READ_differences : PW_READ_summary;
    const char *text[4] = { self->manifest.scenario[scenario].name, area, subgroup, measure };
    const pw_csv_table_t *table = &self->table[file];
    const pw_slot_t *slot = slot_of(self, paired, text);
    if (!slot || slot->row < 0)
        return (pw_summary_t){ .mean = NAN, .mc_se = NAN, .low95 = NAN, .high95 = NAN, .p05 = NAN, .p50 = NAN, .p95 = NAN, .better = NAN };
    pw_summary_t s;
    (void)pw_reading_row(table, &self->spreads[paired], slot->row, &s, self->findings);
    s.better = paired ? pw_account_number(self, file, slot->row, "better") : NAN;
    return s;
}

pw_summary_t pw_account_value(const pw_account_t *self, int scenario, const char *measure, bool paired)
{
    return pw_account_part(self, scenario, "all", "all", measure, paired);
}

static int64_t measure_row(const pw_account_t *self, const char *measure)
{
    for (int64_t r = 0; r < pw_account_rows(self, PW_READ_measures); r++)
        if (strcmp(pw_account_cell(self, PW_READ_measures, r, "measure"), measure) == 0)
            return r;
    return -1;
}

bool pw_account_has(const pw_account_t *self, const char *measure) { return measure_row(self, measure) >= 0; }

const char *pw_account_label(const pw_account_t *self, const char *measure)
{
    int64_t row = measure_row(self, measure);
    return row < 0 ? "" : pw_account_cell(self, PW_READ_measures, row, "label");
}

const char *pw_account_unit(const pw_account_t *self, const char *measure)
{
    int64_t row = measure_row(self, measure);
    return row < 0 ? "" : pw_account_cell(self, PW_READ_measures, row, "unit");
}

int pw_account_direction(const pw_account_t *self, const char *measure)
{
    int64_t row = measure_row(self, measure);
    return pw_reading_direction(row < 0 ? "" : pw_account_cell(self, PW_READ_measures, row, "direction"));
}

void pw_account_draws(const pw_account_t *self, int scenario, const char *measure, double *out)
{
    const pw_csv_table_t *table = &self->table[PW_READ_draws];
    int column = pw_csv_find(table, measure), name = pw_csv_find(table, "scenario");
    int64_t n = 0;
    for (int64_t r = 0; r < table->n_rows; r++)
        if (name >= 0 && strcmp(pw_csv_cell(table, r, name), self->manifest.scenario[scenario].name) == 0)
            out[n++] = column < 0 ? NAN : pw_csv_value(table, r, column);
}

int pw_account_scenario(const pw_account_t *self, const char *name)
{
    for (int i = 0; i < self->manifest.n_scenarios; i++)
        if (strcmp(self->manifest.scenario[i].name, name) == 0)
            return i;
    return -1;
}

static int last_month(const pw_account_t *self, int table)
{
    int last = 0;
    for (int64_t r = 0; r < pw_account_rows(self, table); r++)
        last = (int)fmax(last, pw_account_number(self, table, r, "month"));
    return last;
}

int pw_account_follow_up(const pw_account_t *self) { return last_month(self, PW_READ_survival); }
int pw_account_months(const pw_account_t *self) { return last_month(self, PW_READ_monthly); }
