/* Checks: the pathway as a directed graph: what can be reached, what can end, what goes round in no time. */
#include "check.h"

/* An exit that families can take. `unread`: what is said of one whose share was refused, so that nothing is concluded from it. */
static bool is_open(const pw_check_t *self, const pw_exits_t *exits, int k, bool unread)
{
    const pw_exit_spec_t *exit = &exits->item[k];
    if (exit->is.removed || exit->to < 0)
        return false;
    if (!pw_check_knows(&exit->weight.base))
        return unread;
    if (!exit->weight.base.remainder)
        return pw_check_most(self, &exit->weight.base) > 0.0;
    for (int a = 0; a < self->n_areas; a++) {
        double rest = 100.0;
        for (int i = 0; i < exits->n; i++)
            if (!exits->item[i].is.removed && !exits->item[i].weight.base.remainder)
                rest -= pw_check_value(self, &exits->item[i].weight.base, a);
        if (rest > 1e-9)
            return true;
    }
    return false;
}

static uint32_t after(const pw_check_t *self, const pw_exits_t *exits, bool unread)
{
    uint32_t mask = 0;
    for (int k = 0; k < exits->n; k++)
        if (is_open(self, exits, k, unread))
            mask |= UINT32_C(1) << exits->item[k].to;
    return mask;
}

/* Every stage that a family in `stage` may come to next; also by an exit that is switched off (0 %). */
static uint32_t anywhere_after(const pw_stage_spec_t *stage)
{
    uint32_t mask = 0;
    for (int k = 0; k < stage->choice.n; k++)
        if (!stage->choice.item[k].is.removed && stage->choice.item[k].to >= 0)
            mask |= UINT32_C(1) << stage->choice.item[k].to;
    for (int k = 0; k < stage->on.n; k++)
        if (!stage->on.item[k].is.removed && stage->on.item[k].to >= 0)
            mask |= UINT32_C(1) << stage->on.item[k].to;
    if (stage->wait_limit.node && stage->wait_limit.to >= 0)
        mask |= UINT32_C(1) << stage->wait_limit.to;
    return mask;
}

static uint32_t beginnings(const pw_spec_t *spec)
{
    uint32_t mask = 0;
    for (int i = 0; i < spec->stages.n; i++)
        if (spec->stages.item[i].first || spec->stages.item[i].first_referral || spec->stages.item[i].counts_as == PW_COUNTS_AS_CLOSED)
            mask |= UINT32_C(1) << i;
    for (int i = 0; i < spec->attributes.n; i++) {
        const pw_attribute_spec_t *attribute = &spec->attributes.item[i];
        if (attribute->open_stage >= 0)
            mask |= UINT32_C(1) << attribute->open_stage;
        for (int k = 0; k < attribute->open_choice.n; k++)
            if (attribute->open_choice.item[k].to >= 0)
                mask |= UINT32_C(1) << attribute->open_choice.item[k].to;
    }
    return mask;
}

static void check_reach(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    uint32_t reached = beginnings(spec), before;
    do {
        before = reached;
        for (int i = 0; i < spec->stages.n; i++)
            if (reached >> i & 1u && !spec->stages.item[i].is.removed)
                reached |= anywhere_after(&spec->stages.item[i]);
    } while (reached != before);
    for (int i = 0; i < spec->stages.n; i++)
        if (!(reached >> i & 1u) && !spec->stages.item[i].is.removed)
            pw_check_add(self, spec->stages.item[i].is.node, "The stage `%s` cannot be reached: no other leads to it.", spec->stages.item[i].is.name);
}

static void check_ends(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    uint32_t ends = 0, before;
    for (int i = 0; i < spec->stages.n; i++)
        if (spec->stages.item[i].end)
            ends |= UINT32_C(1) << i;
    do {
        before = ends;
        for (int i = 0; i < spec->stages.n; i++)
            if (after(self, &spec->stages.item[i].choice, true) & ends)
                ends |= UINT32_C(1) << i;
    } while (ends != before);
    for (int i = 0; i < spec->stages.n; i++)
        if (!(ends >> i & 1u) && !spec->stages.item[i].is.removed && spec->stages.item[i].choice.n > 0)
            pw_check_add(self, spec->stages.item[i].is.node, "The stage `%s` cannot end: no way leads from it to a stage with end = true.",
                         spec->stages.item[i].is.name);
}

/* No time passes in it. */
static bool is_instant(const pw_check_t *self, const pw_stage_spec_t *stage)
{
    if (stage->end || stage->is.removed)
        return false;
    const pw_setting_t *days = &stage->duration.days;
    return !stage->duration.node || (days->node && pw_check_knows(days) && pw_check_most(self, days) <= 0.0);
}

static void check_circles(const pw_check_t *self)
{
    const pw_spec_t *spec = self->spec;
    uint32_t to[PW_MAX_STAGES] = { 0 };       /* instant stages that can be come to in no time */
    uint32_t instant = 0;
    for (int i = 0; i < spec->stages.n; i++)
        if (is_instant(self, &spec->stages.item[i]))
            instant |= UINT32_C(1) << i;
    for (int i = 0; i < spec->stages.n; i++)
        if (instant >> i & 1u)
            to[i] = after(self, &spec->stages.item[i].choice, false) & instant;
    for (int k = 0; k < spec->stages.n; k++)
        for (int i = 0; i < spec->stages.n; i++)
            if (to[i] >> k & 1u)
                to[i] |= to[k];
    for (int i = 0; i < spec->stages.n; i++)
        if (to[i] >> i & 1u)
            pw_check_add(self, spec->stages.item[i].is.node, "A circle of zero duration: `%s` leads back to itself and no time passes; allowed: a "
                         "duration somewhere on the way.", spec->stages.item[i].is.name);
}

void pw_check_graph(const pw_check_t *self)
{
    check_reach(self);
    check_ends(self);
    check_circles(self);
}
