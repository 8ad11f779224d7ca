/* targets.h: the study beside the model.
 *
 * What question it answers: what did the study find, what does the baseline give, and do they agree?
 * Floor: report. Reads params/targets.cfg (its grammar is explained there); all that is wrong in it becomes findings. */
#ifndef PW_REPORT_TARGETS_H
#define PW_REPORT_TARGETS_H

#include <stdio.h>

#include "../experiment/run.h"
#include "../spec/tree.h"

typedef struct {
    const char *name, *title, *measure, *subgroup, *divided_by, *study, *kind, *source;   /* owned by the tree; NULL: not given */
    double low, high;                                                                     /* nan: open */
} pw_target_t;

typedef struct {
    pw_node_t *tree;
    int n;
    pw_target_t *target;
} pw_targets_t;

/* `self` arrives zeroed; free it in every case. PW_ERROR_INPUT with findings. */
pw_status_t pw_targets_read(pw_targets_t *self, const char *file, pw_findings_t *findings);
void pw_targets_free(pw_targets_t *self);

enum pw_inside { PW_INSIDE_UNKNOWN, PW_INSIDE_YES, PW_INSIDE_NO };

/* The baseline's mean, all areas; nan: missing, also where this model has no such measure (it may have no such stage). `room` as in results.h. */
double pw_target_value(const pw_target_t *self, const pw_run_t *run, double *room);
const char *pw_target_unit(const pw_target_t *self, const pw_run_t *run);
enum pw_inside pw_target_inside(const pw_target_t *self, double value);

void pw_targets_csv(const pw_targets_t *self, const pw_run_t *run, double *room, FILE *to);
pw_status_t pw_targets_print(const pw_targets_t *self, const pw_run_t *run, double *room, FILE *to);

#endif
