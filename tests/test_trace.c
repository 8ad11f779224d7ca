/* Every kind of sentence that a trace prints, as it was read by eye (tests/cases/trace/sentences.txt); picks, partings, tables.
 *
 * The world is that of tests/cases/compile, small and its own, so that no change of the baseline moves a sentence. After a change to a sentence, read
 * the new ones by eye, then keep them: PW_KEEP=1 build/test/tests/test_trace test_every_kind_of_sentence_reads_as_it_was_read_by_eye */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/report/trace_page.h"
#include "../model/report/trace_table.h"
#include "../model/world/family.h"
#include "harness.h"

#define SENTENCES "tests/cases/trace/sentences.txt"
enum { MOST_KINDS = 512 };

typedef struct { pw_spec_t *spec[2]; pw_trace_t trace; pw_findings_t findings; } subject_t;

static subject_t *open_pair(const char *base, const char *scenario)
{
    subject_t *s = calloc(1, sizeof *s);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(base, NULL, 0, &s->spec[0], &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(scenario, NULL, 0, &s->spec[1], &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(s->findings.n, 0);
    return s;
}

static pw_status_t live(subject_t *s, int64_t family, int area, int pick, enum pw_engine engine)
{
    pw_trace_request_t request = { .spec = (const pw_spec_t *const *)s->spec, .n_scenarios = 2, .seed = 5, .draw = -1, .area = area, .family = family,
                                   .pick = (enum pw_trace_pick)pick, .engine = engine };
    pw_trace_free(&s->trace);
    return pw_trace_run(&s->trace, &request, &s->findings);
}

static void close_pair(subject_t *s)
{
    pw_trace_free(&s->trace);
    pw_spec_free(s->spec[0]);
    pw_spec_free(s->spec[1]);
    pw_findings_free(&s->findings);
    free(s);
}

/* ---- sentences ---- */

typedef struct { int scenario; uint32_t family; pw_ticks_t ticks; } when_t;
typedef struct { subject_t *s; int n; char *key[MOST_KINDS], *text[MOST_KINDS]; when_t when[MOST_KINDS]; } kinds_t;

/* What makes another sentence: the kind of event and the fields on which its words depend. */
static void key_of(const pw_told_t *t, char *out, size_t room)
{
    bool timed = t->until < PW_TICKS_NEVER, waits = t->ticks > t->since;
    int n = snprintf(out, room, "%s", pw_told_word(t));
    char *rest = out + n;
    size_t left = room - (size_t)n;
    switch (t->what) {
    case PW_TOLD_CHANCE:
        snprintf(rest, left, " %s %s%s%s", pw_chance_word(t), t->yes ? "yes" : "no", t->chance <= 0.0 ? " never" : t->chance >= 1.0 ? " certain" : "",
                 t->index == PW_CHANCE_INJURY && t->other == 2 ? " severe" : "");
        break;
    case PW_TOLD_INCIDENT: snprintf(rest, left, " %s%s", t->why ? "entry " : "", t->yes ? "told" : "latent"); break;
    case PW_TOLD_MOVED: snprintf(rest, left, " %s%s why %d event %d", t->index < 0 ? "opens" : "goes", t->other < 0 ? " left" : "", t->why,
                                 t->why == PW_MOVE_INTERRUPTED ? (int)t->n : 0); break;
    case PW_TOLD_ARRIVED: snprintf(rest, left, "%s%s%s", t->index == 0 ? " entry" : "", t->other ? " index" : "", t->yes ? " open" : ""); break;
    case PW_TOLD_WINDOW: snprintf(rest, left, " %s %d", t->yes ? "opens" : "closes", t->yes ? 0 : t->index); break;
    case PW_TOLD_BEGUN: snprintf(rest, left, "%s", t->from != 1.0 ? " slowed" : ""); break;
    case PW_TOLD_JOINED:
    case PW_TOLD_PLACED:
    case PW_TOLD_REFUSED:
    case PW_TOLD_GAVE_UP: snprintf(rest, left, " %s%s%s", t->other ? "service" : "team", t->yes ? " waits" : "", t->what != PW_TOLD_JOINED &&
                                   waits ? " after a wait" : ""); break;
    case PW_TOLD_SERVICE_ENDED: snprintf(rest, left, " %d", t->why); break;
    case PW_TOLD_ENGAGED:
    case PW_TOLD_DISENGAGED: snprintf(rest, left, " %d %d", t->index, t->other); break;
    case PW_TOLD_EFFECT: snprintf(rest, left, " %d %s%s", t->index, t->yes ? "on" : "off", t->yes && timed ? " timed" : ""); break;
    case PW_TOLD_RATE: snprintf(rest, left, " %d%s", t->index, t->to > 0.0 ? "" : " stops"); break;
    case PW_TOLD_COST: snprintf(rest, left, " %d%s", t->index, t->from > 0.0 ? " own" : ""); break;
    default: snprintf(rest, left, "%s", t->yes ? " yes" : ""); break;
    }
}

/* In the order of worlds, families and their days: which event of a kind is kept does not hang on the order in which an engine works families off. */
static bool is_earlier(const when_t *a, const when_t *b)
{
    if (a->scenario != b->scenario)
        return a->scenario < b->scenario;
    return a->family != b->family ? a->family < b->family : a->ticks < b->ticks;
}

/* Keeps a text under its key: the earliest of them. */
static void keep(kinds_t *kinds, const pw_told_t *told, const char *key, const char *text)
{
    when_t when = { told->scenario, told->family, told->ticks };
    int at = 0;
    while (at < kinds->n && strcmp(kinds->key[at], key) != 0)
        at++;
    if (at < kinds->n && !is_earlier(&when, &kinds->when[at]))
        return;
    CU_ASSERT_FATAL(at < MOST_KINDS);
    if (at < kinds->n) {
        free(kinds->key[at]);
        free(kinds->text[at]);
    } else {
        kinds->n++;
    }
    kinds->key[at] = strdup(key);
    kinds->text[at] = strdup(text);
    kinds->when[at] = when;
}

/* Turns of phrase that several kinds of event have in their reasons. */
static const char *const turns[] = { "as the couple", "for what does not hold", "earlier notification,", "earlier notifications", " for 1 child", " children",
                                     "risk score", "workload of", "; effects: odds x",
                                     "effects: x", "average of 1; effects", "\" shown:", " not shown:", "shown though it is not so", "nothing that matters",
                                     "unlimited", "; weight x", "no chance",
                                     "1 family before" };
enum { N_TURNS = sizeof turns / sizeof turns[0] };

static void listen(void *context, const pw_told_t *told)
{
    kinds_t *kinds = context;
    char key[120];
    if (told->scenario < -1)
        return;
    pw_teller_t teller = { &kinds->s->trace, told->scenario == 1 };
    pw_text_t what = { 0 }, why = { 0 };
    pw_tell_what(teller, told, &what);
    pw_tell_why(teller, told, &why);
    for (int k = 0; k < N_TURNS; k++)
        if (strstr(pw_text_get(&why), turns[k])) {
            snprintf(key, sizeof key, "reason with \"%s\"", turns[k]);
            keep(kinds, told, key, pw_text_get(&why));
        }
    pw_text_append(&what, why.n ? "\n    because: " : "");
    pw_text_append(&what, pw_text_get(&why));
    key_of(told, key, sizeof key);
    keep(kinds, told, key, pw_text_get(&what));
    pw_text_free(&what);
    pw_text_free(&why);
}

static void sort(kinds_t *kinds)
{
    for (int i = 1; i < kinds->n; i++)
        for (int k = i; k > 0 && strcmp(kinds->key[k - 1], kinds->key[k]) > 0; k--) {
            char *key = kinds->key[k], *text = kinds->text[k];
            kinds->key[k] = kinds->key[k - 1];
            kinds->text[k] = kinds->text[k - 1];
            kinds->key[k - 1] = key;
            kinds->text[k - 1] = text;
        }
}

static char *read_file(const char *name)
{
    FILE *file = fopen(name, "r");
    char *text = calloc(1, 1 << 18);
    if (file) {
        size_t n = fread(text, 1, (1 << 18) - 1, file);
        text[n] = '\0';
        fclose(file);
    }
    return text;
}

static void test_every_kind_of_sentence_reads_as_it_was_read_by_eye(void)
{
    subject_t *s = open_pair("tests/cases/compile/base.cfg", "tests/cases/trace/policy.cfg");
    static kinds_t kinds;
    kinds.s = s;
    CU_ASSERT_EQUAL_FATAL(live(s, 0, 0, 0, PW_ENGINE_AHEAD), PW_OK);
    s->trace.in_cohort = false;                    /* days from day 0 */
    pw_world_t *world = pw_world_new();
    pw_result_t *result = calloc(2, sizeof *result);
    const pw_model_t *model[2] = { pw_trace_model(&s->trace, 0), pw_trace_model(&s->trace, 1) };
    pw_world_options_t options = { .tell = listen, .tell_context = &kinds };
    CU_ASSERT_EQUAL_FATAL(pw_world_run(world, 5, 0, model, 2, NULL, &options, (pw_result_t *[2]){ result, result + 1 }), 0);
    sort(&kinds);
    pw_text_t all = { 0 };
    for (int k = 0; k < kinds.n; k++)
        pw_text_printf(&all, "%s: %s\n", kinds.key[k], kinds.text[k]);
    if (getenv("PW_KEEP")) {
        FILE *file = fopen(SENTENCES, "w");
        fputs(pw_text_get(&all), file);
        fclose(file);
    }
    char *kept = read_file(SENTENCES);
    PW_ASSERT_TEXT(pw_text_get(&all), kept);
    /* every kind of event, and every chance both ways */
    for (int what = 0; what < PW_TOLD_WHATS; what++) {
        pw_told_t told = { .what = what };
        int n = 0;
        for (int k = 0; k < kinds.n; k++)
            n += strncmp(kinds.key[k], pw_told_word(&told), strlen(pw_told_word(&told))) == 0;
        CU_ASSERT(n > 0);
    }
    for (int of = 0; of < PW_CHANCES; of++)
        for (int yes = 0; yes < 2; yes++) {
            pw_told_t told = { .what = PW_TOLD_CHANCE, .index = of };
            char word[80];
            int n = 0;
            snprintf(word, sizeof word, "chance %s %s", pw_chance_word(&told), yes ? "yes" : "no");
            for (int k = 0; k < kinds.n; k++)
                n += strncmp(kinds.key[k], word, strlen(word)) == 0;
            CU_ASSERT(n > 0);
        }
    for (int turn = 0; turn < N_TURNS; turn++) {
        int n = 0;
        for (int k = 0; k < kinds.n; k++)
            n += strncmp(kinds.key[k], "reason", 6) == 0 && strstr(kinds.key[k], turns[turn]) != NULL;
        CU_ASSERT(n > 0);
        if (n == 0)
            fprintf(stderr, "no reason with \"%s\"\n", turns[turn]);
    }
    for (int k = 0; k < kinds.n; k++) {
        free(kinds.key[k]);
        free(kinds.text[k]);
    }
    free(kept);
    pw_text_free(&all);
    pw_world_free(world);
    free(result);
    close_pair(s);
}

/* ---- lives ---- */

static void test_lives_are_the_same_from_either_engine_and_part_where_something_first_differs(void)
{
    subject_t *s = open_pair("tests/cases/compile/base.cfg", "tests/cases/trace/policy.cfg");
    int64_t parted = 0;
    for (int64_t family = 500; family < 540; family++) {
        CU_ASSERT_EQUAL_FATAL(live(s, family, 1, 0, PW_ENGINE_ORDERED), PW_OK);
        pw_text_t ordered = { 0 }, ahead = { 0 };
        CU_ASSERT_EQUAL(pw_trace_page(&s->trace, true, PW_TRACE_FROM_ENTRY, &ordered), PW_OK);
        int64_t at[2];
        if (pw_trace_parting(&s->trace.life[0], &s->trace.life[1], at)) {
            bool ends[2] = { at[0] == s->trace.life[0].n, at[1] == s->trace.life[1].n };
            CU_ASSERT(!ends[0] || !ends[1]);
            CU_ASSERT(strstr(pw_text_get(&ordered), "The two lives part on day") != NULL);
            for (int k = 0; k < 2; k++)      /* nothing parts before day 0 */
                CU_ASSERT(ends[k] || s->trace.life[k].event[at[k]].ticks >= pw_trace_model(&s->trace, 0)->day_0);
            parted++;
        } else {
            CU_ASSERT(strstr(pw_text_get(&ordered), "never part") != NULL);
        }
        CU_ASSERT_EQUAL_FATAL(live(s, family, 1, 0, PW_ENGINE_AHEAD), PW_OK);
        CU_ASSERT_EQUAL(pw_trace_page(&s->trace, true, PW_TRACE_FROM_ENTRY, &ahead), PW_OK);
        PW_ASSERT_TEXT(pw_text_get(&ahead), pw_text_get(&ordered));
        pw_text_free(&ordered);
        pw_text_free(&ahead);
    }
    CU_ASSERT(parted > 5 && parted < 40);
    close_pair(s);
}

static double incidents(const subject_t *s, int life) { return s->trace.record[life].harm[PW_HARM_ANY][PW_REACH_OCCURRED]; }

static void test_picks_find_what_their_rules_say(void)
{
    subject_t *s = open_pair("tests/cases/compile/base.cfg", "tests/cases/trace/policy.cfg");
    CU_ASSERT_EQUAL_FATAL(live(s, -1, -1, PW_PICK_MOST_HELPED, PW_ENGINE_AHEAD), PW_OK);
    double fall = incidents(s, 0) - incidents(s, 1);
    CU_ASSERT_EQUAL(fall, s->trace.picked);
    CU_ASSERT(fall >= 1.0);
    CU_ASSERT_EQUAL_FATAL(live(s, -1, -1, PW_PICK_MOST_HARMED, PW_ENGINE_AHEAD), PW_OK);
    CU_ASSERT_EQUAL(incidents(s, 1) - incidents(s, 0), s->trace.picked);
    CU_ASSERT_EQUAL_FATAL(live(s, -1, -1, PW_PICK_TYPICAL, PW_ENGINE_AHEAD), PW_OK);
    CU_ASSERT(s->trace.record[0].complete);
    CU_ASSERT_EQUAL_FATAL(live(s, -1, 1, PW_PICK_LONGEST_WAIT, PW_ENGINE_AHEAD), PW_OK);
    CU_ASSERT_EQUAL(s->trace.area, 1);
    double longest = 0.0, other = 0.0;
    bool window = false;
    for (int64_t k = 0; k < s->trace.life[1].n; k++) {
        const pw_told_t *t = &s->trace.life[1].event[k];
        window = t->what == PW_TOLD_WINDOW ? t->yes : window;
        bool ends = t->what == PW_TOLD_PLACED || t->what == PW_TOLD_REFUSED || t->what == PW_TOLD_GAVE_UP;
        if (ends && window)
            longest = fmax(longest, pw_days_from_ticks(t->ticks - t->since));
    }
    CU_ASSERT_EQUAL(longest, s->trace.picked);
    for (int64_t family = 500; family < 520; family++) {      /* nobody waits longer */
        CU_ASSERT_EQUAL_FATAL(live(s, family, 1, 0, PW_ENGINE_AHEAD), PW_OK);
        for (int64_t k = 0; k < s->trace.life[1].n && s->trace.in_cohort; k++)
            if (s->trace.life[1].event[k].what == PW_TOLD_PLACED && s->trace.life[1].event[k].ticks > s->trace.record[1].index_ticks)
                other = fmax(other, pw_days_from_ticks(s->trace.life[1].event[k].ticks - s->trace.life[1].event[k].since));
    }
    CU_ASSERT(other <= longest);
    close_pair(s);
}

static void test_tables_hold_every_event_once(void)
{
    subject_t *s = open_pair("tests/cases/compile/base.cfg", "tests/cases/trace/policy.cfg");
    CU_ASSERT_EQUAL_FATAL(live(s, -1, -1, PW_PICK_MOST_HELPED, PW_ENGINE_AHEAD), PW_OK);
    int64_t events = s->trace.life[0].n;
    for (int64_t k = 0; k < s->trace.life[1].n; k++)
        events += s->trace.life[1].event[k].scenario >= 0;
    char *bytes = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&bytes, &n);
    CU_ASSERT_EQUAL(pw_trace_json(&s->trace, true, to), PW_OK);
    fclose(to);
    json_t *root = json_loadb(bytes, n, 0, NULL);
    CU_ASSERT_PTR_NOT_NULL_FATAL(root);
    CU_ASSERT_EQUAL((int64_t)json_array_size(json_object_get(root, "events")), events);
    json_t *event;
    size_t i;
    int64_t chances = 0, wrong = 0;
    json_array_foreach(json_object_get(root, "events"), i, event) {
        json_t *chance = json_object_get(event, "chance");
        if (!chance || json_number_value(json_object_get(chance, "value")) <= 0.0 || !json_is_number(json_object_get(chance, "on_average")))
            continue;
        /* the average chance's odds, times what the covariates and the effects multiply by, are the chance's odds */
        double average = json_number_value(json_object_get(chance, "on_average")), value = json_number_value(json_object_get(chance, "value"));
        double odds = average / (1.0 - average);
        json_t *one;
        size_t j;
        json_array_foreach(json_object_get(chance, "covariates"), j, one) odds *= json_number_value(json_object_get(one, "multiplies_by"));
        bool by_odds = strcmp(json_string_value(json_object_get(chance, "of")), "injury") != 0 && value < 1.0;
        json_array_foreach(json_object_get(chance, "effects"), j, one) odds *= json_number_value(json_object_get(one, "ratio"));
        wrong += by_odds && fabs(odds / (1.0 + odds) - value) > 1e-9;
        chances += by_odds;
    }
    CU_ASSERT(chances > 20);
    CU_ASSERT_EQUAL(wrong, 0);
    json_decref(root);
    free(bytes);
    to = open_memstream(&bytes, &n);
    CU_ASSERT_EQUAL(pw_trace_csv(&s->trace, true, to), PW_OK);
    fclose(to);
    int64_t lines = 0;
    for (size_t k = 0; k < n; k++)
        lines += bytes[k] == '\n';
    CU_ASSERT_EQUAL(lines, events + 1);
    free(bytes);
    close_pair(s);
}

PW_TESTS(PW_TEST(test_every_kind_of_sentence_reads_as_it_was_read_by_eye),
         PW_TEST(test_lives_are_the_same_from_either_engine_and_part_where_something_first_differs),
         PW_TEST(test_picks_find_what_their_rules_say), PW_TEST(test_tables_hold_every_event_once))
