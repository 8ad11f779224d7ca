#include "sweep_file.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "../base/memory.h"
#include "../base/number.h"
#include "../base/text.h"
#include "source.h"

/* ---- the words of the file, and where each lands ---- */

enum word_kind { TEXT /* char * */, TEXTS /* pw_sweep_texts_t */, INTEGER /* int64_t */, REAL /* double */, FLAG /* bool */, WORD /* int */, ELSEWHERE };

typedef struct {
    const char *key;
    int kind;
    size_t at;
    double low, high;              /* INTEGER, REAL */
    const char *const *words;      /* WORD: ended by NULL */
    int only;                      /* 1 + the one kind of design that has it; 0: all */
} word_t;

static const char *const kinds[] = { "grid", "list", "latin", "sobol", "morris", "saltelli", NULL };
static const char *const samples[] = { "sobol", "latin", "random", NULL };
static const char *const scales[] = { "linear", "log", NULL };
static const char *const estimates[] = { "central", "drawn", NULL };

#define IN(field) offsetof(pw_sweep_file_t, field)
static const word_t root_words[] = {
    { "title", TEXT, IN(title), 0, 0, NULL, 0 },
    { "question", TEXT, IN(question), 0, 0, NULL, 0 },
    { "baseline", TEXT, IN(baseline), 0, 0, NULL, 0 },
    { "scenarios", TEXTS, IN(scenarios), 0, 0, NULL, 0 },
    { "set", TEXTS, IN(sets), 0, 0, NULL, 0 },
    { "measures", TEXTS, IN(measures), 0, 0, NULL, 0 },
    { "seed", INTEGER, IN(seed), 0, 2147483647, NULL, 0 },
    { "replications", INTEGER, IN(replications), 1, 1048576, NULL, 0 },
    { "block", INTEGER, IN(block), 1, 1048576, NULL, 0 },
    { "estimates", WORD, IN(estimates), 0, 0, estimates, 0 },
    { "parameters", TEXT, IN(parameters), 0, 0, NULL, 0 },
    { "design", ELSEWHERE, 0, 0, 0, NULL, 0 },
    { "inputs", ELSEWHERE, 0, 0, 0, NULL, 0 },
};
static const word_t design_words[] = {
    { "kind", WORD, IN(kind), 0, 0, kinds, 0 },
    { "points", INTEGER, IN(points), 1, 1e9, NULL, 0 },
    { "trajectories", INTEGER, IN(points), 1, 1e9, NULL, 1 + PW_SWEEP_MORRIS },
    { "levels", INTEGER, IN(levels), 4, 1000, NULL, 1 + PW_SWEEP_MORRIS },
    { "base_points", INTEGER, IN(points), 1, 1e9, NULL, 1 + PW_SWEEP_SALTELLI },
    { "sample", WORD, IN(sample), 0, 0, samples, 1 + PW_SWEEP_SALTELLI },
    { "maximin", FLAG, IN(maximin), 0, 0, NULL, 1 + PW_SWEEP_LATIN },
    { "matrix", TEXT, IN(matrix), 0, 0, NULL, 1 + PW_SWEEP_LIST },
    { "unit", FLAG, IN(unit), 0, 0, NULL, 1 + PW_SWEEP_LIST },
};
#undef IN
#define IN(field) offsetof(pw_sweep_input_t, field)
static const word_t input_words[] = {
    { "path", TEXT, IN(path), 0, 0, NULL, 0 },
    { "values", ELSEWHERE, 0, 0, 0, NULL, 0 },
    { "low", REAL, IN(low), -1e15, 1e15, NULL, 0 },
    { "high", REAL, IN(high), -1e15, 1e15, NULL, 0 },
    { "scale", WORD, IN(scale), 0, 0, scales, 0 },
    { "whole", FLAG, IN(whole), 0, 0, NULL, 0 },
    { "steps", INTEGER, IN(steps), 1, 1e6, NULL, 0 },
};
#undef IN
#define COUNT(words) ((int)(sizeof(words) / sizeof(words)[0]))

/* ---- reading by a table ---- */

typedef struct {
    pw_sweep_file_t *file;
    pw_findings_t *findings;
    pw_status_t status;
} reader_t;

#define SAY(reader, node, ...) pw_findings_add((reader)->findings, (node)->file, (node)->line, (node)->name, __VA_ARGS__)

static bool is_number(const pw_node_t *node) { return node->kind == PW_NODE_INTEGER || node->kind == PW_NODE_REAL; }

static void read_text(reader_t *self, const pw_node_t *node, char **out)
{
    if (node->kind != PW_NODE_TEXT || !node->text[0]) {
        SAY(self, node, "this must be a text in quotes");
        return;
    }
    pw_free(*out);
    if (!(*out = pw_strdup(node->text)))
        self->status = PW_ERROR_MEMORY;
}

