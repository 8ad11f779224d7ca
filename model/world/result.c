#include "result.h"

#include <stddef.h>
#include <string.h>

static void clear_queue(pw_queue_t *queue)
{
    memset(queue->month, 0, (size_t)queue->months * sizeof *queue->month);
    memset(queue->wait_bin, 0, queue->months ? sizeof queue->wait_bin : 0);
    queue->months = 0;
}

void pw_result_clear(pw_result_t *self)
{
    memset(self, 0, offsetof(pw_result_t, team));
    for (int k = 0; k < PW_MAX_TEAMS; k++)
        clear_queue(&self->team[k]);
    for (int k = 0; k < PW_MAX_SERVICES; k++)
        clear_queue(&self->service[k]);
    memset((char *)self + offsetof(pw_result_t, flow), 0, sizeof *self - offsetof(pw_result_t, flow));
}

void pw_result_add_place_years(pw_result_t *self, const pw_model_t *model)
{
    for (int k = 0; k < model->n_costs; k++) {
        const pw_cost_t *cost = &model->cost[k];
        if (cost->when == PW_COST_SET_UP)
            self->cost_count[k][0] = 1;
        if (cost->when != PW_COST_PLACE_YEAR)
            continue;
        const pw_queue_t *queue = cost->owner_kind == PW_COST_OF_TEAM ? &self->team[cost->owner] : &self->service[cost->owner];
        for (int m = 0; m < model->months; m++) {
            int year = m / 12 < PW_MAX_YEARS ? m / 12 : PW_MAX_YEARS - 1;
            double places = queue->month[m].places_ticks;
            self->cost_place_ticks[k][year] += places > 0.0 ? places : queue->month[m].load_ticks;
        }
    }
}
