#include "explain_sentence.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "../base/number.h"
#include "explain_words.h"

/* ---- helpers ---- */

static bool is_of_baseline(const pw_saying_t *self, const pw_node_t *node)
{
    const pw_node_t *tree = self->page->before->tree;
    for (int i = 0; i < tree->n_files; i++)
        if (node->file && strcmp(tree->files[i], node->file) == 0)
            return true;
    return false;
}

/* A group that the baseline has keeps its place there; what a scenario says of it stands inside. */
static const pw_node_t *said_where(const pw_saying_t *self, const pw_node_t *node)
{
    for (int i = 0; node && is_of_baseline(self, node) && i < node->n; i++)
        if (!is_of_baseline(self, node->child[i]))
            return node->child[i];
    return node;
}

void pw_say(const pw_saying_t *self, pw_text_t *text, const pw_node_t *node)
{
    if (text->n > 0 && text->bytes)
        text->bytes[0] = (char)toupper((unsigned char)text->bytes[0]);
    pw_text_append(text, ".");
    pw_explain_add(self->page, self->section, self->heading, text, said_where(self, node));
    self->page->changes++;
    pw_text_free(text);
}

void pw_say_instead(const pw_saying_t *self, const pw_setting_t *before, int unit, pw_text_t *text)
{
    if (!before)
        return;
    pw_text_append(text, " instead of ");
    pw_phrase_setting(self->page->before, before, unit, NULL, text);
}

void pw_say_value(const pw_saying_t *self, const pw_setting_t *setting, int unit, pw_text_t *text)
{
    pw_phrase_setting(self->page->now, setting, unit, self->page->used, text);
}

/* ---- chances ---- */

static void say_term(const pw_saying_t *self, const pw_term_t *before, const pw_term_t *term, const char *odds)
{
    pw_text_t text = { 0 };
    pw_phrase_where(self->page->now, term->covariate, &text);
    pw_text_printf(&text, ", %s multiplied by ", odds);
    pw_say_value(self, &term->ratio, PW_UNIT_RATIO, &text);
    pw_say_instead(self, before ? &before->ratio : NULL, PW_UNIT_RATIO, &text);
    pw_say(self, &text, term->node);
}

static void say_lost_term(const pw_saying_t *self, const pw_term_t *term, const char *odds, const pw_node_t *node)
{
    pw_text_t text = { 0 };
    pw_phrase_where(self->page->before, term->covariate, &text);
    pw_text_printf(&text, ", %s no longer multiplied by ", odds);
    pw_phrase_setting(self->page->before, &term->ratio, PW_UNIT_RATIO, NULL, &text);
    pw_say(self, &text, node);
}

/* "all of the eligible families" rather than "100 per 100 of" them; NULL: neither all nor none. */
static const char *all_or_none(const pw_spec_t *spec, const pw_setting_t *setting)
{
    bool all = !setting->remainder, none = all;
    for (int a = 0; a < pw_spec_areas(spec); a++) {
        all = all && setting->estimate[a] < 0 && setting->number[a] == 100.0;
        none = none && setting->estimate[a] < 0 && setting->number[a] == 0.0;
    }
    return all ? "all" : none ? "none" : NULL;
}

void pw_say_chance(const pw_saying_t *self, const pw_chance_t *from, const pw_chance_t *to, const char *before, const char *after, const char *odds)
{
    const pw_spec_t *then = self->page->before, *now = self->page->now;
    if (!from || !pw_setting_same(then, &from->base, now, &to->base)) {
        pw_text_t text = { 0 };
        pw_text_append(&text, before);
        const char *whole = strncmp(after, " of th", 6) == 0 ? all_or_none(now, &to->base) : NULL;
        if (whole)
            pw_text_append(&text, whole);
        else
            pw_say_value(self, &to->base, to->unit, &text);
        pw_text_append(&text, after);
        pw_say_instead(self, from && from->node ? &from->base : NULL, to->unit, &text);
        pw_say(self, &text, to->base.node ? to->base.node : to->node);
    }
    for (int i = 0; i < to->n_terms; i++) {
        const pw_term_t *old = from ? pw_chance_term(from, to->term[i].covariate) : NULL;
        if (!old || !pw_setting_same(then, &old->ratio, now, &to->term[i].ratio))
            say_term(self, old, &to->term[i], odds);
    }
    for (int i = 0; from && i < from->n_terms; i++)
        if (!pw_chance_term(to, from->term[i].covariate))
            say_lost_term(self, &from->term[i], odds, to->node);
    if (from ? memcmp(from->only_if, to->only_if, sizeof to->only_if) != 0 : (to->only_if[0] | to->only_if[1]) != 0) {
        pw_text_t text = { 0 };
        pw_text_append(&text, "this can happen only ");
        pw_phrase_conditions(now, to->only_if, NULL, &text);
        pw_say(self, &text, to->node);
    }
}