/* One text, or a list of them. */
static void read_texts(reader_t *self, const pw_node_t *node, pw_sweep_texts_t *out)
{
    bool is_list = node->kind == PW_NODE_LIST;
    int n = is_list ? node->n : 1;
    out->line = node->line;
    if (!(out->text = pw_alloc((size_t)n, sizeof out->text[0])))
        self->status = PW_ERROR_MEMORY;
    for (int i = 0; out->text && i < n; i++) {
        read_text(self, is_list ? node->child[i] : node, &out->text[out->n]);
        out->n += out->text[out->n] != NULL;
    }
}

static bool read_number(reader_t *self, const pw_node_t *node, const word_t *word, double *out)
{
    char low[PW_NUMBER_ROOM], high[PW_NUMBER_ROOM];
    bool whole = word->kind == INTEGER;
    *out = node->real;
    if (is_number(node) && *out >= word->low && *out <= word->high && (!whole || floor(*out) == *out))
        return true;
    if (!node->refused)
        SAY(self, node, "%s is out of range; allowed: a %snumber from %s to %s", node->text ? node->text : "this", whole ? "whole " : "",
            pw_number_decimals(word->low, 0, low), pw_number_shortest(word->high, high));
    return false;
}

static int read_choice(reader_t *self, const pw_node_t *node, const word_t *word)
{
    pw_text_t allowed = { 0 };
    int found = -1;
    for (int i = 0; word->words[i] && found < 0; i++) {
        if (node->kind == PW_NODE_TEXT && strcmp(node->text, word->words[i]) == 0)
            found = i;
        pw_text_printf(&allowed, "%s%s", i ? ", " : "", word->words[i]);
    }
    if (found < 0)
        SAY(self, node, "\"%s\" is none of the words for this; allowed: %s", node->text ? node->text : "", pw_text_get(&allowed));
    pw_text_free(&allowed);
    return found;
}

static void read_word(reader_t *self, const pw_node_t *node, const word_t *word, void *into)
{
    void *to = (char *)into + word->at;
    double number;
    if (word->kind == TEXT)
        read_text(self, node, to);
    else if (word->kind == TEXTS)
        read_texts(self, node, to);
    else if (word->kind == WORD)
        *(int *)to = read_choice(self, node, word);
    else if (word->kind == REAL && read_number(self, node, word, &number))
        *(double *)to = number;
    else if (word->kind == INTEGER && read_number(self, node, word, &number))
        *(int64_t *)to = (int64_t)number;
    else if (word->kind == FLAG && node->kind == PW_NODE_BOOL)
        *(bool *)to = node->boolean;
    else if (word->kind == FLAG)
        SAY(self, node, "this must be true or false");
}

static void unknown(reader_t *self, const pw_node_t *node, const word_t *words, int n_words)
{
    const char *names[16];
    for (int i = 0; i < n_words; i++)
        names[i] = words[i].key;
    int nearest = pw_text_nearest(node->name, names, (size_t)n_words);
    SAY(self, node, "there is no such setting here%s%s", nearest < 0 ? "" : "; did you mean ", nearest < 0 ? "" : names[nearest]);
}

static void read_group(reader_t *self, const pw_node_t *group, const word_t *words, int n_words, void *into)
{
    for (int i = 0; i < group->n; i++) {
        const pw_node_t *node = group->child[i];
        int w = 0;
        while (w < n_words && strcmp(words[w].key, node->name) != 0)
            w++;
        if (w == n_words)
            unknown(self, node, words, n_words);
        else
            read_word(self, node, &words[w], into);
    }
}

/* ---- inputs ---- */

static int name_of(reader_t *self, pw_sweep_texts_t *names, const char *text)
{
    for (int i = 0; i < names->n; i++)
        if (strcmp(names->text[i], text) == 0)
            return i;
    if ((names->text[names->n] = pw_strdup(text)))
        return names->n++;
    self->status = PW_ERROR_MEMORY;
    return 0;
}

static void read_values(reader_t *self, const pw_node_t *node, pw_sweep_input_t *out)
{
    bool is_list = node->kind == PW_NODE_LIST;
    int n = is_list ? node->n : 1;
    out->number = pw_alloc((size_t)n, sizeof out->number[0]);
    out->names.text = pw_alloc((size_t)n, sizeof out->names.text[0]);
    if (!out->number || !out->names.text) {
        self->status = PW_ERROR_MEMORY;
        return;
    }
    out->is_text = n > 0 && (is_list ? node->child[0] : node)->kind == PW_NODE_TEXT;
    for (int i = 0; i < n; i++) {
        const pw_node_t *value = is_list ? node->child[i] : node;
        if (out->is_text ? value->kind != PW_NODE_TEXT : !is_number(value))
            SAY(self, value, "value %d of \"%s\" is no %s; allowed: numbers, or names in quotes, in ( ) with commas between", i + 1, out->path ? out->path : "",
                out->is_text ? "text in quotes" : "number");
        else
            out->number[out->n_values++] = out->is_text ? name_of(self, &out->names, value->text) : value->real;
    }
    if (n == 0)
        SAY(self, node, "there is no value here; allowed: one or more");
}

