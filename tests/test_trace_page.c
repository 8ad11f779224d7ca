/* The words around the events of a trace's page: headings, what was before the index, why two lives part, what it comes to, what cannot be read from one
 * family. The lives are made up by hand, so that no change of the engine moves a word.
 *
 * After a change to a sentence, read the pages by eye, then keep them: PW_KEEP=1 build/test/tests/test_trace_page */
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/report/trace_page.h"
#include "../model/world/clock.h"
#include "../model/world/family.h"
#include "harness.h"

#define PAGES "tests/cases/trace/pages.txt"
enum { MOST_EVENTS = 32, DRAWN = 617, SCREENING = 0, LETTER = 1, ASSESSMENT = 2 };

typedef struct { pw_spec_t *spec[2]; pw_trace_t trace; pw_told_t event[2][MOST_EVENTS]; pw_findings_t findings; } subject_t;

static subject_t *open_subject(void)
{
    subject_t *s = calloc(1, sizeof *s);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("tests/cases/compile/base.cfg", NULL, 0, &s->spec[0], &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load("tests/cases/trace/policy.cfg", NULL, 0, &s->spec[1], &s->findings), PW_OK);
    pw_trace_request_t request = { .spec = (const pw_spec_t *const *)s->spec, .n_scenarios = 2, .seed = 5, .draw = -1, .area = 1, .family = 3 };
    CU_ASSERT_EQUAL_FATAL(pw_trace_run(&s->trace, &request, &s->findings), PW_OK);      /* for its models; the lives are replaced */
    for (int life = 0; life < 2; life++)
        pw_free(s->trace.life[life].event);
    return s;
}

static void close_subject(subject_t *s)
{
    pw_trace_free(&s->trace);
    pw_spec_free(s->spec[0]);
    pw_spec_free(s->spec[1]);
    pw_findings_free(&s->findings);
    free(s);
}

/* ---- lives by hand: days from day 0 ---- */

static pw_ticks_t at(const subject_t *s, double day) 
{
    pw_ticks_t day_0 = pw_trace_model(&s->trace, 0)->day_0;
    return day < 0.0 ? day_0 - pw_ticks_from_days(-day) : day_0 + pw_ticks_from_days(day);
}

static pw_told_t *tell(subject_t *s, int life, double day, int what)
{
    pw_life_t *its = &s->trace.life[life];
    CU_ASSERT_FATAL(its->n < MOST_EVENTS);
    pw_told_t *told = &s->event[life][its->n++];
    *told = (pw_told_t){ .scenario = day < 0.0 ? -1 : life, .family = 3, .ticks = at(s, day), .what = what, .until = PW_TICKS_NEVER, .effects = 1.0,
                         .form = -1 };
    its->event = s->event[life];
    return told;
}

/* What both lives have: two incidents before, one whose notification is the index. */
static void begin(subject_t *s, int life)
{
    pw_told_t *told = tell(s, life, -400.0, PW_TOLD_ENTERED);
    told->n = 2;
    told->from = 3.5;
    told->to = 1.25;
    for (int k = 1; k <= 2; k++) {
        told = tell(s, life, -300.0 + 100.0 * k, PW_TOLD_INCIDENT);
        told->index = k;
        told->yes = k == 2;
        told->from = 1.3;
    }
    told = tell(s, life, -90.0, PW_TOLD_ARRIVED);
    told->index = 2;
    told = tell(s, life, -90.0, PW_TOLD_MOVED);
    told->index = -1;
    told->other = SCREENING;
    told = tell(s, life, 40.0, PW_TOLD_INCIDENT);
    told->index = 3;
    told->yes = true;
    told->from = 1.3;
    told = tell(s, life, 45.0, PW_TOLD_ARRIVED);
    told->index = 3;
    told->n = 1;
    told->other = 1;
}

