/* layout.c: where each sum of tally.h lives, and what it is called. */
#include <stdio.h>
#include <string.h>

#include "tally.h"

enum { REACHES = PW_REACHES };

const char *pw_harm_name(int harm)
{
    static const char *const name[PW_HARMS] = { "incidents", "incidents_with_injury", "incidents_with_severe_injury",
                                                "incidents_with_child_present", "incidents_with_child_injured", "incidents_at_contact" };
    return name[harm];
}

const char *pw_payer_name(int payer)
{
    static const char *const name[PW_PAYERS] = { "social_care", "police", "specialist_services", "health", "wider_society" };
    return name[payer];
}

const char *pw_money_name(int money)
{
    static const char *const name[PW_MONEYS] = { "cashable", "capacity", "social_value" };
    return name[money];
}

const char *pw_spending_name(int spending) { return spending == PW_SPENDING_SET_UP ? "set-up" : "running"; }

const char *pw_month_count_name(int count)
{
    static const char *const name[] = {
#define X(name, text) #name,
        PW_MONTH_COUNTS(X)
#undef X
    };
    return name[count];
}

static void put(pw_layout_t *self, int block, int items, int stride, int *size)
{
    self->base[block] = *size;
    self->items[block] = items;
    self->stride[block] = stride;
    *size += items * stride;
}

void pw_layout_init(pw_layout_t *self, const pw_roster_t *roster)
{
    memset(self, 0, sizeof *self);
    self->roster = roster;
    self->n_queues = roster->teams.n + roster->services.n;
    put(self, PW_BLOCK_FAMILY, 1, PW_FAMILY_SUM_N, &self->family_size);
    put(self, PW_BLOCK_CURVE, roster->n_curve, 1, &self->family_size);
    put(self, PW_BLOCK_EXPOSED, roster->n_curve, 1, &self->family_size);
    put(self, PW_BLOCK_HORIZON, roster->n_horizons, 1, &self->family_size);
    put(self, PW_BLOCK_HARM, PW_HARMS, REACHES, &self->family_size);
    put(self, PW_BLOCK_SERVICE, roster->services.n, PW_STEP_N, &self->family_size);
    put(self, PW_BLOCK_OWN_PAYER, PW_PAYERS, 1, &self->family_size);
    put(self, PW_BLOCK_OWN_MONEY, PW_MONEYS, 1, &self->family_size);
    put(self, PW_BLOCK_AREA, 1, PW_AREA_SUM_N, &self->area_size);
    put(self, PW_BLOCK_QUEUE, self->n_queues, PW_QUEUE_SUM_N, &self->area_size);
    put(self, PW_BLOCK_STAGE, roster->stages.n, PW_STAGE_SUM_N, &self->area_size);
    put(self, PW_BLOCK_BUDGET_PAYER, PW_PAYERS, 1, &self->area_size);
    put(self, PW_BLOCK_BUDGET_MONEY, PW_MONEYS, 1, &self->area_size);
    self->month_size = PW_MONTH_COUNT_N + self->n_queues * PW_QUEUE_MONTHLY_N;
    size_t areas = (size_t)roster->n_areas + 1, stages = (size_t)roster->stages.n + 1;
    self->at_area = areas * PW_SUBGROUP_N * (size_t)self->family_size;
    self->at_month = self->at_area + areas * (size_t)self->area_size;
    self->at_flow = self->at_month + areas * (size_t)roster->months * (size_t)self->month_size;
    self->at_year = self->at_flow + areas * stages * stages;
    self->size = self->at_year + areas * PW_PAYERS * PW_MAX_YEARS * PW_MONEYS * PW_SPENDINGS;
}

size_t pw_layout_at(const pw_layout_t *self, int block, int item, int sum, int area, int subgroup)
{
    size_t inside = (size_t)(self->base[block] + item * self->stride[block] + sum);
    if (block >= PW_BLOCK_AREA)
        return self->at_area + (size_t)area * (size_t)self->area_size + inside;
    return ((size_t)area * PW_SUBGROUP_N + (size_t)subgroup) * (size_t)self->family_size + inside;
}

