/* explain_warn.c: what the author of a scenario should look at again: who is warned of what, and how it was measured. */
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "explain_warn.h"
#include "explain_words.h"

/* ---- lines ---- */

void pw_warn(pw_warnings_t *self, pw_text_t *sentence, const pw_node_t *node)
{
    if (node && node->line > 0)
        pw_text_printf(sentence, " [%s:%d]", node->file, node->line);
    pw_explain_wrap(pw_text_get(sentence), 2, 4, self->out);
    if (sentence->failed)
        self->status = PW_ERROR_MEMORY;
    pw_text_free(sentence);
    self->n++;
}

void pw_warn_name(const pw_spec_t *spec, int thing, int index, pw_text_t *text)
{
    const char *title = thing == PW_THING_SERVICE ? spec->services.item[index].title : NULL;
    if (title) {
        pw_text_append(text, title);
        return;
    }
    pw_text_printf(text, "the %s \"", pw_thing_names[thing]);
    pw_phrase_name(spec->names[thing].name[index], text);
    pw_text_append(text, "\"");
}

void pw_warn_begin(const pw_spec_t *spec, int thing, int index, pw_text_t *text)
{
    pw_warn_name(spec, thing, index, text);
    if (text->bytes && strncmp(text->bytes, "the ", 4) == 0)
        text->bytes[0] = 'T';
}

/* ---- what the scenario touches ---- */

/* A service is touched where who comes, how many can, or what it does is changed; its costs and conditions alone do not count. */
static bool mark(void *context, const pw_difference_t *at)
{
    pw_warnings_t *self = context;
    if (at->n_owners == 0)
        return false;
    const char *outer = at->owner[0].list->key, *key = at->n_owners > 1 ? at->owner[1].list->key : at->field->key;
    int index = at->owner[0].index;
    bool is_new = at->is_element && at->n_owners == 1 && at->kind == PW_DIFFERENCE_ADDED;
    if (strcmp(key, "costs") == 0 || strcmp(key, "requires") == 0 || strcmp(key, "title") == 0 || (at->is_element && at->n_owners == 1 && !is_new))
        return false;
    if (strcmp(outer, "services") == 0)
        self->service[index] = true;
    else if (strcmp(outer, "stages") == 0)
        self->stage[index] = true;
    else if (strcmp(outer, "teams") == 0)
        self->team[index] = true;
    else if (strcmp(outer, "information") == 0)
        self->form[index] = true;
    return false;
}

/* ---- nobody, nothing ---- */

static void warn_of_nobody(pw_warnings_t *self)
{
    const pw_spec_t *now = self->now;
    for (int s = 0; s < now->services.n; s++)
        if (self->service[s] && !now->services.item[s].is.removed && self->reach->started[s] == 0) {
            pw_text_t text = { 0 };
            pw_warn_begin(now, PW_THING_SERVICE, s, &text);
            pw_text_append(&text, " reaches nobody: in the short run not one family started it. Look at `offered`, `requires`, `uptake`, `places` and the "
                           "month in which it starts.");
            pw_warn(self, &text, now->services.item[s].is.node);
        }
    for (int s = 0; s < now->stages.n; s++)
        if (self->stage[s] && !now->stages.item[s].is.removed && self->reach->reached[s] == 0) {
            pw_text_t text = { 0 };
            pw_warn_begin(now, PW_THING_STAGE, s, &text);
            pw_text_append(&text, " is reached by nobody: in the short run not one case came to it.");
            pw_warn(self, &text, now->stages.item[s].is.node);
        }
}

static void warn_of_nothing(pw_warnings_t *self)
{
    bool any = false;
    for (int i = 0; i < PW_MAX_SERVICES; i++)
        any |= self->service[i];
    for (int i = 0; i < PW_MAX_STAGES; i++)
        any |= self->stage[i];
    if (!self->reach->same || !any)
        return;
    pw_text_t text = { 0 };
    pw_text_append(&text, "Nothing but the use of services and the money comes out otherwise at the estimates' values: in the short run every incident, "
                   "notification and decision was as "
                          "under the baseline. An effect whose value is 1 does nothing there; `run` draws it from its interval.");
    pw_warn(self, &text, NULL);
}

static bool is_form_used(const pw_spec_t *spec, int form)
{
    bool used = spec->police.sees == form;
    for (int s = 0; s < spec->stages.n; s++)
        used |= !spec->stages.item[s].is.removed && spec->stages.item[s].sees == form;
    return used;
}

static void warn_of_unread_forms(pw_warnings_t *self)
{
    for (int f = 0; f < self->now->information.n; f++)
        if (self->form[f] && !self->now->information.item[f].is.removed && !is_form_used(self->now, f)) {
            pw_text_t text = { 0 };
            pw_warn_begin(self->now, PW_THING_FORM, f, &text);
            pw_text_append(&text, " is read by nobody: no stage `sees` it, and nor do police.");
            pw_warn(self, &text, self->now->information.item[f].is.node);
        }
}

/* ---- no costs ---- */

