/* Names: of the things that a file makes, and of the covariates that a chance may use. */
#include <stdio.h>
#include <string.h>

#include "schema.h"
#include "schema_walk.h"

static const struct { const char *name; int covariate; unsigned group; } built_in[] = {
    { "separated", PW_BIT_SEPARATED, PW_ALLOW_SITUATION },
    { "separated_recently", PW_BIT_SEPARATED_RECENTLY, PW_ALLOW_SITUATION },
    { "reported_separated", PW_BIT_REPORTED_SEPARATED, PW_ALLOW_SITUATION },
    { "child_under_1", PW_BIT_CHILD_UNDER_1, PW_ALLOW_SITUATION },
    { "child_under_5", PW_BIT_CHILD_UNDER_5, PW_ALLOW_SITUATION },
    { "child_under_11", PW_BIT_CHILD_UNDER_11, PW_ALLOW_SITUATION },
    { "child_under_16", PW_BIT_CHILD_UNDER_16, PW_ALLOW_SITUATION },
    { "open_case", PW_BIT_OPEN_CASE, PW_ALLOW_SITUATION },
    { "victim_engaged", PW_BIT_VICTIM_ENGAGED, PW_ALLOW_SITUATION },
    { "partner_engaged", PW_BIT_PARTNER_ENGAGED, PW_ALLOW_SITUATION },
    { "partner_removed", PW_BIT_PARTNER_REMOVED, PW_ALLOW_SITUATION },
    { "injury", PW_BIT_INJURY, PW_ALLOW_SEVERITY },
    { "severe_injury", PW_BIT_SEVERE_INJURY, PW_ALLOW_SEVERITY },
    { "at_contact", PW_BIT_AT_CONTACT, PW_ALLOW_CONTACT },
    { "child_present", PW_BIT_CHILD_PRESENT, PW_ALLOW_PRESENT },
    { "child_injured", PW_BIT_CHILD_INJURED, PW_ALLOW_INJURED },
    { "child_spoken_to", PW_BIT_CHILD_SPOKEN_TO, PW_ALLOW_SPOKEN },
    { "previous_notifications", PW_MAX_BITS + PW_NUMBER_PREVIOUS_NOTIFICATIONS, PW_ALLOW_COUNTS },
    { "children", PW_MAX_BITS + PW_NUMBER_CHILDREN, PW_ALLOW_COUNTS },
    { "risk_score", PW_MAX_BITS + PW_NUMBER_RISK_SCORE, PW_ALLOW_SCORE },
};
enum { BUILT_IN = sizeof built_in / sizeof built_in[0] };

static const struct { const char *prefix; int thing, first; unsigned group; } made[] = {
    { "workload_", PW_THING_TEAM, PW_MAX_BITS + PW_NUMBER_WORKLOAD_0, PW_ALLOW_WORKLOAD },
    { "in_stage_", PW_THING_STAGE, PW_BIT_IN_STAGE_0, PW_ALLOW_SITUATION },
    { "in_service_", PW_THING_SERVICE, PW_BIT_IN_SERVICE_0, PW_ALLOW_SITUATION },
    { "completed_", PW_THING_SERVICE, PW_BIT_COMPLETED_0, PW_ALLOW_SITUATION },
};
enum { MADE = sizeof made / sizeof made[0] };

const char *pw_covariate_built_in(unsigned group, int i)
{
    for (int k = 0; k < BUILT_IN; k++)
        if ((built_in[k].group & group) && i-- == 0)
            return built_in[k].name;
    return NULL;
}

int pw_spec_find(const pw_spec_t *self, int thing, const char *name)
{
    const pw_names_t *names = &self->names[thing];
    for (int i = 0; name && i < names->n; i++)
        if (names->name[i] && strcmp(names->name[i], name) == 0)
            return i;
    return -1;
}

/* ---- things ---- */

static const char *const lists[PW_THINGS] = { "areas", "attributes", "information", "teams", "stages", "services" };
static const int limits[PW_THINGS] = { PW_MAX_AREAS, PW_MAX_ATTRIBUTES, PW_MAX_FORMS, PW_MAX_TEAMS, PW_MAX_STAGES, PW_MAX_SERVICES };

static bool is_plain(const char *name)
{
    size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n > 0 && name[n] == '\0' && n < PW_NAME_LENGTH && (name[0] < '0' || name[0] > '9');
}

static void refuse_name(pw_reader_t *reader, int thing, const pw_node_t *node)
{
    if (!is_plain(node->text))
        pw_finding_at(reader, node, "\"%s\" is not a name; allowed: small letters, digits and _, a letter first, at most %d of them.", node->text,
                      PW_NAME_LENGTH - 1);
    for (int i = 0; thing == PW_THING_ATTRIBUTE && i < BUILT_IN; i++)
        if (strcmp(built_in[i].name, node->text) == 0 && built_in[i].covariate != PW_BIT_SEPARATED)
            pw_finding_at(reader, node, "`%s` is a covariate of its own; allowed: any other name for an attribute.", node->text);
}

