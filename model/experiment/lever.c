#include "lever.h"

#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../spec/difference.h"
#include "../spec/knob.h"

static const char EVIDENCE[] = "evidence.";
enum { MOST_FOUND = 8 };

/* ---- the two kinds ---- */

static void take_estimate(const pw_estimate_t *estimate, pw_lever_t *out)
{
    bool lasting = estimate->distribution == PW_DISTRIBUTION_LOGNORMAL || estimate->distribution == PW_DISTRIBUTION_GAMMA;
    *out = (pw_lever_t){ .estimate = estimate, .stated = estimate->value };
    snprintf(out->path, sizeof out->path, "%s%s", EVIDENCE, estimate->name);
    out->has_range = estimate->distribution != PW_DISTRIBUTION_FIXED && estimate->low < estimate->high;
    out->range = (pw_breakeven_range_t){ .low = estimate->low, .high = estimate->high, .logarithmic = lasting && estimate->low > 0.0 };
}

static bool ends_in(const char *path, const char *end)
{
    size_t n = strlen(path), m = strlen(end);
    return n >= m && strcmp(path + n - m, end) == 0;
}

/* More than `stated` by enough that a scenario four times the size is in it. */
static void range_of_places(double most_stated, pw_lever_t *out)
{
    double most = ceil(4.0 * most_stated);
    out->has_range = true;
    out->range = (pw_breakeven_range_t){ .low = 1.0, .high = most > 8.0 ? most : 8.0, .whole = true };
}

/* Of all areas; nan: they are unlimited. */
static double most_places(const pw_spec_t *spec, const pw_setting_t *places)
{
    double most = places->unlimited ? NAN : places->number[0];
    for (int a = 1; a < pw_spec_areas(spec) && !places->unlimited; a++)
        most = fmax(most, places->number[a]);
    return most;
}

static pw_status_t take_setting(const pw_spec_t *scenario, const char *path, pw_lever_t *out, pw_text_t *why)
{
    enum { REASON = 1200 };
    pw_knob_t knob;
    char reason[REASON];
    /* A knob is found in a spec that could be changed; here it is only looked at. */
    if (!pw_knob_find((pw_spec_t *)(uintptr_t)scenario, path, &knob, reason, sizeof reason)) {
        pw_text_printf(why, "no estimate and no setting is called \"%s\": %s", path, reason);
        return PW_ERROR_USAGE;
    }
    *out = (pw_lever_t){ .stated = knob.setting && knob.setting->unlimited ? NAN : knob.now };
    if (knob.estimate >= 0) {
        take_estimate(&scenario->evidence.estimate[knob.estimate], out);
        out->estimate = NULL;
    } else if (knob.setting && ends_in(path, ".places")) {
        range_of_places(most_places(scenario, knob.setting), out);
    }
    snprintf(out->path, sizeof out->path, "%s", path);
    return PW_OK;
}

/* ---- words: what does the scenario itself add or change? ---- */

enum { SERVICES, STAGES, TEAMS, LISTS };
enum change { SAME, HARDLY /* who is eligible, what it is called */, CHANGED };

typedef struct {
    int change[LISTS][PW_MAX_NAMES];           /* enum change */
    bool places[LISTS][PW_MAX_NAMES];          /* its places are others */
} changes_t;

static bool note_change(void *context, const pw_difference_t *d)
{
    static const char *const key[LISTS] = { "services", "stages", "teams" };
    changes_t *self = context;
    for (int list = 0; d->n_owners > 0 && list < LISTS; list++) {
        int at = d->owner[0].index;
        if (strcmp(d->owner[0].list->key, key[list]) != 0 || at >= PW_MAX_NAMES)
            continue;
        bool whole = d->is_element && d->n_owners == 1;
        const char *field = d->n_owners > 1 ? d->owner[1].list->key : d->field->key;
        bool hardly = !whole && (strcmp(field, "requires") == 0 || strcmp(field, "title") == 0);
        if (self->change[list][at] != CHANGED)
            self->change[list][at] = hardly ? HARDLY : CHANGED;
        self->places[list][at] |= d->n_owners == 1 && (whole || strcmp(d->field->key, "places") == 0 || strcmp(d->field->key, "schedule") == 0);
    }
    return false;
}

/* What the word may mean; each once. Of several ranks the best (lowest) counts. */
typedef struct {
    const pw_spec_t *spec;
    int n, rank;
    char path[MOST_FOUND][PW_TREE_PATH];
} candidates_t;

