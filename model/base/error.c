/* error.c: see error.h. */
#include "error.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "text.h"

const char *pw_status_sentence(pw_status_t status)
{
    switch (status) {
#define X(name, value, exit_code, sentence) case PW_##name: return sentence;
        PW_STATUS_LIST(X)
#undef X
    }
    return "Something went wrong that has no name.";
}

const char *pw_status_name(pw_status_t status)
{
    switch (status) {
#define X(name, value, exit_code, sentence) case PW_##name: return #name;
        PW_STATUS_LIST(X)
#undef X
    }
    return "UNKNOWN";
}

int pw_status_exit_code(pw_status_t status)
{
    switch (status) {
#define X(name, value, exit_code, sentence) case PW_##name: return exit_code;
        PW_STATUS_LIST(X)
#undef X
    }
    return 1;
}

static void finding_free(pw_finding_t *finding)
{
    pw_free(finding->file);
    pw_free(finding->path);
    pw_free(finding->message);
}

static bool make_room(pw_findings_t *self)
{
    if (self->n < self->room) return true;
    size_t room = self->room ? 2 * self->room : 16;
    pw_finding_t *grown = pw_realloc(self->finding, room, sizeof *grown);
    if (!grown) return false;
    self->finding = grown;
    self->room = room;
    return true;
}

/* Copies a text that may be missing; false without memory. */
static bool copy_text(char **out, const char *text)
{
    *out = text ? pw_strdup(text) : NULL;
    return !text || *out;
}

void pw_findings_add(pw_findings_t *self, const char *file, int line, const char *path, const char *format, ...)
{
    va_list arguments;
    pw_text_t message = { 0 };
    va_start(arguments, format);
    pw_text_vprintf(&message, format, arguments);
    va_end(arguments);

    pw_finding_t finding = { .line = line, .message = pw_text_take(&message) };
    bool whole = copy_text(&finding.file, file);
    whole = copy_text(&finding.path, path) && whole && finding.message;
    if (whole && make_room(self)) {
        self->finding[self->n++] = finding;
        return;
    }
    finding_free(&finding);
    self->out_of_memory = 1;
}

static int compare_texts(const char *a, const char *b)
{
    if (!a || !b) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int compare(const pw_finding_t *a, const pw_finding_t *b)
{
    int by_file = compare_texts(a->file, b->file);
    if (by_file != 0) return by_file;
    if (a->line != b->line) return a->line < b->line ? -1 : 1;
    int by_path = compare_texts(a->path, b->path);
    return by_path != 0 ? by_path : strcmp(a->message, b->message);
}

static int compare_for_sort(const void *a, const void *b) { return compare(a, b); }

static void print_one(const pw_finding_t *finding, FILE *to)
{
    if (finding->file && finding->line > 0) fprintf(to, "%s:%d: ", finding->file, finding->line);
    else if (finding->file) fprintf(to, "%s: ", finding->file);
    if (finding->path && finding->path[0]) fprintf(to, "%s: ", finding->path);
    fprintf(to, "%s\n", finding->message);
}

void pw_findings_print(pw_findings_t *self, FILE *to)
{
    if (self->n > 0) qsort(self->finding, self->n, sizeof *self->finding, compare_for_sort);
    for (size_t i = 0; i < self->n; i++)
        if (i == 0 || compare(&self->finding[i - 1], &self->finding[i]) != 0) print_one(&self->finding[i], to);
    if (self->out_of_memory) fprintf(to, "There was not enough memory to list everything that is wrong.\n");
}

void pw_findings_free(pw_findings_t *self)
{
    for (size_t i = 0; i < self->n; i++) finding_free(&self->finding[i]);
    pw_free(self->finding);
    *self = (pw_findings_t){ 0 };
}
