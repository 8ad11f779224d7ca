/* reading.h: how a difference from the baseline reads, in words.
 *
 * What question it answers: is this lower, higher, nothing at all, or can nobody tell?
 * Floor: report. One rule for the printed table, the spreadsheet and the pages (pw_clear_of_zero): a difference is lower or higher only
 * where its interval over draws does not hold 0 and its mean is larger than the noise of the simulation. */
#ifndef PW_REPORT_READING_H
#define PW_REPORT_READING_H

#include "../base/csv_read.h"
#include "../measure/statistics.h"

enum pw_reading { PW_READING_MISSING, PW_READING_NOTHING, PW_READING_CANNOT_TELL, PW_READING_LOWER, PW_READING_HIGHER };

enum pw_reading pw_reading(const pw_summary_t *difference);

/* "no value", "no difference", "cannot tell", "lower", "lower (better)", "higher (worse)" ... `direction` as in the catalogue. */
const char *pw_reading_words(enum pw_reading reading, int direction);

/* -1, 0, 1 from the words of measures.csv ("lower is better", "none", "higher is better"). */
int pw_reading_direction(const char *words);

/* A row of summary.csv or differences.csv as it was before it was written. The columns are found by name: false, with findings, if one is
 * missing or a cell holds no number. */
typedef struct { int mean, mc_se, low95, high95, p05, p50, p95, draws, replications; } pw_spread_columns_t;
bool pw_reading_columns(const pw_csv_table_t *table, pw_spread_columns_t *out, pw_findings_t *findings);
bool pw_reading_row(const pw_csv_table_t *table, const pw_spread_columns_t *columns, int64_t row, pw_summary_t *out, pw_findings_t *findings);

#endif
