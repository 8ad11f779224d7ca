#include "influence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"

typedef struct { double x, y; } pair_t;

static int by_x(const void *a, const void *b)
{
    const pair_t *p = a, *q = b;
    return p->x < q->x ? -1 : p->x > q->x ? 1 : p->y < q->y ? -1 : p->y > q->y;
}

/* Mean difference among the fifth of the draws where the estimate is lowest, and highest; `room` holds n. */
static void find_fifths(const double *x, const double *y, int n, pair_t *room, pw_influence_t *out)
{
    int known = 0;
    for (int d = 0; d < n; d++)
        if (!isnan(y[d]))
            room[known++] = (pair_t){ x[d], y[d] };
    qsort(room, (size_t)known, sizeof room[0], by_x);
    int fifth = known / 5;
    for (int i = 0; i < fifth; i++) {
        out->in_lowest += room[i].y / fifth;
        out->in_highest += room[known - 1 - i].y / fifth;
    }
}

static void take(const pw_ground_t *ground, const pw_share_t *input, const double *y, pair_t *room, pw_influences_t *out)
{
    int leading[PW_MAX_INFLUENCES], n = pw_ground_order(ground, input, PW_MAX_INFLUENCES, leading);
    for (int k = 0; k < n; k++) {
        pw_influence_t *one = &out->of[out->n++];
        *one = (pw_influence_t){ .estimate = ground->estimate[leading[k]].label, .share = input[leading[k]].share, .error = input[leading[k]].error };
        find_fifths(ground->column[leading[k]], y, ground->n, room, one);
    }
}

pw_status_t pw_influences(const pw_ground_t *ground, int scenario, const char *measure, pw_influences_t *out)
{
    *out = (pw_influences_t){ .assumed = NAN, .assumed_error = NAN };
    if (ground->n == 0 || ground->p == 0 || !pw_account_has(ground->account, measure))
        return PW_OK;
    double *y = pw_alloc((size_t)ground->n, sizeof y[0]), spread = NAN;
    pair_t *room = pw_alloc((size_t)ground->n, sizeof room[0]);
    pw_share_t *input = pw_alloc((size_t)ground->p, sizeof input[0]), of_group[PW_GROUND_GROUPS];
    int used = 0;
    pw_status_t status = y && room && input ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        (void)pw_ground_difference(ground, measure, scenario, 0, y);
        status = pw_ground_shares(ground, y, pw_ground_noise(ground, measure, scenario, 0), input, of_group, &spread, &used);
    }
    if (status == PW_OK && spread > 0.0 && !isnan(input[0].share)) {
        out->enough = true;
        out->assumed = of_group[PW_GRADE_ASSUMED].share;
        out->assumed_error = of_group[PW_GRADE_ASSUMED].error;
        take(ground, input, y, room, out);
    }
    pw_free(y);
    pw_free(room);
    pw_free(input);
    return status == PW_ERROR_NUMBER ? PW_OK : status;      /* too few draws have a value: nothing is said */
}
