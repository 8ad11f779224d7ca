/* schema.h: what may stand in a file, as tables, and the walk that reads a tree by them.
 *
 * What question it answers: which keys are there, of which kind, in which unit and range, and where do they land?
 * Floor: spec. A new setting is a row in a table (schema_*.c) and a field in spec.h; the walk does the rest: it accepts `2`
 * for `2.0`, refuses what is out of range or misspelt with the nearest name, resolves names to indices, and marks what it read. */
#ifndef PW_SPEC_SCHEMA_H
#define PW_SPEC_SCHEMA_H

#include "spec.h"

enum pw_field_kind {
    PW_FIELD_SETTING,        /* pw_setting_t: number, estimate or by area */
    PW_FIELD_FIXED,          /* pw_setting_t: a number only, the same in all areas */
    PW_FIELD_PLACES,         /* pw_setting_t: as SETTING, or "unlimited" */
    PW_FIELD_TEXT,           /* const char * */
    PW_FIELD_FLAG,           /* bool */
    PW_FIELD_WORD,           /* int: one of a list of words */
    PW_FIELD_NAME,           /* int: index of a thing */
    PW_FIELD_OFFER_POINT,    /* int: a stage, police_attendance or notification */
    PW_FIELD_CHANCE,         /* pw_chance_t: a number, or a group { percent; odds_ratio; only_if } */
    PW_FIELD_CHANCE_HERE,    /* pw_chance_t: its words stand in this very group */
    PW_FIELD_LENGTH,         /* pw_length_t */
    PW_FIELD_BITS,           /* uint64_t[2]: a name or a list of names */
    PW_FIELD_REQUIRES,       /* uint64_t need_one[2], need_zero[2]: { name = 1; } */
    PW_FIELD_SEES,           /* pw_seens_t: { covariate = percent; } */
    PW_FIELD_NUMBERS,        /* pw_numbers_t: a list of plain numbers */
    PW_FIELD_GROUP,          /* a nested group of the same struct; its node lands at `also` unless that is 0 */
    PW_FIELD_LIST,           /* PW_LIST of structs that begin with pw_item_t */
    PW_FIELD_STAGE_OR_CHOICE,/* a stage's name (int at `at`), or a list of exits (at `also`) */
    PW_FIELD_ELSEWHERE       /* read by somebody else (evidence, centres); `schema`, if any, says what there is */
};

/* Which covariates a chance may name. */
enum pw_allow {
    PW_ALLOW_ATTRIBUTES = 1,       /* attributes; in the list of attributes: earlier ones only */
    PW_ALLOW_SITUATION = 2,        /* couple, ages, cases, engagement, stages, services */
    PW_ALLOW_SEVERITY = 4,         /* injury, severe_injury of the incident at hand */
    PW_ALLOW_CONTACT = 8,          /* at_contact */
    PW_ALLOW_PRESENT = 16,         /* child_present */
    PW_ALLOW_INJURED = 32,         /* child_injured */
    PW_ALLOW_SPOKEN = 64,          /* child_spoken_to */
    PW_ALLOW_COUNTS = 128,         /* previous_notifications, children */
    PW_ALLOW_SCORE = 256,          /* risk_score */
    PW_ALLOW_WORKLOAD = 512,       /* workload_TEAM */
    PW_ALLOW_ONLY_IF = 1024,       /* the chance may have only_if */
    PW_ALLOW_INCIDENT = PW_ALLOW_SEVERITY | PW_ALLOW_CONTACT | PW_ALLOW_PRESENT | PW_ALLOW_INJURED,
    PW_ALLOW_RATE = PW_ALLOW_ATTRIBUTES | PW_ALLOW_SITUATION | PW_ALLOW_COUNTS,
    PW_ALLOW_STATE = PW_ALLOW_ATTRIBUTES | PW_ALLOW_SITUATION
};

/* A place of census.h, or the place of the stage or service at hand. */
enum { PW_PLACE_OF_STAGE = 1000, PW_PLACE_OF_SERVICE = 1001 };

typedef struct pw_words { int n; const char *const *word; } pw_words_t;

struct pw_schema;
typedef struct pw_field {
    const char *key;
    int kind, unit;                /* unit: enum pw_unit; for names: enum pw_thing */
    bool required;
    double low, high, otherwise;   /* range allowed (in the file's unit); the default, nan: there is none, it is required */
    size_t at, also;               /* offsets in the struct */
    int place; unsigned allows;    /* of chances */
    const struct pw_schema *schema;
    const pw_words_t *words;
    const char *short_form;        /* another key for the same setting; NULL: none */
    const char *meaning;           /* one sentence */
} pw_field_t;

