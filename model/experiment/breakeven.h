/* breakeven.h: where does a gain change its sign?
 *
 * What question it answers: which value of one number is the one from which on (or up to which) it pays, how well is that value known, and how
 * often did anybody have to look? HM Treasury's Green Book calls it the switching value.
 * Floor: experiment. Knows nothing of scenarios: it is given a gain, and looks it up at most PW_MOST_LOOKS times. GSL's Brent (Brent 1973, chapter 4).
 *
 * The gain is looked up on the same worlds at every value (common random numbers), so that it is one fixed curve; what another seed would make of it
 * is in its Monte Carlo standard error `se`. The interval of the root is by the delta method: the root plus or minus t x se / |slope|, with t the 99.95 %
 * point of Student's t for the gain's units, and the slope that of the chord between the nearest looked-up values at least one such error from the root on
 * either side. It would hold the root of endlessly many worlds in 999 of 1,000 seeds: noise of the simulation, not ignorance of the world. */
#ifndef PW_EXPERIMENT_BREAKEVEN_H
#define PW_EXPERIMENT_BREAKEVEN_H

#include <stdbool.h>

#include "../base/error.h"
#include "evaluate.h"

enum { PW_MOST_LOOKS = 12 };

/* What came of looking. */
#define PW_BREAKEVEN_VERDICTS(X)                                                                    \
    X(FOUND, "found")                     /* there is one, and `value` is it */                     \
    X(EVERY, "every value")               /* every value looked at gains */                         \
    X(NO_VALUE, "no value")               /* none does */                                           \
    X(NO_DIFFERENCE, "no difference")     /* the gain is 0 at every value: nothing hangs on it */   \
    X(TURNS, "turns back")                /* both ends alike, the middle not: there is more than one */ \
    X(CANNOT_TELL, "cannot tell")         /* the gain is within the simulation's noise everywhere */
enum pw_breakeven_verdict {
#define X(name, text) PW_BREAKEVEN_##name,
    PW_BREAKEVEN_VERDICTS(X)
#undef X
    PW_BREAKEVEN_VERDICT_N
};
const char *pw_breakeven_verdict_name(int verdict);

/* The gain at a value: > 0 is better. A gain without a value is an error of the caller's (PW_ERROR_NUMBER). */
typedef pw_status_t (*pw_gain_at_t)(void *context, double value, pw_mean_t *out);

typedef struct {
    double low, high;         /* where to look; low < high */
    bool logarithmic;         /* equal ratios are equal steps; low > 0 */
    bool whole;               /* whole numbers only */
} pw_breakeven_range_t;

typedef struct { double value; pw_mean_t gain; } pw_look_t;

typedef struct {
    int verdict;              /* enum pw_breakeven_verdict */
    bool above;               /* FOUND: the gain is > 0 above `value`; TURNS: in the middle */
    double value;             /* FOUND: the root; whole numbers: the last that gains, next to one that does not; else nan */
    double se;                /* FOUND, not whole: its Monte Carlo standard error; on the logarithmic scale if that is used */
    double low, high;         /* FOUND: its 99.9 % Monte Carlo interval, which may leave the range; whole numbers: those whose gain is not clear of 0
                               * are inside; nan: not known */
    bool settled;             /* FOUND: known to two digits, or to a tenth of its own Monte Carlo error */
    bool faint;               /* EVERY, NO_VALUE, TURNS: at an end or in the middle the gain is not clear of noise, and may have the other sign there. Of TURNS
                               * (its middle is clear) there may then be one root only */
    int n_looks;
    pw_look_t look[PW_MOST_LOOKS];
} pw_breakeven_t;

/* Looks for it. Errors are those of `gain_at`; then `out` is not to be read. */
pw_status_t pw_breakeven_find(pw_gain_at_t gain_at, void *context, const pw_breakeven_range_t *range, pw_breakeven_t *out);

/* Is the gain's sign clear of the simulation's noise (99.9 %)? A gain that is the same in every unit is. */
bool pw_gain_is_clear(const pw_mean_t *gain);

#endif
