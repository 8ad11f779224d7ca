/* Do the events that are told of all families come to what `run` counted, to the last digit?
 *
 * What follows from families' events is counted again from them (experiment/replay.h): every field of every cohort family's record, and of the
 * area's counts all but five. Those five are no counts of events: the time integrals of each line's length, of places in use and of places there
 * (schedules and shares of months), the place-years paid for that follow from them, and the number of clock events the engine worked off.
 * The integral of each line's length is the sum of families' waits in each month, those who gave up and those still waiting included (Little's law,
 * exactly, in the full baseline and three policies): it is made here from families' waits. The other four are taken from the run; then the whole
 * vector of sums behind the tables has to be the same, byte for byte. */
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/experiment/replay.h"
#include "../model/experiment/run.h"
#include "../model/world/family.h"
#include "harness.h"

enum { SCENARIOS = 4, MOST_AREAS = 2, SEED = 77, QUEUES = PW_MAX_TEAMS + PW_MAX_SERVICES };

typedef struct { pw_ticks_t since[QUEUES]; } waits_t;      /* PW_TICKS_NEVER: not in this line */

static const char *const files[SCENARIOS] = { "params/baseline.cfg", "scenarios/supervised_contact.cfg", "scenarios/package_everything.cfg",
                                              "scenarios/no_closing_at_separation.cfg" };

typedef struct {
    pw_spec_t *spec[SCENARIOS];
    pw_findings_t findings;
    pw_run_request_t request;
    pw_run_t run;
    double *counted[SCENARIOS];                     /* what the run's own worlds came to */
    int64_t replication;                            /* the one that is kept and replayed */

    const pw_model_t *model[SCENARIOS];             /* of the area at hand */
    uint32_t n_families, room;
    pw_replay_t *family[SCENARIOS];                 /* by family */
    waits_t *waits[SCENARIOS];
    int64_t waited, waiting;                        /* ends of waits that were not 0 days, and waits that go on at the run's end */
    pw_result_t *replayed[SCENARIOS], *real[MOST_AREAS][SCENARIOS], *again[MOST_AREAS][SCENARIOS];
    int64_t told[PW_TOLD_WHATS], before;
} subject_t;

static pw_status_t keep(void *context, const pw_run_t *run, const pw_worlds_t *worlds)
{
    subject_t *s = context;
    for (int w = 0; w < worlds->n; w++)
        for (int k = 0; k < SCENARIOS && worlds->replication[w] == s->replication; k++) {
            s->counted[k] = malloc(run->layout.size * sizeof(double));
            memcpy(s->counted[k], worlds->vector[w * SCENARIOS + k], run->layout.size * sizeof(double));
        }
    return PW_OK;
}

static void no_waits(waits_t *waits)
{
    for (int q = 0; q < QUEUES; q++)
        waits->since[q] = PW_TICKS_NEVER;
}

static void make_room(subject_t *s, uint32_t family)
{
    if (family < s->room)
        return;
    uint32_t room = 2 * family + 1024;
    for (int k = 0; k < SCENARIOS; k++) {
        s->family[k] = realloc(s->family[k], room * sizeof(pw_replay_t));
        s->waits[k] = realloc(s->waits[k], room * sizeof(waits_t));
        for (uint32_t f = s->room; f < room; f++) {
            pw_replay_begin(&s->family[k][f]);
            no_waits(&s->waits[k][f]);
        }
    }
    s->room = room;
}

static pw_queue_t *line_of(pw_result_t *result, int q) { return q < PW_MAX_TEAMS ? &result->team[q] : &result->service[q - PW_MAX_TEAMS]; }

/* A wait lengthens the line in each month by what of it lies in that month, from day 0 on. */
static void add_wait(pw_queue_t *line, const pw_model_t *model, pw_ticks_t since, pw_ticks_t until)
{
    for (int m = 0; m < model->months; m++) {
        pw_ticks_t from = model->day_0 + m * PW_TICKS_PER_MONTH, to = from + PW_TICKS_PER_MONTH;
        from = since > from ? since : from;
        to = until < to ? until : to;
        line->month[m].length_ticks += to > from ? to - from : 0;
    }
}

static void line(subject_t *s, int k, const pw_told_t *told)
{
    int q = told->other ? PW_MAX_TEAMS + told->index : told->index;
    pw_ticks_t *since = &s->waits[k][told->family].since[q];
    if (told->what == PW_TOLD_JOINED && told->yes)
        *since = told->ticks;
    if ((told->what != PW_TOLD_PLACED && told->what != PW_TOLD_REFUSED && told->what != PW_TOLD_GAVE_UP) || *since == PW_TICKS_NEVER)
        return;
    CU_ASSERT_EQUAL(told->since, *since);
    s->waited += told->ticks > *since;
    add_wait(line_of(s->replayed[k], q), s->model[k], *since, told->ticks);
    *since = PW_TICKS_NEVER;
}