static void add(candidates_t *self, const pw_setting_t *setting, int rank)
{
    char path[PW_TREE_PATH];
    if (!setting->node || setting->remainder || setting->unlimited || (self->n > 0 && rank > self->rank))
        return;
    if (setting->estimate[0] >= 0)
        snprintf(path, sizeof path, "%s%s", EVIDENCE, self->spec->evidence.estimate[setting->estimate[0]].name);
    else if (!pw_tree_path(self->spec->tree, setting->node, path, sizeof path))
        return;
    if (self->n > 0 && rank < self->rank)
        self->n = 0;
    self->rank = rank;
    for (int i = 0; i < self->n; i++)
        if (strcmp(self->path[i], path) == 0)
            return;
    if (self->n < MOST_FOUND)
        snprintf(self->path[self->n++], PW_TREE_PATH, "%s", path);
}

static void add_effects(candidates_t *self, const pw_effects_t *effects, int rank)
{
    for (int i = 0; i < effects->n; i++)
        if (!effects->item[i].is.removed)
            add(self, &effects->item[i].ratio, 2 * rank + (effects->item[i].on != PW_ON_INCIDENT_RATE));
}

static void add_costs(candidates_t *self, const pw_costs_t *costs, int rank)
{
    static const int order[] = { PW_COST_PLACE_YEAR, PW_COST_EACH, PW_COST_DAY, PW_COST_SET_UP };
    for (int i = 0; i < costs->n; i++)
        for (int k = 0; k < 4 && !costs->item[i].is.removed; k++)
            add(self, &costs->item[i].pounds[order[k]], 4 * rank + k);
}

/* Places are always the setting's, never an estimate's: how many there are is a choice. */
static void add_places(candidates_t *self, const pw_item_t *item, const char *list, const pw_setting_t *places, int rank)
{
    if (!places->node || places->unlimited || (self->n > 0 && rank > self->rank))
        return;
    if (self->n > 0 && rank < self->rank)
        self->n = 0;
    self->rank = rank;
    if (self->n < MOST_FOUND)
        snprintf(self->path[self->n++], PW_TREE_PATH, "%s.%s.places", list, item->name);
}

enum word { EFFECT, UPTAKE, PLACES, COST, WORDS };
static const char *const word_name[WORDS] = { "effect", "uptake", "places", "cost" };

static void gather(const pw_spec_t *spec, const changes_t *changes, int word, candidates_t *out)
{
    for (int i = 0; i < spec->services.n; i++) {
        const pw_service_spec_t *s = &spec->services.item[i];
        int rank = changes->change[SERVICES][i] == CHANGED ? 0 : 1;
        if (s->is.removed || changes->change[SERVICES][i] == SAME)
            continue;
        if (word == EFFECT)
            add_effects(out, &s->effects, rank);
        else if (word == UPTAKE)
            add(out, &s->uptake.base, rank);
        else if (word == COST)
            add_costs(out, &s->costs, rank);
        else if (changes->places[SERVICES][i])
            add_places(out, &s->is, "services", &s->places, rank);
    }
    for (int i = 0; i < spec->stages.n && (word == EFFECT || word == COST); i++) {
        const pw_stage_spec_t *s = &spec->stages.item[i];
        int rank = changes->change[STAGES][i] == CHANGED ? 0 : 1;
        if (s->is.removed || changes->change[STAGES][i] == SAME)
            continue;
        if (word == EFFECT)
            add_effects(out, &s->effects, rank);
        else
            add_costs(out, &s->costs, rank);
    }
    for (int i = 0; i < spec->teams.n && (word == PLACES || word == COST); i++) {
        const pw_team_spec_t *t = &spec->teams.item[i];
        int rank = changes->change[TEAMS][i] == CHANGED ? 0 : 1;
        if (t->is.removed || changes->change[TEAMS][i] == SAME)
            continue;
        if (word == COST)
            add_costs(out, &t->costs, rank);
        else if (changes->places[TEAMS][i])
            add_places(out, &t->is, "teams", &t->places, rank);
    }
}

/* The places of a team that no stage asks for. */
static bool are_posts(const pw_spec_t *spec, const char *path)
{
    char name[PW_TREE_PATH];
    for (int t = 0; t < spec->teams.n; t++) {
        bool asked = false;
        for (int i = 0; i < spec->stages.n; i++)
            asked = asked || (!spec->stages.item[i].is.removed && spec->stages.item[i].team == t);
        snprintf(name, sizeof name, "teams.%s.places", spec->teams.item[t].is.name);
        if (!asked && strcmp(name, path) == 0)
            return true;
    }
    return false;
}

