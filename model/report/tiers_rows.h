/* tiers_rows.h: a ranking that may say "cannot tell", as rows of answers/tiers.csv, and in words.
 *
 * What question it answers: which policies can this run tell apart, and for those that it cannot: why, and what would?
 * Floor: report.
 *
 * One policy beats another where the run tells the two apart (pairs.csv: the interval over draws does not hold 0, and the mean is larger than the noise of the
 * simulation). Tier 1 holds all that nothing beats; tier 2 what only tier 1 beats; and so on. Two policies that never differ are beaten by the same, and stand
 * in one tier always. In one tier "cannot tell" is the answer, not "equal"; and what stands in a later tier is beaten by something in the tier before it, not
 * always by all.
 *
 * Why not:
 *   same       they do not differ in any world
 *   worlds     the mean is no larger than the noise of the simulation, and the draws do not differ by much more: about (1.96 noise / mean)^2 times as many
 *   worlds would tell, if the mean is what it looks
 *              like; above PW_TIERS_HOPELESS times, none will
 *   evidence   the sign hangs on estimates: those that move it most. The mean is clear of noise, or the interval over draws holds 0 wherever in its noise the
 *              mean may lie
 *   one world  one replication a draw: noise and evidence cannot be told apart */
#ifndef PW_REPORT_TIERS_ROWS_H
#define PW_REPORT_TIERS_ROWS_H

#include "answers_text.h"
#include "ground.h"

extern const pw_answer_words_t pw_tiers_words;

enum { PW_TIERS_HOPELESS = 1000 };

/* Ranks the baseline and all policies in `measure` (NULL: in every headline for which a direction is better). */
pw_status_t pw_tiers_write(const pw_ground_t *ground, const char *measure, pw_csv_t *csv);

/* A scenario less another in one measure; low95 and high95 nan: lost in noise. */
typedef struct {
    double mean, mc_se, low95, high95, better;
    bool clear, known;
} pw_tiers_pair_t;

/* direction: 1 where higher is better, -1 where lower is. */
const char *pw_tiers_verdict(const pw_tiers_pair_t *pair, int direction);

/* beats[a * n + b]: a beats b. tier[n] receives 1, 2, ... Any relation without circles; what stands in a circle comes last, together. */
void pw_tiers_rank(const bool *beats, int n, int *tier);

#endif