/* Chances that have words of their own, by the end of their path. */
static const struct { const char *path, *before, *after, *odds; } chances[] = {
    { "police.notifies", "police notify social services of ", " of the incidents that they attend", "the odds of a notification are" },
    { "police.removes_partner", "police remove the partner after ", " of the incidents that they attend", "the odds of a removal are" },
    { "police.speaks_to_child", "police speak to a child at ", " of the incidents that they attend where this is possible",
      "the odds that police speak to a child are" },
    { "engagement.victim_engages", "", " of victims engage when staff start to work with the family", "the odds that the victim engages are" },
    { "engagement.partner_approached", "when staff start to work with a family, they approach the partner in ", " cases",
      "the odds that the partner is approached are" },
    { "engagement.partner_engages", "", " of the partners who are approached engage", "the odds that the partner engages are" },
    { "engagement.victim_disengages", "engaged victims end it at a rate of ", "", "the rate at which engaged victims end it is" },
    { "engagement.partner_disengages", "engaged partners end it at a rate of ", "", "the rate at which engaged partners end it is" },
    { "couple.separates", "couples separate at a rate of ", "", "the rate of separations is" },
    { "couple.reunites", "separated couples reunite at a rate of ", "", "the rate of reunions is" },
    { "other_referrals", "other agencies refer families at a rate of ", "", "the rate of referrals is" },
    { "couple.reports_separation.when_it_happens", "", " of the separations during a case are told to social services",
      "the odds that a separation is told are" },
    { "couple.reports_separation.at_stage_entry", "", " of the couples that are separated say so when staff start to work with the family",
      "the odds that they say so are" },
    { "couple.reports_separation.false_reports", "couples that are together say that they have separated at a rate of ", "", "the rate of such reports is" },
    { "leaving.moves_away", "families leave the area at a rate of ", "", "the rate of leaving is" },
    { "leaving.births", "children are born at a rate of ", "", "the rate of births is" },
    { "incidents.at_contact", "", " of the incidents where this is possible happen at child contact", "the odds that an incident happens there are" },
    { "incidents.child_injured", "a child is injured at ", " of the incidents where this is possible", "the odds that a child is injured are" },
    { "incidents.child_present", "a child is present at ", " of incidents", "the odds that a child is present are" },
    { "incidents.reported", "", " of incidents are reported to police", "the odds of a report are" },
};

static void say_any_chance(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    const pw_chance_t *to = (const void *)((const char *)at->to + at->field->at);
    const pw_chance_t *from = at->from ? (const void *)((const char *)at->from + at->field->at) : NULL;
    char before[PW_TREE_PATH + 300], odds[PW_TREE_PATH + 40];
    for (size_t i = 0; i < sizeof chances / sizeof chances[0]; i++)
        if (strcmp(chances[i].path, at->path) == 0) {
            pw_say_chance(self, from, to, chances[i].before, chances[i].after, chances[i].odds);
            return;
        }
    if (strcmp(self->outer, "attributes") == 0 && at->n_owners == 1) {
        pw_say_chance(self, from, to, "", " of families have it when they enter", "the odds of having it are");
        return;
    }
    snprintf(before, sizeof before, "the setting %.*s (%.250s) is ", PW_TREE_PATH, at->path, at->field->meaning);
    snprintf(odds, sizeof odds, "%s of %.*s is", to->unit == PW_UNIT_PERCENT ? "the odds" : to->unit == PW_UNIT_PER_YEAR ? "the rate" : "the weight",
             PW_TREE_PATH, at->path);
    pw_say_chance(self, from, to, before, "", odds);
}

/* ---- what has no words of its own ---- */

static void append_bits(const pw_spec_t *spec, const uint64_t bits[2], pw_text_t *text)
{
    if ((bits[0] | bits[1]) == 0)
        pw_text_append(text, "everywhere");
    else
        pw_phrase_conditions(spec, bits, NULL, text);
}

static void append_numbers(const pw_numbers_t *numbers, pw_text_t *text)
{
    char number[PW_NUMBER_ROOM];
    for (int i = 0; i < numbers->n; i++)
        pw_text_printf(text, "%s%s", i ? ", " : "", pw_number_shortest(numbers->value[i], number));
}

