/* explain_sentence.h: one difference, one sentence.
 *
 * What question it answers: how is this change said in English?
 * Floor: report; for explain.c alone. explain_sentence.c finds the section and says chances and what has no words of its own;
 * explain_pathway.c says what services, stages, teams, effects and costs do. */
#ifndef PW_REPORT_EXPLAIN_SENTENCE_H
#define PW_REPORT_EXPLAIN_SENTENCE_H

#include "../spec/difference.h"
#include "explain.h"

/* A difference with where its sentence goes. */
typedef struct {
    pw_explain_t *page;
    const pw_difference_t *at;
    int section;
    char heading[PW_TREE_PATH];
    const char *key;               /* of the innermost list around it: "offered"; "": none */
    const char *outer;             /* of the outermost list: "services"; "": none */
} pw_saying_t;

/* The visitor for pw_difference_walk; context: pw_explain_t. */
bool pw_explain_visit(void *context, const pw_difference_t *difference);

/* Says `text` (freed) as one sentence: capital first, full stop last. */
void pw_say(const pw_saying_t *self, pw_text_t *text, const pw_node_t *node);
/* Appends " instead of X" for a setting that was otherwise before; `what` of it is NULL for something new. */
void pw_say_instead(const pw_saying_t *self, const pw_setting_t *before, int unit, pw_text_t *text);
/* A setting's value now, its estimate remembered. */
void pw_say_value(const pw_saying_t *self, const pw_setting_t *setting, int unit, pw_text_t *text);

/* Says a chance: "<before><value><after>[ instead of <old>].", then each ratio "<where>, <odds> multiplied by <ratio>." */
void pw_say_chance(const pw_saying_t *self, const pw_chance_t *from, const pw_chance_t *to, const char *before, const char *after, const char *odds);

/* explain_pathway.c: true if it said it. */
bool pw_say_pathway(const pw_saying_t *self);

#endif
