/* explain_doubt.c: effects that may be counted twice, and numbers outside the range of their evidence. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "explain_warn.h"
#include "explain_words.h"

/* ---- effects counted twice ---- */

enum { REMOVALS = PW_PILOT_OWNERS - 1, MOST_EFFECTS = 4 * PW_MAX_EFFECTS };

typedef struct { int owner; const pw_effect_spec_t *effect; } owned_t;
typedef struct { int n; owned_t item[MOST_EFFECTS]; } owned_list_t;

static bool is_service(int owner) { return owner < PW_MAX_SERVICES; }

static bool is_touched(const pw_warnings_t *self, int owner)
{
    return owner == REMOVALS ? false : is_service(owner) ? self->service[owner] : self->stage[owner - PW_MAX_SERVICES];
}

/* An effect that multiplies by 1 for certain does nothing. */
static bool acts(const pw_effect_spec_t *effect) { return !effect->is.removed && (effect->ratio.estimate[0] >= 0 || effect->ratio.number[0] != 1.0); }

static void list(const pw_effects_t *effects, int owner, owned_list_t *out)
{
    for (int i = 0; i < effects->n && out->n < MOST_EFFECTS; i++)
        if (acts(&effects->item[i]))
            out->item[out->n++] = (owned_t){ owner, &effects->item[i] };
}

static void list_all(const pw_spec_t *spec, owned_list_t *out)
{
    out->n = 0;
    for (int s = 0; s < spec->services.n; s++)
        if (!spec->services.item[s].is.removed)
            list(&spec->services.item[s].effects, s, out);
    for (int s = 0; s < spec->stages.n; s++)
        if (!spec->stages.item[s].is.removed)
            list(&spec->stages.item[s].effects, PW_MAX_SERVICES + s, out);
    list(&spec->police.effects, REMOVALS, out);
}

static bool shuts_out(const pw_spec_t *spec, int service, int other)
{
    return pw_bit_get(spec->services.item[service].need_zero, PW_BIT_IN_SERVICE_0 + other) == 1;
}

static bool is_stage(int owner) { return !is_service(owner) && owner != REMOVALS; }

/* A family is in one stage at a time. After its end an effect may still act: then shutting out who attends is not enough. */
static bool never_together(const pw_spec_t *spec, const owned_t *a, const owned_t *b)
{
    if (a->effect->during != PW_DURING_ATTENDING || b->effect->during != PW_DURING_ATTENDING)
        return false;
    return (is_stage(a->owner) && is_stage(b->owner)) ||
           (is_service(a->owner) && is_service(b->owner) && shuts_out(spec, a->owner, b->owner) && shuts_out(spec, b->owner, a->owner));
}

static bool same_estimate(const owned_t *a, const owned_t *b)
{
    return a->effect->ratio.estimate[0] >= 0 && a->effect->ratio.estimate[0] == b->effect->ratio.estimate[0];
}

static void append_owner(const pw_spec_t *spec, int owner, pw_text_t *text)
{
    if (owner == REMOVALS)
        pw_text_append(text, "a removal of the partner by police");
    else
        pw_warn_name(spec, is_service(owner) ? PW_THING_SERVICE : PW_THING_STAGE, is_service(owner) ? owner : owner - PW_MAX_SERVICES, text);
}

/* Of 100 families for which the owner's effect on `on` was in force, for how many the other's was at the same moment; -1: nothing is known. */
static double share(const pw_warnings_t *self, int on, int owner, int other)
{
    if (!self->reach)
        return -1.0;
    return self->reach->met[on][owner] > 0 ? 100.0 * (double)self->reach->met_both[on][owner][other] / (double)self->reach->met[on][owner] : 0.0;
}

/* Whether `other` is the first effect of its owner in the list that may meet `mine`. */
static bool meets(const pw_warnings_t *self, const owned_list_t *effects, const owned_t *mine, int other)
{
    const owned_t *it = &effects->item[other];
    if (it->owner == mine->owner || it->effect->on != mine->effect->on || never_together(self->now, mine, it) ||
        (is_touched(self, it->owner) && it->owner < mine->owner))
        return false;
    for (int k = 0; k < other; k++)
        if (effects->item[k].owner == it->owner && effects->item[k].effect->on == mine->effect->on && !never_together(self->now, mine, &effects->item[k]))
            return false;
    double known = share(self, mine->effect->on, mine->owner, it->owner);
    return known < 0.0 || known >= 1.0;
}

static bool is_first(const owned_list_t *effects, int at)
{
    for (int k = 0; k < at; k++)
        if (effects->item[k].owner == effects->item[at].owner && effects->item[k].effect->on == effects->item[at].effect->on)
            return false;
    return true;
}

static bool warn_of_one(pw_warnings_t *self, const owned_list_t *effects, const owned_t *mine)
{
    static const char *const targets[PW_EFFECT_TARGETS] = { "the rate of incidents", "the severity of incidents", "reporting", "the rate of separations",
                                                            "the victim's engagement",
                                                            "the partner's engagement", "the approach of the partner", "the presence of children" };
    pw_text_t text = { 0 }, others = { 0 };
    int n = 0;
    bool shared = false;
    for (int k = 0; k < effects->n; k++) {
        if (!meets(self, effects, mine, k))
            continue;
        double known = share(self, mine->effect->on, mine->owner, effects->item[k].owner);
        pw_text_append(&others, n++ ? ", " : "");
        append_owner(self->now, effects->item[k].owner, &others);
        if (known >= 0.0)
            pw_text_printf(&others, " (%.0f)", known);
        shared |= same_estimate(mine, &effects->item[k]);
    }
    if (n > 0) {
        append_owner(self->now, mine->owner, &text);
        if (text.bytes)
            text.bytes[0] = (char)toupper((unsigned char)text.bytes[0]);
        pw_text_printf(&text, " may count an effect twice: it acts on %s, and for some of the same families so %s %s.", targets[mine->effect->on],
                       n == 1 ? "does" : "do", pw_text_get(&others));
        pw_text_append(&text, shared ? " One of them is the same estimate." : "");
        pw_warn(self, &text, mine->effect->is.node);
    }
    pw_text_free(&text);
    pw_text_free(&others);
    return n > 0;
}

