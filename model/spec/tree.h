/* tree.h: input files as one tree of settings, each with the place that it came from.
 *
 * What question it answers: what do the files say, after layering, and which line of which file said it?
 * Floor: spec. source.c reads text and follows @include, syntax.c says in a sentence what cannot be read, read.c (the only code that
 * knows libconfig) makes trees, layer.c lays one over another, combine.c finds where two of them differ, override.c applies --set. Above this, nobody sees
 * libconfig. */
#ifndef PW_SPEC_TREE_H
#define PW_SPEC_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/error.h"

enum pw_node_kind { PW_NODE_GROUP,
                    PW_NODE_LIST,
                    PW_NODE_INTEGER,
                    PW_NODE_REAL,
                    PW_NODE_BOOL,
                    PW_NODE_TEXT };
enum { PW_TREE_DEPTH = 32,
       PW_TREE_PATH = 512 };

typedef struct pw_node {
    int kind;
    char *name; /* NULL for an element of a list */
    char *file;
    int line; /* origin; file is shared: owned by the tree's root */
    int64_t integer;
    double real; /* also set for an integer: `10` is accepted as 10.0 */
    bool boolean;
    char *text; /* of a TEXT: its value; of a number: as the file writes it; else NULL */
    int n;
    struct pw_node **child;
    int room;
    bool removed; /* a list element taken out by `remove = true`: kept, so that indices are stable */
    bool used;    /* the schema read it: what nobody read is misspelt */
    bool refused; /* reading has made a finding about it already: nobody needs to say more */
    int n_files;
    char **files; /* of a root: the file names that `file` of its nodes point into */
} pw_node_t;

/* Reads one file with its @includes (relative to the file that has the line) into a new tree. What is wrong becomes findings: no such
 * file, empty, binary (NUL bytes or not UTF-8), a syntax error, an integer that wraps, a number that is infinite, a setting given
 * twice, two elements of one list with the same key.
 * Returns an error with *out NULL where nothing can be read (no file, a syntax error, no memory). Returns PW_OK with *out set
 * otherwise, so that the rest can be checked in the same pass: the caller asks findings->n before running anything. */
pw_status_t pw_tree_read(const char *file, pw_node_t **out, pw_findings_t *findings);

/* Reads a scenario: follows `base` (relative to the file; a circle is a finding) down to a file without one, lays each over its
 * base, then each `--set path=value` text over the result (origin: "--set", line 0). Where a file has `combine`, the files named there (each
 * with what it combines itself; all on the same base; a circle is a finding) are laid over the base in turn, then the file. What two of them
 * set to different things is a finding, unless the file that combines them sets it too. `base` and `combine` themselves are not kept.
 * *baseline (may be NULL) receives the bottom tree alone, without any --set. Returns as pw_tree_read does. */
pw_status_t pw_tree_read_layered(const char *file, const char *const *sets, int n_sets, pw_node_t **out, pw_node_t **baseline,
                                 pw_findings_t *findings);

/* Lays `over` on `under` (two roots) in place. Groups merge; lists whose elements all have a key (name; event; at; payer; on with during;
 * to; year: the first that an element has) merge by it, element by element, new ones last, `remove = true` marks one removed; an estimate
 * (element of `evidence`) is replaced whole; all else replaces. A merged group keeps its origin, what is inside it has its own.
 * `remove = true` of what is not there is a finding, and so is a group without a key over a list with keys. Fails only without memory. */
pw_status_t pw_tree_layer(pw_node_t *under, const pw_node_t *over, pw_findings_t *findings);

/* Adds a finding for each value that two scenarios set to different things: `first` and `second` are the trees that each makes, alone, of
 * `base`. What `own` (the file that combines them) sets too is decided by it. An estimate is one value. Never fails. */
void pw_tree_conflicts(const pw_node_t *base, const pw_node_t *first, const pw_node_t *second, const pw_node_t *own, pw_findings_t *findings);

/* Applies one `path=value` (path as pw_tree_path writes it; value a number, true, false or a text) to a layered tree. The path must
 * lead to a setting that is there, with two liberties: PATH.AREA gives one area a value of its own where all have the same, and
 * evidence.NAME makes that estimate fixed (assumed, no source). Anything else is a finding with the nearest path. */
pw_status_t pw_tree_set(pw_node_t *root, const char *path_and_value, pw_findings_t *findings);

pw_node_t *pw_tree_copy(const pw_node_t *self);
void pw_tree_free(pw_node_t *self);
const pw_node_t *pw_tree_child(const pw_node_t *group, const char *name); /* NULL: none */

/* Writes the path of `node` as people say it (services.supervised_contact.places, stages.screening.choice.letter.percent) by walking
 * down from root. An element of a list goes by its key (of effects: incident_rate+attending), one without by its place from 1
 * (incidents.percent_by_month.12). Returns false if it does not fit or is not there. */
bool pw_tree_path(const pw_node_t *root, const pw_node_t *node, char *out, size_t room);

/* Writes what an element of a list goes by. False: it has no key. */
bool pw_tree_key(const pw_node_t *element, char *out, size_t room);

/* The child of `parent` that goes by one step of a path; an effect also by what it acts on, if no other does. -1: none. */
int pw_tree_step(const pw_node_t *parent, const char *step);
/* Writes why there is no such step below `parent`, which `so_far` leads to: a clause, with the nearest path or with what there is. */
void pw_tree_no_step(const pw_node_t *parent, const char *so_far, const char *step, char *out, size_t room);

/* ---- for the makers of trees ---- */

/* A new node; `file` is interned in `root` (NULL: this node is to be a root). NULL without memory. */
pw_node_t *pw_tree_new(pw_node_t *root, int kind, const char *name, const char *file, int line);
/* Says that `node` of the tree `root` was last set there. False without memory. */
bool pw_tree_place(pw_node_t *root, pw_node_t *node, const char *file, int line);
/* Appends `child` (adopted). Without memory frees it and returns false. */
bool pw_tree_add(pw_node_t *parent, pw_node_t *child);
/* A copy of `self` for another tree: not used, file names interned in `root`. */
pw_node_t *pw_tree_graft(pw_node_t *root, const pw_node_t *self);
/* What the i-th child goes by in a path: its name, its key, or its place from 1. */
void pw_tree_label(const pw_node_t *parent, int i, char *out, size_t room);
/* The label of the child of `parent` (not `self`, not removed) that is nearest to `given`; false: none is near. */
bool pw_tree_nearest(const pw_node_t *parent, const pw_node_t *self, const char *given, char *out, size_t room);
/* Marks `self` and all below it as read. */
void pw_tree_mark_used(pw_node_t *self);

#endif
