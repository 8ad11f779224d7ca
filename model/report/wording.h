/* wording.h: names of files as words for people.
 *
 * What question it answers: what is this measure, this estimate, this setting called in a sentence, a table or a chart that somebody reads who has never seen
 * the files?
 * Floor: report. The one place for it: answers, pages and charts call things alike. CSV files keep the names that the program knows.
 *
 * All words are small-lettered noun phrases without an article ("uptake of the programme", "incidents with a child present"), so that they stand in a list, in
 * a table's cell, behind "the" and, with a capital, at the beginning. All functions append; memory running out shows in the text. */
#ifndef PW_REPORT_WORDING_H
#define PW_REPORT_WORDING_H

#include "../base/text.h"

/* A scenario, team, service, area, payer: "early_help" is "early help", "duty" is "the duty team", "baseline" is "the baseline"; a title, which has a
 * blank, stays as it is. */
void pw_word_name(const char *name, pw_text_t *out);

/* A measure of the catalogue, items included: "wait_refuge" is "wait for refuge", "renotified_21_months" is "families notified again within 21 months".
 * Others as pw_word_name. */
void pw_word_measure(const char *name, pw_text_t *out);

/* One unit of a measure that a price can be put on, as what is bought: "incident with a child present averted", "family more not notified again by month
 * 12". To stand behind "£5,000 for each". */
void pw_word_one(const char *name, pw_text_t *out);

/* An estimate of the register or of a scenario: "officer_tool_auc" is "accuracy of officers' risk scores". "SCENARIO/NAME", an estimate in which scenarios
 * differ, says the scenario in brackets behind. One that nobody has given words is said by its name, with abbreviations that are known spelt out and the
 * endings _share, _cost, _effect, ... turned about ("mentor_cost": "cost of mentor"). */
void pw_word_estimate(const char *label, pw_text_t *out);

/* A number that can be moved: "evidence.NAME" as the estimate; "services.refuge.places" is "number of places in refuge"; a setting of another kind stays
 * as it is: whoever asked has typed it. */
void pw_word_path(const char *path, pw_text_t *out);

/* An input of a run's draws or of a sweep, by the name that files have: an estimate, a path as above, or one of a scenario, which stands in brackets behind
 * ("supervised_contact/services.voluntary_contact.places": "number of places in voluntary contact (supervised contact)"). */
void pw_word_input(const char *name, pw_text_t *out);

/* ---- wording_estimates.c ---- */

/* The words of an estimate by its name; NULL: it has none. A test reads the table's lines: every estimate of params/ and scenarios/ has words of its own, and
 * no words are left over. */
const char *pw_word_of_estimate(const char *name);

#endif
