/* explain_places.c: places that are not what their author thinks: a number where the baseline's are drawn, a price of a place that the baseline's places,
 * which cost nothing there, have to pay too, workers whom nobody pays, and what is offered, or set up, where there are no places. */
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

static bool check_number(pw_warnings_t *self, const char *lists, const staffed_t *before, const staffed_t *now)
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
    return estimate != NULL;
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

/* ---- workers whom nobody pays ---- */

static double best_value(const pw_spec_t *spec, const pw_setting_t *setting, int area)
{
    return setting->estimate[area] < 0 ? setting->number[area] : spec->evidence.estimate[setting->estimate[area]].value;
}

/* Where it says that there are more places than before; NULL: nowhere. */
static const pw_node_t *adds(const pw_warnings_t *self, const staffed_t *before, const staffed_t *now)
{
    for (int a = 0; a < pw_spec_areas(self->now); a++) {
        double had = best_value(self->before, before->places, a);
        if (now->more->node && best_value(self->now, now->more, a) > (before->more->node ? best_value(self->before, before->more, a) : 0.0))
            return now->more->node;
        if (before->places->unlimited || pw_setting_same(self->before, before->places, self->now, now->places))
            continue;
        if (now->places->unlimited || best_value(self->now, now->places, a) > had)
            return now->places->node;
    }
    return NULL;
}

/* Posts: a team that the policy adds and that has a price. */
static bool has_paid_posts(const pw_warnings_t *self)
{
    for (int t = self->before->teams.n; t < self->now->teams.n; t++)
        if (!self->now->teams.item[t].is.removed && price_of_a_place(&self->now->teams.item[t].costs, pw_spec_areas(self->now)))
            return true;
    return false;
}

static void check_paid(pw_warnings_t *self, const staffed_t *before, const staffed_t *now)
{
    const pw_node_t *node = adds(self, before, now);
    if (!node || price_of_a_place(now->costs, pw_spec_areas(self->now)) || has_paid_posts(self))
        return;
    pw_text_t text = { 0 };
    pw_text_printf(&text, "The places that are added to teams.%s cost nothing: nobody pays for the workers, so the policy looks better value than it is. Let a "
                   "team of its own that no stage asks for carry their cost, as scenarios/more_assessment_workers.cfg does.", now->is->name);
    pw_warn(self, &text, node);
}

/* ---- what is offered, or set up, where there are no places ---- */

static bool has_none(const pw_service_spec_t *service, int area)
{
    const pw_setting_t *places = &service->places, *more = &service->more_places;
    return !places->unlimited && places->estimate[area] < 0 && !(places->number[area] > 0.0) && service->schedule.n == 0 &&
           !(more->node && (more->estimate[area] >= 0 || more->number[area] > 0.0));
}

static bool is_more_than_0(const pw_setting_t *setting, int area) { return setting->node && (setting->estimate[area] >= 0 || setting->number[area] > 0.0); }

static bool pays_set_up(const pw_service_spec_t *service, int area)
{
    bool pays = false;
    for (int i = 0; i < service->costs.n; i++)
        pays |= !service->costs.item[i].is.removed && is_more_than_0(&service->costs.item[i].pounds[PW_COST_SET_UP], area);
    return pays;
}

static bool is_offered(const pw_service_spec_t *service, int area)
{
    bool is = false;
    for (int i = 0; i < service->offered.n; i++)
        is |= !service->offered.item[i].is.removed && is_more_than_0(&service->offered.item[i].chance.base, area);
    return is;
}

/* The first area without places of the service, while others have some, of which `holds` is true; -1: none. */
static int empty_area(const pw_spec_t *spec, const pw_service_spec_t *service, bool (*holds)(const pw_service_spec_t *, int))
{
    int areas = pw_spec_areas(spec), empty = 0, first = -1;
    for (int a = areas - 1; a >= 0; a--)
        if (has_none(service, a)) {
            empty++;
            first = holds(service, a) ? a : first;
        }
    return empty == areas ? -1 : first;
}

static void say_empty(pw_warnings_t *self, const pw_service_spec_t *service, int area, const char *consequence, const char *setting)
{
    const char *name = pw_spec_area_name(self->now, area);
    const pw_node_t *of_area = pw_tree_child(service->places.node, name);
    pw_text_t text = { 0 };
    pw_text_printf(&text, "There are no places of services.%s in %s, and %s. %s, with 0.0 in %s.", service->is.name, name, consequence, setting, name);
    pw_warn(self, &text, of_area ? of_area : service->places.node);
}

static void check_empty(pw_warnings_t *self, const pw_service_spec_t *service)
{
    int offered = empty_area(self->now, service, is_offered), paid = empty_area(self->now, service, pays_set_up);
    if (offered >= 0)
        say_empty(self, service, offered, "families there are offered it all the same: they count as offered and as taking it up, and are refused",
                  "To offer it where there are places, give each area its own `percent` in `offered`");
    if (paid >= 0)
        say_empty(self, service, paid, "its set-up is paid there all the same", "To pay where there are places, give each area its own `set_up_pounds`");
}

/* ---- all ---- */

/* Returns whether a number stands where the baseline's are drawn: then whether places are added is not known. */
static bool check(pw_warnings_t *self, const char *lists, const staffed_t *before, const staffed_t *now)
{
    bool crossed = check_number(self, lists, before, now);
    check_price(self, lists, before, now);
    return crossed;
}

void pw_warn_of_places(pw_warnings_t *self)
{
    for (int t = 0; t < self->before->teams.n && t < self->now->teams.n; t++) {
        staffed_t before = team(self->before, t), now = team(self->now, t);
        if (!before.is->removed && !now.is->removed && !check(self, "teams", &before, &now))
            check_paid(self, &before, &now);
    }
    for (int s = 0; s < self->before->services.n && s < self->now->services.n; s++) {
        staffed_t before = service(self->before, s), now = service(self->now, s);
        if (!before.is->removed && !now.is->removed)
            (void)check(self, "services", &before, &now);
    }
    for (int s = 0; s < self->now->services.n; s++)
        if (!self->now->services.item[s].is.removed)
            check_empty(self, &self->now->services.item[s]);
}
