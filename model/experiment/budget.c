#include "budget.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "models.h"

static const double DAYS_A_YEAR = 365.25;
static const double MOST_PLACES = 100000.0;      /* that a file may name (spec/schema_pathway.c) */
enum { MOST_SETS = 160 };

typedef struct {
    const pw_model_t *before, *now;      /* every estimate at its value, the first area */
    const pw_spec_t *scenario;
    pw_budget_t *out;
    pw_text_t *why;
} planner_t;

/* ---- what a place costs ---- */

static double price_of(const pw_model_t *model, uint64_t costs, double mean_days)
{
    double price = 0.0;
    for (uint64_t rest = costs; rest; rest &= rest - 1) {
        const pw_cost_t *cost = &model->cost[__builtin_ctzll(rest)];
        if (cost->when == PW_COST_PLACE_YEAR)
            price += cost->pounds;
        else if (cost->when == PW_COST_DAY)
            price += DAYS_A_YEAR * cost->pounds;
        else if (cost->when == PW_COST_EACH && mean_days > 0.0)
            price += DAYS_A_YEAR / mean_days * cost->pounds;
    }
    return price;
}

static double last_places(int n_steps, const pw_step_t *step) { return n_steps > 0 ? step[n_steps - 1].places : 0.0; }

static pw_status_t add(planner_t *self, const char *list, const char *name, double baseline, double in_file, double price)
{
    if (in_file <= baseline || baseline < 0.0)
        return PW_OK;
    if (self->out->n == PW_MOST_BOUGHT)
        return PW_ERROR_FULL;
    if (!(price > 0.0)) {
        pw_text_printf(self->why, "the files give no price for a place of %s.%s, so nobody can say how many a sum buys", list, name);
        return PW_ERROR_USAGE;
    }
    pw_bought_t *bought = &self->out->bought[self->out->n++];
    *bought = (pw_bought_t){ .price = price, .baseline = baseline, .in_file = in_file };
    snprintf(bought->path, sizeof bought->path, "%s.%s.places", list, name);
    return PW_OK;
}

static pw_status_t list_services(planner_t *self)
{
    pw_status_t status = PW_OK;
    for (int i = 0; i < self->now->n_services && status == PW_OK; i++) {
        const pw_service_t *now = &self->now->service[i], *before = i < self->before->n_services ? &self->before->service[i] : NULL;
        double had = before ? last_places(before->n_steps, before->step) : 0.0;
        if (!now->removed)
            status = add(self, "services", now->name, had, last_places(now->n_steps, now->step),
                         price_of(self->now, now->costs, pw_span_mean_days(&now->duration)));
    }
    return status;
}

/* A team whose places have no price by the year has them from elsewhere (more_places), or for nothing. */
static pw_status_t list_teams(planner_t *self)
{
    pw_status_t status = PW_OK;
    for (int i = 0; i < self->now->n_teams && status == PW_OK; i++) {
        const pw_team_t *now = &self->now->team[i], *before = i < self->before->n_teams ? &self->before->team[i] : NULL;
        double had = before ? last_places(before->n_steps, before->step) : 0.0, price = price_of(self->now, now->costs, 0.0);
        bool is_brought = self->scenario->teams.item[i].more_places.node != NULL;
        if (!now->removed && !is_brought)
            status = add(self, "teams", now->name, had, last_places(now->n_steps, now->step), price);
    }
    return status;
}

/* ---- how many ---- */

static int64_t places_at(const pw_bought_t *bought, double share) { return (int64_t)floor(share * (bought->in_file - bought->baseline) + 1e-9); }

static double cost_at(const pw_budget_t *self, double share)
{
    double cost = 0.0;
    for (int i = 0; i < self->n; i++)
        cost += self->bought[i].price * (double)places_at(&self->bought[i], share);
    return cost;
}