static void still_waiting(subject_t *s, int k)
{
    for (uint32_t f = 0; f < s->n_families; f++)
        for (int q = 0; q < QUEUES; q++)
            if (s->waits[k][f].since[q] != PW_TICKS_NEVER) {
                add_wait(line_of(s->replayed[k], q), s->model[k], s->waits[k][f].since[q], s->model[k]->run_end);
                s->waiting++;
            }
}

static void listen(void *context, const pw_told_t *told)
{
    subject_t *s = context;
    make_room(s, told->family);
    s->n_families = told->family >= s->n_families ? told->family + 1 : s->n_families;
    s->told[told->what]++;
    for (int k = 0; k < SCENARIOS; k++)
        if (told->scenario == -2 && s->family[0][told->family].opened)
            pw_replay_reference(&s->family[k][told->family].record, s->model[0], told);
        else if (told->scenario == -1 || told->scenario == k) {
            line(s, k, told);
            pw_replay_add(&s->family[k][told->family], s->model[told->scenario < 0 ? 0 : k], told, told->scenario < 0 ? NULL : s->replayed[k]);
        }
}

/* A cohort family that left before its index under a scenario is in the cohort all the same; the index is the baseline's. */
static void take_records(subject_t *s, int k)
{
    pw_result_t *out = s->replayed[k];
    out->record = calloc(s->n_families, sizeof *out->record);
    out->n_records = 0;
    for (uint32_t f = 0; f < s->n_families; f++) {
        const pw_record_t *index = &s->family[0][f].record;
        if (!s->family[0][f].opened)
            continue;
        pw_record_t *r = &out->record[out->n_records++];
        *r = s->family[k][f].record;
        s->before += !s->family[k][f].opened;
        r->family = f;
        r->index_number = index->index_number;
        r->index_ticks = index->index_ticks;
        r->first_ever = index->first_ever;
        if (!s->family[k][f].opened)
            r->children = index->children;
        r->severe_without_services = index->severe_without_services;
    }
}

/* The four that do not follow from families' events. */
static void take_integrals(pw_result_t *to, const pw_result_t *from, const pw_model_t *model)
{
    for (int q = 0; q < PW_MAX_TEAMS + PW_MAX_SERVICES; q++) {
        pw_queue_t *a = q < PW_MAX_TEAMS ? &to->team[q] : &to->service[q - PW_MAX_TEAMS];
        const pw_queue_t *b = q < PW_MAX_TEAMS ? &from->team[q] : &from->service[q - PW_MAX_TEAMS];
        for (int m = 0; m < PW_MAX_MONTHS; m++) {
            a->month[m].load_ticks = b->month[m].load_ticks;
            a->month[m].places_ticks = b->month[m].places_ticks;
        }
    }
    memcpy(to->cost_place_ticks, from->cost_place_ticks, sizeof to->cost_place_ticks);
    for (int c = 0; c < model->n_costs; c++)          /* set-up is paid once, whatever families do */
        if (model->cost[c].when == PW_COST_SET_UP)
            to->cost_count[c][0] = 1;
    to->events = from->events;
}

static void run_area(subject_t *s, int a, int64_t draw, pw_world_t *observed, pw_world_t *plain)
{
    uint64_t number = pw_run_world_number(draw, s->replication);
    for (int k = 0; k < SCENARIOS; k++) {
        s->model[k] = pw_models_get(&s->run.models, draw, a, k);
        s->again[a][k] = calloc(1, sizeof(pw_result_t));
        s->real[a][k] = calloc(1, sizeof(pw_result_t));
        s->replayed[k] = s->again[a][k];
    }
    const pw_model_t *reference = pw_models_get(&s->run.models, draw, a, SCENARIOS);
    pw_result_t *scratch[SCENARIOS];
    for (int k = 0; k < SCENARIOS; k++)
        scratch[k] = calloc(1, sizeof(pw_result_t));
    for (int k = 0; k < SCENARIOS; k++)
        for (uint32_t f = 0; f < s->room; f++) {
            pw_replay_begin(&s->family[k][f]);
            no_waits(&s->waits[k][f]);
        }
    s->n_families = 0;
    pw_world_options_t look = { .engine = PW_ENGINE_AHEAD, .tell = listen, .tell_context = s }, nobody = { .engine = PW_ENGINE_AHEAD };
    CU_ASSERT_EQUAL_FATAL(pw_world_run(observed, SEED, number, s->model, SCENARIOS, reference, &look, scratch), 0);
    CU_ASSERT_EQUAL_FATAL(pw_world_run(plain, SEED, number, s->model, SCENARIOS, reference, &nobody, s->real[a]), 0);
    for (int k = 0; k < SCENARIOS; k++) {
        take_records(s, k);
        still_waiting(s, k);
        take_integrals(s->replayed[k], s->real[a][k], s->model[k]);
        free(scratch[k]);
    }
}