static bool has_cost(const pw_spec_t *spec, const pw_costs_t *costs)
{
    for (int i = 0; i < costs->n; i++)
        for (int when = 0; when < 4 && !costs->item[i].is.removed; when++)
            for (int a = 0; costs->item[i].pounds[when].node && a < pw_spec_areas(spec); a++)
                if (costs->item[i].pounds[when].estimate[a] >= 0 || costs->item[i].pounds[when].number[a] > 0.0)
                    return true;
    return false;
}

static void warn_of_no_costs(pw_warnings_t *self)
{
    for (int s = 0; s < self->now->services.n; s++) {
        const pw_service_spec_t *service = &self->now->services.item[s];
        if (!self->service[s] || service->is.removed || has_cost(self->now, &service->costs))
            continue;
        pw_text_t text = { 0 };
        pw_warn_begin(self->now, PW_THING_SERVICE, s, &text);
        pw_text_append(&text, " costs nothing: nobody pays for it, so it will look better value than it is. Give it `costs`.");
        pw_warn(self, &text, service->is.node);
    }
}

/* ---- full from the first month ---- */

static void say_full(pw_warnings_t *self, int thing, int index, int area, const pw_first_month_t *now, const pw_first_month_t *before, const pw_node_t *node)
{
    char length[PW_NUMBER_ROOM], places[PW_NUMBER_ROOM];
    pw_text_t text = { 0 };
    pw_warn_begin(self->now, thing, index, &text);
    pw_text_printf(&text, " is full from %s in %s: in month %d after day 0, %s families were waiting on average for %s place%s",
                   now->month == 0 ? "the first month" : "the start",
                   pw_spec_area_name(self->now, area), now->month + 1, pw_number_significant(now->length, 2, length),
                   pw_number_significant(now->places, 2, places), now->places == 1.0 ? "" : "s");
    if (before->open)
        pw_text_printf(&text, " (under the baseline %s)", pw_number_significant(before->length, 2, length));
    pw_text_append(&text, ".");
    pw_warn(self, &text, node);
}

static bool is_full(const pw_first_month_t *month) { return month->open && month->length > 0.1 * month->places; }

static void warn_of_full(pw_warnings_t *self)
{
    const pw_spec_t *now = self->now;
    const pw_pilot_reach_t *reach = self->reach;
    for (int area = 0; area < pw_spec_areas(now); area++) {
        for (int t = 0; t < now->teams.n; t++)
            if (!now->teams.item[t].is.removed && is_full(&reach->team[area][t]) && (self->team[t] || !is_full(&reach->team_before[area][t])))
                say_full(self, PW_THING_TEAM, t, area, &reach->team[area][t], &reach->team_before[area][t], now->teams.item[t].is.node);
        for (int s = 0; s < now->services.n; s++)
            if (!now->services.item[s].is.removed && is_full(&reach->service[area][s]) && (self->service[s] || !is_full(&reach->service_before[area][s])))
                say_full(self, PW_THING_SERVICE, s, area, &reach->service[area][s], &reach->service_before[area][s], now->services.item[s].is.node);
    }
}

/* ---- all ---- */

static void measured(const pw_warnings_t *self, pw_text_t *out)
{
    pw_text_t line = { 0 };
    pw_text_printf(&line, "The short run: %lld world%s of %s, %d months from day 0, every estimate at its value. `run` says what is uncertain.",
                   (long long)self->reach->worlds,
                   self->reach->worlds == 1 ? "" : "s", pw_spec_areas(self->now) > 1 ? "all areas" : "the area", self->reach->months);
    pw_explain_wrap(pw_text_get(&line), 2, 2, out);
    pw_text_free(&line);
}

static void warn_of_all(pw_warnings_t *self, bool is_measured)
{
    if (is_measured)
        warn_of_nobody(self);
    if (is_measured)
        warn_of_nothing(self);
    pw_warn_of_slips(self);
    warn_of_unread_forms(self);
    pw_warn_of_twice(self);
    pw_warn_of_evidence(self);
    if (is_measured)
        warn_of_full(self);
    warn_of_no_costs(self);
}

pw_status_t pw_explain_warn(const pw_spec_t *before, const pw_spec_t *now, const pw_explain_pilot_t *pilot, pw_text_t *out, pw_findings_t *findings)
{
    pw_warnings_t *self = pw_alloc(1, sizeof *self);
    pw_pilot_reach_t *reach = pw_alloc(1, sizeof *reach);
    pw_status_t status = self && reach ? PW_OK : PW_ERROR_MEMORY;
    bool is_itself = strcmp(before->file, now->file) == 0;
    if (status == PW_OK && !is_itself && pilot->worlds > 0)
        status = pw_explain_pilot(before, now, pilot, reach, findings);
    if (status == PW_OK && !is_itself) {
        self->before = before;
        self->now = now;
        self->out = out;
        self->reach = pilot->worlds > 0 ? reach : NULL;
        pw_text_append(out, "\nWarnings\n");
        pw_difference_walk(before, now, mark, self);
        warn_of_all(self, pilot->worlds > 0);
        if (self->n == 0)
            pw_text_append(out, "  None.\n");
        if (self->reach)
            measured(self, out);
        status = out->failed ? PW_ERROR_MEMORY : self->status;
    }
    pw_free(self);
    pw_free(reach);
    return status;
}
