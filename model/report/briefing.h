/* briefing.h: a run as pages that can be put before a committee.
 *
 * What question it answers: what was asked, what is the answer, how sure is it, and what does it rest on?
 * Floor: report. Made from the run's folder alone (account.h): briefing.html (one file: no script, no network), briefing.pdf where WeasyPrint is
 * installed, and charts/NAME.csv, .svg and .png. Every number in a sentence is looked up when the page is made. Same run, same bytes:
 * there is no date in it but the run's own. */
#ifndef PW_REPORT_BRIEFING_H
#define PW_REPORT_BRIEFING_H

#include "account.h"
#include "charts.h"
#include "html.h"
#include "influence.h"

/* Makes pages, charts and summary.xlsx of the run in `folder` and puts them there, whole or not at all. What is no failure is said in lines: what could
 * not be made that belongs there (no gnuplot; a program that failed) in `warnings`, what may well be done without (no WeasyPrint, no PDF) in `notes`. Findings:
 * what is wrong with the folder. PW_ERROR_STOPPED: somebody asked to stop. */
typedef struct { pw_text_t warnings, notes; } pw_briefing_said_t;
pw_status_t pw_briefing_make(const char *folder, pw_briefing_said_t *said, pw_findings_t *findings);

/* ---- for the pages (page_*.c) ---- */

enum { PW_ANSWER_WORDS = 120, PW_EARLIER_WORDS = 24 /* of them, at most, of answers/NAME.csv */,
       PW_SIDE_BY_SIDE = 3 /* policies that one picture of lines holds */, PW_MANY = 6 /* with more policies, pages are kept short */ };

/* The three lines that always stand together. */
#define PW_HEADLINE "incidents_with_child_present"

typedef struct {
    const pw_account_t *run;
    pw_text_t html;
    pw_charts_t charts;
    pw_status_t status;                    /* the first failure while pages are made */
    int n_policies;
    int policy[PW_MAX_SCENARIOS];          /* scenario numbers, the largest fall of the headline first */
    pw_text_t label[PW_MAX_SCENARIOS];     /* by scenario */
    pw_ground_t ground;                    /* empty if there are too few draws */
    pw_influences_t influences[PW_MAX_SCENARIOS];     /* by scenario, on the headline */
} pw_briefing_t;

const char *pw_briefing_title(const pw_briefing_t *self, int scenario);
/* Its name in tables and beside marks: the title; with more than PW_MANY policies its place in the order of page 1 in front ("12 Early help"), so that
 * a chart can cut titles off after one line. */
/* What single worlds differ by: "luck and what is not known, together"; of a run without draws "luck alone". */
const char *pw_briefing_spread(const pw_briefing_t *self);
const char *pw_briefing_label(const pw_briefing_t *self, int scenario);
/* Puts the chart that was added last into the page; nothing if none was added since `before` (charts.n then). */
void pw_briefing_figure(pw_briefing_t *self);
/* A cell with a number of that unit, or with a difference and its interval. */
void pw_briefing_number(pw_html_table_t *table, double value, const char *unit);
void pw_briefing_difference(pw_html_table_t *table, const pw_summary_t *difference, const char *unit);
/* A heading of a page: 1 to 8. */
void pw_briefing_page(pw_briefing_t *self, int number, const char *title);
void pw_briefing_end_page(pw_briefing_t *self);
/* The policies that differ most from the baseline in a measure, at most PW_SIDE_BY_SIDE, in the run's order. Returns how many. */
int pw_briefing_choose(const pw_briefing_t *self, const char *measure, int out[PW_SIDE_BY_SIDE]);
/* "fewer with A; cannot tell for 2 policies": what a measure's differences say together. `less`, `more`: its words. */
void pw_briefing_message(const pw_briefing_t *self, const char *subject, const char *measure, const char *less, const char *more, pw_text_t *out);

/* page_earlier.c, for page 1: the first sentence of each file of answers (with one policy, of what was asked for alone); and all that they say. */
void pw_earlier_first(const pw_briefing_t *self, void (*each)(void *context, const char *sentence), void *context);
void pw_earlier_all(pw_briefing_t *self);

/* page_earlier_charts.c: the pictures of a file of answers whose scenarios have their titles already; nothing where there is none to draw. */
void pw_earlier_charts(pw_briefing_t *self, const char *file, const pw_csv_table_t *table);
/* page_earlier_forests.c: likewise, of one more place and of the model built otherwise. */
void pw_earlier_forests(pw_briefing_t *self, const char *file, const pw_csv_table_t *table);

/* page_learnt.c, for page 7: nothing where the run has no such files. */
void pw_learnt_section(pw_briefing_t *b);
void pw_return_rates_section(pw_briefing_t *b);

void pw_page_answer(pw_briefing_t *self);
void pw_page_differences(pw_briefing_t *self);
void pw_page_families(pw_briefing_t *self);
void pw_page_services(pw_briefing_t *self);
void pw_page_subgroups(pw_briefing_t *self);
void pw_page_money(pw_briefing_t *self);
void pw_page_sure(pw_briefing_t *self);
void pw_page_study(pw_briefing_t *self);

#endif
