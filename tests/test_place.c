/* Places and the line that waits for them: timelines drawn by hand, and a queue simulation without families against Erlang's formulas. */
#include "../model/world/place.h"

#include <math.h>
#include <stdlib.h>

#include "../model/base/memory.h"
#include "harness.h"
#include "model_maker.h"

enum { DAY = PW_TICKS_PER_DAY };

static void start(pw_place_t *p, const pw_step_t *step, int n, pw_queue_t *stats)
{
    pw_place_reset(p, step, n, true, 0);
    p->stats = stats;
    p->months = 3;
}

/* Two places.  day  0 1 2 3 4 5 6 7 8 9
 *   A (load 1)      ####
 *   B (load 1)        ######            A leaves on day 2, B on day 4
 *   C (load 2)          ----##          comes on day 2: one is free, not two; waits until 4, leaves on 5
 *   D (load 1)            ----###       comes on day 3: would fit, but C is before it; starts on 5, leaves on 6.5
 * length: C 2 + D 2 = 4 family-days; load: A 2 + B 3 + C 2 + D 1.5 = 8.5; places: 2 x 10 = 20. */
static void test_nobody_overtakes_a_head_that_does_not_fit_and_integrals_are_exact(void)
{
    static pw_queue_t stats;
    stats = (pw_queue_t){ 0 };
    pw_step_t step = { 0, 2.0 };
    pw_place_t p = { 0 };
    uint32_t next;
    double load;
    start(&p, &step, 1, &stats);
    CU_ASSERT(pw_place_fits(&p, 1.0));
    pw_place_take(&p, 1.0, 0);
    pw_place_take(&p, 1.0, 1 * DAY);
    pw_place_release(&p, 1.0, 2 * DAY);
    CU_ASSERT(!pw_place_fits(&p, 2.0));
    CU_ASSERT_EQUAL(pw_place_wait(&p, 30, 2.0, 0.0, 2 * DAY), 0);
    CU_ASSERT(pw_place_fits(&p, 1.0));
    CU_ASSERT_EQUAL(pw_place_wait(&p, 40, 1.0, 0.0, 3 * DAY), 0);
    CU_ASSERT(!pw_place_next(&p, 3 * DAY, &next, &load));
    CU_ASSERT_EQUAL(pw_place_workload(&p), 2.0);       /* (1 + 3) / 2 */
    pw_place_release(&p, 1.0, 4 * DAY);
    CU_ASSERT(pw_place_next(&p, 4 * DAY, &next, &load));
    CU_ASSERT_EQUAL(next, 30);
    CU_ASSERT_EQUAL(load, 2.0);
    CU_ASSERT(!pw_place_next(&p, 4 * DAY, &next, &load));
    CU_ASSERT_EQUAL(pw_place_workload(&p), 1.5);
    pw_place_release(&p, 2.0, 5 * DAY);
    CU_ASSERT(pw_place_next(&p, 5 * DAY, &next, &load));
    CU_ASSERT_EQUAL(next, 40);
    pw_place_release(&p, 1.0, 6 * DAY + DAY / 2);
    pw_place_advance(&p, 10 * DAY);
    CU_ASSERT_EQUAL(stats.month[0].length_ticks, 4 * DAY);
    CU_ASSERT_EQUAL(stats.month[0].load_ticks, 8.5 * DAY);
    CU_ASSERT_EQUAL(stats.month[0].places_ticks, 20.0 * DAY);
    CU_ASSERT_EQUAL(p.used, 0.0);
    CU_ASSERT_EQUAL(p.queued, 0.0);
    pw_place_free(&p);
}

static void test_higher_priority_goes_first_and_equals_go_in_order_of_arrival(void)
{
    static const double priority[6] = { 1.0, 2.0, 1.0, 3.0, 2.0, 1.0 };
    static const uint32_t order[6] = { 3, 1, 4, 0, 2, 5 };
    pw_step_t step = { 0, 1.0 };
    pw_place_t p = { 0 };
    uint32_t next;
    double load;
    start(&p, &step, 1, NULL);
    pw_place_take(&p, 1.0, 0);
    for (uint32_t k = 0; k < 6; k++)
        pw_place_wait(&p, k, 1.0, priority[k], k);
    for (int k = 0; k < 6; k++) {
        pw_place_release(&p, 1.0, 100);
        CU_ASSERT_FATAL(pw_place_next(&p, 100, &next, &load));
        CU_ASSERT_EQUAL(next, order[k]);
        CU_ASSERT(!pw_place_next(&p, 100, &next, &load));
    }
    pw_place_free(&p);
}