static void gather(pw_reader_t *reader, int thing)
{
    pw_spec_t *spec = reader->spec;
    pw_names_t *names = &spec->names[thing];
    const pw_node_t *list = pw_tree_child(spec->tree, lists[thing]), *before = spec->base_tree ? pw_tree_child(spec->base_tree, lists[thing]) : NULL;
    spec->first_new[thing] = before && before->kind == PW_NODE_LIST ? before->n : 0;
    for (int i = 0; list && list->kind == PW_NODE_LIST && i < list->n && i < limits[thing]; i++) {
        const pw_node_t *name = pw_tree_child(list->child[i], "name");
        bool is_text = name && name->kind == PW_NODE_TEXT;
        if (is_text)
            refuse_name(reader, thing, name);
        names->name[i] = is_text ? name->text : "";
        names->removed[i] = list->child[i]->removed;
        names->n = i + 1;
    }
}

void pw_names_gather(pw_reader_t *reader)
{
    for (int t = 0; t < PW_THINGS; t++)
        gather(reader, t);
}

static const char *say_where(const pw_node_t *node, char *out, size_t room)
{
    out[0] = '\0';
    if (node && node->line > 0)
        snprintf(out, room, " (%.400s:%d)", node->file, node->line);
    return out;
}

/* An element that was taken out stands where `remove = true` does. */
const char *pw_removed_where(const pw_spec_t *spec, int thing, int index, char *out, size_t room)
{
    const pw_node_t *list = pw_tree_child(spec->tree, lists[thing]);
    return say_where(list && index < list->n ? list->child[index] : NULL, out, room);
}

bool pw_removed_estimate_where(const pw_spec_t *spec, const char *name, char *out, size_t room)
{
    const pw_node_t *list = pw_tree_child(spec->tree, "evidence");
    for (int i = 0; list && list->kind == PW_NODE_LIST && i < list->n; i++) {
        const pw_node_t *own = pw_tree_child(list->child[i], "name");
        if (list->child[i]->removed && own && own->kind == PW_NODE_TEXT && strcmp(own->text, name) == 0) {
            say_where(list->child[i], out, room);
            return true;
        }
    }
    return false;
}

/* ---- covariates ---- */

static int find_any(const pw_reader_t *reader, const char *name, unsigned *group, bool *removed)
{
    const pw_spec_t *spec = reader->spec;
    *removed = false;
    for (int i = 0; i < BUILT_IN; i++)
        if (strcmp(built_in[i].name, name) == 0) {
            /* among the attributes, `separated` is one of them */
            *group = built_in[i].covariate == PW_BIT_SEPARATED ? PW_ALLOW_SITUATION | PW_ALLOW_ATTRIBUTES : built_in[i].group;
            return built_in[i].covariate;
        }
    for (int m = 0; m < MADE; m++) {
        size_t n = strlen(made[m].prefix);
        int index = strncmp(name, made[m].prefix, n) == 0 ? pw_spec_find(spec, made[m].thing, name + n) : -1;
        if (index >= 0) {
            *group = made[m].group;
            *removed = spec->names[made[m].thing].removed[index];
            return made[m].first + index;
        }
    }
    int attribute = pw_spec_find(spec, PW_THING_ATTRIBUTE, name);
    *group = PW_ALLOW_ATTRIBUTES;
    *removed = attribute >= 0 && spec->names[PW_THING_ATTRIBUTE].removed[attribute];
    return attribute < 0 ? -1 : PW_BIT_ATTRIBUTE_0 + attribute;
}

/* The name of the nearest covariate among those allowed. */
static void hint_at(const pw_reader_t *reader, const char *given, unsigned allows, char *hint, size_t room)
{
    enum { MOST = BUILT_IN + PW_MAX_ATTRIBUTES + MADE * PW_MAX_NAMES };
    char text[MOST][PW_NAME_LENGTH + 16];
    const char *names[MOST];
    int n = 0;
    for (int i = 0; i < BUILT_IN; i++)
        if (built_in[i].group & allows)
            snprintf(text[n++], sizeof text[0], "%s", built_in[i].name);
    for (int i = 0; (allows & PW_ALLOW_ATTRIBUTES) && i < reader->spec->names[PW_THING_ATTRIBUTE].n; i++)
        snprintf(text[n++], sizeof text[0], "%.*s", PW_NAME_LENGTH, reader->spec->names[PW_THING_ATTRIBUTE].name[i]);
    for (int m = 0; m < MADE; m++)
        for (int i = 0; (allows & made[m].group) && i < reader->spec->names[made[m].thing].n; i++)
            snprintf(text[n++], sizeof text[0], "%s%.*s", made[m].prefix, PW_NAME_LENGTH, reader->spec->names[made[m].thing].name[i]);
    for (int i = 0; i < n; i++)
        names[i] = text[i];
    pw_did_you_mean(given, names, n, hint, room);
}

