/* sweep_manifest.h: manifest.json of a sweep.
 *
 * What question it answers: what was swept, from what, with what, and how is it opened again?
 * Floor: report; knows jansson. */
#ifndef PW_REPORT_SWEEP_MANIFEST_H
#define PW_REPORT_SWEEP_MANIFEST_H

#include <stdio.h>

#include "inputs.h"
#include "sweep_folder.h"

/* `inputs` have been copied; `inputs_name` is the folder that they will stand in. PW_OK, PW_ERROR_MEMORY; failed writes show in `to`. */
pw_status_t pw_sweep_manifest_write(const pw_sweep_t *sweep, const pw_sweep_request_t *request, const pw_inputs_t *inputs, const char *inputs_name, int argc,
                                    char *const *argv, FILE *to);
/* Reads self->path/manifest.json into self. PW_ERROR_INPUT with a message if it is not what a sweep writes; PW_ERROR_MEMORY. */
pw_status_t pw_sweep_manifest_read(pw_sweep_folder_t *self);

#endif
