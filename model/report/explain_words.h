/* explain_words.h: values of settings as a person would say them.
 *
 * What question it answers: how is this number, length of time or condition said in English?
 * Floor: report. All functions append to `out`; memory running out shows in out->failed. */
#ifndef PW_REPORT_EXPLAIN_WORDS_H
#define PW_REPORT_EXPLAIN_WORDS_H

#include "../base/text.h"
#include "../spec/spec.h"

/* "20 places", "1 place", "30 per 100", "£1,200", "0.2 a year", "28 days". */
void pw_phrase_number(double value, int unit, pw_text_t *out);

/* A setting in all areas: "20 places in each area", "10 places in north and 5 places in south", "40 per 100 (13.7 to 70.1, assumed)", "the rest".
 * `used` (may be NULL): used[e] is set for every estimate e of spec->evidence that is named. */
void pw_phrase_setting(const pw_spec_t *spec, const pw_setting_t *setting, int unit, bool *used, pw_text_t *out);

/* "70 days", "30 days on average", "up to 45 days in half of the cases and up to 150 days in 95 of 100"; `exactly` and `at_most` go before the
 * number: "" and "up to ", or "after " and "within ". */
void pw_phrase_length(const pw_spec_t *spec, const pw_length_t *length, const char *exactly, const char *at_most, bool *used, pw_text_t *out);

/* "an adult was injured", "the couple is not separated", ""refuge" is not attended", ""contact dispute" holds". */
void pw_phrase_covariate(const pw_spec_t *spec, int bit, bool holds, pw_text_t *out);
/* What a ratio of a covariate is for: "where an adult was injured", "for each earlier notification". */
void pw_phrase_where(const pw_spec_t *spec, int covariate, pw_text_t *out);
/* "where a case is open and the couple is separated"; nothing if both are empty. */
void pw_phrase_conditions(const pw_spec_t *spec, const uint64_t one[2], const uint64_t zero[2], pw_text_t *out);

/* A name of a file as words: "core_assessment" -> "core assessment". */
void pw_phrase_name(const char *name, pw_text_t *out);
/* "on an incident" for an offer point, "at the stage "letter"". */
void pw_phrase_offer_point(const pw_spec_t *spec, int at, pw_text_t *out);

/* "0.6 (0.3 to 1.2, assumed)" for an estimate at its value in an area. */
void pw_phrase_estimate(const pw_estimate_t *estimate, int area, int unit, pw_text_t *out);
/* The unit of a kind of estimate (enum pw_quantity). */
int pw_phrase_unit(int quantity);

#endif
