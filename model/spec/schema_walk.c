#include "schema_walk.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/number.h"

#define A_NUMBER "number, estimate, or one for each area"

typedef struct {
    void (*visit)(void *, const pw_schema_row_t *);
    void *context;
    const char *section, *section_meaning;
} walk_t;

static void walk(walk_t *self, const pw_schema_t *schema, const char *path, int depth);

/* ---- one row ---- */

/* "a.b" and "c" -> "a.b.c"; no path of the tables is near the limits. */
static void join(char out[PW_TREE_PATH], const char *path, const char *step)
{
    snprintf(out, PW_TREE_PATH, "%.300s%s%.150s", path, path[0] && step[0] ? "." : "", step);
}

static void begin(const walk_t *self, pw_schema_row_t *row, const char *path, const char *step, int depth)
{
    *row = (pw_schema_row_t){ .depth = depth, .section = self->section, .unit = "", .where = self->section_meaning };
    join(row->path, path, step);
}

static void say(pw_schema_row_t *row, const char *type, const char *meaning)
{
    snprintf(row->type, sizeof row->type, "%s", type);
    snprintf(row->meaning, sizeof row->meaning, "%s", meaning);
}

static void measure(pw_schema_row_t *row, int unit, double low, double high)
{
    row->unit = pw_unit_name(unit);
    row->has_range = true;
    row->low = low;
    row->high = high;
}

static void default_number(pw_schema_row_t *row, const pw_field_t *field)
{
    char number[PW_NUMBER_ROOM];
    bool required = field->required || isnan(field->otherwise);
    snprintf(row->otherwise, sizeof row->otherwise, "%s", required ? "required" : pw_number_shortest(field->otherwise, number));
}

static void tell(const walk_t *self, const pw_schema_row_t *row) { self->visit(self->context, row); }

/* ---- chances ---- */

static const char *place_name(int place)
{
    switch (place) {
    case PW_PLACE_ENTRY: return "when a family enters";
    case PW_PLACE_TIME: return "all the time";
    case PW_PLACE_INCIDENT: return "at an incident";
    case PW_PLACE_POLICE: return "when police attend";
    case PW_PLACE_ENGAGEMENT: return "when staff start to work with a family";
    case PW_PLACE_OF_STAGE: return "at the stage";
    default: return "when the service is offered";
    }
}

static void tell_ratios(const walk_t *self, const pw_field_t *field, const char *path, int depth)
{
    pw_schema_row_t row;
    char step[64];
    snprintf(step, sizeof step, "%s.COVARIATE", pw_chance_ratio_word(field->unit));
    begin(self, &row, path, step, depth + 1);
    say(&row, A_NUMBER,
        field->unit == PW_UNIT_PER_YEAR ? "the rate is multiplied by this where COVARIATE holds (of a number: for each 1 more)"
        : field->unit == PW_UNIT_PERCENT ? "the odds are multiplied by this where COVARIATE holds (of a number: for each 1 more)"
                                         : "the weight is multiplied by this where COVARIATE holds (of a number: for each 1 more)");
    measure(&row, PW_UNIT_RATIO, 0.001, 1000.0);
    row.where = place_name(field->place);
    row.allows = field->allows;
    tell(self, &row);
    if (!(field->allows & PW_ALLOW_ONLY_IF))
        return;
    begin(self, &row, path, "only_if", depth);
    say(&row, "list of names of covariates", "the chance is 0 unless all of these hold");
    row.where = place_name(field->place);
    row.allows = field->allows & (PW_ALLOW_STATE | PW_ALLOW_INCIDENT | PW_ALLOW_SPOKEN);
    tell(self, &row);
}

static void tell_chance(const walk_t *self, const pw_field_t *field, const char *path, int depth)
{
    pw_schema_row_t row;
    char inside[PW_TREE_PATH];
    bool is_here = field->kind == PW_FIELD_CHANCE_HERE;
    join(inside, path, is_here ? "" : field->key);
    int own_depth = depth + (is_here ? 0 : 1);
    begin(self, &row, inside, pw_chance_base_word(field->unit), own_depth);
    say(&row, field->unit == PW_UNIT_SHARE ? A_NUMBER ", or \"remainder\"" : A_NUMBER, field->meaning);
    measure(&row, field->unit, field->low, field->high);
    default_number(&row, field);
    row.where = place_name(field->place);
    tell(self, &row);
    tell_ratios(self, field, inside, own_depth);
}

