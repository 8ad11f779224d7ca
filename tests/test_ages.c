/* Bands of the youngest child's age: right at every moment where they are read, and nothing where they are not. */
#include <stdlib.h>
#include <string.h>

#include "../model/world/family.h"
#include "harness.h"
#include "model_maker.h"

enum { FAMILIES = 4000 };

typedef struct { pw_ticks_t born[3][FAMILIES]; int64_t checked, wrong, birthdays[17]; int ages[2]; } watch_t;

/* Within half a minute of a birthday either is right: the age at entry is told in years. */
static void listen(void *context, const pw_told_t *t)
{
    static const struct { int bit; double years; } bands[] = { { PW_BIT_CHILD_UNDER_5, 5.0 }, { PW_BIT_CHILD_UNDER_11, 11.0 },
                                                               { PW_BIT_CHILD_UNDER_16, 16.0 } };
    watch_t *w = context;
    int life = t->scenario + 1;
    if (life < 0)
        return;
    if (t->what == PW_TOLD_ENTERED || t->what == PW_TOLD_BIRTH)
        for (int s = life; s < (t->scenario < 0 ? 3 : life + 1); s++)
            w->born[s][t->family] = t->what == PW_TOLD_BIRTH ? t->ticks : t->ticks - pw_ticks_from_days(t->from * PW_DAYS_PER_YEAR);
    if (t->what == PW_TOLD_BIRTHDAY)
        w->birthdays[t->index]++;
    if (t->what != PW_TOLD_INCIDENT || t->why)
        return;
    double years = pw_days_from_ticks(t->ticks - w->born[life][t->family]) / PW_DAYS_PER_YEAR;
    for (int k = 0; k < 3; k++) {
        if (!(w->ages[t->scenario > 0] >> k & 1) || (years > bands[k].years - 1e-6 && years < bands[k].years + 1e-6))
            continue;
        w->checked++;
        w->wrong += pw_bit_get(t->bits, bands[k].bit) != (years < bands[k].years);
    }
}

static void with_children(pw_model_t *m)
{
    m->n_age_bands = 2;
    m->age_from[0] = 0.0, m->age_from[1] = 6.0, m->age_from[2] = 17.0;
    m->age_chance[0] = 0.5, m->age_chance[1] = 1.0;
    m->adult_years = 18.0;
}

static void test_bands_hold_as_the_youngest_child_is_at_every_incident_also_where_only_a_scenario_keeps_them(void)
{
    static pw_model_t m[2];
    static watch_t watch;
    int64_t checked = 0, birthdays[17] = { 0 };
    for (uint64_t seed = 1; seed <= 40; seed++) {
        mk_random(&m[0], seed, true);
        with_children(&m[0]);
        m[0].ages = seed % 2 ? PW_AGES_ALL : 0;
        m[1] = m[0];
        m[1].ages = PW_AGES_ALL;
        memset(&watch, 0, sizeof watch);
        watch.ages[0] = m[0].ages;
        watch.ages[1] = m[1].ages;
        mk_run_t run;
        mk_run_init(&run);
        run.options.tell = listen;
        run.options.tell_context = &watch;
        const pw_model_t *both[2] = { &m[0], &m[1] };
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&run, 3, seed, both, 2, NULL), 0);
        CU_ASSERT_EQUAL(watch.wrong, 0);
        checked += watch.checked;
        for (int k = 0; k < 17; k++)
            birthdays[k] += watch.birthdays[k];
        mk_run_free(&run);
    }
    CU_ASSERT(checked > 10000);
    CU_ASSERT(birthdays[5] > 20 && birthdays[11] > 20 && birthdays[16] > 20);
}

static void test_birthdays_that_nobody_reads_change_nothing_but_the_count_of_events(void)
{
    static pw_model_t plain, kept;
    int64_t more = 0;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        mk_random(&plain, seed, true);
        with_children(&plain);
        kept = plain;
        kept.ages = PW_AGES_ALL;
        mk_run_t a, b;
        mk_run_init(&a);
        mk_run_init(&b);
        const pw_model_t *one[1] = { &plain }, *other[1] = { &kept };
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&a, 3, seed, one, 1, NULL), 0);
        CU_ASSERT_EQUAL_FATAL(mk_run_all(&b, 3, seed, other, 1, NULL), 0);
        more += b.result[0]->events > a.result[0]->events;
        b.result[0]->events = a.result[0]->events;
        for (int64_t k = 0; k < b.result[0]->n_records && k < a.result[0]->n_records; k++)      /* the bands themselves are right only where they are kept */
            b.result[0]->record[k].bits_at_index[0] = a.result[0]->record[k].bits_at_index[0];
        CU_ASSERT_TRUE(mk_same(a.result[0], b.result[0]));
        mk_run_free(&a);
        mk_run_free(&b);
    }
    CU_ASSERT(more > 30);
}

PW_TESTS(PW_TEST(test_bands_hold_as_the_youngest_child_is_at_every_incident_also_where_only_a_scenario_keeps_them),
         PW_TEST(test_birthdays_that_nobody_reads_change_nothing_but_the_count_of_events))
