/* influence.h: which estimates move the answer.
 *
 * What question it answers: of the spread of a policy's difference from the baseline over the draws, how much goes with each estimate, and how
 * much with estimates that nobody measured?
 * Floor: report. From draws.csv and parameters.csv by given-data indices (measure/given_data.h), the simulation's noise taken off; and, to be seen,
 * the mean difference among the fifth of the draws in which an estimate is lowest, and highest. */
#ifndef PW_REPORT_INFLUENCE_H
#define PW_REPORT_INFLUENCE_H

#include "account.h"

enum { PW_MAX_INFLUENCES = 8, PW_INFLUENCE_DRAWS = 60 /* with fewer nothing is said */ };

typedef struct {
    const char *estimate;                  /* heading of parameters.csv; owned by the account */
    double share, error;                   /* of the spread; standard error */
    double in_lowest, in_highest;          /* mean difference among the draws with the lowest and highest fifth of the estimate */
} pw_influence_t;

typedef struct {
    int n;                                 /* the strongest first: those whose share is larger than twice its standard error and than 1 in 100 */
    pw_influence_t of[PW_MAX_INFLUENCES];
    double assumed, assumed_error;         /* share of all estimates graded assumed together; nan: nothing to share out */
    bool enough;                           /* there were enough draws, and a spread beyond noise */
} pw_influences_t;

/* PW_ERROR_MEMORY, PW_ERROR_NUMBER. */
pw_status_t pw_influences(const pw_account_t *run, int scenario, const char *measure, pw_influences_t *out);

#endif