size_t pw_layout_month(const pw_layout_t *self, int area, int month, int sum)
{
    return self->at_month + ((size_t)area * (size_t)self->roster->months + (size_t)month) * (size_t)self->month_size + (size_t)sum;
}

size_t pw_layout_flow(const pw_layout_t *self, int area, int from, int to)
{
    size_t stages = (size_t)self->roster->stages.n + 1;
    return self->at_flow + ((size_t)area * stages + (size_t)from) * stages + (size_t)to;
}

size_t pw_layout_year(const pw_layout_t *self, int area, int payer, int year, int money, int spending)
{
    size_t at = ((size_t)area * PW_PAYERS + (size_t)payer) * PW_MAX_YEARS + (size_t)year;
    return self->at_year + (at * PW_MONEYS + (size_t)money) * PW_SPENDINGS + (size_t)spending;
}

const char *pw_layout_queue(const pw_layout_t *self, int queue)
{
    int n_teams = self->roster->teams.n;
    return queue < n_teams ? self->roster->teams.name[queue] : self->roster->services.name[queue - n_teams];
}

void pw_layout_item_name(const pw_layout_t *self, int block, int item, char out[PW_NAME_LENGTH])
{
    const pw_roster_t *roster = self->roster;
    const char *name = "";
    switch (block) {
    case PW_BLOCK_CURVE:
    case PW_BLOCK_EXPOSED:
        snprintf(out, PW_NAME_LENGTH, "%d", item + 1);
        return;
    case PW_BLOCK_HORIZON:
        snprintf(out, PW_NAME_LENGTH, "%d", roster->horizon[item]);
        return;
    case PW_BLOCK_HARM: name = pw_harm_name(item); break;
    case PW_BLOCK_SERVICE: name = roster->services.name[item]; break;
    case PW_BLOCK_OWN_PAYER:
    case PW_BLOCK_BUDGET_PAYER: name = pw_payer_name(item); break;
    case PW_BLOCK_OWN_MONEY:
    case PW_BLOCK_BUDGET_MONEY: name = pw_money_name(item); break;
    case PW_BLOCK_QUEUE: name = pw_layout_queue(self, item); break;
    case PW_BLOCK_STAGE: name = roster->stages.name[item]; break;
    default: break;
    }
    snprintf(out, PW_NAME_LENGTH, "%s", name);
}

const char *pw_layout_sum_name(int block, int sum)
{
    static const char *const family[] = {
#define X(name, value) #name,
        PW_FAMILY_SUMS(X)
#undef X
    };
    static const char *const step[] = {
#define X(name, bit) #name,
        PW_CASCADE_STEPS(X)
#undef X
    };
    static const char *const area[] = {
#define X(name) #name,
        PW_AREA_SUMS(X)
#undef X
    };
    static const char *const queue[] = {
#define X(name) #name,
        PW_QUEUE_SUMS(X)
#undef X
    };
    static const char *const reach[] = { "occurred", "reported", "notified" };
    static const char *const stage[] = { "work_ended", "within_statutory" };
    switch (block) {
    case PW_BLOCK_FAMILY: return family[sum];
    case PW_BLOCK_CURVE: return "not_renotified_by_month";
    case PW_BLOCK_EXPOSED: return "exposed_in_month";
    case PW_BLOCK_HORIZON: return "renotified_by_month";
    case PW_BLOCK_HARM: return reach[sum];
    case PW_BLOCK_SERVICE: return step[sum];
    case PW_BLOCK_OWN_PAYER:
    case PW_BLOCK_OWN_MONEY: return "own_use";
    case PW_BLOCK_AREA: return area[sum];
    case PW_BLOCK_QUEUE: return queue[sum];
    case PW_BLOCK_STAGE: return stage[sum];
    default: return "budget";
    }
}