/* What the warnings before it mean, said once. */
static void say_rule(pw_warnings_t *self)
{
    pw_text_t text = { 0 };
    pw_text_append(&text, "While two such effects hold together, their ratios are multiplied: what the studies of both saw is then counted twice. If one help "
                   "stands in for the other, "
                          "let each shut the other out with `requires`.");
    if (self->reach)
        pw_text_append(&text, " In brackets: of 100 families of the cohort for which the first effect was in force during the follow-up, for how many the "
                       "other was in force at the same moment.");
    pw_explain_wrap(pw_text_get(&text), 4, 4, self->out);
    pw_text_free(&text);
}

void pw_warn_of_twice(pw_warnings_t *self)
{
    owned_list_t effects;
    bool any = false;
    list_all(self->now, &effects);
    for (int k = 0; k < effects.n; k++)
        if (is_touched(self, effects.item[k].owner) && effects.item[k].effect->on >= 0 && is_first(&effects, k))
            any |= warn_of_one(self, &effects, &effects.item[k]);
    if (any)
        say_rule(self);
}

/* ---- outside the range of the evidence ---- */

static double area_value(const pw_estimate_t *estimate, int area) { return area < estimate->n_by_area ? estimate->area_value[area] : estimate->value; }

static bool is_outside(const pw_estimate_t *evidence, double value)
{
    return evidence->distribution != PW_DISTRIBUTION_FIXED && (value < evidence->low || value > evidence->high);
}

static void say_outside(pw_warnings_t *self, const char *what, double value, const pw_estimate_t *evidence, const pw_node_t *node)
{
    int unit = pw_phrase_unit(evidence->quantity);
    pw_text_t text = { 0 };
    pw_text_printf(&text, "%s is outside the range of its evidence: it is ", what);
    pw_phrase_number(value, unit, &text);
    pw_text_printf(&text, ", and the baseline's estimate, %s, is ", evidence->name);
    pw_phrase_estimate(evidence, evidence->n_by_area, unit, &text);
    pw_text_append(&text, ". If it is what the policy decides, nothing is wrong; if it is an estimate, say in its note what makes it so.");
    pw_warn(self, &text, node);
}

static void check_estimates(pw_warnings_t *self)
{
    for (int e = 0; e < self->now->evidence.n; e++) {
        const pw_estimate_t *now = &self->now->evidence.estimate[e];
        int at = pw_evidence_find(&self->before->evidence, now->name);
        const pw_estimate_t *before = at < 0 ? NULL : &self->before->evidence.estimate[at];
        if (!before || before->quantity != now->quantity || !is_outside(before, now->value) || now->value == before->value)
            continue;
        char what[80];
        pw_node_t where = { .file = (char *)now->file, .line = now->line };
        snprintf(what, sizeof what, "The estimate %.50s", now->name);
        say_outside(self, what, now->value, before, &where);
    }
}

static double value_of(const pw_spec_t *spec, const pw_setting_t *setting, int area)
{
    return setting->estimate[area] >= 0 ? area_value(&spec->evidence.estimate[setting->estimate[area]], area) : setting->number[area];
}

/* A setting that named an estimate and now says another number; once, for the first area where it is outside. */
static void check_setting(pw_warnings_t *self, const char *path, const pw_setting_t *before, const pw_setting_t *now)
{
    char what[PW_TREE_PATH + 40];
    if (now->remainder || now->unlimited || pw_setting_same(self->before, before, self->now, now))
        return;
    for (int a = 0; a < pw_spec_areas(self->now); a++) {
        const pw_estimate_t *evidence = before->estimate[a] >= 0 ? &self->before->evidence.estimate[before->estimate[a]] : NULL;
        double value = value_of(self->now, now, a);
        if (!evidence || value == 0.0 || !is_outside(evidence, value))      /* 0: a policy ends something */
            continue;
        snprintf(what, sizeof what, "The setting %s", path);
        say_outside(self, what, value, evidence, now->node);
        return;
    }
}

static bool check(void *context, const pw_difference_t *at)
{
    pw_warnings_t *self = context;
    if (!at->from || at->is_element)
        return false;
    const void *from = (const char *)at->from + at->field->at, *to = (const char *)at->to + at->field->at;
    if (at->field->kind == PW_FIELD_SETTING)      /* places are what a policy decides, not evidence */
        check_setting(self, at->path, from, to);
    if (at->field->kind != PW_FIELD_CHANCE && at->field->kind != PW_FIELD_CHANCE_HERE)
        return false;
    const pw_chance_t *before = from, *now = to;
    check_setting(self, at->path, &before->base, &now->base);
    for (int i = 0; i < now->n_terms; i++) {
        const pw_term_t *term = pw_chance_term(before, now->term[i].covariate);
        if (term)
            check_setting(self, at->path, &term->ratio, &now->term[i].ratio);
    }
    return false;
}

void pw_warn_of_evidence(pw_warnings_t *self)
{
    check_estimates(self);
    pw_difference_walk(self->before, self->now, check, self);
}
