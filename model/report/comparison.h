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

/* The one rule of digits, for tables, sentences and pages: numbers are shown divided by `unit`, with so many decimals, and `suffix` after them.
 * `size` is the larger end of the interval. */
typedef struct { double unit; const char *suffix; int decimals; } pw_digits_t;
pw_digits_t pw_comparison_digits(double size);
/* One number by that rule: "-1.2", "206k". */
void pw_comparison_digit(double value, pw_digits_t digits, char *out, size_t room);

/* A mean and its interval with as many digits as the interval bears out (two of its larger end, two decimals at most); thousands and
 * millions as k and m.
 * "-12 (-20, -4)". Exported for its test. */
void pw_comparison_interval(double mean, double low, double high, char *out, size_t room);
/* Three digits: "41.2", "1.23m". */
void pw_comparison_number(double value, char *out, size_t room);

#endif