static void check_input(reader_t *self, const pw_node_t *node, const pw_sweep_input_t *input)
{
    bool low = !isnan(input->low), high = !isnan(input->high);
    char a[PW_NUMBER_ROOM], b[PW_NUMBER_ROOM];
    const char *path = input->path;
    if (!path) {
        SAY(self, node, "an input has no path; for example path = \"services.supervised_contact.places\"");
        return;
    }
    if (low != high)
        pw_findings_add(self->findings, input->file, input->line, path, "only one end of the range is given; allowed: low and high, or neither (the "
                        "estimate's own distribution)");
    else if (low && !(input->low < input->high))
        pw_findings_add(self->findings, input->file, input->line, path, "the range is inside out: low = %s, high = %s; allowed: low below high",
                        pw_number_shortest(input->low, a), pw_number_shortest(input->high, b));
    else if (low && input->n_values > 0)
        pw_findings_add(self->findings, input->file, input->line, path, "both values and a range are given; allowed: one of them");
    else if (low && input->scale == 1 && input->low <= 0.0)
        pw_findings_add(self->findings, input->file, input->line, path, "a range from %s has no logarithms; allowed: low above 0 with scale = \"log\"",
                        pw_number_shortest(input->low, a));
    else if (!low && input->scale >= 0)
        pw_findings_add(self->findings, input->file, input->line, path, "a scale is given without low and high; allowed: both, or neither");
    for (const pw_sweep_input_t *other = self->file->input; other < input; other++)
        if (other->path && strcmp(other->path, path) == 0)
            pw_findings_add(self->findings, input->file, input->line, path, "this input stands twice: first on line %d", other->line);
}

static void read_inputs(reader_t *self, const pw_node_t *list)
{
    pw_sweep_file_t *file = self->file;
    if (list->kind != PW_NODE_LIST) {
        SAY(self, list, "this must be a list: inputs = ( { path = \"..\"; }, { path = \"..\"; } )");
        return;
    }
    if (!(file->input = pw_alloc((size_t)list->n, sizeof file->input[0]))) {
        self->status = PW_ERROR_MEMORY;
        return;
    }
    for (int i = 0; i < list->n && self->status == PW_OK; i++) {
        const pw_node_t *node = list->child[i], *values;
        pw_sweep_input_t *input = &file->input[file->n_inputs];
        if (node->kind != PW_NODE_GROUP) {
            SAY(self, node, "an input must be a group: { path = \"..\"; }");
            continue;
        }
        *input = (pw_sweep_input_t){ .file = node->file, .line = node->line, .low = NAN, .high = NAN, .scale = -1 };
        file->n_inputs++;
        read_group(self, node, input_words, COUNT(input_words), input);
        if ((values = pw_tree_child(node, "values")))
            read_values(self, values, input);
        check_input(self, node, input);
    }
}

/* ---- the design ---- */

/* A word that only another kind of design has would be read and not used. */
static void check_words(reader_t *self, const pw_node_t *group)
{
    const pw_sweep_file_t *file = self->file;
    for (int i = 0; i < COUNT(design_words) && file->kind >= 0; i++) {
        const word_t *word = &design_words[i];
        const pw_node_t *node = pw_tree_child(group, word->key);
        bool counts = strcmp(word->key, "points") == 0, has_points = file->kind == PW_SWEEP_LATIN || file->kind == PW_SWEEP_SOBOL;
        if (node && word->only && word->only != 1 + file->kind)
            SAY(self, node, "a design of kind \"%s\" has no %s; allowed with kind \"%s\"", kinds[file->kind], word->key, kinds[word->only - 1]);
        else if (node && counts && !has_points)
            SAY(self, node, "a design of kind \"%s\" has no points of its own; allowed: %s", kinds[file->kind],
                file->kind == PW_SWEEP_MORRIS ? "trajectories" : file->kind == PW_SWEEP_SALTELLI ? "base_points" : "the inputs' values make them");
    }
    if (file->points == 0 && file->kind >= PW_SWEEP_LATIN)
        SAY(self, group, "%s is missing: how many", file->kind == PW_SWEEP_MORRIS ? "trajectories" : file->kind == PW_SWEEP_SALTELLI ? "base_points"
            : "points");
}

