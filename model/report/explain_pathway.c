/* explain_pathway.c: what services, stages and teams do, in sentences. */
#include <stdio.h>
#include <string.h>

#include "explain_sentence.h"
#include "explain_words.h"

#define FIELD(type, base, field_) ((const type *)(const void *)((const char *)(base) + (field_)->at))

static const char *const payers[PW_PAYERS] = { "social care pays", "police pay", "specialist services pay", "health services pay", "wider society pays" };
static const char *const payers_no_longer[PW_PAYERS] = { "social care no longer pays", "police no longer pay", "specialist services no longer pay",
                                                         "health services no longer pay",
                                                         "wider society no longer pays" };
static const char *const targets[PW_EFFECT_TARGETS] = { "the rate of incidents", "the weight of injuries among incidents",
                                                        "the odds that an incident is reported to police",
                                                        "the rate of separations", "the odds that the victim engages", "the odds that the partner engages",
                                                        "the odds that staff approach the partner", "the odds that a child is present at an incident" };

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

/* The element of the innermost list, now and (NULL: new) before. */
static const void *element(const pw_saying_t *self) { return self->at->owner[self->at->n_owners - 1].item; }

static void quote(const pw_spec_t *spec, int thing, int index, pw_text_t *text)
{
    pw_text_append(text, "\"");
    pw_phrase_name(index >= 0 && index < spec->names[thing].n ? spec->names[thing].name[index] : "?", text);
    pw_text_append(text, "\"");
}

/* ---- effects ---- */

static void append_while(const pw_saying_t *self, const pw_effect_spec_t *effect, pw_text_t *text)
{
    bool is_stage = is(self->outer, "stages"), is_police = !is_stage && !is(self->outer, "services"), lasts = effect->lasts_days.node != NULL;
    if (lasts) {
        pw_text_append(text, "for ");
        pw_say_value(self, &effect->lasts_days, PW_UNIT_DAYS, text);
        pw_text_append(text, " ");
    }
    switch (effect->during) {
    case PW_DURING_ATTENDING: pw_text_append(text, lasts ? "of attending it" : is_stage ? "while the family is in it" : "while it is attended"); break;
    case PW_DURING_AFTER_COMPLETION: pw_text_append(text, is_stage ? "after its end" : "after it is completed"); break;
    case PW_DURING_AFTER_DROPOUT: pw_text_append(text, is_stage ? "after it is interrupted" : "after a family drops out of it"); break;
    default: pw_text_append(text, is_police ? "after police removed the partner" : is_stage ? "from its start on" : "from the first attendance on"); break;
    }
}

static void append_target(const pw_saying_t *self, const pw_effect_spec_t *effect, pw_text_t *text)
{
    pw_text_append(text, effect->on >= 0 ? targets[effect->on] : "?");
    if (effect->only_setting == 1)
        pw_text_append(text, " at child contact");
    if (effect->only_if[0] | effect->only_if[1]) {
        pw_text_append(text, ", ");
        pw_phrase_conditions(self->page->now, effect->only_if, NULL, text);
        pw_text_append(text, ",");
    }
}

static bool say_effect(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    const pw_effect_spec_t *effect = element(self), *before = at->from;
    bool is_police = !is(self->outer, "stages") && !is(self->outer, "services");
    pw_text_t text = { 0 };
    if (at->is_element && at->kind == PW_DIFFERENCE_REMOVED) {
        pw_text_append(&text, is_police ? "a removal of the partner no longer acts on " : "it no longer acts on ");
        append_target(self, effect, &text);
        pw_text_append(&text, ", ");
        append_while(self, effect, &text);
    } else if (at->is_element || is(at->field->key, "ratio")) {
        append_while(self, effect, &text);
        pw_text_append(&text, ", ");
        append_target(self, effect, &text);
        pw_text_append(&text, effect->on == PW_ON_INCIDENT_RATE || effect->on == PW_ON_SEPARATION || effect->on == PW_ON_SEVERITY ? " is multiplied by "
                       : " are multiplied by ");
        pw_say_value(self, &effect->ratio, PW_UNIT_RATIO, &text);
        pw_say_instead(self, at->is_element ? NULL : &before->ratio, PW_UNIT_RATIO, &text);
    } else if (is(at->field->key, "lasts_days")) {
        pw_text_append(&text, is_police ? "the effect of a removal of the partner on " : "its effect on ");
        append_target(self, effect, &text);
        pw_text_append(&text, " lasts ");
        pw_say_value(self, &effect->lasts_days, PW_UNIT_DAYS, &text);
        pw_say_instead(self, before->lasts_days.node ? &before->lasts_days : NULL, PW_UNIT_DAYS, &text);
    } else {
        return false;
    }
    pw_say(self, &text, at->is_element && effect->ratio.node && at->kind == PW_DIFFERENCE_ADDED ? effect->ratio.node : at->node);
    return true;
}

