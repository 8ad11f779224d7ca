/* comparison.h: the table that `run` prints.
 *
 * What question it answers: what would change under each scenario, and how sure is that?
 * Floor: report. Headline measures down, the baseline's value, then each scenario's paired difference with its 95 % interval; three
 * scenarios side by side at most (120 columns), more in tables below each other. */
#ifndef PW_REPORT_COMPARISON_H
#define PW_REPORT_COMPARISON_H

#include <stdio.h>

#include "../experiment/run.h"
#include "../measure/net_benefit.h"

/* `sets`: effective number of parameter sets that the draws are from, said beside the differences; nan: nothing is said. `net`: a line for the net benefit;
 * NULL: none. `room` holds twice as many numbers as there are draws. */
pw_status_t pw_comparison_print(const pw_run_t *run, double sets, const pw_net_benefit_t *net, double *room, FILE *to);

#endif