/* The largest share of the file's places that the sum buys: halved until the ends are one place apart. */
static double share_for(const pw_budget_t *self, double pounds)
{
    double low = 0.0, high = 1.0;
    while (cost_at(self, high) <= pounds && high < 1e9)
        high *= 2.0;
    for (int i = 0; i < 80; i++) {
        double middle = 0.5 * (low + high);
        if (cost_at(self, middle) <= pounds)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static pw_status_t buy(planner_t *self, double pounds)
{
    pw_budget_t *out = self->out;
    double share = share_for(out, pounds), cheapest = INFINITY;
    int64_t all = 0;
    const char *of = "";
    for (int i = 0; i < out->n; i++) {
        out->bought[i].places = places_at(&out->bought[i], share);
        all += out->bought[i].places;
        if (out->bought[i].price < cheapest) {
            cheapest = out->bought[i].price;
            of = out->bought[i].path;
        }
    }
    if (all == 0) {
        char sum[PW_NUMBER_ROOM], price[PW_NUMBER_ROOM];
        pw_text_printf(self->why, "£%s a year in each area buys no place for %s: one of %s costs £%s a year", pw_number_decimals(pounds, 0, sum),
                       self->scenario->name, of, pw_number_decimals(cheapest, 0, price));
        if (out->n > 1)
            pw_text_append(self->why, ", and its places are bought in the proportions of its file");
        return PW_ERROR_USAGE;
    }
    for (int i = 0; i < out->n; i++)
        if (out->bought[i].baseline + (double)out->bought[i].places > MOST_PLACES) {
            char sum[PW_NUMBER_ROOM], places[PW_NUMBER_ROOM], most[PW_NUMBER_ROOM];
            pw_text_printf(self->why, "£%s a year in each area buys %s of %s, more than the %s that there may be; name a smaller sum",
                           pw_number_decimals(pounds, 0, sum), pw_number_decimals((double)out->bought[i].places, 0, places), out->bought[i].path,
                           pw_number_decimals(MOST_PLACES, 0, most));
            return PW_ERROR_USAGE;
        }
    out->planned = cost_at(out, share);
    return PW_OK;
}

pw_status_t pw_budget_plan(const pw_spec_t *baseline, const pw_spec_t *scenario, double pounds, pw_budget_t *out, pw_text_t *why, pw_findings_t *findings)
{
    const pw_spec_t *specs[2] = { baseline, scenario };
    pw_models_t models = { 0 };
    *out = (pw_budget_t){ 0 };
    pw_status_t status = pw_models_init(&models, specs, 2, 1, true, (pw_values_hook_t){ 0 });
    if (status == PW_OK && pw_models_claim(&models, 0))
        status = pw_models_compile(&models, 0, findings);
    if (status == PW_OK) {
        planner_t self = { pw_models_get(&models, 0, 0, 0), pw_models_get(&models, 0, 0, 1), scenario, out, why };
        status = list_services(&self);
        if (status == PW_OK)
            status = list_teams(&self);
        if (status == PW_OK && out->n > 0)
            status = buy(&self, pounds);
    }
    pw_models_free(&models);
    return status;
}

/* ---- the scenario with what was bought ---- */

/* An estimate of places in the scenario's own register: all of it, as a multiple of what it was. */
static void scale_estimate(pw_estimate_t *estimate, double factor)
{
    estimate->value *= factor;
    estimate->low *= factor;
    estimate->high *= factor;
    if (estimate->distribution == PW_DISTRIBUTION_LOGNORMAL)
        estimate->a += log(factor);
    else if (estimate->distribution == PW_DISTRIBUTION_GAMMA)
        estimate->b *= factor;
    else if (estimate->distribution == PW_DISTRIBUTION_UNIFORM) {
        estimate->a *= factor;
        estimate->b *= factor;
    }
    for (int i = 0; i < estimate->n_by_area; i++)
        estimate->area_value[i] *= factor;
}

/* Without posts there is nothing that they could bring; the estimate keeps its shape, at next to nothing. */
static void scale_more_places(pw_spec_t *spec, double posts_as_a_share)
{
    double factor = posts_as_a_share > 0.0 ? posts_as_a_share : 1e-9;
    for (int i = 0; i < spec->teams.n; i++) {
        pw_setting_t *more = &spec->teams.item[i].more_places;
        if (!more->node)
            continue;
        if (more->estimate[0] >= 0)
            scale_estimate(&spec->evidence.estimate[more->estimate[0]], factor);
        for (int a = 0; a < PW_MAX_AREAS && more->estimate[0] < 0; a++)
            more->number[a] *= factor;
    }
}

pw_status_t pw_budget_load(const pw_budget_t *self, const pw_spec_t *scenario, const char *const *sets, int n_sets, pw_spec_t **out, pw_findings_t *findings)
{
    const char *all[MOST_SETS];
    char(*text)[PW_TREE_PATH + 32] = pw_alloc(PW_MOST_BOUGHT, sizeof text[0]);
    *out = NULL;
    if (!text)
        return PW_ERROR_MEMORY;
    if (n_sets + self->n > MOST_SETS) {
        pw_free(text);
        return PW_ERROR_FULL;
    }
    for (int i = 0; i < n_sets; i++)
        all[i] = sets[i];
    for (int i = 0; i < self->n; i++) {
        const pw_bought_t *bought = &self->bought[i];
        snprintf(text[i], sizeof text[i], "%s=%.12g", bought->path, bought->baseline + (double)bought->places);
        all[n_sets + i] = text[i];
    }
    pw_status_t status = pw_spec_load(scenario->file, all, n_sets + self->n, out, findings);
    for (int i = 0; status == PW_OK && i < self->n; i++) {
        const pw_bought_t *bought = &self->bought[i];
        if (strncmp(bought->path, "teams.", 6) == 0)
            scale_more_places(*out, (double)bought->places / (bought->in_file - bought->baseline));
    }
    pw_free(text);
    return status == PW_OK && findings->n > 0 ? PW_ERROR_INPUT : status;
}
