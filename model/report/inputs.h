/* inputs.h: the files that a run was made from.
 *
 * What question it answers: which files were read, and what stood in them?
 * Floor: report. The copies keep their places relative to each other, so that a scenario in inputs/ still finds its base. */
#ifndef PW_REPORT_INPUTS_H
#define PW_REPORT_INPUTS_H

#include "../base/digest.h"
#include "../base/error.h"
#include "../base/folder.h"
#include "../spec/tree.h"

typedef struct {
    char *path;                       /* as read */
    char *real;                       /* the whole path, without links and dots */
    const char *copy;                 /* relative to inputs/: the end of `real` */
    char sha256[PW_DIGEST_ROOM];
} pw_input_t;

typedef struct { int n, room; pw_input_t *input; } pw_inputs_t;

/* Adds a file, or every file that a tree was read from; a file that is there already is not added again. */
pw_status_t pw_inputs_add(pw_inputs_t *self, const char *path);
pw_status_t pw_inputs_add_tree(pw_inputs_t *self, const pw_node_t *root);
/* Copies all into inputs/, and takes their fingerprints. */
pw_status_t pw_inputs_copy(pw_inputs_t *self, pw_folder_t *folder);
void pw_inputs_free(pw_inputs_t *self);

#endif