/* Places 3, 1 from day 5, 2 from day 8, unlimited from day 12. */
static void test_fewer_places_never_evict_and_the_excess_drains(void)
{
    static const pw_step_t step[4] = { { 0, 3.0 }, { 5 * DAY, 1.0 }, { 8 * DAY, 2.0 }, { 12 * DAY, -1.0 } };
    static pw_queue_t stats;
    stats = (pw_queue_t){ 0 };
    pw_place_t p = { 0 };
    uint32_t next;
    double load;
    start(&p, step, 4, &stats);
    for (int k = 0; k < 3; k++)
        pw_place_take(&p, 1.0, 0);
    CU_ASSERT_EQUAL(pw_place_next_step(&p), 5 * DAY);
    pw_place_take_steps(&p, 5 * DAY);
    CU_ASSERT_EQUAL(p.used, 3.0);                      /* all three stay */
    CU_ASSERT_EQUAL(pw_place_workload(&p), 2.0);       /* 3 / 1, capped */
    pw_place_wait(&p, 7, 1.0, 0.0, 5 * DAY);
    pw_place_release(&p, 1.0, 6 * DAY);
    CU_ASSERT(!pw_place_next(&p, 6 * DAY, &next, &load));     /* 2 used, 1 place */
    pw_place_take_steps(&p, 8 * DAY);
    CU_ASSERT(!pw_place_next(&p, 8 * DAY, &next, &load));     /* 2 used, 2 places */
    pw_place_release(&p, 1.0, 9 * DAY);
    CU_ASSERT(pw_place_next(&p, 9 * DAY, &next, &load));
    pw_place_take_steps(&p, 12 * DAY);
    CU_ASSERT_EQUAL(pw_place_next_step(&p), PW_TICKS_NEVER);
    CU_ASSERT(pw_place_fits(&p, 1e6));
    CU_ASSERT_EQUAL(pw_place_workload(&p), 0.0);
    pw_place_advance(&p, 20 * DAY);
    CU_ASSERT_EQUAL(stats.month[0].places_ticks, (15.0 + 3.0 + 8.0) * DAY);
    CU_ASSERT_EQUAL(stats.month[0].length_ticks, 4 * DAY);
    pw_place_free(&p);
}

static void test_no_places_serve_nobody_and_workload_is_two(void)
{
    pw_step_t step = { 0, 0.0 };
    pw_place_t p = { 0 };
    start(&p, &step, 1, NULL);
    CU_ASSERT(!pw_place_fits(&p, 0.1));
    CU_ASSERT_EQUAL(pw_place_workload(&p), 2.0);
    pw_place_reset(&p, NULL, 0, true, 0);              /* a place that the model has not */
    CU_ASSERT(!pw_place_fits(&p, 1.0));
    step.places = 2.0;
    pw_place_reset(&p, &step, 1, false, 0);            /* work slows instead of waiting */
    CU_ASSERT(pw_place_fits(&p, 100.0));
    pw_place_take(&p, 3.0, 0);
    CU_ASSERT_EQUAL(pw_place_workload(&p), 1.5);
    pw_place_free(&p);
}

/* Months end at their tick: half of a wait lies in each; what is before day 0 or after the reported months is nobody's. */
static void test_integrals_are_split_at_month_ends(void)
{
    static pw_queue_t stats;
    stats = (pw_queue_t){ 0 };
    pw_step_t step = { 0, 1.0 };
    pw_place_t p = { 0 };
    const pw_ticks_t month = PW_TICKS_PER_MONTH;
    start(&p, &step, 1, &stats);
    p.day_0 = month;
    pw_place_take(&p, 1.0, month / 2);
    pw_place_wait(&p, 0, 1.0, 0.0, month / 2);
    pw_place_count_joined(&p, month / 2);
    pw_place_count_joined(&p, 2 * month - 1);
    pw_place_count_joined(&p, 2 * month);
    pw_place_advance(&p, 2 * month + month / 4);
    pw_place_advance(&p, 9 * month);
    CU_ASSERT_EQUAL(stats.month[0].length_ticks, month);
    CU_ASSERT_EQUAL(stats.month[1].length_ticks, month);
    CU_ASSERT_EQUAL(stats.month[2].length_ticks, month);
    CU_ASSERT_EQUAL(stats.month[3].length_ticks, 0);
    CU_ASSERT_EQUAL(stats.month[0].joined, 1);
    CU_ASSERT_EQUAL(stats.month[1].joined, 1);
    pw_place_free(&p);
}

