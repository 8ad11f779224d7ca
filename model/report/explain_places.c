/* explain_places.c: places that are not what their author thinks: a number where the baseline's are drawn, and a price of a place that the
 * baseline's places, which cost nothing there, have to pay too. */
#include <stdio.h>

#include "../base/number.h"
#include "explain_warn.h"
#include "explain_words.h"

/* What a team and a service have in common. */
typedef struct { const pw_item_t *is; const pw_setting_t *places, *more; const pw_schedule_t *schedule; const pw_costs_t *costs; } staffed_t;

static staffed_t team(const pw_spec_t *spec, int i)
{
    const pw_team_spec_t *it = &spec->teams.item[i];
    return (staffed_t){ &it->is, &it->places, &it->more_places, &it->schedule, &it->costs };
}

static staffed_t service(const pw_spec_t *spec, int i)
{
    const pw_service_spec_t *it = &spec->services.item[i];
    return (staffed_t){ &it->is, &it->places, &it->more_places, &it->schedule, &it->costs };
}

/* ---- a number where the baseline's are drawn ---- */

/* A number that, in some draws, is fewer than the baseline has there; NULL: it is not. */
static const pw_estimate_t *crosses(const pw_spec_t *before, const pw_setting_t *drawn, int areas, const pw_setting_t *now, double *given)
{
    for (int a = 0; a < areas; a++) {
        const pw_estimate_t *estimate = drawn->estimate[a] < 0 ? NULL : &before->evidence.estimate[drawn->estimate[a]];
        if (estimate && estimate->distribution != PW_DISTRIBUTION_FIXED && !now->unlimited && now->estimate[a] < 0 && now->number[a] > estimate->low &&
            now->number[a] < estimate->high) {
            *given = now->number[a];
            return estimate;
        }
    }
    return NULL;
}

static void say_crosses(pw_warnings_t *self, const char *lists, const staffed_t *now, const pw_estimate_t *estimate, double given, const pw_node_t *node)
{
    char number[PW_NUMBER_ROOM], low[PW_NUMBER_ROOM], high[PW_NUMBER_ROOM];
    pw_text_t text = { 0 };
    pw_text_printf(&text, "The number of places of %s.%s is %s where the baseline has the estimate %s, which runs draw (%s to %s with a chance of 95 in 100): "
                   "in some draws the policy adds places, in others it takes some away. To add to what there is, write `more_places`.", lists, now->is->name,
                   pw_number_shortest(given, number), estimate->name, pw_number_shortest(estimate->low, low), pw_number_shortest(estimate->high, high));
    pw_warn(self, &text, node);
}

static void check_number(pw_warnings_t *self, const char *lists, const staffed_t *before, const staffed_t *now)
{
    double given = 0.0;
    const pw_estimate_t *estimate = crosses(self->before, before->places, pw_spec_areas(self->now), now->places, &given);
    const pw_node_t *node = now->places->node;
    for (int i = 0; !estimate && before->schedule->n == 0 && i < now->schedule->n; i++) {
        estimate = crosses(self->before, before->places, pw_spec_areas(self->now), &now->schedule->item[i].places, &given);
        node = now->schedule->item[i].places.node;
    }
    if (estimate)
        say_crosses(self, lists, now, estimate, given, node);
}

/* ---- a price that the baseline's places have to pay too ---- */

static bool is_above_0(const pw_setting_t *setting, int areas)
{
    for (int a = 0; setting->node && a < areas; a++)
        if (setting->unlimited || setting->estimate[a] >= 0 || setting->number[a] > 0.0)
            return true;
    return false;
}

static const pw_cost_spec_t *price_of_a_place(const pw_costs_t *costs, int areas)
{
    for (int i = 0; i < costs->n; i++)
        if (!costs->item[i].is.removed && is_above_0(&costs->item[i].pounds[PW_COST_PLACE_YEAR], areas))
            return &costs->item[i];
    return NULL;
}

static bool has_other_places(const pw_warnings_t *self, const staffed_t *before, const staffed_t *now)
{
    return !pw_setting_same(self->before, before->places, self->now, now->places) || !pw_setting_same(self->before, before->more, self->now, now->more) ||
           now->schedule->n != before->schedule->n;
}

static void check_price(pw_warnings_t *self, const char *lists, const staffed_t *before, const staffed_t *now)
{
    int areas = pw_spec_areas(self->now);
    const pw_cost_spec_t *price = price_of_a_place(now->costs, areas);
    if (!price || price_of_a_place(before->costs, areas) || !is_above_0(before->places, areas) || !has_other_places(self, before, now))
        return;
    pw_text_t text = { 0 };
    pw_text_printf(&text, "The costs of %s.%s are paid for all its places, those of the baseline included, which have no such costs there: the policy looks "
                   "dearer than what it adds. To pay for what is added alone, let a team of its own that no stage asks for carry the costs, as "
                   "scenarios/more_assessment_workers.cfg does.", lists, now->is->name);
    pw_warn(self, &text, price->is.node);
}

/* ---- both ---- */

static void check(pw_warnings_t *self, const char *lists, staffed_t before, staffed_t now)
{
    if (before.is->removed || now.is->removed)
        return;
    check_number(self, lists, &before, &now);
    check_price(self, lists, &before, &now);
}

void pw_warn_of_places(pw_warnings_t *self)
{
    for (int t = 0; t < self->before->teams.n && t < self->now->teams.n; t++)
        check(self, "teams", team(self->before, t), team(self->now, t));
    for (int s = 0; s < self->before->services.n && s < self->now->services.n; s++)
        check(self, "services", service(self->before, s), service(self->now, s));
}