/* ---- lengths of time ---- */

static void tell_length(const walk_t *self, const pw_field_t *field, const char *path, int depth)
{
    static const struct { const char *word, *what; double low; } words[] = {
        { "days", "always as long", 0.0 },
        { "median_days", "half are shorter; goes with p95_days", 0.001 },
        { "p95_days", "95 of 100 are shorter; goes with median_days", 0.001 },
        { "mean_days", "on average, with no memory of how long it has been (exponential)", 0.001 },
    };
    pw_schema_row_t row;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char step[PW_TREE_PATH], meaning[400];
        join(step, field->key, words[i].word);
        snprintf(meaning, sizeof meaning, "%s (%s)", field->meaning, words[i].what);
        begin(self, &row, path, step, depth + 1);
        say(&row, A_NUMBER, meaning);
        measure(&row, PW_UNIT_DAYS, words[i].low, field->high);
        snprintf(row.otherwise, sizeof row.otherwise, "%s", field->required ? "required in one form" : "");
        tell(self, &row);
    }
}

/* ---- the rest ---- */

const char *pw_schema_key(const pw_schema_t *schema)
{
    static const struct { const char *key, *step; } keys[] = { { "name", "NAME" }, { "event", "EVENT" }, { "at", "AT" }, { "payer", "PAYER" },
                                                                { "on", "ON+DURING" }, { "to", "TO" }, { "year", "YEAR" } };
    for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
        for (int i = 0; i < schema->n_fields; i++)
            if (schema->field[i].required && strcmp(schema->field[i].key, keys[k].key) == 0)
                return keys[k].step;
    return NULL;
}

static void tell_list(walk_t *self, const pw_field_t *field, const char *path, int depth)
{
    pw_schema_row_t row;
    char inside[PW_TREE_PATH], type[128];
    const char *step = pw_schema_key(field->schema);
    begin(self, &row, path, field->key, depth);
    if (field->schema->max > 0)
        snprintf(type, sizeof type, "list of groups, at most %d", field->schema->max);
    else
        snprintf(type, sizeof type, "list of groups");
    say(&row, field->kind == PW_FIELD_STAGE_OR_CHOICE ? "name of a stage, or a list of groups as of a stage's `choice`" : type, field->meaning);
    snprintf(row.otherwise, sizeof row.otherwise, "%s", field->required ? "required" : "");
    tell(self, &row);
    join(inside, row.path, step ? step : "1");
    walk(self, field->schema, inside, depth + 1);
}

static void list_words(const pw_words_t *words, char *out, size_t room)
{
    size_t n = (size_t)snprintf(out, room, "one of");
    for (int i = 0; i < words->n && n < room; i++)
        n += (size_t)snprintf(out + n, room - n, "%s \"%s\"", i ? "," : "", words->word[i]);
}

static void tell_word(const walk_t *self, const pw_field_t *field, pw_schema_row_t *row)
{
    char type[400];
    list_words(field->words, type, sizeof type);
    say(row, type, field->meaning);
    bool has_default = !field->required && field->otherwise >= 0.0;
    snprintf(row->otherwise, sizeof row->otherwise, "%s", has_default ? field->words->word[(int)field->otherwise] : field->required ? "required" : "");
    tell(self, row);
}

static void tell_numbered(const walk_t *self, const pw_field_t *field, pw_schema_row_t *row, const char *type)
{
    say(row, type, field->meaning);
    measure(row, field->unit, field->low, field->high);
    if (field->kind != PW_FIELD_SEES && field->kind != PW_FIELD_NUMBERS)
        default_number(row, field);
    tell(self, row);
}

/* What other readers read: tree.h (base, combine), evidence.h (by_area), centres.h. */
static const char *type_elsewhere(const char *key)
{
    static const struct { const char *key, *type; } types[] = { { "base", "name of a file" }, { "combine", "list of names of files" },
                                                                { "by_area", "group of numbers" },
                                                                { "centres", "list of groups" }, { "year", "number (a year)" },
                                                                { "price_year", "number (a year)" },
                                                                { "low", "number" }, { "high", "number" } };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (strcmp(types[i].key, key) == 0)
            return types[i].type;
    return "group";
}

