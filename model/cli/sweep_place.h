/* sweep_place.h: the folder that a part of `sweep` works on.
 *
 * What question it answers: which sweep is in this folder, and how far is it?
 * Floor: cli. Shared by status, merge, extend and export; errors become sentences on stderr. */
#ifndef PW_CLI_SWEEP_PLACE_H
#define PW_CLI_SWEEP_PLACE_H

#include "../report/sweep_folder.h"
#include "options.h"

typedef struct {
    pw_sweep_folder_t folder;
    pw_sweep_t sweep;
    pw_findings_t findings;
    pw_units_t units;
    pw_stock_t stock;
} pw_sweep_place_t;

/* The folder: an operand or --out. NULL after a sentence. */
const char *pw_sweep_place_name(const char *command, const char *out, int argc, char **argv, int first);
/* Reads the manifest and opens the sweep from the folder's own inputs. Every failure has been said. `self` arrives zeroed; free it in every case. */
pw_status_t pw_sweep_place_open(pw_sweep_place_t *self, const char *command, const char *path);
/* Reads all parts. Every failure has been said. */
pw_status_t pw_sweep_place_look(pw_sweep_place_t *self, const char *command);
void pw_sweep_place_free(pw_sweep_place_t *self);

/* A part of `sweep` that reads its options, opens the sweep in a folder, reads all parts, works, and says what went wrong. */
typedef struct {
    const char *command;
    const pw_option_t *options;
    size_t n_options;
    pw_status_t (*check)(const void *asked);                             /* of the options, before anything is read; says what is wrong; may be NULL */
    pw_status_t (*work)(pw_sweep_place_t *place, const void *asked);     /* says what is wrong */
} pw_sweep_part_t;
/* `asked` is what the options fill, `out` its --out. Returns the exit code. */
int pw_sweep_place_run(const pw_sweep_part_t *part, void *asked, const char *const *out, int argc, char **argv);

/* Says what is wrong: findings, else the message if there is one, else the status's sentence. Returns the status. */
pw_status_t pw_sweep_place_say(const char *command, pw_status_t status, pw_findings_t *findings, const char *message);

#endif
