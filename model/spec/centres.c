#include "centres.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"

static const char *const fixed_places[PW_PLACE_STAGE_0] = { "entry", "time", "incident", "police", "engagement" };
static const unsigned any_covariate = PW_ALLOW_STATE | PW_ALLOW_INCIDENT | PW_ALLOW_SPOKEN | PW_ALLOW_COUNTS | PW_ALLOW_SCORE | PW_ALLOW_WORKLOAD;

void pw_place_name(const pw_spec_t *spec, int place, char *out, size_t room)
{
    if (place < PW_PLACE_STAGE_0)
        snprintf(out, room, "%s", fixed_places[place]);
    else if (place < PW_PLACE_SERVICE_0)
        snprintf(out, room, "stages.%s", spec->names[PW_THING_STAGE].name[place - PW_PLACE_STAGE_0]);
    else
        snprintf(out, room, "services.%s", spec->names[PW_THING_SERVICE].name[place - PW_PLACE_SERVICE_0]);
}

static bool is_place(const pw_spec_t *spec, int place)
{
    return place < PW_PLACE_STAGE_0 || (place < PW_PLACE_SERVICE_0 ? place - PW_PLACE_STAGE_0 < spec->names[PW_THING_STAGE].n
                                                                   : place - PW_PLACE_SERVICE_0 < spec->names[PW_THING_SERVICE].n);
}

/* ---- reading ---- */

static int find_place(pw_reader_t *reader, const pw_node_t *at)
{
    for (int p = 0; p < PW_PLACE_STAGE_0; p++)
        if (strcmp(at->text, fixed_places[p]) == 0)
            return p;
    int stage = strncmp(at->text, "stages.", 7) == 0 ? pw_spec_find(reader->spec, PW_THING_STAGE, at->text + 7) : -1;
    int service = strncmp(at->text, "services.", 9) == 0 ? pw_spec_find(reader->spec, PW_THING_SERVICE, at->text + 9) : -1;
    if (stage >= 0)
        return PW_PLACE_STAGE_0 + stage;
    if (service >= 0)
        return PW_PLACE_SERVICE_0 + service;
    pw_finding_at(reader, at, "There is no place `%s`; allowed: entry, time, incident, police, engagement, stages.NAME, services.NAME "
                  "(run `pathways centres`).", at->text);
    return -1;
}

static void keep(pw_centres_t *centres, int place, int covariate, double value)
{
    if (covariate < PW_MAX_BITS) {
        centres->bit[place][covariate] = value;
        pw_bit_put(centres->have_bit[place], covariate, 1);
    } else {
        centres->number[place][covariate - PW_MAX_BITS] = value;
        centres->have_number[place] |= 1u << (covariate - PW_MAX_BITS);
    }
}

static void read_one(pw_reader_t *reader, pw_node_t *node, int place)
{
    pw_reader_t about_all = *reader;
    about_all.removed = true;      /* the averages are the base's: what a scenario takes out may stand among them */
    uint8_t ages = reader->spec->ages;       /* an average is no reading of it */
    int covariate = pw_covariate_find(&about_all, node->name, any_covariate, node);
    reader->spec->ages = ages;
    if (covariate < 0 || place < 0)
        return;
    bool is_score = covariate == PW_MAX_BITS + PW_NUMBER_RISK_SCORE;
    const pw_field_t row = { .key = "centre", .kind = PW_FIELD_FIXED, .unit = PW_UNIT_NUMBER, .low = is_score ? -1000.0 : 0.0,
                             .high = covariate < PW_MAX_BITS ? 1.0 : 100000.0 };
    pw_setting_t value;
    pw_read_setting(reader, node, &row, &value);
    keep(&reader->spec->centres, place, covariate, value.number[0]);
}

void pw_centres_read(pw_reader_t *reader)
{
    const pw_node_t *list = pw_tree_child(reader->spec->tree, "centres");
    if (!list)
        return;
    if (list->kind != PW_NODE_LIST) {
        pw_finding_at(reader, list, "`centres` is not a list; allowed: ( { at = \"incident\"; child_present = 0.5; } ).");
        return;
    }
    for (int i = 0; i < list->n; i++) {
        pw_node_t *place = list->child[i];
        const pw_node_t *at = pw_tree_child(place, "at");
        pw_tree_mark_used(place);
        if (place->kind != PW_NODE_GROUP || !at || at->kind != PW_NODE_TEXT) {
            pw_finding_at(reader, place, "`at` is missing: the place where these are the averages.");
            continue;
        }
        reader->spec->centres.given = true;
        int where = find_place(reader, at);
        for (int k = 0; k < place->n; k++)
            if (place->child[k] != at)
                read_one(reader, place->child[k], where);
    }
}

/* ---- use ---- */

static bool has(const pw_centres_t *centres, int place, int covariate)
{
    return covariate < PW_MAX_BITS ? pw_bit_get(centres->have_bit[place], covariate) != 0
           : (centres->have_number[place] >> (covariate - PW_MAX_BITS) & 1u) != 0;
}

static bool is_own(const pw_spec_t *spec, int thing, int index) { return index >= spec->first_new[thing]; }

