/* read.c: one file into one tree. The only code that knows libconfig (1.5), and its traps: it garbles numbers that do not fit without
 * a word, so every number is read again from the words of the text, which come in the same order. */
#include <errno.h>
#include <libconfig.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/memory.h"
#include "source.h"
#include "syntax.h"
#include "tree.h"

enum { LONGEST_NUMBER = 400 };

typedef struct {
    const pw_source_t *source;
    pw_node_t *root;
    int next_word; /* words before it have been used */
} maker_t;

static const pw_word_t *next_number(maker_t *self)
{
    while (self->next_word < self->source->n_words) {
        const pw_word_t *word = &self->source->word[self->next_word++];
        if (word->kind == PW_WORD_NUMBER)
            return word;
    }
    return NULL;
}

/* Reads node->text again. A number that does not fit is marked refused; what to say of it needs the finished tree. */
static void read_number(pw_node_t *node)
{
    char text[LONGEST_NUMBER];
    size_t n = strlen(node->text);
    bool hex = n > 2 && (node->text[1] == 'x' || node->text[1] == 'X');
    bool is_long = node->text[n - 1] == 'L';
    snprintf(text, sizeof text, "%s", node->text);
    errno = 0;
    if (!hex && strpbrk(text, ".eE")) {
        node->kind = PW_NODE_REAL;
        node->real = strtod(text, NULL);
        node->refused = errno == ERANGE || !isfinite(node->real);
    } else {
        node->kind = PW_NODE_INTEGER;
        node->integer = strtoll(text, NULL, hex ? 16 : 10);
        node->refused = errno == ERANGE || (!is_long && (node->integer > INT32_MAX || node->integer < INT32_MIN));
        node->real = (double)node->integer;
    }
    node->refused = node->refused || n >= sizeof text;
}

static bool fill_scalar(maker_t *self, pw_node_t *node, const config_setting_t *setting)
{
    if (config_setting_type(setting) == CONFIG_TYPE_BOOL) {
        node->kind = PW_NODE_BOOL;
        node->boolean = config_setting_get_bool(setting);
        return true;
    }
    if (config_setting_type(setting) == CONFIG_TYPE_STRING) {
        const char *text = config_setting_get_string(setting);
        node->kind = PW_NODE_TEXT;
        return (node->text = pw_strdup(text ? text : "")) != NULL;
    }
    const pw_word_t *word = next_number(self);
    if (!word || !(node->text = pw_strndup(self->source->text + word->at, word->length)))
        return false;
    read_number(node);
    return true;
}

static pw_node_t *make(maker_t *self, config_setting_t *setting)
{
    int line = (int)config_setting_source_line(setting);
    pw_node_t *node = pw_tree_new(self->root, PW_NODE_GROUP, config_setting_name(setting), pw_source_file(self->source, line),
                                  pw_source_line(self->source, line));
    if (!node)
        return NULL;
    if (!self->root)
        self->root = node;
    bool whole = true;
    if (config_setting_is_aggregate(setting)) {
        node->kind = config_setting_is_group(setting) ? PW_NODE_GROUP : PW_NODE_LIST;
        for (int i = 0; i < config_setting_length(setting) && whole; i++)
            whole = pw_tree_add(node, make(self, config_setting_get_elem(setting, (unsigned)i)));
    } else {
        whole = fill_scalar(self, node, setting);
    }
    if (!whole) {
        pw_tree_free(node);
        return NULL;
    }
    return node;
}

