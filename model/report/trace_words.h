/* trace_words.h: an event of a family's life as a sentence, and why it came out so.
 *
 * What question it answers: what happened, in plain and respectful English, and from which chance, which draw, which form, which line?
 * Floor: report. "It" is the family. All functions append to `out`; memory running out shows in out->failed. */
#ifndef PW_REPORT_TRACE_WORDS_H
#define PW_REPORT_TRACE_WORDS_H

#include "../base/text.h"
#include "../experiment/trace.h"

/* Whose event: the trace, and life 0 (the baseline) or 1 (the scenario). */
typedef struct { const pw_trace_t *trace; int life; } pw_teller_t;

/* "Incident 5: an adult was injured; a child was present; the police were told." Without a full stop. */
void pw_tell_what(pw_teller_t self, const pw_told_t *told, pw_text_t *out);
/* "chance 0.520 (0.500 on average; odds x 1.50 as a case is open); drawn 0.310, below"; nothing where there is nothing to say. */
void pw_tell_why(pw_teller_t self, const pw_told_t *told, pw_text_t *out);
/* The kind of event as a word for files: "incident", "chance", "waits_in_line". */
const char *pw_told_word(const pw_told_t *told);
/* What a chance is for, as a word for files: "reported", "offered"; NULL if it is none. */
const char *pw_chance_word(const pw_told_t *told);

/* Days from a tick: from the index (or day 0 if there is none), and from day 0. */
double pw_tell_day(const pw_trace_t *trace, pw_ticks_t t);
double pw_tell_calendar_day(const pw_trace_t *trace, pw_ticks_t t);
/* "14 Mar, year 2": years count from day 0, 1 January of year 1; months have 30.4375 days, spread over the days that they have in a calendar. */
void pw_tell_date(const pw_trace_t *trace, pw_ticks_t t, pw_text_t *out);

/* The covariates of a chance: at[i] of n. */
typedef struct { int covariate; double value, ratio, average, factor; } pw_tell_term_t;
/* Its terms (at most 2 * PW_MAX_TERMS), and in *average the chance (weight, rate) for the average family. `place` is its place in census.h; -1: it has none. */
int pw_tell_terms(const pw_spec_t *spec, const pw_predictor_t *predictor, int place, const uint64_t bits[2], const double *number, pw_tell_term_t *out,
                  double *average);
/* That place, for a chance or one exit of a choice. */
int pw_tell_place(pw_teller_t self, const pw_told_t *told);
const pw_spec_t *pw_tell_spec(pw_teller_t self, const pw_told_t *told);
const pw_model_t *pw_tell_model(pw_teller_t self, const pw_told_t *told);

/* "x 0.750 by Supervised contact, x 0.900 by family support" */
void pw_tell_effects(pw_teller_t self, const pw_told_t *told, pw_text_t *out);
/* "Supervised contact", "core assessment", "the removal of the partner by police" */
void pw_tell_owner(pw_teller_t self, const pw_told_t *told, int owner_kind, int owner, pw_text_t *out);

/* ---- parts (trace_why.c has what is about chances) ---- */

void pw_tell_thing(const pw_spec_t *spec, int kind, int index, pw_text_t *out);      /* a service's title; else the name as words */
void pw_tell_number(const char *before, double value, pw_text_t *out);               /* "chance 0.038", by the one rule of digits.h */
void pw_tell_ratio(double value, pw_text_t *out);                                    /* "x 0.750" */
const char *pw_event_phrase(int64_t event);                                          /* "the report of a separation" */
const char *pw_chance_outcome(const pw_told_t *told);                                /* "a child is present" */

#endif