static void compare_records(const subject_t *s, int n_areas)
{
    int64_t wrong = 0, n = 0;
    for (int a = 0; a < n_areas; a++)
        for (int k = 0; k < SCENARIOS; k++) {
            const pw_result_t *x = s->again[a][k], *y = s->real[a][k];
            CU_ASSERT_EQUAL_FATAL(x->n_records, y->n_records);
            for (int64_t i = 0; i < x->n_records; i++, n++)
                if (!pw_replay_same(&x->record[i], &y->record[i]) && wrong++ < 3)
                    printf("\n  %s, area %d, family %u: the events come to another record\n", files[k], a, y->record[i].family);
        }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(n > 2000);
}

/* In every line and month: what the lines' lengths came to, and what families' waits come to. */
static void compare_lines(const subject_t *s, int n_areas)
{
    int64_t wrong = 0, busy = 0;
    for (int a = 0; a < n_areas; a++)
        for (int k = 0; k < SCENARIOS; k++)
            for (int q = 0; q < QUEUES; q++)
                for (int m = 0; m < PW_MAX_MONTHS; m++) {
                    int64_t waits = line_of(s->again[a][k], q)->month[m].length_ticks, length = line_of(s->real[a][k], q)->month[m].length_ticks;
                    busy += length > 0;
                    if (waits != length && wrong++ < 3)
                        printf("\n  %s, area %d, line %d, month %d: the line came to %lld ticks, the waits to %lld\n", files[k], a, q, m, (long long)length,
                               (long long)waits);
                }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT(busy > 500);
    CU_ASSERT(s->waited > 1000 && s->waiting > 10);
}

static void compare_sums(const subject_t *s)
{
    const pw_layout_t *layout = &s->run.layout;
    double *vector = malloc(layout->size * sizeof *vector);
    pw_members_t members = { 0 };
    for (int k = 0; k < SCENARIOS; k++) {
        const pw_result_t *all[MOST_AREAS];
        pw_tally_begin(layout, vector);
        for (int a = 0; a < s->run.roster.n_areas; a++) {
            CU_ASSERT_EQUAL_FATAL(pw_members_set(&members, layout->roster, s->again[a][0]), PW_OK);
            pw_tally_area(layout, k, a, pw_models_get(&s->run.models, 0, a, k), s->again[a][k], &members, vector);
            all[a] = s->again[a][k];
        }
        pw_tally_end(layout, k, all, vector);
        size_t wrong = 0, sums = 0;
        for (size_t i = 0; i < layout->size; i++) {
            wrong += memcmp(&vector[i], &s->counted[k][i], sizeof vector[i]) != 0;
            sums += vector[i] != 0.0;
        }
        CU_ASSERT_EQUAL(wrong, 0);
        CU_ASSERT(sums > 2000);
    }
    pw_members_free(&members);
    free(vector);
}

static void replay(int64_t draws, int64_t replication)
{
    subject_t *s = calloc(1, sizeof *s);
    s->replication = replication;
    for (int k = 0; k < SCENARIOS; k++)
        CU_ASSERT_EQUAL_FATAL(pw_spec_load(files[k], NULL, 0, &s->spec[k], &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(s->findings.n, 0);
    s->request = (pw_run_request_t){ .spec = (const pw_spec_t *const *)s->spec, .n_scenarios = SCENARIOS, .draws = draws, .replications = replication + 1,
                                     .seed = SEED, .threads = 1, .watch = keep, .watch_context = s };
    CU_ASSERT_EQUAL_FATAL(pw_run_prepare(&s->run, &s->request, &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(pw_run_go(&s->run, &s->findings), PW_OK);
    CU_ASSERT_EQUAL_FATAL(s->run.roster.n_areas, MOST_AREAS);
    pw_world_t *plain[MOST_AREAS] = { pw_world_new(), pw_world_new() }, *observed = pw_world_new();
    for (int a = 0; a < MOST_AREAS; a++)
        run_area(s, a, 0, observed, plain[a]);
    compare_records(s, MOST_AREAS);
    compare_lines(s, MOST_AREAS);
    compare_sums(s);
    for (int what = 0; what < PW_TOLD_WHATS; what++)
        CU_ASSERT(what == PW_TOLD_REFUSED || s->told[what] > 0);     /* no line has a longest wait or no places here: tests/test_engines.c has */
    pw_world_free(observed);
    for (int a = 0; a < MOST_AREAS; a++) {
        pw_world_free(plain[a]);
        for (int k = 0; k < SCENARIOS; k++) {
            free(s->again[a][k]->record);
            free(s->again[a][k]);
            free(s->real[a][k]);
        }
    }
    pw_run_free(&s->run);
    for (int k = 0; k < SCENARIOS; k++) {
        pw_spec_free(s->spec[k]);
        free(s->family[k]);
        free(s->waits[k]);
        free(s->counted[k]);
    }
    pw_findings_free(&s->findings);
    free(s);
}

static void test_events_of_all_families_come_to_what_run_counted_at_central_values(void) { replay(0, 1); }

static void test_events_of_all_families_come_to_what_run_counted_in_a_draw(void) { replay(1, 0); }

PW_TESTS(PW_TEST(test_events_of_all_families_come_to_what_run_counted_at_central_values),
         PW_TEST(test_events_of_all_families_come_to_what_run_counted_in_a_draw))