static bool may_be_missing(const pw_spec_t *spec, int place, int covariate)
{
    if (covariate >= PW_BIT_IN_STAGE_0 && covariate < PW_MAX_BITS)
        return true;
    if (covariate < PW_BIT_SEPARATED && is_own(spec, PW_THING_ATTRIBUTE, covariate - PW_BIT_ATTRIBUTE_0))
        return true;
    if (covariate >= PW_MAX_BITS + PW_NUMBER_WORKLOAD_0 && is_own(spec, PW_THING_TEAM, covariate - PW_MAX_BITS - PW_NUMBER_WORKLOAD_0))
        return true;
    if (place >= PW_PLACE_SERVICE_0)
        return is_own(spec, PW_THING_SERVICE, place - PW_PLACE_SERVICE_0);
    return place >= PW_PLACE_STAGE_0 && is_own(spec, PW_THING_STAGE, place - PW_PLACE_STAGE_0);
}

bool pw_centre_get(const pw_spec_t *spec, int place, int covariate, double *out)
{
    const pw_centres_t *centres = &spec->centres;
    *out = 0.0;
    if (!has(centres, place, covariate))
        return may_be_missing(spec, place, covariate);
    *out = covariate < PW_MAX_BITS ? centres->bit[place][covariate] : centres->number[place][covariate - PW_MAX_BITS];
    return true;
}

/* ---- making ---- */

static double round6(double x)
{
    char text[PW_NUMBER_ROOM];
    snprintf(text, sizeof text, "%.6g", x);
    return strtod(text, NULL);
}

static bool exists(const pw_spec_t *spec, int covariate)
{
    char name[2 * PW_NAME_LENGTH];
    pw_covariate_name(spec, covariate, name, sizeof name);
    bool is_hidden_twin = covariate < PW_BIT_SEPARATED && strcmp(name, "separated") == 0;
    return name[0] != '\0' && !is_hidden_twin;
}

void pw_centres_from_census(const pw_spec_t *spec, const pw_census_t *census, pw_centres_t *out)
{
    *out = (pw_centres_t){ .given = true };
    for (int p = 0; p < PW_PLACES; p++) {
        if (!is_place(spec, p) || !(census->weight[p] > 0.0))
            continue;
        for (int c = 0; c < PW_MAX_BITS + PW_MAX_NUMBERS; c++) {
            double sum = c < PW_MAX_BITS ? census->bit_sum[p][c] : census->number_sum[p][c - PW_MAX_BITS];
            bool is_structural = c >= PW_BIT_IN_STAGE_0 && c < PW_MAX_BITS;
            if (exists(spec, c) && (sum != 0.0 || !is_structural))
                keep(out, p, c, round6(sum / census->weight[p]));
        }
    }
}

static void write_place(const pw_spec_t *spec, const pw_centres_t *centres, int place, bool is_first, pw_text_t *out)
{
    char name[2 * PW_NAME_LENGTH], number[PW_NUMBER_ROOM];
    pw_place_name(spec, place, name, sizeof name);
    pw_text_printf(out, "%s\n  { at = \"%s\";", is_first ? "" : ",", name);
    int column = 0;
    for (int c = 0; c < PW_MAX_BITS + PW_MAX_NUMBERS; c++) {
        bool is_bit = c < PW_MAX_BITS;
        if (!has(centres, place, c))
            continue;
        pw_covariate_name(spec, c, name, sizeof name);
        pw_number_shortest(is_bit ? centres->bit[place][c] : centres->number[place][c - PW_MAX_BITS], number);
        pw_text_printf(out, "%s%s = %s;", column++ % 6 == 0 ? "\n    " : " ", name, number);
    }
    pw_text_append(out, " }");
}

static void write_numbers(pw_text_t *out, const char *name, const double *value, int n)
{
    char number[PW_NUMBER_ROOM];
    pw_text_printf(out, "  %s = (", name);
    for (int k = 0; k < n; k++) {
        pw_number_shortest(value[k], number);
        pw_text_printf(out, "%s %s%s", k ? "," : "", number, strpbrk(number, ".e") ? "" : ".0");
    }
    pw_text_append(out, " );\n");
}

void pw_centres_write(const pw_spec_t *spec, const pw_centres_t *centres, double risk_centre, double risk_scale, const double *auc,
                      const double *noise_sd, int n, pw_text_t *out)
{
    char a[PW_NUMBER_ROOM], b[PW_NUMBER_ROOM];
    pw_text_append(out, "# Each covariate's average in the baseline at each place where a chance is taken, so that every percentage in the files reads as the\n"
                        "# average. Written by `pathways centres`; not to be edited by hand.\n\ncentres = (");
    bool is_first = true;
    for (int p = 0; p < PW_PLACES; p++)
        if (is_place(spec, p) && (centres->have_bit[p][0] || centres->have_bit[p][1] || centres->have_number[p])) {
            write_place(spec, centres, p, is_first, out);
            is_first = false;
        }
    pw_text_printf(out, "\n);\n\n# The risk score is the log risk with noise on it; which noise gives it which area under the ROC curve.\nrisk:\n{\n"
                   "  centre   = %s;\n  scale    = %s;\n", pw_number_shortest(risk_centre, a), pw_number_shortest(risk_scale, b));
    write_numbers(out, "auc     ", auc, n);
    write_numbers(out, "noise_sd", noise_sd, n);
    pw_text_append(out, "};\n");
}
