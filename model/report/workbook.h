/* workbook.h: summary.xlsx: a run's results for people who open them in a spreadsheet.
 *
 * What question it answers: where are the numbers, if I neither program nor read CSV?
 * Floor: report. Made from a run's account (account.h, whose files are held against their fingerprints); libxlsxwriter writes it. No macros, no formulas, no
 * links: what users wrote (titles, names, notes) goes in as text, whatever it begins with. Same folder, same bytes: the only date is the run's own. */
#ifndef PW_REPORT_WORKBOOK_H
#define PW_REPORT_WORKBOOK_H

#include "account.h"

/* Writes the workbook of a run to the file `path`, which is replaced. Findings (PW_ERROR_INPUT): a cell that holds no number. PW_ERROR_WRITE: the disk;
 * nothing is left at `path` then. */
pw_status_t pw_workbook_write(const pw_account_t *run, const char *path, pw_findings_t *findings);

#endif