/* ---- costs ---- */

static const char *for_what(const pw_saying_t *self, int when)
{
    static const char *const of_service[] = { "for each family that starts", "for each day that a family attends", "for each place and year, used or not",
                                              "once in each area, to set it up" };
    static const char *const of_stage[] = { "each time a family enters", "for each day that a family is in it", "", "" };
    if (is(self->outer, "services") || is(self->outer, "teams"))
        return of_service[when];
    if (is(self->outer, "stages"))
        return of_stage[when];
    return strncmp(self->at->path, "police", 6) == 0 ? "for each incident that they attend" : strstr(self->at->path, "injury_costs")
           ? "for each incident with an injury" : "for each incident";
}

static void say_pounds(const pw_saying_t *self, const pw_cost_spec_t *cost, int when, const pw_cost_spec_t *before)
{
    static const char *const kinds[PW_MONEYS] = { "money that is spent (cashable)", "staff time (capacity)", "value to society" };
    pw_text_t text = { 0 };
    pw_text_printf(&text, "%s ", payers[cost->payer]);
    pw_say_value(self, &cost->pounds[when], PW_UNIT_POUNDS, &text);
    pw_say_instead(self, before && before->pounds[when].node ? &before->pounds[when] : NULL, PW_UNIT_POUNDS, &text);
    pw_text_printf(&text, " %s", for_what(self, when));
    if (cost->is.name && cost->is.name[0]) {
        pw_text_append(&text, " (");
        pw_phrase_name(cost->is.name, &text);
        pw_text_append(&text, ")");
    }
    if (!before && cost->counts_as >= 0)
        pw_text_printf(&text, ": %s", kinds[cost->counts_as]);
    pw_say(self, &text, cost->pounds[when].node);
}

static bool say_cost(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    const pw_cost_spec_t *cost = element(self);
    if (cost->payer < 0)
        return false;
    if (at->is_element && at->kind == PW_DIFFERENCE_REMOVED) {
        pw_text_t text = { 0 };
        bool is_thing = is(self->outer, "services") || is(self->outer, "stages") || is(self->outer, "teams");
        pw_text_printf(&text, "%s %s", payers_no_longer[cost->payer], is_thing ? "for it" : for_what(self, 0));
        pw_say(self, &text, at->node);
        return true;
    }
    for (int when = 0; when < 4; when++)
        if (at->is_element ? cost->pounds[when].node != NULL : &cost->pounds[when] == (const void *)((const char *)at->to + at->field->at))
            say_pounds(self, cost, when, at->is_element ? NULL : at->from);
    return at->is_element || strstr(at->field->key, "pounds");
}

/* ---- offers, exits, interruptions ---- */

static bool say_offer(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    const pw_offer_spec_t *offer = element(self), *before = at->is_element ? NULL : at->from;
    pw_text_t when = { 0 }, odds = { 0 };
    pw_phrase_offer_point(self->page->now, offer->at, &when);
    if (at->is_element && at->kind == PW_DIFFERENCE_REMOVED) {
        pw_text_printf(&odds, "it is no longer offered %s", pw_text_get(&when));
        pw_say(self, &odds, at->node);
    } else {
        pw_text_printf(&odds, "the odds of being offered it %s are", pw_text_get(&when));
        pw_text_append(&when, ", ");
        pw_say_chance(self, before ? &before->chance : NULL, &offer->chance, pw_text_get(&when), " of the eligible families are offered it",
                      pw_text_get(&odds));
    }
    pw_text_free(&when);
    pw_text_free(&odds);
    return true;
}

