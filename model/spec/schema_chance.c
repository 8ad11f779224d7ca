/* The walk's chances: a base, ratios of covariates, conditions; and other groups of covariates. */
#include <stdio.h>
#include <string.h>

#include "../base/memory.h"
#include "schema.h"

const char *pw_chance_base_word(int unit)
{
    return unit == PW_UNIT_PER_YEAR ? "per_year" : unit == PW_UNIT_WEIGHT ? "weight" : "percent";
}

const char *pw_chance_ratio_word(int unit)
{
    return unit == PW_UNIT_PER_YEAR ? "hazard_ratio" : unit == PW_UNIT_PERCENT ? "odds_ratio" : "ratio";
}

bool pw_chance_has_word(const pw_field_t *field, const char *key)
{
    return strcmp(key, pw_chance_base_word(field->unit)) == 0 || strcmp(key, pw_chance_ratio_word(field->unit)) == 0 ||
           ((field->allows & PW_ALLOW_ONLY_IF) && strcmp(key, "only_if") == 0);
}

static int place_of(const pw_reader_t *reader, int place)
{
    if (place == PW_PLACE_OF_STAGE)
        return reader->thing == PW_THING_STAGE ? PW_PLACE_STAGE_0 + reader->index : PW_PLACE_ENTRY;
    return place == PW_PLACE_OF_SERVICE ? PW_PLACE_SERVICE_0 + reader->index : place;
}

static void read_ratios(pw_reader_t *reader, pw_node_t *group, const pw_field_t *field, pw_chance_t *out)
{
    const pw_field_t row = { .key = "ratio", .kind = PW_FIELD_SETTING, .unit = PW_UNIT_RATIO, .low = 0.001, .high = 1000.0 };
    group->used = true;
    if (group->kind != PW_NODE_GROUP) {
        pw_finding_at(reader, group, "`%s` is not a group; allowed: { covariate = ratio; }.", group->name);
        return;
    }
    for (int i = 0; i < group->n; i++) {
        pw_node_t *child = group->child[i];
        child->used = true;
        int covariate = pw_covariate_find(reader, child->name, field->allows, child);
        if (covariate < 0) {
            pw_tree_mark_used(child);
            continue;
        }
        if (out->n_terms == PW_MAX_TERMS) {
            pw_finding_at(reader, child, "`%s` has more than %d covariates (a fixed limit of the program).", group->name, PW_MAX_TERMS);
            return;
        }
        pw_term_t *term = &out->term[out->n_terms++];
        term->covariate = covariate;
        term->node = child;
        pw_read_setting(reader, child, &row, &term->ratio);
        if (!term->ratio.node)
            pw_setting_default(&term->ratio, 1.0);
        for (int a = 0; a < PW_MAX_AREAS; a++)
            if (term->ratio.estimate[a] < 0 && term->ratio.number[a] <= 0.0)
                term->ratio.number[a] = 1.0;       /* already a finding: keeps what follows in range */
    }
}

static void read_word(pw_reader_t *reader, pw_node_t *child, const pw_field_t *field, pw_chance_t *out)
{
    pw_field_t row = *field;
    row.kind = PW_FIELD_SETTING;
    if (strcmp(child->name, pw_chance_base_word(field->unit)) == 0)
        pw_read_setting(reader, child, &row, &out->base);
    else if (strcmp(child->name, pw_chance_ratio_word(field->unit)) == 0)
        read_ratios(reader, child, field, out);
    else
        pw_read_bits(reader, child, field->allows & (PW_ALLOW_STATE | PW_ALLOW_INCIDENT | PW_ALLOW_SPOKEN), out->only_if);
    child->used = true;
}

/* A group of its own holds the words of a chance and nothing else. */
static void refuse_others(pw_reader_t *reader, pw_node_t *group, const pw_field_t *field)
{
    const char *words[3] = { pw_chance_base_word(field->unit), pw_chance_ratio_word(field->unit), "only_if" };
    int n = field->allows & PW_ALLOW_ONLY_IF ? 3 : 2;
    for (int i = 0; i < group->n; i++) {
        pw_node_t *child = group->child[i];
        if (pw_chance_has_word(field, child->name))
            continue;
        char hint[128];
        if (strstr(child->name, "ratio"))
            snprintf(hint, sizeof hint, " With `%s` goes `%s`.", words[0], words[1]);
        else
            pw_near_or_all(child->name, words, n, "", hint, sizeof hint);
        pw_finding_at(reader, child, "There is no setting `%s` of a chance.%s", child->name, hint);
        pw_tree_mark_used(child);
    }
}

