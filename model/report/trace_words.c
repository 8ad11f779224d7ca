#include "trace_words.h"

#include <math.h>
#include <string.h>

#include "../base/number.h"
#include "../spec/centres.h"
#include "../world/family.h"
#include "../world/form.h"
#include "explain_words.h"

const pw_spec_t *pw_tell_spec(pw_teller_t self, const pw_told_t *told) { return self.trace->request.spec[told->scenario < 0 ? 0 : self.life]; }
const pw_model_t *pw_tell_model(pw_teller_t self, const pw_told_t *told) { return pw_trace_model(self.trace, told->scenario < 0 ? 0 : self.life); }

/* ---- time ---- */

double pw_tell_calendar_day(const pw_trace_t *trace, pw_ticks_t t) { return pw_days_from_ticks(t - pw_trace_model(trace, 0)->day_0); }

double pw_tell_day(const pw_trace_t *trace, pw_ticks_t t)
{
    return trace->in_cohort ? pw_days_from_ticks(t - trace->record[0].index_ticks) : pw_tell_calendar_day(trace, t);
}

void pw_tell_date(const pw_trace_t *trace, pw_ticks_t t, pw_text_t *out)
{
    static const char *const months[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
    static const int lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };      /* so that no page tells of a 30 Feb */
    double months_now = pw_tell_calendar_day(trace, t) / PW_DAYS_PER_MONTH, month = floor(months_now);
    int m = (int)month, year = m >= 0 ? m / 12 + 1 : (m - 11) / 12 + 1, of_year = m - 12 * (year - 1);
    pw_text_printf(out, "%d %s, year %d", 1 + (int)((months_now - month) * lengths[of_year]), months[of_year], year);
}

/* ---- names ---- */

void pw_tell_thing(const pw_spec_t *spec, int kind, int index, pw_text_t *out)
{
    const char *title = kind == PW_THING_SERVICE && index < spec->services.n ? spec->services.item[index].title : NULL;
    if (title)
        pw_text_append(out, title);
    else
        pw_phrase_name(spec->names[kind].name[index], out);
    if (kind == PW_THING_TEAM)
        pw_text_append(out, " team");
}

void pw_tell_owner(pw_teller_t self, const pw_told_t *told, int owner_kind, int owner, pw_text_t *out)
{
    if (owner_kind == PW_OWNER_POLICE_REMOVAL)
        pw_text_append(out, "the removal of the partner by police");
    else
        pw_tell_thing(pw_tell_spec(self, told), owner_kind == PW_OWNER_STAGE ? PW_THING_STAGE : PW_THING_SERVICE, owner, out);
}

static void stage(pw_teller_t self, const pw_told_t *told, int index, pw_text_t *out) { pw_tell_thing(pw_tell_spec(self, told), PW_THING_STAGE, index, out); }
static void service(pw_teller_t self, const pw_told_t *told, int index, pw_text_t *out)
{
    pw_tell_thing(pw_tell_spec(self, told), PW_THING_SERVICE, index, out);
}

/* "the assessment team", "Advocacy"; `with_place`: after "a place": "with the assessment team", "in Advocacy". */
static void queue(pw_teller_t self, const pw_told_t *told, bool with_place, pw_text_t *out)
{
    pw_text_append(out, !with_place ? "" : told->other ? "in " : "with ");
    pw_text_append(out, told->other ? "" : "the ");
    pw_tell_thing(pw_tell_spec(self, told), told->other ? PW_THING_SERVICE : PW_THING_TEAM, told->index, out);
}

static void days(pw_ticks_t ticks, pw_text_t *out)
{
    char text[PW_NUMBER_ROOM];
    double n = pw_days_from_ticks(ticks);
    pw_number_decimals(n, n < 9.95 ? 1 : 0, text);
    pw_text_printf(out, "%s day%s", text, strcmp(text, "1") == 0 || strcmp(text, "1.0") == 0 ? "" : "s");
}

static const char *nth(int64_t n)
{
    static const char *const words[] = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth" };
    return n >= 1 && n <= 10 ? words[n - 1] : NULL;
}

/* ---- what happened ---- */

