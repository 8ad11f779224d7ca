/* invocation.h: a verb that was called: with which words, when, and how it ended.
 *
 * What question it answers: how could somebody do this again, and what went wrong?
 * Floor: cli. */
#ifndef PW_CLI_INVOCATION_H
#define PW_CLI_INVOCATION_H

#include "../base/error.h"
#include "../base/folder.h"
#include "../base/moment.h"

typedef struct {
    int argc; char **argv;                 /* as given, "pathways" first: a copy, for reading the options sorts the words */
    char started[PW_MOMENT_ROOM];
} pw_invocation_t;

/* `argv` as the verb gets it, its own name first; `group`: what stands before that ("sweep"), or NULL. The words outlive it. PW_OK or PW_ERROR_MEMORY; free it
 * in every case. */
pw_status_t pw_invocation_init(pw_invocation_t *self, const char *group, int argc, char **argv);
void pw_invocation_free(pw_invocation_t *self);

/* One thing about how it ended, on stderr: the findings (may be NULL); or else what befell the folder (may be NULL); or else, if it did not end well,
 * `why` (a sentence or ""), or what the status is called. Of wrong usage nothing but findings and `why`: it has been said. `command`: "pathways run". */
void pw_invocation_say(const char *command, pw_findings_t *findings, const pw_folder_t *folder, const char *why, pw_status_t status);

#endif