static void append_name(const pw_spec_t *spec, int thing, int index, pw_text_t *text)
{
    if (index < 0 || index >= spec->names[thing].n) {
        pw_text_append(text, "none");
        return;
    }
    pw_text_append(text, "\"");
    pw_phrase_name(spec->names[thing].name[index], text);
    pw_text_append(text, "\"");
}

static void append_any(const pw_saying_t *self, const pw_spec_t *spec, const void *from, bool *used, pw_text_t *text)
{
    const pw_field_t *field = self->at->field;
    const char *there = (const char *)from + field->at;
    switch (field->kind) {
    case PW_FIELD_SETTING:
    case PW_FIELD_FIXED:
    case PW_FIELD_PLACES: pw_phrase_setting(spec, (const void *)there, field->unit, used, text); break;
    case PW_FIELD_TEXT: pw_text_printf(text, "\"%s\"", *(const char *const *)(const void *)there ? *(const char *const *)(const void *)there : ""); break;
    case PW_FIELD_FLAG: pw_text_append(text, *(const bool *)there ? "true" : "false"); break;
    case PW_FIELD_WORD: {
        int word = *(const int *)(const void *)there;
        pw_text_printf(text, "\"%s\"", word >= 0 ? field->words->word[word] : "");
        break;
    }
    case PW_FIELD_NAME: append_name(spec, field->unit, *(const int *)(const void *)there, text); break;
    case PW_FIELD_LENGTH: pw_phrase_length(spec, (const void *)there, "", "up to ", used, text); break;
    case PW_FIELD_BITS: append_bits(spec, (const void *)there, text); break;
    case PW_FIELD_NUMBERS: append_numbers((const void *)there, text); break;
    case PW_FIELD_LIST: {
        int n = *(const int *)(const void *)there;      /* every PW_LIST begins with its number */
        pw_text_printf(text, n == 0 ? "empty" : n == 1 ? "a list of 1" : "a list of %d", n);
        break;
    }
    default: pw_text_append(text, "otherwise"); break;
    }
}

/* Earlier attributes that an attribute needs, or that rule it out. */
static bool say_given(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    bool needs = strcmp(at->field->key, "given") == 0;
    const uint64_t *bits = (const uint64_t *)(const void *)((const char *)at->to + (at->is_element ? 0 : at->field->at));
    pw_text_t text = { 0 };
    if (at->is_element || strcmp(self->outer, "attributes") != 0 || !(needs || strcmp(at->field->key, "given_not") == 0))
        return false;
    if ((bits[0] | bits[1]) == 0) {
        pw_text_append(&text, needs ? "no other attribute is needed to have it any more" : "no other attribute rules it out any more");
    } else {
        pw_text_append(&text, needs ? "only families " : "no family ");
        pw_phrase_conditions(self->page->now, bits, NULL, &text);
        pw_text_append(&text, " can have it");
    }
    pw_say(self, &text, at->node);
    return true;
}

static void say_any(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    pw_text_t text = { 0 };
    if (at->is_element) {
        pw_text_printf(&text, "%s %s", at->path, at->kind == PW_DIFFERENCE_REMOVED ? "is taken out" : "is new");
        pw_say(self, &text, at->node);
        return;
    }
    pw_text_printf(&text, "the setting %s (%s) is ", at->path, at->field->meaning);
    if (at->field->kind == PW_FIELD_STAGE_OR_CHOICE) {
        pw_text_append(&text, "not what it was");
        pw_say(self, &text, at->node);
        return;
    }
    append_any(self, self->page->now, at->to, self->page->used, &text);
    if (at->from) {
        pw_text_append(&text, " instead of ");
        append_any(self, self->page->before, at->from, NULL, &text);
    }
    pw_say(self, &text, at->node);
}

/* ---- what a form records ---- */

static const pw_seen_t *find_seen(const pw_seens_t *seens, int bit)
{
    for (int i = 0; seens && i < seens->n; i++)
        if (seens->item[i].bit == bit)
            return &seens->item[i];
    return NULL;
}

