/* account.h: a finished run, as its folder tells it.
 *
 * What question it answers: what does the folder say of this measure, in this scenario, for these families?
 * Floor: report. Reads manifest.json and the CSV files, nothing else: no spec, no run. Every file is held against its fingerprint first,
 * so that no page is ever made from numbers that somebody changed. */
#ifndef PW_REPORT_ACCOUNT_H
#define PW_REPORT_ACCOUNT_H

#include "../base/csv_read.h"
#include "../measure/statistics.h"
#include "manifest_read.h"
#include "reading.h"

/* The files that pages are made from. All must be there but learnt.csv, which a run has that draws from a posterior: else it has no rows. */
#define PW_READ_FILES(X)                                                                                                       \
    X(summary) X(differences) X(draws) X(parameters) X(measures) X(monthly) X(pathways) X(costs) X(survival) X(one_year)       \
    X(targets) X(assumptions) X(learnt)
enum pw_read_file {
#define X(name) PW_READ_##name,
    PW_READ_FILES(X)
#undef X
    PW_READ_N
};

typedef struct { uint64_t key; int64_t row; } pw_slot_t;

typedef struct {
    char *folder;
    pw_manifest_read_t manifest;
    pw_csv_table_t table[PW_READ_N];
    pw_slot_t *slot[2];                    /* rows of summary and differences by (scenario, area, subgroup, measure) */
    size_t n_slots[2];
    pw_spread_columns_t spreads[2];
    pw_findings_t *findings;               /* cells that hold no number; the caller's, until pw_account_free */
} pw_account_t;

/* `self` arrives zeroed; free it in every case. PW_ERROR_READ, PW_ERROR_INPUT: findings say what is wrong with the folder. PW_ERROR_STOPPED:
 * somebody asked to stop, between two files. */
pw_status_t pw_account_open(pw_account_t *self, const char *folder, pw_findings_t *findings);
void pw_account_free(pw_account_t *self);

/* A measure's value (paired: its difference from the baseline), all areas and families or others; mean is nan where there is no such row. */
pw_summary_t pw_account_value(const pw_account_t *self, int scenario, const char *measure, bool paired);
pw_summary_t pw_account_part(const pw_account_t *self, int scenario, const char *area, const char *subgroup, const char *measure, bool paired);
/* Does the folder have this measure at all? */
bool pw_account_has(const pw_account_t *self, const char *measure);

/* Of a measure, from measures.csv; "" (0) where it is not listed. */
const char *pw_account_label(const pw_account_t *self, const char *measure);
const char *pw_account_unit(const pw_account_t *self, const char *measure);
int pw_account_direction(const pw_account_t *self, const char *measure);

/* One cell by heading; "" where there is none. */
const char *pw_account_cell(const pw_account_t *self, int file, int64_t row, const char *column);
double pw_account_number(const pw_account_t *self, int file, int64_t row, const char *column);
int64_t pw_account_rows(const pw_account_t *self, int file);
/* A measure by draw, of one scenario: n_draws numbers in `out`. */
void pw_account_draws(const pw_account_t *self, int scenario, const char *measure, double *out);

/* The number of a scenario of that name; -1: none. */
int pw_account_scenario(const pw_account_t *self, const char *name);
/* The months of follow-up: the last month of survival.csv. */
int pw_account_follow_up(const pw_account_t *self);
/* Of the whole run, intake and follow-up: the last month of monthly.csv. */
int pw_account_months(const pw_account_t *self);

#endif