static void test_wait_bins_cover_every_wait_once(void)
{
    CU_ASSERT_EQUAL(pw_wait_bin(0), 0);
    CU_ASSERT_EQUAL(pw_wait_bin(1), 1);
    CU_ASSERT_EQUAL(pw_wait_bin(PW_TICKS_NEVER), PW_WAIT_BINS - 1);
    int wrong = 0;
    for (pw_ticks_t w = 1; w < PW_TICKS_NEVER / 4; w += w / 7 + 1) {
        int bin = pw_wait_bin(w);
        double days = pw_days_from_ticks(w);
        wrong += bin < PW_WAIT_BINS - 1 && days > pw_wait_bin_days(bin + 1) * (1.0 + 1e-12);
        wrong += bin > 1 && days < pw_wait_bin_days(bin) * (1.0 - 1e-12);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    for (int doubled = 0; doubled < 15; doubled++) {       /* a whole number of doublings of a sixteenth of a day begins a bin, to the tick */
        pw_ticks_t w = (INT64_C(1) << doubled) * PW_TICKS_PER_DAY / 16;
        CU_ASSERT_EQUAL(pw_wait_bin(w), 1 + 6 * doubled);
        CU_ASSERT_EQUAL(pw_wait_bin(w - 1), doubled ? 6 * doubled : 1);
    }
}

static void test_line_keeps_its_order_while_it_grows_and_wraps(void)
{
    pw_step_t step = { 0, 1.0 };
    pw_place_t p = { 0 };
    uint32_t next;
    double load;
    start(&p, &step, 1, NULL);
    uint32_t in = 0, out = 0;
    mk_luck_t luck = { 11 };
    int wrong = 0;
    for (int k = 0; k < 20000; k++) {
        if (mk_below(&luck, 100) < (k < 10000 ? 55 : 45)) {
            wrong += pw_place_wait(&p, in++, 1.0, 0.0, k) != 0;
        } else if (p.n) {
            wrong += !pw_place_next(&p, k, &next, &load) || next != out++;
            pw_place_release(&p, 1.0, k);
        }
        wrong += p.n != in - out || p.queued != (double)(in - out);
    }
    CU_ASSERT_EQUAL(wrong, 0);
    while (p.n) {       /* the middle gives up */
        uint32_t slot = p.line[p.head + p.n / 2], n = p.n;
        pw_place_give_up(&p, slot, 20000);
        wrong += p.n != n - 1;
    }
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_EQUAL(p.queued, 0.0);
    pw_place_free(&p);
}

/* Beside a list that is sorted by hand: most have load 1 and priority 0, some have not, some give up, some lines never see a weight; now and then the line is
 * copied to another place (empty or used, with weights or not), and the copy goes on. Slots of a copy are told through a map. */
enum { MANY = 3000 };
typedef struct { double priority, load; uint32_t slot; } waiting_t;
static struct { waiting_t wait[MANY]; uint32_t n; } by_hand;

static void join_by_hand(waiting_t who)
{
    uint32_t at = by_hand.n++;
    for (; at > 0 && by_hand.wait[at - 1].priority < who.priority; at--)
        by_hand.wait[at] = by_hand.wait[at - 1];
    by_hand.wait[at] = who;
}

static waiting_t leave_by_hand(uint32_t at)
{
    waiting_t who = by_hand.wait[at];
    by_hand.n--;
    for (; at < by_hand.n; at++)
        by_hand.wait[at] = by_hand.wait[at + 1];
    return who;
}

static uint32_t before_by_hand(double priority)
{
    uint32_t n = 0;
    for (uint32_t k = 0; k < by_hand.n; k++)
        n += by_hand.wait[k].priority >= priority;
    return n;
}

static int wrong_steps(pw_place_t *p, mk_luck_t *luck, int weights_in_100, uint32_t *slot, pw_ticks_t *now)
{
    int wrong = 0;
    for (int k = 0; k < 1200; k++, (*now) += 1 + mk_below(luck, 1000)) {
        int what = mk_below(luck, 100);
        if (what < 60) {
            bool plain = mk_below(luck, 100) >= weights_in_100;
            waiting_t who = { plain ? 0.0 : mk_below(luck, 5) - 2, plain ? 1.0 : 0.25 * (1 + mk_below(luck, 8)), (*slot)++ };
            wrong += pw_place_before(p, who.priority) != before_by_hand(who.priority);
            wrong += pw_place_wait(p, who.slot, who.load, who.priority, *now) != 0;
            join_by_hand(who);
        } else if (what < 90 && by_hand.n) {
            waiting_t expected = leave_by_hand(0);
            uint32_t next = 0;
            double load = 0.0;
            wrong += !pw_place_next(p, *now, &next, &load) || next != expected.slot || load != expected.load;
            pw_place_release(p, load, *now);
        } else if (by_hand.n) {
            pw_place_give_up(p, leave_by_hand((uint32_t)mk_below(luck, (int)by_hand.n)).slot, *now);
        }
        wrong += p->n != by_hand.n;
    }
    return wrong;
}

static void test_lines_with_and_without_weights_are_a_sorted_list_and_can_be_copied(void)
{
    static const int weights_in_100[6] = { 0, 0, 30, 0, 100, 0 };
    pw_step_t step = { 0, 10.0 };
    pw_place_t p[2] = { { 0 }, { 0 } };
    mk_luck_t luck = { 5 };
    static uint32_t map[2 * MANY];
    uint32_t slot = 0;
    pw_ticks_t now = 0;
    for (uint32_t k = 0; k < 2 * MANY; k++)
        map[k] = k + 10;
    start(&p[0], &step, 1, NULL);
    by_hand.n = 0;
    for (int k = 0; k < 6; k++) {
        pw_place_t *from = &p[k % 2], *to = &p[(k + 1) % 2];
        CU_ASSERT_EQUAL(wrong_steps(from, &luck, weights_in_100[k], &slot, &now), 0);
        CU_ASSERT(by_hand.n > 100);
        CU_ASSERT((from->weight != NULL) == (k >= 2));
        CU_ASSERT_EQUAL(pw_place_copy(to, from, k == 3 ? NULL : map), 0);
        CU_ASSERT_EQUAL(to->queued, from->queued);
        for (uint32_t j = 0; j < by_hand.n && k != 3; j++)
            by_hand.wait[j].slot = map[by_hand.wait[j].slot];
        slot += 10;
    }
    for (int k = 0; k < 2; k++)
        pw_place_free(&p[k]);
}

static void test_line_without_memory_says_so_and_stays_as_it_was(void)
{
    pw_step_t step = { 0, 0.0 };
    pw_place_t p = { 0 };
    start(&p, &step, 1, NULL);
    pw_memory_fail_at(1);
    CU_ASSERT_EQUAL(pw_place_wait(&p, 1, 1.0, 0.0, 0), -1);
    pw_memory_fail_at(0);
    CU_ASSERT_EQUAL(p.n, 0);
    CU_ASSERT_EQUAL(p.queued, 0.0);
    CU_ASSERT_EQUAL(pw_place_wait(&p, 1, 1.0, 0.0, 0), 0);
    for (long n = 1; n <= 2; n++) {       /* the second is for the weights, which a load of 2 brings */
        pw_memory_fail_at(n);
        CU_ASSERT_EQUAL(pw_place_wait(&p, 2, 2.0, 0.0, 0), -1);
    }
    pw_memory_fail_at(0);
    CU_ASSERT(p.n == 1 && p.queued == 1.0);
    CU_ASSERT_EQUAL(pw_place_wait(&p, 2, 2.0, 0.0, 0), 0);
    pw_place_t copy = { 0 };
    for (long n = 1; n <= 2; n++) {
        pw_memory_fail_at(n);
        CU_ASSERT_EQUAL(pw_place_copy(&copy, &p, NULL), -1);
    }
    pw_memory_fail_at(0);
    CU_ASSERT_EQUAL(copy.n, 0);
    CU_ASSERT_EQUAL(pw_place_copy(&copy, &p, NULL), 0);
    CU_ASSERT(copy.n == 2 && copy.queued == 3.0);
    pw_place_free(&copy);
    pw_place_free(&p);
}

/* ---- a queue simulation: the next arrival, the next departure, nothing else ---- */

enum { LONG = 4096 };      /* longer than any line here */
typedef struct { double mean_wait, se_wait, p_wait, se_p, refused, se_refused; } queue_t;

/* M/M/c in batches; `may_wait` false: those who find no place are lost. Service times are laid down at the start of service. */
static queue_t simulate(int c, double arrivals_per_day, double service_days, bool may_wait, int batches, int per_batch)
{
    pw_step_t step = { 0, (double)c };
    pw_place_t p = { 0 };
    start(&p, &step, 1, NULL);
    pw_ticks_t ends[16], next_arrival = 0;
    static pw_ticks_t since[LONG];     /* of the last who joined, by their number */
    uint32_t joined = 0;
    int busy = 0;
    mk_luck_t luck = { 1917 };
    mk_mean_t wait = { 0 }, waited = { 0 }, refused = { 0 };
    for (int b = -1; b < batches; b++) {       /* batch -1 fills the system */
        double sum = 0.0, n_waited = 0.0, n_started = 0.0, n_refused = 0.0, n_came = 0.0;
        while (n_came < per_batch) {
            int first = -1;
            for (int k = 0; k < busy; k++)
                first = first < 0 || ends[k] < ends[first] ? k : first;
            pw_ticks_t now = first >= 0 && ends[first] <= next_arrival ? ends[first] : next_arrival;
            uint32_t next;
            double load;
            if (first >= 0 && ends[first] <= next_arrival) {
                ends[first] = ends[--busy];
                pw_place_release(&p, 1.0, now);
            } else {
                next_arrival += pw_ticks_from_days(-log(mk_uniform(&luck)) / arrivals_per_day);
                n_came++;
                if (!p.n && pw_place_fits(&p, 1.0)) {
                    pw_place_take(&p, 1.0, now);
                    ends[busy++] = now + pw_ticks_from_days(-log(mk_uniform(&luck)) * service_days);
                    n_started++;
                } else if (may_wait) {
                    pw_place_wait(&p, joined, 1.0, 0.0, now);
                    since[joined++ % LONG] = now;
                } else {
                    n_refused++;
                }
            }
            while (pw_place_next(&p, now, &next, &load)) {
                ends[busy++] = now + pw_ticks_from_days(-log(mk_uniform(&luck)) * service_days);
                sum += pw_days_from_ticks(now - since[next % LONG]);
                n_waited++;
                n_started++;
            }
        }
        if (b < 0)
            continue;
        mk_mean_add(&wait, sum / n_started);
        mk_mean_add(&waited, n_waited / n_started);
        mk_mean_add(&refused, n_refused / n_came);
    }
    CU_ASSERT(p.room < LONG);
    pw_place_free(&p);
    return (queue_t){ wait.mean, mk_mean_se(&wait), waited.mean, mk_mean_se(&waited), refused.mean, mk_mean_se(&refused) };
}

static double erlang_b(int c, double a)
{
    double b = 1.0;
    for (int k = 1; k <= c; k++)
        b = a * b / (k + a * b);
    return b;
}
static double erlang_c(int c, double a) { return c * erlang_b(c, a) / (c - a * (1.0 - erlang_b(c, a))); }

/* Mean wait = C / (c mu - lambda), P(wait) = C (Erlang 1917). Batches of 10,000 are long against the queue's memory (about 30 arrivals), so batch
 * means are close to independent and normal; alpha 1e-6 each. Catches: a head overtaken or started late, a place too many or too few (changes
 * the mean wait by far more than the 3 % that 5 standard errors are). */
static void test_mean_wait_and_share_who_wait_are_erlangs(void)
{
    const double service = 10.0, arrivals = 0.24;      /* a = 2.4 of 3 places */
    queue_t q = simulate(3, arrivals, service, true, 300, 10000);
    double c = erlang_c(3, arrivals * service);
    PW_ASSERT_NEAR(q.p_wait, c, MK_Z * q.se_p);
    PW_ASSERT_NEAR(q.mean_wait, c / (3.0 / service - arrivals), MK_Z * q.se_wait);
    CU_ASSERT(q.se_wait / q.mean_wait < 0.02);
}

/* Lost share = B (Erlang 1917); alpha 1e-6. Catches a place too many or too few (B 0.27 for 3, 0.43 for 2). */
static void test_share_lost_without_a_line_is_erlangs(void)
{
    queue_t q = simulate(3, 0.24, 10.0, false, 100, 10000);
    PW_ASSERT_NEAR(q.refused, erlang_b(3, 2.4), MK_Z * q.se_refused);
    CU_ASSERT_EQUAL(q.mean_wait, 0.0);
}

PW_TESTS(PW_TEST(test_nobody_overtakes_a_head_that_does_not_fit_and_integrals_are_exact),
         PW_TEST(test_higher_priority_goes_first_and_equals_go_in_order_of_arrival),
         PW_TEST(test_fewer_places_never_evict_and_the_excess_drains), PW_TEST(test_no_places_serve_nobody_and_workload_is_two),
         PW_TEST(test_integrals_are_split_at_month_ends), PW_TEST(test_wait_bins_cover_every_wait_once),
         PW_TEST(test_line_keeps_its_order_while_it_grows_and_wraps),
         PW_TEST(test_lines_with_and_without_weights_are_a_sorted_list_and_can_be_copied),
         PW_TEST(test_line_without_memory_says_so_and_stays_as_it_was), PW_TEST(test_mean_wait_and_share_who_wait_are_erlangs),
         PW_TEST(test_share_lost_without_a_line_is_erlangs))
