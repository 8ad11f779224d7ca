/* error.h: every way to fail has a name and a sentence; findings say where.
 *
 * What question it answers: what went wrong, in which file and line, what was given, what is allowed?
 * Floor: base. Knows no word of the domain.
 *
 * Functions return pw_status_t: 0 fine, negative an error. Bad input is not an error return alone: it is
 * collected as findings, all of them in one pass, and the caller asks how many there are. */
#ifndef PW_BASE_ERROR_H
#define PW_BASE_ERROR_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

/* name, value, exit code of the command line, sentence */
#define PW_STATUS_LIST(X)                                                                       \
    X(OK, 0, 0, "Done.")                                                                        \
    X(ERROR_MEMORY, -1, 1, "There is not enough memory.")                                       \
    X(ERROR_WRITE, -2, 1, "A file could not be written.")                                       \
    X(ERROR_READ, -3, 3, "A file could not be read.")                                           \
    X(ERROR_INPUT, -4, 3, "An input file has something wrong in it.")                           \
    X(ERROR_USAGE, -5, 2, "The command line is not as it should be.")                           \
    X(ERROR_EXISTS, -6, 2, "The output folder exists already.")                                 \
    X(ERROR_STOPPED, -7, 130, "Stopped before the end; nothing was written.")                   \
    X(ERROR_NUMBER, -8, 1, "A number could not be computed.")                                   \
    X(ERROR_FULL, -9, 1, "The model has outgrown a fixed limit.")                               \
    X(ERROR_MISMATCH, -10, 5, "What is there does not fit what was asked for.")                 \
    X(PRECISION_NOT_REACHED, 1, 4, "Done, but the precision asked for was not reached.")        \
    X(INCOMPLETE, 2, 75, "Not all is done yet; run it again to go on.")

typedef enum pw_status {
#define X(name, value, exit_code, sentence) PW_##name = (value),
    PW_STATUS_LIST(X)
#undef X
} pw_status_t;

const char *pw_status_sentence(pw_status_t status);
const char *pw_status_name(pw_status_t status);
int pw_status_exit_code(pw_status_t status);

/* One thing wrong in an input. All texts are owned copies; line 0 and file NULL mean "not from a file". */
typedef struct {
    char *file;
    int line;
    char *path;       /* services.supervised_contact.places */
    char *message;    /* "places is 1.2e9; allowed: 0 to 100000 places", one sentence without file, line, path */
} pw_finding_t;

typedef struct {
    size_t n, room;
    pw_finding_t *finding;
    int out_of_memory;
} pw_findings_t;

/* Adds a finding; `path` and `file` may be NULL. Never fails: without memory it sets out_of_memory. */
void pw_findings_add(pw_findings_t *self, const char *file, int line, const char *path, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* Prints "file:line: path: message" lines, ordered by file, then line; duplicates once. */
void pw_findings_print(pw_findings_t *self, FILE *to);
void pw_findings_free(pw_findings_t *self);

#endif
