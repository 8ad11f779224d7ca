/* Checks: what lasts how long, and who may pay for what. */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "schema.h"

typedef enum { OWNER_POLICE, OWNER_STAGE, OWNER_END, OWNER_SERVICE } owner_t;

static void check_effect(const pw_check_t *self, const pw_effect_spec_t *effect, owner_t owner)
{
    if (effect->is.removed || effect->during < 0)
        return;
    const char *during = pw_words_during.word[effect->during];
    bool is_always = effect->during == PW_DURING_ALWAYS;
    if ((owner == OWNER_POLICE || owner == OWNER_END) && !is_always)
        pw_check_add(self, effect->is.node, "during = \"%s\", but nobody stays there; allowed: \"always\" with lasts_days.", during);
    else if (!effect->lasts_days.node && (owner == OWNER_POLICE || owner == OWNER_END))
        pw_check_add(self, effect->is.node, "`lasts_days` is missing: nobody stays there, so the effect needs an end of its own.");
    else if (!effect->lasts_days.node && (effect->during == PW_DURING_AFTER_COMPLETION || effect->during == PW_DURING_AFTER_DROPOUT))
        pw_check_add(self, effect->is.node, "`lasts_days` is missing: an effect during \"%s\" needs an end of its own.", during);
    if (effect->only_setting == 1 && effect->on >= 0 && effect->on != PW_ON_INCIDENT_RATE)
        pw_check_add(self, effect->is.node, "only_setting = \"contact\" acts on the rate of incidents; allowed: on = \"incident_rate\".");
}

/* Where it is said that the places are unlimited; NULL: they are not. */
static const pw_node_t *unlimited(const pw_setting_t *places, const pw_schedule_t *schedule)
{
    for (int i = 0; i < schedule->n; i++)
        if (schedule->item[i].places.unlimited)
            return schedule->item[i].places.node;
    return places->unlimited ? places->node : NULL;
}

static void refuse_place_year(const pw_check_t *self, const pw_node_t *cost, const pw_node_t *places)
{
    char where[300] = "";
    if (strcmp(cost->file, places->file) != 0)
        snprintf(where, sizeof where, " It is %.200s:%d that makes them unlimited.", places->file, places->line);
    pw_check_add(self, cost, "The places are unlimited: a cost for each place and year has no sum; allowed: day_pounds or each_pounds.%s", where);
}

static void check_costs(const pw_check_t *self, const pw_costs_t *costs, unsigned allowed, const char *owner, const pw_node_t *unlimited_at)
{
    static const char *const words[] = { "each_pounds", "day_pounds", "place_year_pounds", "set_up_pounds" };
    for (int i = 0; i < costs->n; i++) {
        const pw_cost_spec_t *cost = &costs->item[i];
        int given = 0;
        for (int when = 0; when < 4 && !cost->is.removed; when++) {
            if (!cost->pounds[when].node)
                continue;
            given++;
            if (!(allowed >> when & 1u))
                pw_check_add(self, cost->pounds[when].node, "%s has no `%s`.", owner, words[when]);
            else if (when == PW_COST_PLACE_YEAR && unlimited_at)
                refuse_place_year(self, cost->pounds[when].node, unlimited_at);
        }
        if (given == 0 && !cost->is.removed)
            pw_check_add(self, cost->is.node, "A cost without pounds; allowed: each_pounds, day_pounds, place_year_pounds or set_up_pounds.");
    }
}

void pw_check_effects(const pw_check_t *self)
{
    enum { EACH = 1u << PW_COST_EACH, DAY = 1u << PW_COST_DAY, PLACE = 1u << PW_COST_PLACE_YEAR, SET_UP = 1u << PW_COST_SET_UP };
    const pw_spec_t *spec = self->spec;
    for (int i = 0; i < spec->police.effects.n; i++)
        check_effect(self, &spec->police.effects.item[i], OWNER_POLICE);
    check_costs(self, &spec->police.costs, EACH, "A police attendance", NULL);
    check_costs(self, &spec->incidents.costs, EACH, "An incident", NULL);
    check_costs(self, &spec->incidents.injury_costs, EACH, "An injury", NULL);
    for (int i = 0; i < spec->stages.n; i++) {
        const pw_stage_spec_t *stage = &spec->stages.item[i];
        for (int k = 0; k < stage->effects.n && !stage->is.removed; k++)
            check_effect(self, &stage->effects.item[k], stage->end ? OWNER_END : OWNER_STAGE);
        check_costs(self, &stage->costs, EACH | DAY, "A stage", NULL);
    }
    for (int i = 0; i < spec->teams.n; i++)
        check_costs(self, &spec->teams.item[i].costs, PLACE | SET_UP, "A team", unlimited(&spec->teams.item[i].places, &spec->teams.item[i].schedule));
    for (int i = 0; i < spec->services.n; i++) {
        const pw_service_spec_t *service = &spec->services.item[i];
        for (int k = 0; k < service->effects.n && !service->is.removed; k++)
            check_effect(self, &service->effects.item[k], OWNER_SERVICE);
        check_costs(self, &service->costs, EACH | DAY | PLACE | SET_UP, "A service", unlimited(&service->places, &service->schedule));
    }
}