static void choose(subject_t *s, int life, double day, int to, double letter)
{
    const pw_model_t *model = pw_trace_model(&s->trace, life);
    pw_told_t *told = tell(s, life, day, PW_TOLD_CHOICE);
    told->index = SCREENING;
    told->other = to;
    told->choice = &model->stage[SCREENING].choice;
    told->drawn = DRAWN / 1000.0;
    told->number[PW_NUMBER_CHILDREN] = 2.0;
    told->number[PW_NUMBER_PREVIOUS_NOTIFICATIONS] = 1.0;
    told->number[PW_NUMBER_RISK_SCORE] = 0.4;
    told->number[PW_NUMBER_WORKLOAD_0 + 1] = 0.5;
    for (int k = 0; k < told->choice->n; k++)
        told->weight[k] = told->choice->exit[k].to == LETTER ? letter : 1.0 - letter;
    told = tell(s, life, day, PW_TOLD_MOVED);
    told->index = SCREENING;
    told->other = to;
    told->why = PW_MOVE_DONE;
}

static void incident(subject_t *s, int life, double day, bool reported, double chance)
{
    pw_told_t *told = tell(s, life, day, PW_TOLD_CHANCE);
    told->index = PW_CHANCE_REPORTED;
    told->chance = chance;
    told->drawn = DRAWN / 1000.0;
    told->yes = reported;
    told = tell(s, life, day, PW_TOLD_INCIDENT);
    told->index = 4;
    told->from = 1.3;
    told->yes = reported;
}

static void separates(subject_t *s, int life, double day) { tell(s, life, day, PW_TOLD_COUPLE)->yes = true; }
static void ends(subject_t *s, int life) { tell(s, life, 900.0, PW_TOLD_END); }

static void reset(subject_t *s)
{
    for (int life = 0; life < 2; life++) {
        s->trace.life[life] = (pw_life_t){ 0 };
        s->trace.record[life] = (pw_record_t){ .index_ticks = at(s, 45.0), .cost = { life ? 180.0 : 15.0 } };
        s->trace.record[life].count[life ? PW_COUNT_initial_assessments : PW_COUNT_letters] = 1;
        begin(s, life);
    }
    s->trace.in_cohort = true;
    s->trace.family = 3;
    s->trace.request.pick = PW_PICK_NONE;
    s->trace.request.draw = -1;
}

/* ---- what is kept ---- */

static void add(pw_text_t *all, const char *name, const char *text, size_t n)
{
    pw_text_printf(all, "==== %s\n", name);
    pw_text_append_bytes(all, text, n);
    pw_text_append(all, "\n");
}

static void add_page(subject_t *s, const char *name, bool beside, enum pw_trace_from from, pw_text_t *all)
{
    pw_text_t page = { 0 };
    CU_ASSERT_EQUAL(pw_trace_page(&s->trace, beside, from, &page), PW_OK);
    add(all, name, pw_text_get(&page), page.n);
    pw_text_free(&page);
}

/* Only the paragraph that begins with `first`. */
static void add_part(subject_t *s, const char *name, const char *first, pw_text_t *all)
{
    pw_text_t page = { 0 };
    CU_ASSERT_EQUAL(pw_trace_page(&s->trace, true, PW_TRACE_FROM_INDEX, &page), PW_OK);
    const char *part = strstr(pw_text_get(&page), first), *end = part ? strstr(part, "\n\n") : NULL;
    CU_ASSERT_PTR_NOT_NULL(end);
    if (end)
        add(all, name, part, (size_t)(end - part) + 1);
    pw_text_free(&page);
}

static void add_partings(subject_t *s, pw_text_t *all)
{
    reset(s);
    incident(s, 0, 60.0, false, 0.6);
    incident(s, 1, 60.0, true, 0.64);
    ends(s, 0);
    ends(s, 1);
    add_part(s, "they part at a chance, with the same luck", "The two lives part", all);
    reset(s);
    separates(s, 1, 60.0);
    ends(s, 0);
    ends(s, 1);
    add_part(s, "they part at what only the scenario has", "The two lives part", all);
    reset(s);
    separates(s, 0, 60.0);
    ends(s, 0);
    ends(s, 1);
    add_part(s, "they part at what only the baseline has", "The two lives part", all);
    reset(s);
    separates(s, 1, 60.0);
    incident(s, 0, 60.0, false, 0.6);
    ends(s, 0);
    ends(s, 1);
    add_part(s, "they part at one moment, with nothing in common", "The two lives part", all);
    reset(s);
    ends(s, 0);
    ends(s, 1);
    add_part(s, "they never part", "The two lives never part", all);
}

