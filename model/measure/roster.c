#include "roster.h"

#include <stdio.h>
#include <string.h>

#include "../world/result.h"

const char *pw_subgroup_name(int subgroup)
{
    static const char *const name[] = {
#define X(name, text) #name,
        PW_SUBGROUPS(X)
#undef X
    };
    return name[subgroup];
}

const char *pw_subgroup_meaning(int subgroup)
{
    static const char *const meaning[] = {
#define X(name, text) text,
        PW_SUBGROUPS(X)
#undef X
    };
    return meaning[subgroup];
}

const char *pw_roster_area(const pw_roster_t *self, int area)
{
    return area == self->n_areas ? "all" : self->area[area];
}

/* Index of `name` among the names, added if new; -1 when full. */
static int enrol(pw_roll_t *names, const char *name)
{
    for (int i = 0; i < names->n; i++)
        if (strcmp(names->name[i], name) == 0)
            return i;
    if (names->n == PW_MAX_ROLL)
        return -1;
    snprintf(names->name[names->n], PW_NAME_LENGTH, "%s", name);
    return names->n++;
}

static bool enrol_model(pw_roster_t *out, const pw_model_t *model, int scenario)
{
    for (int i = 0; i < model->n_services; i++) {
        int k = enrol(&out->services, model->service[i].name);
        if (k < 0)
            return false;
        out->services.at[scenario][k] = (int8_t)i;
    }
    for (int i = 0; i < model->n_teams; i++) {
        int k = enrol(&out->teams, model->team[i].name);
        if (k < 0)
            return false;
        out->teams.at[scenario][k] = (int8_t)i;
    }
    for (int i = 0; i < model->n_stages; i++) {
        int k = enrol(&out->stages, model->stage[i].name);
        if (k < 0)
            return false;
        out->stages.at[scenario][k] = (int8_t)i;
        if (model->stage[i].statutory_ticks <= 0)
            continue;
        out->statutory[k] = true;
        if (model->stage[i].team >= 0)
            out->statutory_team[enrol(&out->teams, model->team[model->stage[i].team].name)] = true;
    }
    return true;
}

static int attribute_bit(const pw_model_t *model, const char *name)
{
    for (int i = 0; i < model->n_attributes; i++)
        if (strcmp(model->attribute[i].name, name) == 0)
            return model->attribute[i].bit;
    return -1;
}

static void follow_up(pw_roster_t *out, const pw_model_t *baseline)
{
    int whole = (int)(baseline->follow_up_ticks / PW_TICKS_PER_MONTH);
    int wish[PW_MAX_HORIZONS] = { 6, 12, whole };
    out->n_curve = whole < PW_MAX_CURVE ? whole : PW_MAX_CURVE;
    for (int i = 0; i < PW_MAX_HORIZONS; i++)
        if (wish[i] <= whole && (out->n_horizons == 0 || wish[i] > out->horizon[out->n_horizons - 1]))
            out->horizon[out->n_horizons++] = wish[i];
}

pw_status_t pw_roster_fill(const pw_model_t *const *models, int n_scenarios, int n_areas, const char *const *scenario_names,
                           const char *const *area_names, pw_roster_t *out)
{
    memset(out, 0, sizeof *out);
    if (n_scenarios > PW_MAX_SCENARIOS || n_areas > PW_MAX_AREAS)
        return PW_ERROR_FULL;
    out->n_scenarios = n_scenarios;
    out->n_areas = n_areas;
    memset(out->services.at, -1, sizeof out->services.at);
    memset(out->teams.at, -1, sizeof out->teams.at);
    memset(out->stages.at, -1, sizeof out->stages.at);
    for (int s = 0; s < n_scenarios; s++) {
        snprintf(out->scenario[s], PW_SCENARIO_LENGTH, "%s", scenario_names[s]);
        for (int a = 0; a < n_areas; a++)
            if (!enrol_model(out, models[s * n_areas + a], s))
                return PW_ERROR_FULL;
    }
    for (int a = 0; a < n_areas; a++)
        snprintf(out->area[a], PW_NAME_LENGTH, "%s", area_names[a]);
    const pw_model_t *baseline = models[0];
    follow_up(out, baseline);
    out->months = baseline->months < PW_MAX_MONTHS ? baseline->months : PW_MAX_MONTHS;
    out->years = (out->months + 11) / 12;
    out->years = out->years < 1 ? 1 : out->years > PW_MAX_YEARS ? PW_MAX_YEARS : out->years;
    out->contact_dispute_bit = attribute_bit(baseline, "contact_dispute");
    out->nrpf_bit = attribute_bit(baseline, "nrpf");
    for (int g = 0; g < PW_SUBGROUP_N; g++)
        out->subgroup[g] = true;
    out->subgroup[PW_SUBGROUP_contact_dispute] = out->contact_dispute_bit >= 0;
    out->subgroup[PW_SUBGROUP_nrpf] = out->nrpf_bit >= 0;
    return PW_OK;
}
