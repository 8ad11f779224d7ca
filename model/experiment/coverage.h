/* coverage.h: do the intervals of a posterior by simulation hold the truth as often as they say?
 *
 * What question it answers: had the study been made in a world of which we know the values, would the 90 % and 95 % intervals for them have held them?
 * Floor: experiment. Knows points, weights and studies; no model, no file.
 *
 * Prangle, Blum, Popovic & Sisson (2014, Australian & New Zealand Journal of Statistics 56:309-329): truths and data that are drawn together from the model,
 * given that the data lie near the study's, must lie in their posteriors' intervals with the nominal share. Each truth's posterior is made from one reference
 * table with the distance and tolerance of the calibration: row j has a point, an importance weight (prior over the density that it was drawn from) and M
 * studies of its world; given a truth's data it weighs weight x share of its M studies within the tolerance. A tolerance above 0 makes intervals a little too
 * wide, never too narrow.
 *
 * Data are counts, as cells: the study's "9 or 10 of 184" and "75 to 83 of 251" are ranges, so a truth's count is known as the range of that width that holds
 * it, in the grid of which the study's own range is one cell. What is not counted (bounds and signs) says the same for every truth: a row has one gap for all
 * of it. */
#ifndef PW_EXPERIMENT_COVERAGE_H
#define PW_EXPERIMENT_COVERAGE_H

#include <stdbool.h>

#include "../base/error.h"

typedef struct { double least, most, of; } pw_coverage_cell_t;      /* the study's own range */

typedef struct {
    int n, samples, dims, counts;
    double *z;                             /* [n][dims] */
    double *weight;                        /* [n] */
    double *found;                         /* [n][samples][counts]; nan: no study */
    double *other;                         /* [n]: gap of all that is not counted */
    const pw_coverage_cell_t *cell;        /* [counts] */
} pw_coverage_table_t;

/* Memory for n rows, zeroed; free it in every case. */
pw_status_t pw_coverage_make(pw_coverage_table_t *self, int n, int samples, int dims, int counts, const pw_coverage_cell_t *cell);
void pw_coverage_free(pw_coverage_table_t *self);

enum pw_coverage_verdict { PW_COVERAGE_NOMINAL, PW_COVERAGE_NARROW, PW_COVERAGE_WIDE };
const char *pw_coverage_name(int verdict);

typedef struct {
    int truths;                            /* judged: PW_COVERAGE_LEAST_ROWS effective rows or more */
    int in90, in95;                        /* whose 90 % and 95 % intervals hold the truth */
    double p90, p95;                       /* exact binomial, two-sided: the chance of a share so far from the nominal one */
    double uniform;                        /* chi-square over ten tenths of the truths' places in their posteriors; nan with fewer than 50 */
    int verdict;                           /* too narrow, too wide: p90 or p95 below 0.01 on that side */
} pw_coverage_t;
enum { PW_COVERAGE_LEAST_ROWS = 40 };

/* The gap between a study's count and the cell that holds `truth`, in standard deviations of a study of that share. */
double pw_coverage_gap(const pw_coverage_cell_t *cell, double found, double truth);

/* truth[k][dims] with data[k][counts], for n truths; out[dims]. *effective: median effective number of rows of a truth. PW_ERROR_MEMORY. */
pw_status_t pw_coverage_of(const pw_coverage_table_t *self, const double *truth, const double *data, int n, double tolerance, pw_coverage_t *out,
                           double *effective);

#endif