static void say_refused(const pw_node_t *root, const pw_node_t *node, pw_findings_t *findings)
{
    char path[PW_TREE_PATH];
    pw_tree_path(root, node, path, sizeof path);
    int n = strlen(node->text) > 60 ? 60 : (int)strlen(node->text);
    const char *more = n < (int)strlen(node->text) ? "..." : "";
    if (strlen(node->text) >= LONGEST_NUMBER)
        pw_findings_add(findings, node->file, node->line, path, "%.*s%s has more digits than are read", n, node->text, more);
    else if (node->kind == PW_NODE_INTEGER)
        pw_findings_add(findings, node->file, node->line, path,
                        "%.*s%s does not fit a whole number; allowed: -2147483648 to 2147483647 (write 3000000000.0 for more)", n, node->text, more);
    else if (isfinite(node->real))
        pw_findings_add(findings, node->file, node->line, path,
                        "%.*s%s is too near to 0 for a number; allowed: 0, or from 2.3e-308 in size", n, node->text, more);
    else
        pw_findings_add(findings, node->file, node->line, path, "%.*s%s is too large for a number; allowed: -1.7e308 to 1.7e308", n, node->text,
                        more);
}

/* The elements of a list are found by their key: two of one key could never be told apart. */
static pw_status_t check_keys(const pw_node_t *root, const pw_node_t *list, pw_findings_t *findings)
{
    char key[PW_TREE_PATH], path[PW_TREE_PATH];
    pw_status_t status = PW_OK;
    char **seen = pw_alloc((size_t)list->n, sizeof *seen);
    if (!seen)
        return PW_ERROR_MEMORY;
    for (int i = 0; i < list->n && status == PW_OK; i++) {
        if (!pw_tree_key(list->child[i], key, sizeof key))
            continue;
        for (int j = 0; j < i; j++) {
            if (!seen[j] || strcmp(seen[j], key) != 0)
                continue;
            const pw_node_t *again = list->child[i], *first = list->child[j];
            bool same_file = strcmp(first->file, again->file) == 0;
            pw_tree_path(root, again, path, sizeof path);
            pw_findings_add(findings, again->file, again->line, path, "two elements of this list are called \"%s\"; the first is in line %d%s%s", key,
                            first->line, same_file ? "" : " of ", same_file ? "" : first->file);
            break;
        }
        if (!(seen[i] = pw_strdup(key)))
            status = PW_ERROR_MEMORY;
    }
    for (int i = 0; i < list->n; i++)
        pw_free(seen[i]);
    pw_free(seen);
    return status;
}

static pw_status_t check_node(const pw_node_t *root, const pw_node_t *node, pw_findings_t *findings)
{
    if (node->refused)
        say_refused(root, node, findings);
    pw_status_t status = node->kind == PW_NODE_LIST ? check_keys(root, node, findings) : PW_OK;
    for (int i = 0; i < node->n && status == PW_OK; i++)
        status = check_node(root, node->child[i], findings);
    return status;
}

/* What pw_syntax_check let pass and libconfig does not: in its own words. */
static void say_unread(const pw_source_t *source, const config_t *config, pw_findings_t *findings)
{
    const char *text = config_error_text(config);
    int line = config_error_line(config);
    pw_findings_add(findings, pw_source_file(source, line), pw_source_line(source, line), NULL, "the text cannot be read as settings (%s)",
                    text ? text : "no reason is known");
}

static pw_status_t make_tree(const pw_source_t *source, pw_node_t **out, pw_findings_t *findings)
{
    config_t config;
    maker_t maker = { .source = source };
    pw_status_t status = PW_OK;
    config_init(&config);
    if (!config_read_string(&config, source->text)) {
        say_unread(source, &config, findings);
        status = PW_ERROR_INPUT;
    } else if (!(*out = make(&maker, config_root_setting(&config)))) {
        status = PW_ERROR_MEMORY;
    }
    config_destroy(&config);
    return status;
}

pw_status_t pw_tree_read(const char *file, pw_node_t **out, pw_findings_t *findings)
{
    pw_source_t source = { 0 };
    *out = NULL;
    pw_status_t status = pw_source_read(&source, file, findings);
    if (status == PW_OK)
        status = pw_syntax_check(&source, findings);
    if (status == PW_OK)
        status = make_tree(&source, out, findings);
    pw_source_free(&source);
    if (status == PW_OK)
        status = check_node(*out, *out, findings);
    if (status != PW_OK) {
        pw_tree_free(*out);
        *out = NULL;
    }
    return status;
}