static void what_chance(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    int of = told->index;
    if (of == PW_CHANCE_INTERRUPTED) {
        pw_text_printf(out, "%s %s ", pw_event_phrase(told->n), told->yes ? "ends" : "does not end");
        stage(self, told, told->other, out);
        return;
    }
    if (of >= PW_CHANCE_OFFERED)
        service(self, told, told->other, out);
    pw_text_append(out, pw_chance_outcome(told));
    if (of == PW_CHANCE_OFFERED) {
        pw_text_append(out, " ");
        pw_phrase_offer_point(pw_tell_spec(self, told), (int)told->n, out);
    }
}

static void what_entered(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    const pw_spec_t *spec = pw_tell_spec(self, told);
    pw_text_printf(out, "The family enters, with %lld %s, the youngest aged %s", (long long)told->n, told->n == 1 ? "child" : "children",
                   pw_number_decimals(told->from, 1, number));
    for (int a = 0, n = 0; a < spec->attributes.n; a++) {
        int bit = strcmp(spec->attributes.item[a].is.name, "separated") == 0 ? PW_BIT_SEPARATED : PW_BIT_ATTRIBUTE_0 + a;
        if (!pw_bit_get(told->bits, bit))
            continue;
        pw_text_append(out, n++ ? ", " : "; its attributes: ");
        pw_phrase_name(spec->attributes.item[a].is.name, out);
    }
}

static void what_incident(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    (void)self;
    if (told->why)
        pw_text_append(out, "The incident with which it enters: ");
    else
        pw_text_printf(out, "Incident %d: ", told->index);
    bool severe = pw_bit_get(told->bits, PW_BIT_SEVERE_INJURY), injury = pw_bit_get(told->bits, PW_BIT_INJURY);
    pw_text_append(out, severe ? "an adult is severely injured" : injury ? "an adult is injured" : "no adult is injured");
    pw_text_append(out, pw_bit_get(told->bits, PW_BIT_CHILD_INJURED) ? ", a child is injured" : pw_bit_get(told->bits, PW_BIT_CHILD_PRESENT)
                   ? ", a child is present" : ", no child is present");
    pw_text_append(out, pw_bit_get(told->bits, PW_BIT_AT_CONTACT) ? ", at child contact" : "");
    pw_text_append(out, told->yes ? "; the police are told" : "; the police are not told");
}

static void what_arrived(const pw_told_t *told, pw_text_t *out)
{
    const char *word = nth(told->n + 1);
    if (told->index == 0)
        pw_text_append(out, "The notification of the incident with which it entered arrives");
    else
        pw_text_printf(out, "The notification of incident %d arrives", told->index);
    if (word)
        pw_text_printf(out, ", the %s of this family", word);
    else
        pw_text_printf(out, ", number %lld of this family", (long long)told->n + 1);
    pw_text_append(out, told->other ? "; it is the index" : "");
    pw_text_append(out, told->yes ? "; a case is open" : "");
}

static void what_moved(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    const pw_model_t *model = pw_tell_model(self, told);
    if (told->other < 0) {
        pw_text_append(out, "The case ends: ");
        stage(self, told, told->index, out);
        pw_text_append(out, " is left");
        return;
    }
    bool ends = model->stage[told->other].is_end;
    if (told->index < 0) {
        pw_text_append(out, ends ? "A case opens and ends at once: " : "A case opens: ");
    } else {
        pw_text_append(out, "After ");
        stage(self, told, told->index, out);
        pw_text_append(out, ends ? " the case ends: " : ": ");
    }
    stage(self, told, told->other, out);
}

static void what_line(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    static const char *const heads[PW_TOLD_WHATS] = { [PW_TOLD_PLACED] = "It gets a place ", [PW_TOLD_REFUSED] = "It reaches the longest wait for ",
                                                      [PW_TOLD_GAVE_UP] = "It leaves the line of " };
    pw_ticks_t wait = told->ticks - told->since;
    if (told->what == PW_TOLD_JOINED)
        pw_text_append(out, told->yes ? "It joins the line of " : "It asks for a place ");
    else
        pw_text_append(out, told->what == PW_TOLD_REFUSED && wait <= 0 ? "There is no place " : heads[told->what]);
    bool with_place = told->what == PW_TOLD_PLACED || (told->what == PW_TOLD_REFUSED && wait <= 0) || (told->what == PW_TOLD_JOINED && !told->yes);
    queue(self, told, with_place, out);
    if (told->what == PW_TOLD_JOINED)
        return;
    if (wait > 0) {
        pw_text_append(out, " after ");
        days(wait, out);
    } else if (told->what == PW_TOLD_PLACED) {
        pw_text_append(out, " at once");
    }
}

