/* schema_walk.h: every setting that a file may have, one after the other, from the tables themselves.
 *
 * What question it answers: what can be set, of which type, in which unit and range, and what does it mean?
 * Floor: spec. Paths are as `--set` takes them, with a word in capitals for what a file names itself: services.NAME.uptake.percent,
 * stages.NAME.choice.TO.percent, incidents.hazard_ratio.COVARIATE. */
#ifndef PW_SPEC_SCHEMA_WALK_H
#define PW_SPEC_SCHEMA_WALK_H

#include "schema.h"

typedef struct {
    char path[PW_TREE_PATH];
    int depth;                     /* steps of the path */
    const char *section;           /* the first step: "services" */
    char type[400];                /* "number, estimate, or one of these for each area" */
    const char *unit;              /* "percent", "days"; "": it has none */
    bool has_range;
    double low, high;              /* infinite: no end on this side */
    char otherwise[64];            /* the default; "required"; "": nothing, if not given */
    const char *where;             /* where a chance is taken; else the section's meaning */
    char meaning[500];             /* a clause in small letters, without full stop */
    unsigned allows;               /* of the ratios of a chance: the covariates that they may name (enum pw_allow); else 0 */
} pw_schema_row_t;

/* Calls `visit` for every setting in the order of the tables: groups and lists themselves (type "group", "list of ...") before what is in
 * them. The row is the walk's own and holds until `visit` returns. */
void pw_schema_walk(void (*visit)(void *context, const pw_schema_row_t *row), void *context);

/* What an element of a list goes by in a path: "NAME", "AT", "ON+DURING"; NULL: by its place from 1. */
const char *pw_schema_key(const pw_schema_t *schema);

/* What people call a unit: "percent", "per year". */
const char *pw_unit_name(int unit);

/* The built-in covariates of one group of enum pw_allow, one after the other: the i-th's name, NULL after the last. */
const char *pw_covariate_built_in(unsigned group, int i);

#endif
