#include "replay.h"

#include <string.h>

#include "../world/family.h"
#include "../world/form.h"
#include "../world/instant.h"
#include "../world/place.h"

void pw_replay_begin(pw_replay_t *self)
{
    memset(self, 0, sizeof *self);
    self->stage = -1;
    self->record.living = PW_LIVING_MOVED_AWAY;
    self->record.first_repeat = PW_TICKS_NEVER;
}

/* ---- counting ---- */

static void count(pw_replay_t *self, int what)
{
    if (self->window)
        self->record.count[what]++;
}

static void step(pw_replay_t *self, int service, int what)
{
    if (self->window)
        self->record.cascade[service] |= (uint16_t)what;
}

/* The area's month of an event; -1: before day 0 or after what is reported. */
static int month_of(const pw_model_t *model, pw_ticks_t t)
{
    int64_t month = t < model->day_0 ? -1 : (t - model->day_0) / PW_TICKS_PER_MONTH;
    return month < model->months ? (int)month : -1;
}

static void count_month(const pw_model_t *model, pw_result_t *area, const pw_told_t *told, int what)
{
    int month = month_of(model, told->ticks);
    if (area && month >= 0)
        area->month[month][what]++;
}

static void harm(pw_replay_t *self, uint64_t bits, int reach)
{
    static const int bit[PW_HARMS] = { -1, PW_BIT_INJURY, PW_BIT_SEVERE_INJURY, PW_BIT_CHILD_PRESENT, PW_BIT_CHILD_INJURED, PW_BIT_AT_CONTACT };
    for (int h = 0; h < PW_HARMS && self->window; h++)
        self->record.harm[h][reach] = (uint16_t)(self->record.harm[h][reach] + (bit[h] < 0 ? 1 : (int)(bits >> bit[h] & 1)));
}

/* ---- incidents and notifications ---- */

static void incident(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area)
{
    count_month(model, area, told, PW_MONTH_incidents);
    harm(self, told->bits[0], PW_REACH_OCCURRED);
    if (self->closed_by_separation)
        count(self, PW_COUNT_incidents_after_separation_closing);
    if (!told->yes)
        return;
    count_month(model, area, told, PW_MONTH_reported);
    harm(self, told->bits[0], PW_REACH_REPORTED);
    count(self, PW_COUNT_attended);
}

static void index_arrived(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told)
{
    self->record.index_seen = 1;
    self->record.index_number = (uint16_t)told->index;
    self->record.severe_at_index = pw_bit_get(told->bits, PW_BIT_SEVERE_INJURY) != 0;
    self->record.repeat_at_index = told->n > 0;
    if (self->stage >= 0 && model->stage[self->stage].counts_as != PW_COUNTS_AS_SCREENING)
        self->record.index_path = PW_INDEX_OPEN_CASE;
    else
        self->index_screening = true;
}

static void arrived(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area)
{
    count_month(model, area, told, PW_MONTH_notifications);
    if (area && told->ticks >= model->day_0 && told->ticks < model->intake_end) {
        area->intake_notified++;
        area->intake_injury += pw_bit_get(told->bits, PW_BIT_INJURY) || pw_bit_get(told->bits, PW_BIT_CHILD_INJURED);
        area->intake_removed += (told->why & PW_PACKED_REMOVED) != 0;
        area->intake_separated += pw_bit_get(told->bits, PW_BIT_SEPARATED);
    }
    if (told->other)
        index_arrived(self, model, told);
    count(self, PW_COUNT_notifications);
    if (told->other || !self->window)
        return;
    if (self->record.count[PW_COUNT_repeats] == 0)
        self->record.first_repeat = told->ticks - self->record.index_ticks;
    count(self, PW_COUNT_repeats);
}

/* ---- the follow-up ---- */

static void window(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told)
{
    pw_record_t *r = &self->record;
    self->window = told->yes;
    if (told->yes) {
        self->opened = true;
        r->family = told->family;
        r->index_ticks = told->ticks;
        r->index_seen |= model->closed_cohort > 0;
        r->bits_at_index[0] = told->bits[0];
        r->bits_at_index[1] = told->bits[1];
        r->children = (uint8_t)told->n;
        r->first_ever = (uint8_t)(told->other >> 3 & 1);
        r->risk = told->from;
    } else {
        r->followed_ticks = told->ticks - r->index_ticks;
        r->complete = r->followed_ticks >= model->follow_up_ticks;
        r->living = (uint8_t)told->index;
        r->plan_at_end = told->other & 1;
        r->case_at_end = told->other >> 1 & 1;
        r->waiting_at_end = told->other >> 2 & 1;
    }
    static const int at_opening[] = { 0, PW_CASCADE_WAITED, PW_CASCADE_STARTED }, at_closing[] = { 0, PW_CASCADE_STILL_WAITING, PW_CASCADE_STILL_ATTENDING };
    for (int v = 0; v < PW_MAX_SERVICES; v++)
        if (self->service[v] == PW_ATTENDANCE_WAITING || self->service[v] == PW_ATTENDANCE_ATTENDING)
            r->cascade[v] |= (uint16_t)(told->yes ? at_opening[self->service[v]] | PW_CASCADE_ELIGIBLE | PW_CASCADE_OFFERED | PW_CASCADE_TOOK_UP
                                        : at_closing[self->service[v]]);
}