static void until(pw_teller_t self, pw_ticks_t t, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    if (t >= PW_TICKS_NEVER)
        return;
    pw_text_printf(out, ", to end on day %s", pw_number_decimals(pw_tell_day(self.trace, t), 1, number));
}

static void what_service(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    static const char *const ends[] = { " is completed after ", " is left before its end, after ", " ends as the family leaves, after " };
    if (told->what == PW_TOLD_ATTENDS) {
        service(self, told, told->index, out);
        pw_text_append(out, " begins");
        until(self, told->until, out);
        pw_text_append(out, told->yes ? "" : " (left before it is complete)");
    } else {
        service(self, told, told->index, out);
        pw_text_append(out, ends[told->why]);
        days(told->until - told->since, out);
    }
}

static void what_engaged(const pw_told_t *told, pw_text_t *out)
{
    static const char *const now[] = { "The victim is engaged", "The partner is engaged", "The workers approach the partner" };
    static const char *const no_more[] = { "The victim is no longer engaged", "The partner is no longer engaged" };
    pw_text_append(out, told->what == PW_TOLD_ENGAGED ? now[told->index] : no_more[told->index]);
}

static void what_effect(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    static const char *const targets[PW_EFFECT_TARGETS] = { "the rate of incidents", "the severity of incidents", "reporting", "the rate of separations",
                                                            "the victim's engagement",
                                                            "the partner's engagement", "the approach of the partner", "the presence of children" };
    const pw_effect_t *effect = &pw_tell_model(self, told)->effect[told->index];
    pw_text_printf(out, "An effect on %s is switched %s: ", targets[effect->on], told->yes ? "on" : "off");
    pw_tell_ratio(effect->ratio, out);
    pw_text_append(out, " by ");
    pw_tell_owner(self, told, effect->owner_kind, effect->owner, out);
    pw_text_append(out, effect->only_contact ? " (incidents at contact only)" : "");
    if (told->yes)
        until(self, told->until, out);
}

static const char *const rates[PW_RATES] = { "incidents", "separations", "coming together again", "untrue reports of a separation",
                                             "endings of the victim's engagement",
                                             "endings of the partner's engagement", "referrals by other agencies", "moving away", "births" };

static void what_rate(const pw_told_t *told, pw_text_t *out)
{
    bool of_incidents = told->index == PW_RATE_INCIDENT;
    double unit = of_incidents ? 1.0 : PW_DAYS_PER_YEAR;
    pw_text_printf(out, "Its rate of %s goes", rates[told->index]);
    pw_tell_number(" from ", told->from * unit, out);
    pw_tell_number(" to ", told->to * unit, out);
    pw_text_append(out, of_incidents ? " times the average family's" : " a year");
}

static void what_cost(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    static const char *const payers[PW_PAYERS] = { "social care", "the police", "specialist services", "the health service", "the wider society" };
    static const int things[] = { PW_THING_STAGE, PW_THING_SERVICE, PW_THING_TEAM };
    static const char *const others[] = { "a police attendance", "an incident", "an injury" };
    char number[PW_NUMBER_ROOM];
    const pw_cost_t *cost = &pw_tell_model(self, told)->cost[told->index];
    if (told->from > 0.0)
        pw_text_printf(out, "Of its own use, £%s", pw_number_decimals(told->from, 2, number));
    else
        pw_text_append(out, "Outside its own use, money");
    pw_text_printf(out, " from %s for ", payers[cost->payer]);
    if (cost->owner_kind <= PW_COST_OF_TEAM)
        pw_tell_thing(pw_tell_spec(self, told), things[cost->owner_kind], cost->owner, out);
    else
        pw_text_append(out, others[cost->owner_kind - PW_COST_OF_POLICE_ATTENDANCE]);
}