static bool say_exit(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    const pw_exit_spec_t *exit = element(self), *before = at->is_element ? NULL : at->from;
    pw_text_t to = { 0 }, after = { 0 }, odds = { 0 };
    quote(self->page->now, PW_THING_STAGE, exit->to, &to);
    if (at->is_element && at->kind == PW_DIFFERENCE_REMOVED) {
        pw_text_printf(&after, "nobody goes on from it to %s any more", pw_text_get(&to));
        pw_say(self, &after, at->node);
    } else {
        pw_text_printf(&after, " of the families that leave it go on to %s", pw_text_get(&to));
        pw_text_printf(&odds, "the weight of going on to %s is", pw_text_get(&to));
        pw_say_chance(self, before ? &before->weight : NULL, &exit->weight, "", pw_text_get(&after), pw_text_get(&odds));
    }
    pw_text_free(&to);
    pw_text_free(&after);
    pw_text_free(&odds);
    return true;
}

static bool say_interrupt(const pw_saying_t *self)
{
    static const char *const events[PW_INTERRUPT_EVENTS] = { "after an incident", "when a notification arrives", "when a separation is reported",
                                                             "when the couple reunites",
                                                             "when the partner disengages", "when the victim disengages" };
    const pw_difference_t *at = self->at;
    const pw_interrupt_spec_t *interrupt = element(self), *before = at->is_element ? NULL : at->from;
    if (interrupt->event < 0)
        return false;
    pw_text_t first = { 0 }, after = { 0 };
    if (!at->is_element && is(at->field->key, "to")) {
        pw_text_printf(&first, "%s, families that leave it at once go to ", events[interrupt->event]);
        quote(self->page->now, PW_THING_STAGE, interrupt->to, &first);
        pw_text_append(&first, " instead of ");
        quote(self->page->before, PW_THING_STAGE, before->to, &first);
        pw_say(self, &first, at->node);
    } else if (at->is_element && at->kind == PW_DIFFERENCE_REMOVED) {
        pw_text_printf(&first, "nothing ends it early any more %s", events[interrupt->event]);
        pw_say(self, &first, at->node);
    } else {
        pw_text_printf(&first, "%s, ", events[interrupt->event]);
        pw_text_append(&after, " of the families in it go to ");
        quote(self->page->now, PW_THING_STAGE, interrupt->to, &after);
        pw_text_append(&after, " at once");
        pw_say_chance(self, before ? &before->chance : NULL, &interrupt->chance, pw_text_get(&first), pw_text_get(&after), "the odds of this are");
    }
    pw_text_free(&first);
    pw_text_free(&after);
    return true;
}

/* ---- services, stages, teams ---- */

static void say_places(const pw_saying_t *self)
{
    const pw_field_t *field = self->at->field;
    const pw_setting_t *places = FIELD(pw_setting_t, self->at->to, field);
    pw_text_t text = { 0 };
    bool one = !places->unlimited && places->estimate[0] < 0 && places->number[0] == 1.0;
    pw_text_append(&text, one ? "there is " : "there are ");
    pw_say_value(self, places, PW_UNIT_PLACES, &text);
    pw_say_instead(self, self->at->from ? FIELD(pw_setting_t, self->at->from, field) : NULL, PW_UNIT_NUMBER, &text);
    pw_say(self, &text, places->node);
}

static void say_more_places(const pw_saying_t *self)
{
    const pw_field_t *field = self->at->field;
    const pw_setting_t *more = FIELD(pw_setting_t, self->at->to, field);
    pw_text_t text = { 0 };
    pw_text_append(&text, "on top of its places there are ");
    pw_say_value(self, more, PW_UNIT_PLACES, &text);
    pw_say_instead(self, self->at->from ? FIELD(pw_setting_t, self->at->from, field) : NULL, PW_UNIT_NUMBER, &text);
    pw_say(self, &text, more->node);
}

static void say_time(const pw_saying_t *self, const char *before, const char *exactly, const char *at_most)
{
    const pw_field_t *field = self->at->field;
    const pw_length_t *length = FIELD(pw_length_t, self->at->to, field), *old = self->at->from ? FIELD(pw_length_t, self->at->from, field) : NULL;
    pw_text_t text = { 0 };
    pw_text_append(&text, before);
    pw_phrase_length(self->page->now, length, exactly, at_most, self->page->used, &text);
    if (old && old->node) {
        pw_text_append(&text, ", instead of ");
        pw_phrase_length(self->page->before, old, exactly, at_most, NULL, &text);
    }
    pw_say(self, &text, length->node);
}

static void append_eligible(const pw_spec_t *spec, const pw_service_spec_t *service, pw_text_t *text)
{
    if (service->need_one[0] | service->need_one[1] | service->need_zero[0] | service->need_zero[1])
        pw_phrase_conditions(spec, service->need_one, service->need_zero, text);
    else
        pw_text_append(text, "without any condition");
}