static void say_seens(const pw_saying_t *self)
{
    const pw_difference_t *at = self->at;
    const pw_seens_t *to = (const void *)((const char *)at->to + at->field->at), *from = at->from ? (const void *)((const char *)at->from + at->field->at)
        : NULL;
    bool invents = strcmp(at->field->key, "invents_percent") == 0;
    for (int i = 0; i < to->n; i++) {
        const pw_seen_t *seen = &to->item[i], *before = find_seen(from, seen->bit);
        pw_text_t text = { 0 };
        if (before && pw_setting_same(self->page->before, &before->percent, self->page->now, &seen->percent))
            continue;
        pw_text_append(&text, "where ");
        pw_phrase_covariate(self->page->now, seen->bit, !invents, &text);
        pw_text_append(&text, invents ? ", the form says otherwise for " : ", the form records it for ");
        pw_say_value(self, &seen->percent, PW_UNIT_PERCENT, &text);
        pw_say_instead(self, before ? &before->percent : NULL, PW_UNIT_PERCENT, &text);
        pw_say(self, &text, seen->node);
    }
}

/* ---- sections and headings ---- */

static int section_of(const pw_difference_t *at)
{
    static const struct { const char *top; int section; } sections[] = { { "services", PW_EXPLAIN_SERVICES }, { "stages", PW_EXPLAIN_STAGES },
                                                                         { "teams", PW_EXPLAIN_TEAMS },
                                                                         { "information", PW_EXPLAIN_INFORMATION }, { "police", PW_EXPLAIN_POLICE },
                                                                         { "risk", PW_EXPLAIN_INFORMATION }, { "money", PW_EXPLAIN_COSTS } };
    for (int i = 0; i < at->n_owners; i++)
        if (strcmp(at->owner[i].list->key, "costs") == 0 || strcmp(at->owner[i].list->key, "injury_costs") == 0)
            return PW_EXPLAIN_COSTS;
    size_t n = strcspn(at->path, ".");
    for (size_t i = 0; i < sizeof sections / sizeof sections[0]; i++)
        if (strlen(sections[i].top) == n && strncmp(at->path, sections[i].top, n) == 0)
            return sections[i].section;
    return PW_EXPLAIN_FAMILIES;
}

static void head(pw_saying_t *self, const pw_difference_t *at)
{
    static const char *const things[] = { "services", "stages", "teams", "information", "attributes" };
    pw_text_t text = { 0 };
    bool is_thing = false;
    self->heading[0] = '\0';
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++)
        is_thing |= strcmp(self->outer, things[i]) == 0;
    if (!is_thing)
        return;
    const pw_item_t *item = at->owner[0].item;
    const pw_node_t *title = pw_tree_child(item->node, "title"), *before = pw_tree_child(at->before->tree, self->outer);
    if (!item->name)
        return;
    if (title && title->kind == PW_NODE_TEXT)
        pw_text_append(&text, title->text);
    else {
        pw_text_printf(&text, "The %s \"", at->owner[0].list->schema->one);
        pw_phrase_name(item->name, &text);
        pw_text_append(&text, "\"");
    }
    bool is_new = at->owner[0].index >= (before ? before->n : 0);
    pw_text_printf(&text, " (%s.%s)%s", self->outer, item->name, is_new ? ", new" : "");
    snprintf(self->heading, sizeof self->heading, "%s", pw_text_get(&text));
    pw_text_free(&text);
}

static bool is_about(const pw_difference_t *at)
{
    static const char *const about[] = { "schema", "name", "title", "rationale", "source", "from_month" };
    for (size_t i = 0; i < sizeof about / sizeof about[0]; i++)
        if (at->n_owners == 0 && strcmp(at->path, about[i]) == 0)
            return true;
    return false;
}

bool pw_explain_visit(void *context, const pw_difference_t *difference)
{
    pw_saying_t self = { .page = context, .at = difference };
    if (is_about(difference))
        return false;
    self.section = section_of(difference);
    self.outer = difference->n_owners > 0 ? difference->owner[0].list->key : "";
    self.key = difference->n_owners > 0 ? difference->owner[difference->n_owners - 1].list->key : "";
    head(&self, difference);
    bool is_thing = difference->is_element && difference->kind == PW_DIFFERENCE_ADDED && difference->n_owners == 1 && self.heading[0];
    if (is_thing)
        return true;
    if (!difference->from && !difference->is_element && strcmp(difference->field->key, "name") == 0)
        return false;
    if (difference->field->kind == PW_FIELD_SEES)
        say_seens(&self);
    else if (pw_say_pathway(&self) || say_given(&self))
        return false;
    else if (!difference->is_element && (difference->field->kind == PW_FIELD_CHANCE || difference->field->kind == PW_FIELD_CHANCE_HERE))
        say_any_chance(&self);
    else
        say_any(&self);
    return false;
}
