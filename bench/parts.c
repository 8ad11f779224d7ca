#include "parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "../model/chance/stream.h"
#include "../model/world/calendar.h"
#include "../model/world/family.h"
#include "../model/world/record.h"

enum { FAMILIES = 2048, ROUNDS = 40, TURNS = 9 };

/* Situations of families at an incident, drawn once from the model's own chances. */
typedef struct {
    const pw_model_t *model;
    uint64_t bits[FAMILIES][2];
    bool reported[FAMILIES];
    pw_stream_t stream;
    pw_calendar_t calendar;
    uint64_t key[FAMILIES];
    pw_own_t own;
    pw_family_t family;
    pw_record_t record[FAMILIES];
    pw_result_t result;
    uint64_t seen;                 /* what was computed is used, or the compiler would leave it out */
} parts_t;

static double uniform(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return ((double)(*state >> 12) + 0.5) * 0x1p-52;
}

static void draw_situations(parts_t *self)
{
    const pw_model_t *model = self->model;
    uint64_t luck = 2385;
    for (int k = 0; k < FAMILIES; k++) {
        uint64_t *bits = self->bits[k];
        for (int a = 0; a < model->n_attributes; a++) {
            const pw_attribute_t *it = &model->attribute[a];
            double numbers[PW_MAX_NUMBERS] = { 0 };
            bool may = (bits[0] & it->given) == it->given && !(bits[0] & it->given_not);
            pw_bit_put(bits, it->bit, may && uniform(&luck) < pw_predictor_value(&it->chance, bits, numbers));
        }
        double weight[3], sum = 0.0;
        for (int s = 0; s < 3; s++)
            sum += weight[s] = pw_predictor_value(&model->severity[s], bits, NULL);
        double u = uniform(&luck) * sum;
        pw_bit_put(bits, PW_BIT_INJURY, u >= weight[0]);
        pw_bit_put(bits, PW_BIT_SEVERE_INJURY, u >= weight[0] + weight[1]);
        pw_bit_put(bits, PW_BIT_CHILD_PRESENT, uniform(&luck) < pw_predictor_value(&model->child_present, bits, NULL));
        self->reported[k] = uniform(&luck) < pw_predictor_value(&model->reported, bits, NULL);
        self->key[k] = (uint64_t)(uniform(&luck) * 1e9) << 4;
    }
}

static void draws(parts_t *self)
{
    pw_gaps8_t gaps;
    for (uint32_t k = 0; k < FAMILIES; k++) {
        if (k % 8 == 0)
            pw_stream_gaps8(self->stream, k, PW_PURPOSE_INCIDENT, k, 0, &gaps);
        pw_block_t kind = pw_stream_block(self->stream, k, PW_PURPOSE_INCIDENT, k, 1);
        self->seen += pw_bits_of(gaps.exponential[k % 8]) + kind.word[0];
        if (!self->reported[k])
            continue;
        pw_block_t police = pw_stream_block(self->stream, k, PW_PURPOSE_INCIDENT, k, 2);
        pw_block_t delay = pw_stream_block(self->stream, k, PW_PURPOSE_NOTIFICATION, k, 0);
        self->seen += police.word[0] + pw_bits_of(pw_span_days(&self->model->notification_delay, pw_uniform32(delay.word[0])));
    }
}

static void calendar(parts_t *self)
{
    for (uint32_t k = 0; k < FAMILIES; k++) {          /* the winner goes to a later place, as a family that was worked off */
        uint32_t slot = pw_calendar_name(&self->calendar);
        self->seen += slot;
        pw_calendar_set(&self->calendar, slot, pw_calendar_key(&self->calendar) + self->key[k]);
    }
}

static void predictors(parts_t *self)
{
    const pw_model_t *model = self->model;
    double sum = 0.0;
    for (int k = 0; k < FAMILIES; k++) {
        const uint64_t *bits = self->bits[k];
        if ((bits[0] & model->contact_only_if[0]) == model->contact_only_if[0])
            sum += pw_predictor_value(&model->at_contact, bits, NULL);
        for (int s = 0; s < 3; s++)
            sum += pw_predictor_value(&model->severity[s], bits, NULL);
        sum += pw_predictor_value(&model->child_present, bits, NULL) + pw_predictor_value(&model->child_injured, bits, NULL) +
               pw_predictor_value(&model->reported, bits, NULL);
        if (self->reported[k])
            sum += pw_predictor_value(&model->removes_partner, bits, NULL) + pw_predictor_value(&model->speaks_to_child, bits, NULL);
    }
    self->seen += pw_bits_of(sum);
}

static void tallies(parts_t *self)
{
    pw_own_t *own = &self->own;
    pw_family_t *f = &self->family;
    for (int k = 0; k < FAMILIES; k++) {
        pw_own_at(own, own->model->day_0 + (pw_ticks_t)(self->key[k] >> 4));
        pw_count_month(own, PW_MONTH_incidents);
        f->record = k;
        pw_record_t *r = pw_family_record(own, f);
        r->harm[PW_HARM_ANY][PW_REACH_OCCURRED]++;
        r->harm[PW_HARM_INJURY][PW_REACH_OCCURRED] = (uint16_t)(r->harm[PW_HARM_INJURY][PW_REACH_OCCURRED] + pw_bit_get(self->bits[k], PW_BIT_INJURY));
        if (!self->reported[k])
            continue;
        pw_count_month(own, PW_MONTH_reported);
        r->harm[PW_HARM_ANY][PW_REACH_REPORTED]++;
        pw_record_count(own, f, PW_COUNT_attended);
        pw_record_count(own, f, PW_COUNT_notifications);
    }
}

static double nanoseconds(parts_t *self, void (*part)(parts_t *))
{
    double best = 1e300;
    for (int turn = 0; turn < TURNS; turn++) {
        struct timespec a, b;
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &a);
        for (int round = 0; round < ROUNDS; round++)
            part(self);
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &b);
        double ns = ((double)(b.tv_sec - a.tv_sec) * 1e9 + (double)(b.tv_nsec - a.tv_nsec)) / ((double)ROUNDS * FAMILIES);
        best = ns < best ? ns : best;
    }
    return best;
}

static bool init(parts_t *self, const pw_model_t *model)
{
    self->model = model;
    self->stream = pw_stream_init(1, 1, model->area_purpose);
    self->own = (pw_own_t){ .model = model, .counting = true, .result = &self->result, .records = self->record };
    self->family.window_open = true;
    draw_situations(self);
    if (pw_calendar_reset(&self->calendar, FAMILIES))
        return false;
    for (uint32_t k = 0; k < FAMILIES; k++)
        pw_calendar_set(&self->calendar, k, self->key[k]);
    return true;
}

void pw_parts_print(const pw_model_t *baseline)
{
    static const struct { const char *name; void (*part)(parts_t *); } parts[] = {
        { "draws", draws }, { "calendar", calendar }, { "predictors", predictors }, { "tallies", tallies }
    };
    parts_t *self = calloc(1, sizeof *self);
    if (!self || !init(self, baseline))
        exit(1);
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        printf("%s_ns_per_event %.2f ns\n", parts[k].name, nanoseconds(self, parts[k].part));
    if (self->seen == 1)                               /* never: but the compiler cannot know */
        printf("\n");
    pw_calendar_free(&self->calendar);
    free(self);
}
