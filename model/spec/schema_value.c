/* The walk's leaves: numbers, lengths of time, words and names. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "schema.h"
#include "schema_walk.h"

/* What people call each unit, and the kinds of estimate that fit it. */
static const struct { const char *name; unsigned fits; } units[PW_UNITS] = {
    [PW_UNIT_PERCENT] = { "percent", 1u << PW_QUANTITY_PERCENT },
    [PW_UNIT_SHARE] = { "percent", 1u << PW_QUANTITY_PERCENT },
    [PW_UNIT_PER_YEAR] = { "per year", 1u << PW_QUANTITY_PER_YEAR },
    [PW_UNIT_WEIGHT] = { "weight", 1u << PW_QUANTITY_WEIGHT | 1u << PW_QUANTITY_RATIO },
    [PW_UNIT_RATIO] = { "ratio", 1u << PW_QUANTITY_RATIO },
    [PW_UNIT_DAYS] = { "days", 1u << PW_QUANTITY_DAYS },
    [PW_UNIT_POUNDS] = { "pounds", 1u << PW_QUANTITY_POUNDS },
    [PW_UNIT_PLACES] = { "places", 1u << PW_QUANTITY_PLACES | 1u << PW_QUANTITY_COUNT },
    [PW_UNIT_NUMBER] = { "a number", 1u << PW_QUANTITY_RATIO | 1u << PW_QUANTITY_WEIGHT | 1u << PW_QUANTITY_COUNT },
    [PW_UNIT_PER_MONTH] = { "per month", 1u << PW_QUANTITY_COUNT },
    [PW_UNIT_MONTHS] = { "months", 1u << PW_QUANTITY_COUNT },
    [PW_UNIT_YEARS] = { "years", 1u << PW_QUANTITY_COUNT },
    [PW_UNIT_COUNT] = { "a whole number", 1u << PW_QUANTITY_COUNT },
};

const char *pw_unit_name(int unit) { return units[unit].name; }

void pw_setting_default(pw_setting_t *setting, double value)
{
    *setting = (pw_setting_t){ .low = -INFINITY, .high = INFINITY };
    for (int a = 0; a < PW_MAX_AREAS; a++) {
        setting->number[a] = value;
        setting->estimate[a] = -1;
    }
}

static bool is_whole(double x) { return floor(x) == x; }

static void read_number(pw_reader_t *reader, const pw_node_t *node, const pw_field_t *field, double *out)
{
    char given[PW_NUMBER_ROOM], low[PW_NUMBER_ROOM], high[PW_NUMBER_ROOM];
    pw_number_shortest(node->real, given);
    if (!(node->real >= field->low && node->real <= field->high)) {
        const char *shown = node->text ? node->text : given;
        pw_number_shortest(field->low, low);
        if (field->low == field->high)
            pw_finding_at(reader, node, "%s is out of range; allowed: %s.", shown, low);
        else
            pw_finding_at(reader, node, "%s is out of range; allowed: %s to %s (%s).", shown, low, pw_number_shortest(field->high, high),
                          units[field->unit].name);
        return;
    }
    if (field->unit == PW_UNIT_COUNT && !is_whole(node->real)) {
        pw_finding_at(reader, node, "%s is not a whole number; allowed: whole numbers from %s to %s.", given, pw_number_shortest(field->low, low),
                      pw_number_shortest(field->high, high));
        return;
    }
    *out = node->real;
}

static void fitting_kinds(int unit, char *out, size_t room)
{
    size_t n = 0;
    out[0] = '\0';
    for (int q = 0; q < PW_QUANTITIES; q++)
        if (units[unit].fits >> q & 1u && n < room)
            n += (size_t)snprintf(out + n, room - n, "%s%s", n ? " or " : "", pw_quantity_name(q));
}

/* The values of an estimate must lie in the setting's range; its draws are held to it when compiled. */
static void check_range(pw_reader_t *reader, const pw_node_t *node, const pw_field_t *field, const pw_estimate_t *estimate)
{
    for (int a = -1; a < estimate->n_by_area; a++) {
        double value = a < 0 ? estimate->value : estimate->area_value[a];
        if (value >= field->low && value <= field->high)
            continue;
        char given[PW_NUMBER_ROOM], low[PW_NUMBER_ROOM], high[PW_NUMBER_ROOM];
        pw_finding_at(reader, node, "The estimate `%s` is %s, out of range; allowed: %s to %s (%s).", node->text, pw_number_shortest(value, given),
                      pw_number_shortest(field->low, low), pw_number_shortest(field->high, high), units[field->unit].name);
        return;
    }
}