/* ---- the pathway ---- */

static void screened(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area)
{
    int outcome = model->stage[told->other].counts_as;
    count(self, PW_COUNT_screened);
    count_month(model, area, told, PW_MONTH_screened);
    if (outcome == PW_COUNTS_AS_NO_FURTHER_ACTION)
        count(self, PW_COUNT_no_further_action);
    if (outcome == PW_COUNTS_AS_SIGNPOSTED)
        count(self, PW_COUNT_signposted);
    if (self->index_screening)
        self->record.index_path = (uint8_t)pw_index_path_of(outcome);
    self->index_screening = false;
    bool assessed = outcome == PW_COUNTS_AS_INITIAL_ASSESSMENT || outcome == PW_COUNTS_AS_CORE_ASSESSMENT;
    if (area && assessed && !told->yes && told->since >= model->day_0 && told->since < model->intake_end)
        area->intake_newly_assessed++;
}

static void closed(pw_replay_t *self, const pw_stage_t *end, const pw_told_t *told)
{
    if (end->counts_as == PW_COUNTS_AS_LETTER)
        count(self, PW_COUNT_letters);
    if (end->counts_as == PW_COUNTS_AS_LOOKED_AFTER && !self->looked_after)
        count(self, PW_COUNT_looked_after);
    self->looked_after |= end->counts_as == PW_COUNTS_AS_LOOKED_AFTER;
    if (self->case_worked)
        count(self, PW_COUNT_closed);
    if (self->case_worked && told->why == PW_MOVE_INTERRUPTED && told->n == PW_EVENT_SEPARATION_REPORTED) {
        count(self, PW_COUNT_closed_at_separation);
        self->closed_by_separation = true;
    }
    self->assessed_before |= self->case_assessed;
    self->index_screening = self->case_assessed = self->case_worked = false;
    self->stage = -1;
}

static void flow(const pw_model_t *model, const pw_told_t *told, bool worked, pw_result_t *area)
{
    int from = told->index, to = told->other;
    area->flow[from < 0 ? model->n_stages : from][to < 0 ? model->n_stages : to]++;
    if (from < 0 || to < 0)
        return;
    area->interrupted[from][told->n] += told->why == PW_MOVE_INTERRUPTED;
    area->wait_limited[from] += told->why == PW_MOVE_LIMIT;
    if (worked && told->why == PW_MOVE_DONE && model->stage[from].statutory_ticks) {
        area->work_ended[from]++;
        area->within_statutory[from] += told->ticks - told->since <= model->stage[from].statutory_ticks;
    }
}

static void moved(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area)
{
    if (area)
        flow(model, told, self->at_work, area);
    self->at_work = false;
    if (told->other < 0) {
        self->stage = -1;
        return;
    }
    if (told->index >= 0 && model->stage[told->index].counts_as == PW_COUNTS_AS_SCREENING && told->why == PW_MOVE_DONE)
        screened(self, model, told, area);
    if (model->stage[told->other].is_end) {
        closed(self, &model->stage[told->other], told);
        return;
    }
    if (told->index < 0)
        count(self, PW_COUNT_cases);
    self->stage = told->other;
}

static void begun(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area)
{
    static const struct { int counts_as, count, month; bool assessment; } kinds[] = {
        { PW_COUNTS_AS_INITIAL_ASSESSMENT, PW_COUNT_initial_assessments, PW_MONTH_initial_assessments, true },
        { PW_COUNTS_AS_CORE_ASSESSMENT, PW_COUNT_core_assessments, PW_MONTH_core_assessments, true },
        { PW_COUNTS_AS_FAMILY_SUPPORT, PW_COUNT_family_support, -1, false },
        { PW_COUNTS_AS_CHILD_PROTECTION, PW_COUNT_child_protection, -1, false },
        { PW_COUNTS_AS_MONITORING, PW_COUNT_monitoring, -1, false },
    };
    const pw_stage_t *stage = &model->stage[told->index];
    self->at_work = true;
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (kinds[k].counts_as != stage->counts_as)
            continue;
        count(self, kinds[k].count);
        if (kinds[k].month >= 0)
            count_month(model, area, told, kinds[k].month);
        if (kinds[k].assessment && !self->case_assessed && self->assessed_before)
            count(self, PW_COUNT_stop_starts);
        self->case_assessed |= kinds[k].assessment;
    }
    if (!stage->worked)
        return;
    self->case_worked = true;
    self->closed_by_separation = false;
    self->record.help = (uint16_t)(self->record.help + self->window);
}