/* A list's inputs go in step: every one has as many values. */
static void check_list(reader_t *self)
{
    pw_sweep_file_t *file = self->file;
    for (int i = 0; i < file->n_inputs; i++) {
        const pw_sweep_input_t *input = &file->input[i];
        if (input->n_values == 0)
            pw_findings_add(self->findings, input->file, input->line, input->path,
                            "an input of a list has no values; allowed: values = ( ), as many as the others have");
        else if (input->n_values != file->input[0].n_values)
            pw_findings_add(self->findings, input->file, input->line, input->path,
                            "there are %lld values; allowed: %lld, as many as the first input has (a list takes them in pairs)",
                            (long long)input->n_values, (long long)file->input[0].n_values);
    }
    file->n_rows = file->n_inputs > 0 ? file->input[0].n_values : 0;
}

static void read_design(reader_t *self, const pw_node_t *root)
{
    const pw_node_t *group = pw_tree_child(root, "design");
    pw_sweep_file_t *file = self->file;
    if (!group || group->kind != PW_NODE_GROUP) {
        SAY(self, group ? group : root, "there must be a group design: { kind = \"grid\"; }");
        return;
    }
    read_group(self, group, design_words, COUNT(design_words), file);
    file->kind_line = group->line;
    if (!pw_tree_child(group, "kind"))
        SAY(self, group, "kind is missing: grid, list, latin, sobol, morris or saltelli");
    check_words(self, group);
}

/* The file that another file names, as seen from here. */
static void beside(reader_t *self, const char *file, char **name)
{
    char *seen = *name ? pw_source_beside(file, *name) : NULL;
    if (*name && !seen)
        self->status = PW_ERROR_MEMORY;
    if (seen) {
        pw_free(*name);
        *name = seen;
    }
}

static void read_cfg(reader_t *self)
{
    pw_sweep_file_t *file = self->file;
    const pw_node_t *inputs, *parameters;
    size_t before = self->findings->n;
    self->status = pw_tree_read(file->file, &file->tree, self->findings);
    if (self->status != PW_OK)
        return;
    const pw_node_t *base = pw_tree_child(file->tree, "base");
    if (base && !pw_tree_child(file->tree, "design") && !pw_tree_child(file->tree, "inputs")) {
        SAY(self, base, "this is a scenario, not a sweep: pathways run compares it with the baseline; a sweep names it in scenarios = ( \"..\" )");
        return;
    }
    read_group(self, file->tree, root_words, COUNT(root_words), file);
    read_design(self, file->tree);
    if ((inputs = pw_tree_child(file->tree, "inputs")))
        read_inputs(self, inputs);
    else
        SAY(self, file->tree, "there must be a list inputs = ( { path = \"..\"; } )");
    beside(self, file->file, &file->baseline);
    beside(self, file->file, &file->matrix);
    parameters = pw_tree_child(file->tree, "parameters");
    file->parameters_line = parameters ? parameters->line : 0;
    if (file->parameters && strcmp(file->parameters, "prior") != 0)
        beside(self, file->file, &file->parameters);
    for (int i = 0; i < file->scenarios.n; i++)
        beside(self, file->file, &file->scenarios.text[i]);
    if (self->status != PW_OK || self->findings->n > before)
        return;
    if (file->matrix)
        self->status = pw_sweep_rows_matrix(file, self->findings);
    else if (file->kind == PW_SWEEP_LIST)
        check_list(self);
}

static bool ends_in(const char *file, const char *end)
{
    size_t n = strlen(file), m = strlen(end);
    return n > m && strcmp(file + n - m, end) == 0;
}

pw_status_t pw_sweep_file_read(pw_sweep_file_t *self, const char *file, pw_findings_t *findings)
{
    *self = (pw_sweep_file_t){ .seed = -1, .kind = -1, .sample = -1 };
    reader_t reader = { .file = self, .findings = findings };
    if (!(self->file = pw_strdup(file)))
        return PW_ERROR_MEMORY;
    if (ends_in(file, ".csv"))
        reader.status = pw_sweep_rows_csv(self, findings);
    else
        read_cfg(&reader);
    return reader.status;
}

/* ---- the end ---- */

static void texts_free(pw_sweep_texts_t *self)
{
    for (int i = 0; i < self->n; i++)
        pw_free(self->text[i]);
    pw_free(self->text);
}

void pw_sweep_file_free(pw_sweep_file_t *self)
{
    for (int i = 0; i < self->n_inputs; i++) {
        pw_free(self->input[i].path);
        pw_free(self->input[i].number);
        pw_free(self->input[i].coordinate);
        texts_free(&self->input[i].names);
    }
    pw_free(self->input);
    texts_free(&self->scenarios);
    texts_free(&self->sets);
    texts_free(&self->measures);
    pw_free(self->file);
    pw_free(self->matrix);
    pw_free(self->parameters);
    pw_free(self->title);
    pw_free(self->question);
    pw_free(self->baseline);
    pw_free(self->row_line);
    pw_tree_free(self->tree);
    *self = (pw_sweep_file_t){ 0 };
}
