/* influence.h: which estimates move the answer.
 *
 * What question it answers: of the spread of a policy's difference from the baseline over the draws, how much goes with each estimate, and how
 * much with estimates that nobody measured; and which way does each one move it?
 * Floor: report. The shares are those of ground.h (given-data indices, the simulation's noise taken off), so that pages and answers/ say the same; and, to
 * be seen, the mean difference among the fifth of the draws in which an estimate is lowest, and highest. */
#ifndef PW_REPORT_INFLUENCE_H
#define PW_REPORT_INFLUENCE_H

#include "ground.h"

enum { PW_MAX_INFLUENCES = 8, PW_INFLUENCE_DRAWS = PW_GIVEN_FEWEST /* with fewer nothing is said */ };

typedef struct {
    const char *estimate;                  /* owned by the ground */
    double share, error;                   /* of the spread; standard error */
    double in_lowest, in_highest;          /* mean difference among the draws with the lowest and highest fifth of the estimate */
} pw_influence_t;

typedef struct {
    int n;                                 /* the strongest first, of those that show beyond noise */
    pw_influence_t of[PW_MAX_INFLUENCES];
    double assumed, assumed_error;         /* share of all estimates graded assumed together; nan: nothing to share out */
    bool enough;                           /* there were enough draws, and a spread beyond noise */
} pw_influences_t;

/* The ground may be empty (n 0): then nothing is said. PW_ERROR_MEMORY, PW_ERROR_NUMBER. */
pw_status_t pw_influences(const pw_ground_t *ground, int scenario, const char *measure, pw_influences_t *out);

#endif
