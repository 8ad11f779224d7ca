/* register.h: small verbs for reading the evidence register, shared by evidence.c (sources, deflators, the whole) and estimate.c (one
 * estimate). Not for others.
 * Floor: spec. */
#ifndef PW_SPEC_REGISTER_H
#define PW_SPEC_REGISTER_H

#include "evidence.h"

#define PW_COUNT(a) (sizeof(a) / sizeof((a)[0]))
enum { PW_HINT = 80 };

/* Carried along while the register is read. */
typedef struct {
    pw_node_t *root;
    pw_findings_t *findings;
    const pw_node_t *sources, *deflators, *areas; /* NULL: there is no such list */
    const pw_node_t *run_year;                    /* money.price_year; NULL: not known */
    double run_index;                             /* its deflator; 0: there is none */
    bool run_index_missed;                        /* said so already */
    pw_evidence_t *out;
    pw_status_t status;
} pw_register_t;

/* A finding about `node`. */
void pw_register_refuse(pw_register_t *self, const pw_node_t *node, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* ` (did you mean "X"?)`, or "" when no name is near. */
const char *pw_register_did_you_mean(const char *given, const char *const *names, size_t n, char out[PW_HINT]);
/* "a, b, c", cut to what fits. */
void pw_register_join(const char *const *names, size_t n, char *out, size_t room);
/* Refuses every setting of `group` that its table (schema_register.c) has not. */
struct pw_schema;
void pw_register_check_schema(pw_register_t *self, const pw_node_t *group, const struct pw_schema *schema);

bool pw_register_is_number(const pw_node_t *node);
/* False: not there, or (a finding) not a number, a year. */
bool pw_register_read_number(pw_register_t *self, const pw_node_t *group, const char *name, double *out);
bool pw_register_read_year(pw_register_t *self, const pw_node_t *group, const char *name, int *out);
/* NULL: not there, or (a finding) not a text. */
const char *pw_register_read_text(pw_register_t *self, const pw_node_t *group, const char *name);
/* The name of an element of a list; "": it has none. */
const char *pw_register_name(const pw_node_t *element);

/* The deflator of a year; 0: there is none. */
double pw_register_index(const pw_node_t *deflators, int year);

/* Reads one estimate; what is wrong with it becomes findings, and it something harmless. */
void pw_register_read_estimate(pw_register_t *self, const pw_node_t *group, pw_estimate_t *out);

#endif