static void chosen(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told)
{
    if (model->stage[told->index].counts_as != PW_COUNTS_AS_SCREENING || !pw_bit_get(told->truth, PW_BIT_CHILD_PRESENT))
        return;
    count(self, PW_COUNT_child_screened);
    if (pw_bit_get(told->bits, PW_BIT_CHILD_PRESENT))
        count(self, PW_COUNT_child_seen);
}

/* ---- lines and services ---- */

static void line(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area)
{
    int month = month_of(model, told->ticks), what = told->what;
    pw_queue_t *queue = !area ? NULL : told->other ? &area->service[told->index] : &area->team[told->index];
    pw_ticks_t wait = told->ticks - told->since;
    if (queue && month >= 0) {
        queue->month[month].joined += what == PW_TOLD_JOINED;
        queue->month[month].started += what == PW_TOLD_PLACED;
        queue->month[month].refused += what == PW_TOLD_REFUSED;
        queue->month[month].gave_up += what == PW_TOLD_GAVE_UP;
        queue->month[month].wait_ticks += what == PW_TOLD_PLACED ? wait : 0;
        if (what == PW_TOLD_PLACED)
            queue->wait_bin[pw_wait_bin(wait)]++;
    }
    if (!told->other) {
        if (what == PW_TOLD_REFUSED)
            count(self, PW_COUNT_waits_ended_by_limit);
        return;
    }
    if (what == PW_TOLD_JOINED && told->yes) {
        self->service[told->index] = PW_ATTENDANCE_WAITING;
        step(self, told->index, PW_CASCADE_WAITED);
    } else if (what == PW_TOLD_GAVE_UP) {
        self->service[told->index] = PW_ATTENDANCE_NONE;
        step(self, told->index, PW_CASCADE_GAVE_UP);
    }
}

static void service_ended(pw_replay_t *self, const pw_told_t *told)
{
    self->service[told->index] = PW_ATTENDANCE_ENDED;
    if (told->why == PW_SERVICE_COMPLETED)
        step(self, told->index, PW_CASCADE_COMPLETED);
    if (told->why == PW_SERVICE_DROPPED_OUT)
        step(self, told->index, PW_CASCADE_DROPPED_OUT);
}

static void chance(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told)
{
    int of = told->index;
    if (!told->yes)
        return;
    if (of == PW_CHANCE_REMOVED)
        count(self, PW_COUNT_partner_removed);
    if (of == PW_CHANCE_SPOKEN_TO)
        count(self, PW_COUNT_child_spoken_to);
    if (of == PW_CHANCE_OFFERED)
        step(self, told->other, PW_CASCADE_OFFERED | (model->service[told->other].has_uptake ? 0 : PW_CASCADE_TOOK_UP));
    if (of == PW_CHANCE_TAKEN_UP)
        step(self, told->other, PW_CASCADE_TOOK_UP);
}

/* ---- money ---- */

static void cost(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area)
{
    const pw_cost_t *item = &model->cost[told->index];
    const pw_ticks_t year = 12 * PW_TICKS_PER_MONTH;
    if (told->from != 0.0) {
        self->record.cost[item->payer] += told->from;
        self->record.money[item->money] += told->from;
    }
    if (!area || !told->yes)
        return;
    for (int y = 0; y < PW_MAX_YEARS; y++) {
        pw_ticks_t from = model->day_0 + y * year, to = y == PW_MAX_YEARS - 1 ? PW_TICKS_NEVER : from + year;
        if (item->when == PW_COST_EACH)
            area->cost_count[told->index][y] += told->since >= from && told->since < to;
        from = told->since > from ? told->since : from;
        to = told->until < to ? told->until : to;
        if (item->when != PW_COST_EACH && from < to)
            area->cost_ticks[told->index][y] += to - from;
    }
}

/* ---- all ---- */

