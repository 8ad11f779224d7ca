/* workbook.h: summary.xlsx: a run's results for people who open them in a spreadsheet.
 *
 * What question it answers: where are the numbers, if I neither program nor read CSV?
 * Floor: report. Reads a run's folder and nothing else; libxlsxwriter writes it. No macros, no formulas, no links: what users wrote (titles, names, notes)
 * goes in as text, whatever it begins with. Same folder, same bytes: the only date is the run's own. */
#ifndef PW_REPORT_WORKBOOK_H
#define PW_REPORT_WORKBOOK_H

#include "../base/error.h"

/* Writes the workbook of the run's folder `folder` to the file `path`, which is replaced. Findings: what is missing or wrong in the folder's files
 * (PW_ERROR_INPUT, PW_ERROR_READ). PW_ERROR_WRITE: the disk; nothing is left at `path` then. */
pw_status_t pw_workbook_write(const char *folder, const char *path, pw_findings_t *findings);

#endif
