/* sensitivity_rows.h: which inputs move an output, as rows and as a printed table.
 *
 * What question it answers: of a run's draws, or of a sweep's points, which estimates and settings matter for this measure, and how surely is that known?
 * Floor: report.
 *
 * What can be said depends on how the inputs were chosen: Saltelli's design gives Sobol' indices, Morris's trajectories elementary effects, anything else (a
 * run's draws, a Latin hypercube, a list) first-order shares from given data, partial rank correlations and the two ends of a tornado. */
#ifndef PW_REPORT_SENSITIVITY_ROWS_H
#define PW_REPORT_SENSITIVITY_ROWS_H

#include <stdint.h>

#include "answers.h"
#include "ground.h"

/* The numbers of a row; nan where its method does not give them. */
#define PW_SENSITIVITY_NUMBERS(X)                                                                                                                    \
    X(share, "share", "given data: first-order share of the variance (noise of the simulation taken off, with two replications or more)")             \
    X(share_error, "share", "its standard error")                                                                                                    \
    X(prcc, NULL, "partial rank correlation, -1 to 1; missing where there are hardly more points than inputs")                                       \
    X(prcc_low95, NULL, "lower end of its 95 % interval")                                                                                            \
    X(prcc_high95, NULL, "upper end of its 95 % interval")                                                                                           \
    X(in_lowest, "unit", "tornado: mean of the output where the input is in its lowest fifth")                                                       \
    X(in_highest, "unit", "tornado: the same in its highest fifth")                                                                                  \
    X(first, "share", "saltelli: first-order index")                                                                                                 \
    X(first_low95, "share", "lower end of its 95 % bootstrap interval")                                                                              \
    X(first_high95, "share", "upper end of its 95 % bootstrap interval")                                                                             \
    X(total, "share", "saltelli: total index")                                                                                                       \
    X(total_low95, "share", "lower end of its 95 % bootstrap interval")                                                                              \
    X(total_high95, "share", "upper end of its 95 % bootstrap interval")                                                                             \
    X(mu, "unit", "morris: mean elementary effect, of a step from end to end of the input's range")                                                  \
    X(mu_star, "unit", "morris: mean size of the elementary effects")                                                                                \
    X(mu_star_error, "unit", "its standard error")                                                                                                   \
    X(sigma, "unit", "morris: standard deviation of the elementary effects: large where the input's effect hangs on others")                         \
    X(effects, NULL, "morris: how many elementary effects that is: one less are the degrees of freedom of mu_star_error")                            \
    X(noise, "share", "of a sweep: share of the points' variance that is noise of the simulation and no input's; taken off share, first and total; mu_star " \
      "and sigma hold it; missing with one replication: then it is in all of them")
enum pw_sensitivity_number {
#define X(name, unit, meaning) PW_SENSITIVITY_##name,
    PW_SENSITIVITY_NUMBERS(X)
#undef X
    PW_SENSITIVITY_N
};

/* What a row is about; texts are not owned. */
typedef struct {
    const char *measure, *scenario, *method, *input, *grade;
    double number[PW_SENSITIVITY_N];
} pw_sensitivity_row_t;

extern const pw_answer_kind_t pw_sensitivity_kind;      /* answers/sensitivity.csv */

void pw_sensitivity_put(const pw_sensitivity_row_t *row, pw_csv_t *csv);
void pw_sensitivity_clear(pw_sensitivity_row_t *row);

/* y[n] and the inputs x[p][n]: fills rows[p] (number only) by given data, PRCC and a tornado. `given` was made of the same inputs. Values of y that are missing
 * leave all numbers missing. PW_ERROR_MEMORY. */
pw_status_t pw_sensitivity_of_points(const pw_given_t *given, const double *const *x, const double *y, double noise, pw_sensitivity_row_t *rows);

/* Of a run's draws: every policy's difference from the baseline, or, of the baseline alone, its value. */
pw_status_t pw_sensitivity_run(const pw_ground_t *ground, const char *measure, pw_csv_t *csv);

/* Prints the `most` leading inputs of every (measure, scenario) in the rows of a file of this kind. */
pw_status_t pw_sensitivity_print(const pw_answer_rows_t *rows, int most, FILE *to);

#endif