/* Whether somebody can have meant a name: "70", "10 %", "£20,000" and "" are none. */
static bool is_name(const char *text)
{
    text += strspn(text, " ");
    return (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z') || *text == '_';
}

static void read_estimate(pw_reader_t *reader, const pw_node_t *node, const pw_field_t *field, int16_t *out)
{
    const pw_evidence_t *evidence = &reader->spec->evidence;
    int found = pw_evidence_find(evidence, node->text);
    if (found < 0 && !is_name(node->text)) {
        pw_finding_at(reader, node, "\"%s\" is a text; allowed: a number without quotes and signs, as in %s = 12.0, or the name of an "
                      "estimate in the evidence.", node->text, node->name ? node->name : "days");
        return;
    }
    if (found < 0) {
        char hint[PW_TREE_PATH] = "";
        if (pw_removed_estimate_where(reader->spec, node->text, hint, sizeof hint)) {
            pw_finding_at(reader, node, "The estimate `%s` is taken out by this scenario%s, but `%s` still names it.", node->text, hint,
                          node->name ? node->name : "this");
            return;
        }
        const char **names = pw_alloc((size_t)evidence->n + 1, sizeof *names);
        for (int e = 0; names && e < evidence->n; e++)
            names[e] = evidence->estimate[e].name;
        if (names)
            pw_did_you_mean(node->text, names, evidence->n, hint, sizeof hint);
        pw_free(names);
        if (field->kind == PW_FIELD_PLACES && !hint[0])
            pw_did_you_mean(node->text, &(const char *){ "unlimited" }, 1, hint, sizeof hint);
        pw_finding_at(reader, node, "There is no estimate called `%s`; allowed: a number, %sor the name of an estimate in the evidence.%s", node->text,
                      field->kind == PW_FIELD_PLACES ? "\"unlimited\", " : "", hint);
        return;
    }
    const pw_estimate_t *estimate = &evidence->estimate[found];
    if (estimate->is_wrong)      /* its kind is not known: that has been said where it stands */
        return;
    if (!(units[field->unit].fits >> estimate->quantity & 1u)) {
        char kinds[64];
        fitting_kinds(field->unit, kinds, sizeof kinds);
        pw_finding_at(reader, node, "The unit does not fit: `%s` is an estimate of kind \"%s\"; allowed here: %s.", node->text,
                      pw_quantity_name(estimate->quantity), kinds);
        return;
    }
    check_range(reader, node, field, estimate);
    *out = (int16_t)found;
}

static void refuse_number(pw_reader_t *reader, const pw_node_t *node, const pw_field_t *field)
{
    bool fixed = field->kind == PW_FIELD_FIXED, text = node->kind == PW_NODE_TEXT;
    pw_finding_at(reader, node, "%s%s%s is not a number%s%.60s%s; allowed: a number%s (%s%s).", node->name ? "`" : "", node->name ? node->name : "this",
                  node->name ? "`" : "", text ? " but the text \"" : "", text ? node->text : "", text ? "\"" : "",
                  fixed ? ", the same in all areas" : ", the name of an estimate, or a group with one for each area", units[field->unit].name,
                  field->unit == PW_UNIT_MONTHS ? ", counted from day 0: 6 is half a year later" : "");
}

/* One number or estimate for one area. */
static void read_one(pw_reader_t *reader, const pw_node_t *node, const pw_field_t *field, double *number, int16_t *estimate)
{
    if (node->refused)
        return;
    if (node->kind == PW_NODE_INTEGER || node->kind == PW_NODE_REAL)
        read_number(reader, node, field, number);
    else if (node->kind == PW_NODE_TEXT && field->kind != PW_FIELD_FIXED)
        read_estimate(reader, node, field, estimate);
    else
        refuse_number(reader, node, field);
}

static void read_by_area(pw_reader_t *reader, pw_node_t *group, const pw_field_t *field, pw_setting_t *out)
{
    const pw_names_t *areas = &reader->spec->names[PW_THING_AREA];
    bool seen[PW_MAX_AREAS] = { false }, misspelt = false;
    for (int i = 0; i < group->n; i++) {
        pw_node_t *child = group->child[i];
        int area = pw_spec_find(reader->spec, PW_THING_AREA, child->name);
        child->used = true;
        if (area < 0 || area >= PW_MAX_AREAS) {
            char hint[400];
            pw_near_or_all(child->name, areas->name, areas->n, "", hint, sizeof hint);
            misspelt = true;
            pw_finding_at(reader, child, "There is no area called `%s`.%s", child->name, hint);
            pw_tree_mark_used(child);
            continue;
        }
        seen[area] = true;
        read_one(reader, child, field, &out->number[area], &out->estimate[area]);
    }
    for (int a = 0; a < areas->n && a < PW_MAX_AREAS && !misspelt; a++)      /* of a misspelt one nobody need say that it is missing */
        if (!seen[a])
            pw_finding_at(reader, group, "The area `%s` is missing; allowed: a value for every area.", areas->name[a]);
}

void pw_read_setting(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_setting_t *out)
{
    pw_setting_default(out, isnan(field->otherwise) ? 0.0 : field->otherwise);
    out->node = node;
    out->low = field->low;
    out->high = field->high;
    node->used = true;
    if (node->kind == PW_NODE_TEXT && field->kind == PW_FIELD_PLACES && strcmp(node->text, "unlimited") == 0) {
        out->unlimited = true;
        return;
    }
    if (node->kind == PW_NODE_TEXT && field->unit == PW_UNIT_SHARE && strcmp(node->text, "remainder") == 0) {
        out->remainder = true;
        return;
    }
    if (node->kind == PW_NODE_GROUP && field->kind != PW_FIELD_FIXED) {
        read_by_area(reader, node, field, out);
        return;
    }
    read_one(reader, node, field, &out->number[0], &out->estimate[0]);
    for (int a = 1; a < PW_MAX_AREAS; a++) {
        out->number[a] = out->number[0];
        out->estimate[a] = out->estimate[0];
    }
}

/* ---- lengths of time ---- */

/* Where a scenario adds a word to those of its base: the words of the base stay, which its author cannot see. */
static void refuse_words(pw_reader_t *reader, pw_node_t *node)
{
    char theirs[80] = "";
    pw_node_t *own = NULL;
    for (int i = 0; i < node->n; i++) {
        pw_node_t *child = node->child[i];
        size_t used = strlen(theirs);
        if (strcmp(child->file, node->file) != 0)
            own = own ? own : child;
        else
            snprintf(theirs + used, sizeof theirs - used, "%s%s", used ? " and " : "", child->name);
    }
    pw_finding_at(reader, own ? own : node, "`%s` is given by the wrong words; allowed: days alone, median_days with p95_days, or mean_days alone.%s%s%s",
                  node->name, own ? " The base says it by " : "", own ? theirs : "", own ? ", which stay: change these." : "");
}

void pw_read_length(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_length_t *out)
{
    static const char *const words[] = { "days", "median_days", "p95_days", "mean_days" };
    pw_setting_t *to[] = { &out->days, &out->median_days, &out->p95_days, &out->mean_days };
    pw_field_t row = { .key = "days", .kind = PW_FIELD_SETTING, .unit = PW_UNIT_DAYS, .low = 0.0, .high = field->high };
    out->node = node;
    if (node->kind != PW_NODE_GROUP) {
        pw_finding_at(reader, node, "`%s` is not a length of time; allowed: { days = ..; } or { median_days = ..; p95_days = ..; } or { mean_days = ..; }.",
                      node->name);
        return;
    }
    unsigned given = 0;
    for (int i = 0; i < node->n; i++) {
        pw_node_t *child = node->child[i];
        int word = 0;
        while (word < 4 && strcmp(child->name, words[word]) != 0)
            word++;
        if (word == 4) {
            char hint[128];
            pw_near_or_all(child->name, words, 4, "", hint, sizeof hint);
            pw_finding_at(reader, child, "There is no setting `%s` of a length of time.%s", child->name, hint);
            pw_tree_mark_used(child);
            continue;
        }
        given |= 1u << word;
        row.low = word == 0 ? 0.0 : 0.001;      /* a logarithm is taken of all but fixed days */
        pw_read_setting(reader, child, &row, to[word]);
    }
    if (given != 1 && given != 6 && given != 8)
        refuse_words(reader, node);
}

/* ---- lists of plain numbers ---- */

void pw_read_numbers(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_numbers_t *out)
{
    pw_field_t row = *field;
    row.kind = PW_FIELD_FIXED;
    out->node = node;
    out->n = 0;
    if (node->kind != PW_NODE_LIST) {
        pw_finding_at(reader, node, "`%s` is not a list; allowed: numbers in ( ), with commas between.", node->name);
        pw_tree_mark_used(node);
        return;
    }
    if (node->n > PW_MAX_LISTED) {
        pw_finding_at(reader, node, "`%s` has %d numbers; allowed: at most %d.", node->name, node->n, PW_MAX_LISTED);
        pw_tree_mark_used(node);
        return;
    }
    for (int i = 0; i < node->n; i++) {
        int16_t none = -1;
        node->child[i]->used = true;
        out->value[i] = row.low;
        read_one(reader, node->child[i], &row, &out->value[i], &none);
    }
    out->n = node->n;
}

/* ---- words and names ---- */

int pw_read_word(pw_reader_t *reader, pw_node_t *node, const pw_words_t *words)
{
    char allowed[512] = "", hint[128] = "";
    size_t n = 0;
    for (int i = 0; i < words->n; i++) {
        if (node->kind == PW_NODE_TEXT && strcmp(node->text, words->word[i]) == 0)
            return i;
        n += (size_t)snprintf(allowed + n, n < sizeof allowed ? sizeof allowed - n : 0, "%s%s", i ? ", " : "", words->word[i]);
    }
    if (node->kind != PW_NODE_TEXT) {
        pw_finding_at(reader, node, "`%s` is not a text; allowed: %s.", node->name, allowed);
        return -1;
    }
    pw_did_you_mean(node->text, words->word, words->n, hint, sizeof hint);
    pw_finding_at(reader, node, "\"%s\" is none of the words for `%s`; allowed: %s.%s", node->text, node->name, allowed, hint);
    return -1;
}

/* The nearest name of what the scenario leaves there, or all of them. */
static const char *near_or_all(const pw_names_t *names, const char *given, const char *others, char *out, size_t room)
{
    const char *there[PW_MAX_NAMES];
    int n = 0;
    for (int i = 0; i < names->n; i++)
        if (!names->removed[i])
            there[n++] = names->name[i];
    return pw_near_or_all(given, there, n, others, out, room);
}

static int find_or_say(pw_reader_t *reader, pw_node_t *node, int thing, const char *others)
{
    const pw_names_t *names = &reader->spec->names[thing];
    int index = pw_spec_find(reader->spec, thing, node->text);
    char hint[700];
    if (index < 0)
        pw_finding_at(reader, node, "There is no %s called `%s`.%s", pw_thing_names[thing], node->text,
                      near_or_all(names, node->text, others, hint, sizeof hint));
    else if (names->removed[index] && !reader->removed)
        pw_finding_at(reader, node, "The %s `%s` is taken out by this scenario%s, but `%s` still names it.", pw_thing_names[thing], node->text,
                      pw_removed_where(reader->spec, thing, index, hint, sizeof hint), node->name ? node->name : "this");
    return index;
}

int pw_read_name(pw_reader_t *reader, pw_node_t *node, int thing)
{
    if (node->kind == PW_NODE_TEXT)
        return find_or_say(reader, node, thing, "");
    pw_finding_at(reader, node, "`%s` is not a text; allowed: the name of a %s.", node->name, pw_thing_names[thing]);
    return -1;
}

int pw_read_offer_point(pw_reader_t *reader, pw_node_t *node)
{
    if (node->kind == PW_NODE_TEXT && strcmp(node->text, "police_attendance") == 0)
        return PW_OFFER_AT_POLICE_ATTENDANCE;
    if (node->kind == PW_NODE_TEXT && strcmp(node->text, "notification") == 0)
        return PW_OFFER_AT_NOTIFICATION;
    if (node->kind == PW_NODE_TEXT)
        return find_or_say(reader, node, PW_THING_STAGE, "police_attendance, notification");
    return pw_read_name(reader, node, PW_THING_STAGE);
}