static pw_status_t find_word(const pw_spec_t *baseline, const pw_spec_t *scenario, int word, char path[PW_TREE_PATH], pw_text_t *why)
{
    static const char *const about[WORDS] = { "an effect with a ratio", "an uptake of a service", "a number of places", "a cost" };
    changes_t changes = { 0 };
    candidates_t found = { .spec = scenario };
    pw_difference_walk(baseline, scenario, note_change, &changes);
    gather(scenario, &changes, word, &found);
    if (found.n == 1 && word == PLACES && are_posts(scenario, found.path[0])) {
        pw_text_printf(why, "%s are posts that bring places to other teams, and by themselves only cost; run --budget scales both", found.path[0]);
        return PW_ERROR_USAGE;
    }
    if (found.n == 1) {
        snprintf(path, PW_TREE_PATH, "%s", found.path[0]);
        return PW_OK;
    }
    if (found.n == 0) {
        pw_text_printf(why, "%s brings or changes nothing that has %s; --over takes any path of its settings too", scenario->name, about[word]);
        return PW_ERROR_USAGE;
    }
    pw_text_printf(why, "--over %s could be one of several in %s:", word_name[word], scenario->name);
    for (int i = 0; i < found.n; i++)
        pw_text_printf(why, "%s %s", i ? "," : "", found.path[i]);
    pw_text_append(why, "; name one of them");
    return PW_ERROR_USAGE;
}

/* ---- finding ---- */

/* A misspelt estimate or word: says so and returns true. */
static bool is_misspelt(const pw_spec_t *scenario, const char *path, bool said, pw_text_t *why)
{
    int n = scenario->evidence.n, nearest = -1;
    const char **names = pw_alloc((size_t)n + WORDS, sizeof names[0]);
    const char *given = said ? path + strlen(EVIDENCE) : path;
    if (!names || strchr(given, '.')) {
        pw_free(names);
        return false;
    }
    for (int i = 0; i < n; i++)
        names[i] = scenario->evidence.estimate[i].name;
    for (int i = 0; i < WORDS; i++)
        names[n + i] = word_name[i];
    nearest = pw_text_nearest(given, names, (size_t)n + (said ? 0 : WORDS));
    if (nearest >= 0)
        pw_text_printf(why, "no estimate and no setting is called \"%s\"; did you mean %s?", path, names[nearest]);
    pw_free(names);
    return nearest >= 0;
}

static pw_status_t find_path(const pw_spec_t *scenario, const char *path, pw_lever_t *out, pw_text_t *why)
{
    size_t n = strlen(EVIDENCE);
    bool said = strncmp(path, EVIDENCE, n) == 0;
    int e = pw_evidence_find(&scenario->evidence, said ? path + n : path);
    if (strlen(path) >= PW_TREE_PATH - 8) {
        pw_text_append(why, "no estimate and no setting has so long a name");
        return PW_ERROR_USAGE;
    }
    if (e < 0)
        return is_misspelt(scenario, path, said, why) ? PW_ERROR_USAGE : take_setting(scenario, path, out, why);
    take_estimate(&scenario->evidence.estimate[e], out);
    return PW_OK;
}

pw_status_t pw_lever_find(const pw_spec_t *baseline, const pw_spec_t *scenario, const char *over, pw_lever_t *out, pw_text_t *why)
{
    char path[PW_TREE_PATH];
    for (int word = 0; word < WORDS; word++) {
        if (strcmp(over, word_name[word]) != 0)
            continue;
        pw_status_t status = find_word(baseline, scenario, word, path, why);
        return status == PW_OK ? find_path(scenario, path, out, why) : status;
    }
    return find_path(scenario, over, out, why);
}

/* ---- holding an estimate ---- */

pw_status_t pw_lever_adjust(void *holds, const pw_spec_t *spec, int scenario, int64_t draw, pw_values_t *inout)
{
    const pw_lever_holds_t *self = holds;
    (void)scenario;
    (void)draw;
    for (int i = 0; i < self->n; i++) {
        int e = pw_evidence_find(&spec->evidence, self->held[i].name);
        if (e >= 0)
            pw_values_put(inout, &spec->evidence, e, *self->held[i].value);
    }
    return PW_OK;
}

double pw_lever_chance_below(const pw_estimate_t *estimate, double x)
{
    double low = 0.0, high = 1.0;
    if (estimate->distribution == PW_DISTRIBUTION_FIXED)
        return estimate->value < x ? 1.0 : 0.0;
    for (int i = 0; i < 60; i++) {
        double middle = 0.5 * (low + high);
        if (pw_estimate_quantile(estimate, middle) < x)
            low = middle;
        else
            high = middle;
    }
    return pw_number_round12(0.5 * (low + high));
}