static void say_why_not(pw_reader_t *reader, const char *name, unsigned group, const pw_node_t *node)
{
    if (group == PW_ALLOW_WORKLOAD)
        pw_finding_at(reader, node, "`%s` may not be used here: workload is shared by families; allowed only in a stage's choice and duration_ratio, in offers "
                      "and uptake, and in partner_approached.", name);
    else if (group & (PW_ALLOW_INCIDENT | PW_ALLOW_SPOKEN))
        pw_finding_at(reader, node, "`%s` may not be used here: it belongs to the incident at hand and is not known, or no longer true, when this is decided.",
                      name);
    else if (group == PW_ALLOW_SCORE)
        pw_finding_at(reader, node, "`%s` may not be used here: a score is read from a form; allowed only in a stage's choice and in police.notifies.", name);
    else if (group == PW_ALLOW_COUNTS)
        pw_finding_at(reader, node, "`%s` may not be used here: it is a number; allowed here: covariates that are 0 or 1.", name);
    else
        pw_finding_at(reader, node, "`%s` may not be used here: it is not known yet when this is decided.", name);
}

/* Where the thing that a covariate speaks of was taken out. */
static const char *removed_bit_where(const pw_spec_t *spec, int covariate, char *out, size_t room)
{
    for (int m = 0; m < MADE; m++) {
        int index = covariate - made[m].first;
        if (index >= 0 && index < spec->names[made[m].thing].n)
            return pw_removed_where(spec, made[m].thing, index, out, room);
    }
    return pw_removed_where(spec, PW_THING_ATTRIBUTE, covariate - PW_BIT_ATTRIBUTE_0, out, room);
}

int pw_covariate_find(pw_reader_t *reader, const char *name, unsigned allows, const pw_node_t *node)
{
    unsigned group;
    bool removed;
    if (reader->thing == PW_THING_ATTRIBUTE)
        allows &= PW_ALLOW_ATTRIBUTES;
    int covariate = find_any(reader, name, &group, &removed);
    if (covariate < 0) {
        if (node) {
            char hint[128];
            hint_at(reader, name, allows, hint, sizeof hint);
            pw_finding_at(reader, node, "There is no covariate called `%s`.%s Allowed: the file's attributes, and what docs/scenario-files.md "
                          "lists under Covariates.", name, hint);
        }
        return -1;
    }
    /* an attribute may name earlier ones only */
    bool is_later = false;
    if (reader->thing == PW_THING_ATTRIBUTE) {
        int index = covariate == PW_BIT_SEPARATED ? pw_spec_find(reader->spec, PW_THING_ATTRIBUTE, "separated") : covariate;
        is_later = index < 0 || index >= reader->index;
    }
    if (!(group & allows) || (is_later && node)) {
        if (node)
            say_why_not(reader, name, group, node);
        return -1;
    }
    if (removed && !reader->removed && node) {
        char where[PW_TREE_PATH];
        pw_finding_at(reader, node, "What `%s` stands for is taken out by this scenario%s.", name,
                      removed_bit_where(reader->spec, covariate, where, sizeof where));
        return -1;
    }
    if (covariate >= PW_BIT_CHILD_UNDER_5 && covariate <= PW_BIT_CHILD_UNDER_16)
        reader->spec->ages |= (uint8_t)(1u << (covariate - PW_BIT_CHILD_UNDER_5));
    return covariate;
}

void pw_covariate_name(const pw_spec_t *spec, int covariate, char *out, size_t room)
{
    for (int i = 0; i < BUILT_IN; i++)
        if (built_in[i].covariate == covariate) {
            snprintf(out, room, "%s", built_in[i].name);
            return;
        }
    for (int m = 0; m < MADE; m++) {
        int index = covariate - made[m].first;
        if (index >= 0 && index < spec->names[made[m].thing].n) {
            snprintf(out, room, "%s%s", made[m].prefix, spec->names[made[m].thing].name[index]);
            return;
        }
    }
    bool is_attribute = covariate >= 0 && covariate < spec->names[PW_THING_ATTRIBUTE].n;
    snprintf(out, room, "%s", is_attribute ? spec->names[PW_THING_ATTRIBUTE].name[covariate] : "");
}
