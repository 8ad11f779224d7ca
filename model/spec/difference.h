/* difference.h: what one model says otherwise than another, setting by setting.
 *
 * What question it answers: which settings does a scenario change, add, or take out?
 * Floor: spec. Walks the tables (schema.h) over two specs of which `now` stands on the same baseline as `before`: lists hold the baseline's
 * elements first, in its order. Estimates are compared by name: that an estimate itself was replaced is no difference here. */
#ifndef PW_SPEC_DIFFERENCE_H
#define PW_SPEC_DIFFERENCE_H

#include "schema.h"

enum pw_difference_kind { PW_DIFFERENCE_CHANGED, PW_DIFFERENCE_ADDED, PW_DIFFERENCE_REMOVED };
enum { PW_DIFFERENCE_DEPTH = 4 };

typedef struct {
    int kind;
    const pw_spec_t *before, *now;
    const pw_field_t *field;               /* the setting; is_element: the list */
    bool is_element;                       /* a whole element of a list was added or taken out (the innermost owner) */
    int n_owners;                          /* elements of lists around it, from outside in */
    struct { const pw_field_t *list; int index; const pw_item_t *item; } owner[PW_DIFFERENCE_DEPTH];
    const void *from, *to;                 /* the structs that hold it; from NULL: inside something new */
    const pw_node_t *node;                 /* where it is said now; where the baseline's stood, if nowhere */
    const char *path;                      /* as pw_tree_path writes it; valid while visiting */
} pw_difference_t;

/* Calls `visit` for every difference, in the order of the tables. For a new element (is_element, ADDED) `visit` is asked first: if it returns
 * true, every setting that the element gives follows, with from = NULL; else nothing of it does. */
void pw_difference_walk(const pw_spec_t *before, const pw_spec_t *now, bool (*visit)(void *context, const pw_difference_t *difference), void *context);

/* Whether two settings say the same in all areas. */
bool pw_setting_same(const pw_spec_t *before, const pw_setting_t *a, const pw_spec_t *now, const pw_setting_t *b);
/* The term of a chance for a covariate; NULL: none. */
const pw_term_t *pw_chance_term(const pw_chance_t *chance, int covariate);

#endif