static bool is_by_area(const pw_reader_t *reader, const pw_node_t *group)
{
    return group->n > 0 && pw_spec_find(reader->spec, PW_THING_AREA, group->child[0]->name) >= 0;
}

void pw_read_chance(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_chance_t *out)
{
    pw_field_t row = *field;
    row.kind = PW_FIELD_SETTING;
    out->node = node;
    out->unit = field->unit;
    out->place = place_of(reader, field->place);
    if (node->kind != PW_NODE_GROUP || is_by_area(reader, node)) {
        pw_read_setting(reader, node, &row, &out->base);
        return;
    }
    for (int i = 0; i < node->n; i++)
        if (pw_chance_has_word(field, node->child[i]->name))
            read_word(reader, node->child[i], field, out);
    if (field->kind == PW_FIELD_CHANCE)
        refuse_others(reader, node, field);
    if (!out->base.node)
        pw_finding_at(reader, node, "`%s` is missing: %s.", pw_chance_base_word(field->unit), field->meaning);
}

/* ---- other groups of covariates ---- */

void pw_read_bits(pw_reader_t *reader, pw_node_t *node, unsigned allows, uint64_t bits[2])
{
    int n = node->kind == PW_NODE_LIST ? node->n : 1;
    for (int i = 0; i < n; i++) {
        pw_node_t *one = node->kind == PW_NODE_LIST ? node->child[i] : node;
        one->used = true;
        if (one->kind != PW_NODE_TEXT) {
            pw_finding_at(reader, one, "`%s` is not a name; allowed: the name of a covariate that is 0 or 1, or a list of them.", node->name);
            continue;
        }
        int covariate = pw_covariate_find(reader, one->text, allows | PW_ALLOW_COUNTS | PW_ALLOW_SCORE | PW_ALLOW_WORKLOAD, one);
        if (covariate >= PW_MAX_BITS)
            pw_finding_at(reader, one, "`%s` is a number; allowed: covariates that are 0 or 1.", one->text);
        else if (covariate >= 0)
            pw_bit_put(bits, covariate, 1);
    }
}

void pw_read_requires(pw_reader_t *reader, pw_node_t *node, uint64_t need_one[2], uint64_t need_zero[2])
{
    if (node->kind != PW_NODE_GROUP) {
        pw_finding_at(reader, node, "`%s` is not a group; allowed: { covariate = 1; } or { covariate = 0; }.", node->name);
        return;
    }
    for (int i = 0; i < node->n; i++) {
        pw_node_t *child = node->child[i];
        child->used = true;
        int covariate = pw_covariate_find(reader, child->name, PW_ALLOW_STATE | PW_ALLOW_INCIDENT, child);
        if (covariate >= PW_MAX_BITS)
            pw_finding_at(reader, child, "`%s` is a number; allowed: covariates that are 0 or 1.", child->name);
        else if ((child->kind != PW_NODE_INTEGER && child->kind != PW_NODE_REAL) || (child->real != 0.0 && child->real != 1.0))
            pw_finding_at(reader, child, "`%s` is %s; allowed: 1 (must be so) or 0 (must not be so).", child->name, child->text ? child->text : "not a number");
        else if (covariate >= 0)
            pw_bit_put(child->real == 1.0 ? need_one : need_zero, covariate, 1);
    }
}

void pw_read_sees(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_seens_t *out)
{
    pw_field_t row = *field;
    row.kind = PW_FIELD_SETTING;
    if (node->kind != PW_NODE_GROUP) {
        pw_finding_at(reader, node, "`%s` is not a group; allowed: { covariate = percent; }.", node->name);
        return;
    }
    if (!(out->item = pw_alloc(node->n > 0 ? (size_t)node->n : 1, sizeof *out->item))) {
        reader->status = PW_ERROR_MEMORY;
        return;
    }
    for (int i = 0; i < node->n; i++) {
        pw_node_t *child = node->child[i];
        child->used = true;
        int covariate = pw_covariate_find(reader, child->name, PW_ALLOW_STATE | PW_ALLOW_INCIDENT, child);
        if (covariate < 0) {
            pw_tree_mark_used(child);
            continue;
        }
        if (covariate == PW_BIT_OPEN_CASE || covariate >= PW_BIT_IN_STAGE_0) {
            pw_finding_at(reader, child, "`%s` is what the agency itself holds: it is always seen; allowed: what a form may or may not record.", child->name);
            pw_tree_mark_used(child);
            continue;
        }
        pw_seen_t *seen = &out->item[out->n++];
        seen->bit = covariate;
        seen->node = child;
        pw_read_setting(reader, child, &row, &seen->percent);
    }
}
