/* manifest_read.h: what a finished run's manifest says.
 *
 * What question it answers: which program wrote this folder, from what, and is every file still as it was written?
 * Floor: report; with manifest.c and datapackage.c the only code that knows jansson. All texts are owned by the account. */
#ifndef PW_REPORT_MANIFEST_READ_H
#define PW_REPORT_MANIFEST_READ_H

#include <stdbool.h>
#include <stdint.h>

#include "../base/error.h"
#include "../measure/roster.h"

enum { PW_MAX_MANIFEST = 64, PW_MANIFEST_SCHEMA = 1 };

typedef struct { const char *file, *sha256; } pw_listed_t;
typedef struct { const char *name, *title, *file; } pw_listed_scenario_t;

typedef struct {
    void *root;                            /* jansson's */
    const char *version, *commit, *compiler, *generator, *command, *started, *seed, *results_sha256;
    int64_t draws, replications, worlds;
    int n_scenarios, n_inputs, n_results, n_answers, n_sets;
    pw_listed_scenario_t scenario[PW_MAX_SCENARIOS];
    pw_listed_t input[PW_MAX_MANIFEST], result[PW_MAX_MANIFEST], answer[PW_MAX_MANIFEST];     /* answer: answers/NAME.csv, as last written */
    const char *set[PW_MAX_MANIFEST];
} pw_manifest_read_t;

/* Reads `folder`/manifest.json. `self` arrives zeroed; free it in every case. PW_ERROR_READ (no folder, no manifest) and PW_ERROR_INPUT (not
 * whole, of another kind or schema) come with findings. */
pw_status_t pw_manifest_read(pw_manifest_read_t *self, const char *folder, pw_findings_t *findings);
/* Holds every listed file of results against its fingerprint; one finding for each that is missing or was changed. */
pw_status_t pw_manifest_verify(const pw_manifest_read_t *self, const char *folder, pw_findings_t *findings);
/* The same of what later commands added; for who says it: a command that makes an answer anew needs no old one. */
pw_status_t pw_manifest_verify_answers(const pw_manifest_read_t *self, const char *folder, pw_findings_t *findings);
void pw_manifest_read_free(pw_manifest_read_t *self);

#endif
