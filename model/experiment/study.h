/* study.h: the study's own design, carried out on a simulated world.
 *
 * What question it answers: had the study been made in this world, what would it have found; and what holds of this world's cohort as a whole?
 * Floor: experiment. Sees results and tallies; simulates nothing.
 *
 * Design. From each area's cohort (families notified in the intake window) a simple random sample without replacement is taken, the sites' shares equal
 * (92 of 184 in each of two: the split of the study is not known; an assumption), and each family is followed from its index as the cohort is. From all
 * incidents notified in the window so many (251) are sampled without replacement: what is counted of them (injury, separation) is
 * hypergeometric, drawn exactly, each count by itself: which of the 251 were whose, and how injury and separation fall together, is not in it.
 * One world can be sampled many times; every sample is a study of that world.
 *
 * Every uniform is a function of (seed, world, sample, area or target, place), so that results depend on nothing else. */
#ifndef PW_EXPERIMENT_STUDY_H
#define PW_EXPERIMENT_STUDY_H

#include "../world/result.h"
#include "targets.h"

enum { PW_STUDY_SUMS = 2 * PW_MAX_SUMS, PW_STUDY_COLUMNS = 32 };

/* A number that is read off tallies: a measure, or a quotient of two. */
typedef struct { const pw_measure_t *measure, *by; int subgroup; } pw_quantity_t;

typedef struct {
    const pw_layout_t *layout;
    const pw_targets_t *targets;
    int n;                                 /* quantities: the targets', then the others */
    pw_quantity_t *quantity;
    int families, incidents;               /* sizes of a study; 0: no target counts them */
    int n_columns, column[PW_STUDY_COLUMNS];   /* family sums that studies need, as places in a family's part of a tally */
    int *first_column;                     /* [target]; -1: not sampled from families */
} pw_study_t;

/* Room to sample one world; one a thread. */
typedef struct {
    int64_t room[PW_MAX_AREAS];
    int32_t n[PW_MAX_AREAS];               /* families kept */
    double *row[PW_MAX_AREAS];             /* [area]: [family][column] */
    double *family;                        /* one family's sums */
    int32_t *order;
    int64_t order_room;
} pw_study_room_t;

/* `others` are names of measures that are wanted beside the targets. Findings: no such measure, studies of two sizes, families that do not
 * divide between the areas. PW_ERROR_INPUT, PW_ERROR_MEMORY. `self` arrives zeroed; free it in every case. */
pw_status_t pw_study_init(pw_study_t *self, const pw_targets_t *targets, const pw_layout_t *layout, const pw_catalogue_t *catalogue,
                          const char *const *others, int n_others, pw_findings_t *findings);
void pw_study_free(pw_study_t *self);
void pw_study_room_free(pw_study_room_t *self);

/* Adds a world's tally (all areas, whole cohort) to sums[n][PW_STUDY_SUMS]; zeroed sums to begin with. */
void pw_study_add(const pw_study_t *self, const double *vector, double *sums);
/* A quantity's expected value from the sums of some worlds: ratio of sums; nan: missing. */
double pw_study_expected(const pw_study_t *self, const double *sums, int quantity);
/* The same from that quantity's own sums x[PW_STUDY_SUMS]. */
double pw_study_value(const pw_study_t *self, const double *x, int quantity);

/* Keeps what samples need of an area's cohort, while its records are alive. PW_ERROR_MEMORY. */
pw_status_t pw_study_keep(const pw_study_t *self, pw_study_room_t *room, int area, const pw_result_t *result);

/* `n_samples` studies of one world, of which all areas were kept: out[sample][target] receives counts (counted targets) and ratios (equalities); nan
 * where a target is not sampled, or where the world has too few families or incidents for a study. `vector` is the world's tally. */
void pw_study_sample(const pw_study_t *self, pw_study_room_t *room, const double *vector, uint64_t seed, uint64_t world, int n_samples, double *out);

/* k of n without replacement, the first k places of order[n], by Fisher and Yates (Durstenfeld 1964), with uniforms (place, purpose, sample). */
void pw_study_choose(int32_t *order, int32_t n, int32_t k, uint64_t seed, uint64_t world, uint32_t purpose, uint32_t sample);
/* How many of k sampled without replacement from n, of which `marked` are marked, are marked. */
int64_t pw_study_hypergeometric(int64_t n, int64_t marked, int64_t k, uint64_t seed, uint64_t world, uint32_t purpose, uint32_t sample);

#endif
