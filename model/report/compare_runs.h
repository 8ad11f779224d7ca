/* compare_runs.h: two runs side by side.
 *
 * What question it answers: what changed between these two runs, and why?
 * Floor: report. From the two folders alone. Why: version, command, seed, number of worlds, settings, files read, scenarios, estimates. What: the headline
 * measures of the scenarios that both have, and whether they moved by more than noise (2.58 standard errors of the difference of
 * two independent runs: 1 in 100 moves so far by chance; runs of one seed share their luck, so that chance moves them less). Noise is that of the
 * simulation where the draws are the same, and that of the means over draws where they are not (another seed, other parameter sets). */
#ifndef PW_REPORT_COMPARE_RUNS_H
#define PW_REPORT_COMPARE_RUNS_H

#include "../base/text.h"
#include "account.h"

/* Appends the comparison as text for a terminal. Findings: what is wrong with a folder. */
pw_status_t pw_compare_runs(const char *before, const char *after, pw_text_t *out, pw_findings_t *findings);

#endif