static void end(const pw_replay_t *self, const pw_told_t *told, pw_result_t *area)
{
    area->at_end_open_cases += told->index >= 0;
    area->at_end_waiting_team += told->other;
    area->at_end_waiting_service += told->yes;
    for (int v = 0; v < PW_MAX_SERVICES; v++)
        area->at_end_in_service += self->service[v] == PW_ATTENDANCE_ATTENDING;
}

void pw_replay_add(pw_replay_t *self, const pw_model_t *model, const pw_told_t *told, pw_result_t *area)
{
    static const int engaged[] = { PW_COUNT_victim_engaged, PW_COUNT_partner_engaged, PW_COUNT_partner_approached };
    switch (told->what) {
    case PW_TOLD_ENTERED: count_month(model, area, told, PW_MONTH_entries); break;
    case PW_TOLD_INCIDENT: incident(self, model, told, area); break;
    case PW_TOLD_SENT: harm(self, told->bits[0], PW_REACH_NOTIFIED); break;
    case PW_TOLD_ARRIVED: arrived(self, model, told, area); break;
    case PW_TOLD_REFERRED: count_month(model, area, told, PW_MONTH_referrals); break;
    case PW_TOLD_WINDOW: window(self, model, told); break;
    case PW_TOLD_CHANCE: chance(self, model, told); break;
    case PW_TOLD_CHOICE: chosen(self, model, told); break;
    case PW_TOLD_MOVED: moved(self, model, told, area); break;
    case PW_TOLD_BEGUN: begun(self, model, told, area); break;
    case PW_TOLD_JOINED:
    case PW_TOLD_PLACED:
    case PW_TOLD_REFUSED:
    case PW_TOLD_GAVE_UP: line(self, model, told, area); break;
    case PW_TOLD_ATTENDS:
        self->service[told->index] = PW_ATTENDANCE_ATTENDING;
        step(self, told->index, PW_CASCADE_STARTED);
        self->record.help = (uint16_t)(self->record.help + self->window);
        break;
    case PW_TOLD_SERVICE_ENDED: service_ended(self, told); break;
    case PW_TOLD_ELIGIBLE: step(self, told->index, PW_CASCADE_ELIGIBLE); break;
    case PW_TOLD_ENGAGED: count(self, engaged[told->index]); break;
    case PW_TOLD_SAID_SEPARATED:
        count(self, PW_COUNT_separations_reported);
        if (!told->yes)
            count(self, PW_COUNT_false_reports);
        break;
    case PW_TOLD_COST: cost(self, model, told, area); break;
    case PW_TOLD_LEFT: count_month(model, area, told, PW_MONTH_left); break;
    case PW_TOLD_END:
        if (area)
            end(self, told, area);
        break;
    default: break;
    }
}

/* The bytes are compared, not the values: what was counted again is the same to the last bit. */
bool pw_replay_same(const pw_record_t *a, const pw_record_t *b)
{
    return a->family == b->family && a->index_ticks == b->index_ticks && memcmp(a->bits_at_index, b->bits_at_index, sizeof a->bits_at_index) == 0 &&
           a->first_repeat == b->first_repeat && a->followed_ticks == b->followed_ticks && memcmp(a->count, b->count, sizeof a->count) == 0 &&
           memcmp(a->harm, b->harm, sizeof a->harm) == 0 && memcmp(a->cascade, b->cascade, sizeof a->cascade) == 0 && a->children == b->children &&
           a->index_path == b->index_path && a->living == b->living && a->first_ever == b->first_ever && a->index_number == b->index_number &&
           a->index_seen == b->index_seen && a->severe_at_index == b->severe_at_index && a->repeat_at_index == b->repeat_at_index &&
           a->plan_at_end == b->plan_at_end && a->case_at_end == b->case_at_end && a->waiting_at_end == b->waiting_at_end && a->complete == b->complete &&
           a->severe_without_services == b->severe_without_services && a->help == b->help &&
           memcmp(&a->risk, &b->risk, sizeof a->risk) == 0 &&             /* NOLINT(bugprone-suspicious-memory-comparison): see above */
           memcmp(a->cost, b->cost, sizeof a->cost) == 0 &&               /* NOLINT(bugprone-suspicious-memory-comparison): see above */
           memcmp(a->money, b->money, sizeof a->money) == 0;              /* NOLINT(bugprone-suspicious-memory-comparison): see above */
}

void pw_replay_reference(pw_record_t *record, const pw_model_t *model, const pw_told_t *told)
{
    pw_ticks_t t = told->ticks, index = record->index_ticks;
    if (told->what == PW_TOLD_INCIDENT && pw_bit_get(told->bits, PW_BIT_SEVERE_INJURY) && t > index && t <= index + model->months_12)
        record->severe_without_services = 1;
}