static void say_requires(const pw_saying_t *self)
{
    const pw_service_spec_t *service = self->at->to, *before = self->at->from;
    uint64_t one[2], zero[2], lost = 0;
    pw_text_t text = { 0 };
    for (int w = 0; w < 2; w++) {
        one[w] = service->need_one[w] & ~(before ? before->need_one[w] : 0);
        zero[w] = service->need_zero[w] & ~(before ? before->need_zero[w] : 0);
        lost |= before ? (before->need_one[w] & ~service->need_one[w]) | (before->need_zero[w] & ~service->need_zero[w]) : 0;
    }
    if (before && !lost) {
        pw_text_append(&text, "it is now offered only ");
        pw_phrase_conditions(self->page->now, one, zero, &text);
        pw_text_append(&text, ", besides what was required before");
    } else {
        pw_text_append(&text, "it is for families ");
        append_eligible(self->page->now, service, &text);
        if (before) {
            pw_text_append(&text, " instead of families ");
            append_eligible(self->page->before, before, &text);
        }
    }
    pw_say(self, &text, self->at->node);
}

static void say_attends(const pw_saying_t *self)
{
    static const char *const who[] = { "the family", "the victim", "the partner", "a child" };
    const pw_service_spec_t *service = self->at->to, *before = self->at->from;
    pw_text_t text = { 0 };
    if (service->attends < 0)
        return;
    pw_text_printf(&text, "%s attends it", who[service->attends]);
    if (before && before->attends >= 0)
        pw_text_printf(&text, " instead of %s", who[before->attends]);
    if (service->attends == PW_ATTENDS_PARTNER || service->attends == PW_ATTENDS_VICTIM)
        pw_text_printf(&text, ", and counts as engaged in the eyes of social services meanwhile");
    pw_say(self, &text, self->at->node);
}

static bool say_of_service(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    const char *key = at->field->key;
    const pw_service_spec_t *service = at->to, *before = at->from;
    pw_text_t text = { 0 };
    if (is(key, "name") || (is(key, "title") && !before))
        return true;
    if (is(key, "title")) {
        pw_text_printf(&text, "its title is \"%s\" instead of \"%s\"", service->title ? service->title : "", before->title ? before->title : "");
        pw_say(self, &text, at->node);
    } else if (is(key, "attends"))
        say_attends(self);
    else if (is(key, "requires"))
        say_requires(self);
    else if (is(key, "patience"))
        say_time(self, "families that wait for a place give up ", "after ", "within ");
    else if (is(key, "duration"))
        say_time(self, "it is attended for ", "", "up to ");
    else if (is(key, "uptake"))
        pw_say_chance(self, before ? &before->uptake : NULL, &service->uptake, "", " of those who are offered it take it up", "the odds of taking it up are");
    else if (is(key, "completes"))
        pw_say_chance(self, before ? &before->completes : NULL, &service->completes, "", " of those who start it complete it", "the odds of completing it are");
    else if (is(key, "again")) {
        pw_text_append(&text, service->again ? "a family may take it up again after it ended" : "a family may take it up only once");
        pw_say(self, &text, at->node);
    } else if (is(key, "from_month")) {
        pw_text_append(&text, "it is offered from month ");
        pw_phrase_number(service->from_month.number[0], PW_UNIT_NUMBER, &text);
        pw_text_append(&text, " on");
        pw_say(self, &text, at->node);
    } else {
        return false;
    }
    return true;
}