static void tell_plain(const walk_t *self, const pw_field_t *field, const char *path, int depth)
{
    pw_schema_row_t row;
    char type[128], step[PW_TREE_PATH];
    bool of_covariates = field->kind == PW_FIELD_REQUIRES || field->kind == PW_FIELD_SEES;
    join(step, field->key, of_covariates ? "COVARIATE" : "");
    begin(self, &row, path, step, depth);
    row.allows = of_covariates ? PW_ALLOW_STATE | PW_ALLOW_INCIDENT : 0;
    snprintf(row.otherwise, sizeof row.otherwise, "%s", field->required ? "required" : "");
    switch (field->kind) {
    case PW_FIELD_SETTING: tell_numbered(self, field, &row, A_NUMBER); return;
    case PW_FIELD_PLACES: tell_numbered(self, field, &row, A_NUMBER ", or \"unlimited\""); return;
    case PW_FIELD_FIXED: tell_numbered(self, field, &row, "number"); return;
    case PW_FIELD_SEES: tell_numbered(self, field, &row, A_NUMBER); return;
    case PW_FIELD_NUMBERS: tell_numbered(self, field, &row, "list of numbers"); return;
    case PW_FIELD_WORD: tell_word(self, field, &row); return;
    case PW_FIELD_NAME: snprintf(type, sizeof type, "name of a %s", pw_thing_names[field->unit]); break;
    case PW_FIELD_OFFER_POINT: snprintf(type, sizeof type, "name of a stage, \"police_attendance\" or \"notification\""); break;
    case PW_FIELD_TEXT: snprintf(type, sizeof type, "text"); break;
    case PW_FIELD_FLAG:
        snprintf(type, sizeof type, "true or false");
        snprintf(row.otherwise, sizeof row.otherwise, "%s", field->otherwise != 0.0 ? "true" : "false");
        break;
    case PW_FIELD_BITS:
        snprintf(type, sizeof type, "name of a covariate, or a list of them");
        row.allows = field->allows;
        break;
    case PW_FIELD_REQUIRES: snprintf(type, sizeof type, "1 (must hold) or 0 (must not hold)"); break;
    case PW_FIELD_ELSEWHERE: snprintf(type, sizeof type, "%s", type_elsewhere(field->key)); break;
    default: snprintf(type, sizeof type, "group"); break;
    }
    say(&row, type, field->meaning);
    tell(self, &row);
}

static void tell_group(walk_t *self, const pw_field_t *field, const char *path, int depth)
{
    pw_schema_row_t row;
    tell_plain(self, field, path, depth);
    begin(self, &row, path, field->key, depth);
    walk(self, field->schema, row.path, depth);
}

static void walk(walk_t *self, const pw_schema_t *schema, const char *path, int depth)
{
    for (int i = 0; i < schema->n_fields; i++) {
        const pw_field_t *field = &schema->field[i];
        if (depth == 0) {
            self->section = field->key;
            self->section_meaning = field->meaning;
        }
        bool is_list = field->kind == PW_FIELD_LIST || field->kind == PW_FIELD_STAGE_OR_CHOICE || (field->kind == PW_FIELD_ELSEWHERE && field->schema);
        if (is_list)
            tell_list(self, field, path, depth + 1);
        else if (field->kind == PW_FIELD_GROUP)
            tell_group(self, field, path, depth + 1);
        else if (field->kind == PW_FIELD_CHANCE || field->kind == PW_FIELD_CHANCE_HERE)
            tell_chance(self, field, path, depth + 1);
        else if (field->kind == PW_FIELD_LENGTH)
            tell_length(self, field, path, depth + 1);
        else
            tell_plain(self, field, path, depth + 1);
    }
}

void pw_schema_walk(void (*visit)(void *context, const pw_schema_row_t *row), void *context)
{
    walk_t self = { .visit = visit, .context = context, .section = "", .section_meaning = "" };
    walk(&self, &pw_schema_root, "", 0);
}