typedef struct pw_schema {
    const char *one;               /* what one of it is called: "stage" */
    const pw_field_t *field; int n_fields;
    size_t size; int max;          /* of a list's elements; at most `max` of them */
} pw_schema_t;

extern const pw_schema_t pw_schema_root, pw_schema_teams, pw_schema_stages, pw_schema_services, pw_schema_effects, pw_schema_costs,
    pw_schema_exits;
/* The register of estimates is read by evidence.c; its tables only say what there is (schema_register.c). */
extern const pw_schema_t pw_schema_sources, pw_schema_estimates, pw_schema_deflators;

extern const pw_words_t pw_words_quantity, pw_words_grade, pw_words_distribution;
extern const pw_words_t pw_words_payer, pw_words_money, pw_words_on, pw_words_during, pw_words_event, pw_words_counts_as, pw_words_attends,
    pw_words_severity, pw_words_setting;
extern const char *const pw_thing_names[PW_THINGS];      /* area, attribute, ... */

/* What the walk carries along. */
typedef struct {
    pw_spec_t *spec;
    pw_findings_t *findings;
    int thing, index;              /* the stage, service, attribute at hand; -1: none */
    bool removed;                  /* inside an element that the scenario removes: references are not checked */
    pw_status_t status;            /* PW_ERROR_MEMORY once something could not be had */
} pw_reader_t;

/* Reads `group` by `schema` into the struct at `into`. */
void pw_schema_read(pw_reader_t *reader, pw_node_t *group, const pw_schema_t *schema, void *into);
/* Fills the defaults of a struct that no group stands for. */
void pw_schema_defaults(const pw_schema_t *schema, void *into);
/* Frees the lists of a struct that pw_schema_read filled. */
void pw_schema_free(const pw_schema_t *schema, void *from);

/* Calls `visit` for every chance of a struct that pw_schema_read filled, those of removed elements left out. */
void pw_schema_each_chance(const pw_schema_t *schema, const void *from, void (*visit)(void *context, const pw_chance_t *chance), void *context);

/* ---- parts of the walk (schema_value.c, schema_chance.c, schema_names.c) ---- */
void pw_finding_at(pw_reader_t *reader, const pw_node_t *node, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* " Did you mean X?" or "" for the nearest of n names. */
const char *pw_did_you_mean(const char *given, const char *const *names, int n, char *out, size_t room);
/* The nearest name as above, or " Allowed: A, B." with all of them: somebody who is not near any has to see what there is. `others` (may be "") goes first. */
const char *pw_near_or_all(const char *given, const char *const *names, int n, const char *others, char *out, size_t room);

void pw_setting_default(pw_setting_t *setting, double value);
void pw_read_setting(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_setting_t *out);
void pw_read_length(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_length_t *out);
void pw_read_numbers(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_numbers_t *out);
void pw_read_chance(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_chance_t *out);
/* True when `key` is one of the words of a chance that stands in its group. */
bool pw_chance_has_word(const pw_field_t *field, const char *key);
const char *pw_chance_base_word(int unit);
const char *pw_chance_ratio_word(int unit);
void pw_read_bits(pw_reader_t *reader, pw_node_t *node, unsigned allows, uint64_t bits[2]);
void pw_read_requires(pw_reader_t *reader, pw_node_t *node, uint64_t need_one[2], uint64_t need_zero[2]);
void pw_read_sees(pw_reader_t *reader, pw_node_t *node, const pw_field_t *field, pw_seens_t *out);
int pw_read_word(pw_reader_t *reader, pw_node_t *node, const pw_words_t *words);
int pw_read_name(pw_reader_t *reader, pw_node_t *node, int thing);
/* " (file:line)" of the `remove = true` that took a thing out; "" where that is not known. */
const char *pw_removed_where(const pw_spec_t *spec, int thing, int index, char *out, size_t room);
/* Whether the scenario took this estimate out, and where. */
bool pw_removed_estimate_where(const pw_spec_t *spec, const char *name, char *out, size_t room);
int pw_read_offer_point(pw_reader_t *reader, pw_node_t *node);

/* Gathers the names of all things from the tree, before anything refers to them. */
void pw_names_gather(pw_reader_t *reader);

/* The covariate called `name`, if it is among `allows`; else -1 and, unless `node` is NULL, a finding that says why. */
int pw_covariate_find(pw_reader_t *reader, const char *name, unsigned allows, const pw_node_t *node);
/* Writes a covariate's name (for centres.cfg). */
void pw_covariate_name(const pw_spec_t *spec, int covariate, char *out, size_t room);

#endif