static bool say_of_stage(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    const char *key = at->field->key;
    const pw_stage_spec_t *stage = at->to, *before = at->from;
    pw_text_t text = { 0 };
    if (is(key, "name"))
        return true;
    if (is(key, "duration")) {
        say_time(self, stage->team >= 0 ? "the work takes " : "it takes ", "", "up to ");
    } else if (is(key, "sees") && stage->sees >= 0) {
        pw_text_append(&text, "what is decided there is decided on the form ");
        quote(self->page->now, PW_THING_FORM, stage->sees, &text);
        if (before && before->sees >= 0) {
            pw_text_append(&text, " instead of ");
            quote(self->page->before, PW_THING_FORM, before->sees, &text);
        }
        pw_say(self, &text, at->node);
    } else if (is(key, "team") && stage->team >= 0) {
        pw_text_append(&text, "its work is done by the team ");
        quote(self->page->now, PW_THING_TEAM, stage->team, &text);
        if (before && before->team >= 0) {
            pw_text_append(&text, " instead of ");
            quote(self->page->before, PW_THING_TEAM, before->team, &text);
        }
        pw_say(self, &text, at->node);
    } else if (is(key, "worked")) {
        pw_text_append(&text, stage->worked ? "staff work with the families in it: they may engage, and report a separation"
                       : "staff do not work with the families in it");
        pw_say(self, &text, at->node);
    } else if (is(key, "counts_as") && stage->counts_as >= 0) {
        pw_text_append(&text, "the tables count it as \"");
        pw_phrase_name(at->field->words->word[stage->counts_as], &text);
        pw_text_append(&text, "\"");
        pw_say(self, &text, at->node);
    } else if (is(key, "load")) {
        pw_text_append(&text, "a case in it takes ");
        pw_say_value(self, &stage->load, PW_UNIT_NUMBER, &text);
        pw_text_append(&text, " of a place of its team");
        pw_say_instead(self, before ? &before->load : NULL, PW_UNIT_NUMBER, &text);
        pw_say(self, &text, at->node);
    } else if (is(key, "statutory_days")) {
        pw_text_append(&text, "it should be done within ");
        pw_say_value(self, &stage->statutory_days, PW_UNIT_DAYS, &text);
        pw_say_instead(self, before && before->statutory_days.node ? &before->statutory_days : NULL, PW_UNIT_DAYS, &text);
        pw_text_append(&text, ", the wait included");
        pw_say(self, &text, at->node);
    } else {
        return false;
    }
    return true;
}

static bool say_police_form(const pw_saying_t *self)
{
    const pw_spec_t *now = self->page->now, *before = self->page->before;
    pw_text_t text = { 0 };
    if (now->police.sees < 0)
        return false;
    pw_text_append(&text, "police decide on the form ");
    quote(now, PW_THING_FORM, now->police.sees, &text);
    pw_text_append(&text, " instead of on ");
    if (before->police.sees >= 0)
        quote(before, PW_THING_FORM, before->police.sees, &text);
    else
        pw_text_append(&text, "everything as it is");
    pw_say(self, &text, self->at->node);
    return true;
}

static bool say_removal(const pw_saying_t *self)
{
    pw_text_t text = { 0 };
    pw_text_append(&text, "it is taken out");
    pw_say(self, &text, self->at->node);
    return true;
}

static bool is_schedule(const pw_difference_t *at) { return !at->is_element && is(at->field->key, "schedule"); }

static bool say_schedule(const pw_saying_t *self)
{
    const pw_schedule_t *schedule = FIELD(pw_schedule_t, self->at->to, self->at->field);
    pw_text_t text = { 0 };
    for (int i = 0; i < schedule->n; i++) {
        pw_text_append(&text, i == 0 ? "its places follow a schedule: from month " : ", from month ");
        pw_phrase_number(schedule->item[i].from_month.number[0], PW_UNIT_NUMBER, &text);
        pw_text_append(&text, " on ");
        pw_say_value(self, &schedule->item[i].places, PW_UNIT_PLACES, &text);
    }
    if (schedule->n == 0)
        pw_text_append(&text, "its places no longer follow a schedule");
    pw_say(self, &text, self->at->node);
    return true;
}

bool pw_say_pathway(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    bool is_thing = is(self->outer, "services") || is(self->outer, "stages") || is(self->outer, "teams");
    if (is(self->key, "effects"))
        return say_effect(self);
    if (is(self->key, "costs") || is(self->key, "injury_costs"))
        return say_cost(self);
    if (is(at->path, "police.sees"))
        return say_police_form(self);
    if (!is_thing)
        return false;
    if (at->n_owners == 1 && at->is_element && at->kind == PW_DIFFERENCE_REMOVED)
        return say_removal(self);
    if (is(self->key, "offered"))
        return say_offer(self);
    if (is(self->key, "choice"))
        return say_exit(self);
    if (is(self->key, "on"))
        return say_interrupt(self);
    if (is_schedule(at))
        return say_schedule(self);
    if (is(at->field->key, "places")) {
        say_places(self);
        return true;
    }
    if (is(at->field->key, "more_places")) {
        say_more_places(self);
        return true;
    }
    return is(self->outer, "services") ? say_of_service(self) : is(self->outer, "stages") ? say_of_stage(self) : is(at->field->key, "name");
}