void pw_tell_what(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    static const char *const living[PW_LIVINGS] = { "the children live with both parents", "the children live with one parent", "the children are looked after",
                                                    "the family has moved away", "the youngest child has grown up" };
    switch (told->what) {
    case PW_TOLD_ENTERED: what_entered(self, told, out); break;
    case PW_TOLD_INCIDENT: what_incident(self, told, out); break;
    case PW_TOLD_SENT:
        pw_text_append(out, "the notification takes ");
        if (told->until > told->ticks)
            days(told->until - told->ticks, out);
        else
            pw_text_append(out, "no time");
        break;
    case PW_TOLD_ARRIVED: what_arrived(told, out); break;
    case PW_TOLD_REFERRED: pw_text_printf(out, "Another agency refers the family%s", told->yes ? "" : "; a case is open already"); break;
    case PW_TOLD_WINDOW:
        pw_text_append(out, told->yes ? "Its follow-up begins" : "Its follow-up ends: ");
        pw_text_append(out, told->yes ? "" : living[told->index]);
        break;
    case PW_TOLD_CHANCE: what_chance(self, told, out); break;
    case PW_TOLD_CHOICE:
        pw_text_append(out, "It is decided where to go after ");
        stage(self, told, told->index, out);
        pw_text_append(out, ": ");
        stage(self, told, told->other, out);
        break;
    case PW_TOLD_MOVED: what_moved(self, told, out); break;
    case PW_TOLD_BEGUN:
        stage(self, told, told->index, out);
        pw_text_append(out, " begins");
        until(self, told->until, out);
        break;
    case PW_TOLD_JOINED:
    case PW_TOLD_PLACED:
    case PW_TOLD_REFUSED:
    case PW_TOLD_GAVE_UP: what_line(self, told, out); break;
    case PW_TOLD_ATTENDS:
    case PW_TOLD_SERVICE_ENDED: what_service(self, told, out); break;
    case PW_TOLD_ELIGIBLE:
        pw_text_append(out, "It may be offered ");
        service(self, told, told->index, out);
        break;
    case PW_TOLD_ENGAGED:
    case PW_TOLD_DISENGAGED: what_engaged(told, out); break;
    case PW_TOLD_COUPLE: pw_text_append(out, told->yes ? "The couple separates" : "The couple comes together again"); break;
    case PW_TOLD_SAID_SEPARATED: pw_text_append(out, told->yes ? "Social services are told of the separation"
                                                : "Social services are told of a separation that has not happened"); break;
    case PW_TOLD_EFFECT: what_effect(self, told, out); break;
    case PW_TOLD_RATE: what_rate(told, out); break;
    case PW_TOLD_COST: what_cost(self, told, out); break;
    case PW_TOLD_BIRTH: pw_text_printf(out, "A child is born; there are %lld children", (long long)told->n); break;
    case PW_TOLD_BIRTHDAY: pw_text_printf(out, "The youngest child turns %d", told->index); break;
    case PW_TOLD_LEFT: pw_text_append(out, told->yes ? "The youngest child has grown up: the family leaves" : "The family moves away"); break;
    default: pw_text_append(out, "The run ends"); break;
    }
}

const char *pw_told_word(const pw_told_t *told)
{
    static const char *const words[PW_TOLD_WHATS] = {
        [PW_TOLD_ENTERED] = "entered", [PW_TOLD_INCIDENT] = "incident", [PW_TOLD_SENT] = "notification_sent", [PW_TOLD_ARRIVED] = "notification_arrived",
        [PW_TOLD_REFERRED] = "referred", [PW_TOLD_WINDOW] = "follow_up", [PW_TOLD_CHANCE] = "chance", [PW_TOLD_CHOICE] = "choice", [PW_TOLD_MOVED] = "moved",
        [PW_TOLD_BEGUN] = "work_begun", [PW_TOLD_JOINED] = "asked_for_place", [PW_TOLD_PLACED] = "got_place", [PW_TOLD_REFUSED] = "refused",
        [PW_TOLD_GAVE_UP] = "left_line",
        [PW_TOLD_ATTENDS] = "service_begun", [PW_TOLD_SERVICE_ENDED] = "service_ended", [PW_TOLD_ELIGIBLE] = "eligible", [PW_TOLD_ENGAGED] = "engaged",
        [PW_TOLD_DISENGAGED] = "disengaged", [PW_TOLD_COUPLE] = "couple", [PW_TOLD_SAID_SEPARATED] = "separation_reported", [PW_TOLD_EFFECT] = "effect",
        [PW_TOLD_RATE] = "rate",
        [PW_TOLD_COST] = "cost", [PW_TOLD_BIRTH] = "birth", [PW_TOLD_BIRTHDAY] = "birthday", [PW_TOLD_LEFT] = "left", [PW_TOLD_END] = "run_ends" };
    return words[told->what];
}