static void add_picks(subject_t *s, pw_text_t *all)
{
    for (int pick = PW_PICK_TYPICAL; pick < PW_PICKS; pick++) {
        reset(s);
        ends(s, 0);
        ends(s, 1);
        s->trace.request.pick = (enum pw_trace_pick)pick;
        s->trace.request.draw = pick == PW_PICK_TYPICAL ? 12 : -1;
        s->trace.picked = 3.0;
        add_part(s, pw_pick_word(pick), "Family 3 in south", all);
    }
}

static void test_words_around_the_events_are_as_they_were_read_by_eye(void)
{
    subject_t *s = open_subject();
    pw_text_t all = { 0 };
    reset(s);
    choose(s, 0, 50.0, LETTER, 0.86);
    choose(s, 1, 50.0, ASSESSMENT, 0.5);
    separates(s, 0, 300.0);
    separates(s, 1, 300.0);
    ends(s, 0);
    ends(s, 1);
    add_page(s, "both lives, from the index", true, PW_TRACE_FROM_INDEX, &all);
    add_page(s, "one life, from its entry", false, PW_TRACE_FROM_ENTRY, &all);
    s->trace.in_cohort = false;
    add_page(s, "outside the cohort", false, PW_TRACE_FROM_INDEX, &all);
    add_partings(s, &all);
    add_picks(s, &all);
    FILE *kept = fopen(PAGES, getenv("PW_KEEP") ? "w+" : "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(kept);
    if (getenv("PW_KEEP")) {
        fputs(pw_text_get(&all), kept);
        rewind(kept);
    }
    char *text = calloc(1, 1 << 16);
    text[fread(text, 1, (1 << 16) - 1, kept)] = '\0';
    PW_ASSERT_TEXT(pw_text_get(&all), text);
    fclose(kept);
    free(text);
    pw_text_free(&all);
    for (int life = 0; life < 2; life++)
        s->trace.life[life] = (pw_life_t){ 0 };      /* made by hand: not the trace's to free */
    close_subject(s);
}

/* Lives that part before the index are told from where they part; one that begins at its index leaves nothing out. */
static void test_page_begins_where_there_is_something_to_tell(void)
{
    subject_t *s = open_subject();
    pw_text_t page = { 0 };
    reset(s);
    s->trace.life[0].n = 5;
    separates(s, 0, 10.0);      /* and with it they part, before the index's incident on day 40 */
    for (int k = 5; k <= 6; k++)
        *tell(s, 0, 40.0, PW_TOLD_END) = s->event[1][k];
    CU_ASSERT_EQUAL(pw_trace_page(&s->trace, true, PW_TRACE_FROM_INDEX, &page), PW_OK);
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&page), "Between its entry and day -35.0: 2 incidents"));
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&page), "The two lives part on day -35.0"));
    pw_text_clear(&page);
    CU_ASSERT_EQUAL(pw_trace_page(&s->trace, true, PW_TRACE_FROM_ENTRY, &page), PW_OK);
    CU_ASSERT_PTR_NULL(strstr(pw_text_get(&page), "Between its entry"));
    CU_ASSERT_PTR_NOT_NULL(strstr(pw_text_get(&page), "Incident 1"));
    pw_text_clear(&page);
    for (int life = 0; life < 2; life++) {      /* its first incident is the index */
        s->trace.life[life].n = 2;
        s->event[life][1] = s->event[0][7];
        s->event[life][1].index = 0;
    }
    CU_ASSERT_EQUAL(pw_trace_page(&s->trace, true, PW_TRACE_FROM_INDEX, &page), PW_OK);
    CU_ASSERT_PTR_NULL(strstr(pw_text_get(&page), "Between its entry"));
    pw_text_free(&page);
    for (int life = 0; life < 2; life++)
        s->trace.life[life] = (pw_life_t){ 0 };
    close_subject(s);
}

PW_TESTS(PW_TEST(test_words_around_the_events_are_as_they_were_read_by_eye), PW_TEST(test_page_begins_where_there_is_something_to_tell))
