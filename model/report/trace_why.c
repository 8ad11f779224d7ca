/* trace_why.c: why an event came out as it did. */
#include "trace_words.h"

#include <math.h>
#include <string.h>

#include "../spec/centres.h"
#include "../world/family.h"
#include "../world/form.h"
#include "digits.h"
#include "explain_words.h"

/* ---- chances ---- */

static const struct { const char *word, *yes, *no; int place; } chances[PW_CHANCES] = {
    [PW_CHANCE_CONTACT] = { "at_contact", "it happens at child contact", "it does not happen at child contact", PW_PLACE_INCIDENT },
    [PW_CHANCE_INJURY] = { "injury", "an adult is injured", "no adult is injured", PW_PLACE_INCIDENT },
    [PW_CHANCE_CHILD_PRESENT] = { "child_present", "a child is present", "no child is present", PW_PLACE_INCIDENT },
    [PW_CHANCE_CHILD_INJURED] = { "child_injured", "a child is injured", "no child is injured", PW_PLACE_INCIDENT },
    [PW_CHANCE_REPORTED] = { "reported", "the police are told", "the police are not told", PW_PLACE_INCIDENT },
    [PW_CHANCE_REMOVED] = { "partner_removed", "police remove the partner", "police do not remove the partner", PW_PLACE_POLICE },
    [PW_CHANCE_SPOKEN_TO] = { "child_spoken_to", "police speak to a child", "police do not speak to a child", PW_PLACE_POLICE },
    [PW_CHANCE_NOTIFIED] = { "notified", "police notify social services", "police do not notify social services", PW_PLACE_POLICE },
    [PW_CHANCE_INTERRUPTED] = { "interrupted", NULL, NULL, -1 },
    [PW_CHANCE_VICTIM_ENGAGES] = { "victim_engages", "the victim engages with the workers", "the victim does not engage with the workers",
                                   PW_PLACE_ENGAGEMENT },
    [PW_CHANCE_PARTNER_APPROACHED] = { "partner_approached", "the workers approach the partner", "the workers do not approach the partner",
                                       PW_PLACE_ENGAGEMENT },
    [PW_CHANCE_PARTNER_ENGAGES] = { "partner_engages", "the partner engages with the workers", "the partner does not engage with the workers",
                                    PW_PLACE_ENGAGEMENT },
    [PW_CHANCE_SAYS_AT_STAGE] = { "separation_reported", "the couple tells the workers that it has separated",
                                  "the workers are not told that the couple has separated", PW_PLACE_ENGAGEMENT },
    [PW_CHANCE_SAYS_WHEN_IT_HAPPENS] = { "separation_reported", "the couple tells the workers at once that it has separated",
                                         "the workers are not told that the couple has separated", PW_PLACE_TIME },
    [PW_CHANCE_OFFERED] = { "offered", " is offered", " is not offered", -1 },
    [PW_CHANCE_TAKEN_UP] = { "taken_up", " is taken up", " is not taken up", -1 },
    [PW_CHANCE_COMPLETED] = { "completed", " will be completed", " will be left before its end", -1 },
};

static const char *const events[PW_INTERRUPT_EVENTS] = { "the incident", "the notification", "the report of a separation", "the couple's coming together again",
                                                         "the end of the partner's engagement", "the end of the victim's engagement" };

const char *pw_event_phrase(int64_t event) { return events[event]; }

const char *pw_chance_outcome(const pw_told_t *told)
{
    if (told->index == PW_CHANCE_INJURY && told->other == 2)
        return "an adult is severely injured";
    return told->yes ? chances[told->index].yes : chances[told->index].no;
}

const char *pw_chance_word(const pw_told_t *told) { return told->what == PW_TOLD_CHANCE ? chances[told->index].word : NULL; }

int pw_tell_place(pw_teller_t self, const pw_told_t *told)
{
    (void)self;
    if (told->what == PW_TOLD_RATE)
        return PW_PLACE_TIME;
    if (told->what == PW_TOLD_CHOICE)
        return PW_PLACE_STAGE_0 + told->index;
    if (told->index == PW_CHANCE_INTERRUPTED)
        return PW_PLACE_STAGE_0 + told->other;
    return told->index >= PW_CHANCE_OFFERED ? PW_PLACE_SERVICE_0 + told->other : chances[told->index].place;
}

int pw_tell_terms(const pw_spec_t *spec, const pw_predictor_t *predictor, int place, const uint64_t bits[2], const double *number, pw_tell_term_t *out,
                  double *average)
{
    double sum = predictor->base;
    int n = 0;
    for (int j = 0; j < predictor->n_bits + predictor->n_numbers; j++) {
        bool is_bit = j < predictor->n_bits;
        int at = is_bit ? predictor->bit[j] : predictor->number[j - predictor->n_bits];
        double log_ratio = is_bit ? predictor->bit_log_ratio[j] : predictor->number_log_ratio[j - predictor->n_bits], centre = 0.0;
        int covariate = is_bit ? at : PW_MAX_BITS + at;
        if (place >= 0)
            pw_centre_get(spec, place, covariate, &centre);
        double value = is_bit ? pw_bit_get(bits, at) : number[at];
        sum += log_ratio * centre;
        out[n++] = (pw_tell_term_t){ covariate, value, exp(log_ratio), centre, exp(log_ratio * (value - centre)) };
    }
    double e = exp(sum);
    *average = predictor->constant ? predictor->table[0] : predictor->kind != PW_PROBABILITY ? e : isinf(e) ? 1.0 : e / (1.0 + e);
    return n;
}

void pw_tell_number(const char *before, double value, pw_text_t *out)
{
    pw_text_append(out, before);
    pw_put_number(value, PW_DIGITS_ALONE, PW_OF_INPUT, out);
}

void pw_tell_ratio(double value, pw_text_t *out) { pw_tell_number("x ", value, out); }

void pw_tell_effects(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    const pw_model_t *model = pw_tell_model(self, told);
    int n = 0;
    for (uint64_t rest = told->acting; rest; rest &= rest - 1) {
        const pw_effect_t *effect = &model->effect[__builtin_ctzll(rest)];
        if (effect->ratio == 1.0)
            continue;
        pw_text_append(out, n++ ? ", " : "");
        pw_tell_ratio(effect->ratio, out);
        pw_text_append(out, " by ");
        pw_tell_owner(self, told, effect->owner_kind, effect->owner, out);
        pw_text_append(out, effect->only_contact ? " (incidents at contact only)" : "");
    }
}

static bool any_effect(pw_teller_t self, const pw_told_t *told)
{
    const pw_model_t *model = pw_tell_model(self, told);
    for (uint64_t rest = told->acting; rest; rest &= rest - 1)
        if (model->effect[__builtin_ctzll(rest)].ratio != 1.0)
            return true;
    return false;
}

/* "x 1.50 as a case is open, x 1.21 for its 2 earlier notifications, x 0.93 for what does not hold". */
static int phrase_terms(const pw_spec_t *spec, const pw_tell_term_t *term, int n, pw_text_t *out)
{
    double rest = 1.0;
    int said = 0;
    for (int j = 0; j < n; j++) {
        int at = term[j].covariate - PW_MAX_BITS;
        if (at < 0 && term[j].value == 0.0) {
            rest *= term[j].factor;
            continue;
        }
        pw_text_append(out, said++ ? ", " : "");
        pw_tell_ratio(term[j].factor, out);
        if (at < 0) {
            pw_text_append(out, " as ");
            pw_phrase_covariate(spec, term[j].covariate, true, out);
        } else if (at == PW_NUMBER_RISK_SCORE) {
            pw_tell_number(" for a risk score of ", term[j].value, out);
        } else if (at >= PW_NUMBER_WORKLOAD_0) {
            pw_tell_number(" for a workload of ", term[j].value, out);
            pw_text_append(out, " of the ");
            pw_tell_thing(spec, PW_THING_TEAM, at - PW_NUMBER_WORKLOAD_0, out);
        } else {
            bool one = term[j].value == 1.0;
            pw_text_append(out, " for ");
            pw_put_exact(term[j].value, PW_OF_RESULT, out);
            pw_text_printf(out, " %s", at == PW_NUMBER_CHILDREN ? (one ? "child" : "children") : one ? "earlier notification" : "earlier notifications");
        }
    }
    if (fabs(rest - 1.0) >= 0.005) {
        pw_text_append(out, said++ ? ", " : "");
        pw_tell_ratio(rest, out);
        pw_text_append(out, " for what does not hold");
    }
    return said;
}

static void drawn(const pw_told_t *told, double chance, pw_text_t *out)
{
    pw_tell_number("; drawn ", told->drawn, out);
    pw_text_append(out, told->drawn < chance ? ", below" : ", not below");
}

static void why_injury(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    double all = told->weight[0] + told->weight[1] + told->weight[2];
    pw_text_append(out, "chance of ");
    static const char *const kinds[] = { "no injury ", ", an injury ", ", a severe injury " };
    for (int k = 0; k < 3; k++)
        pw_tell_number(kinds[k], all > 0.0 ? told->weight[k] / all : 0.0, out);
    pw_tell_number(" (the family's own weight of injuries ", told->from, out);
    pw_text_append(out, " on an average of 1");
    if (any_effect(self, told)) {
        pw_text_append(out, "; effects: ");
        pw_tell_effects(self, told, out);
    }
    pw_tell_number("); drawn ", told->drawn, out);
}

static void why_chance(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    pw_tell_term_t term[2 * PW_MAX_TERMS];
    pw_text_t terms = { 0 };
    double average = told->chance;
    int n = 0, said = 0;
    if (told->index == PW_CHANCE_INJURY) {
        why_injury(self, told, out);
        return;
    }
    if (told->predictor)
        n = pw_tell_terms(pw_tell_spec(self, told), told->predictor, pw_tell_place(self, told), told->bits, told->number, term, &average);
    if (told->chance >= 1.0 || told->chance <= 0.0) {
        pw_text_append(out, told->chance >= 1.0 ? "certain" : average > 0.0 ? "no chance, as a condition of it does not hold" : "no chance");
        return;
    }
    said = phrase_terms(pw_tell_spec(self, told), term, n, &terms);
    pw_tell_number("chance ", told->chance, out);
    if (said || any_effect(self, told)) {
        pw_tell_number(" (", average, out);
        pw_text_append(out, " on average");
        if (said)
            pw_text_printf(out, "; odds %s", pw_text_get(&terms));
        if (any_effect(self, told)) {
            pw_text_append(out, "; effects: odds ");
            pw_tell_effects(self, told, out);
        }
        pw_text_append(out, ")");
    }
    drawn(told, told->chance, out);
    pw_text_free(&terms);
}

/* "shown: a child was present; not shown: an adult was injured" */
static void phrase_form(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    static const char *const heads[] = { "shown: ", "not shown: ", "shown though it is not so: " };
    int groups = 0;
    for (int g = 0; g < 3; g++) {
        int n = 0;
        for (int bit = 0; bit < PW_MAX_BITS; bit++) {
            bool is = pw_bit_get(told->truth, bit), seen = pw_bit_get(told->bits, bit);
            if (!pw_bit_get(told->asked, bit) || (g == 0 ? !is || !seen : g == 1 ? !is || seen : is || !seen))
                continue;
            pw_text_append(out, n++ ? ", " : groups++ ? "; " : "");
            if (n == 1)
                pw_text_append(out, heads[g]);
            pw_phrase_covariate(pw_tell_spec(self, told), bit, true, out);
        }
    }
    if (groups == 0)
        pw_text_append(out, "it showed nothing that matters here");
}

static void why_choice(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    const pw_spec_t *spec = pw_tell_spec(self, told);
    const pw_choice_t *choice = told->choice;
    double all = 0.0;
    for (int k = 0; k < choice->n; k++)
        all += told->weight[k];
    if (told->form >= 0 && (told->asked[0] | told->asked[1])) {
        pw_text_append(out, "on the form \"");
        pw_phrase_name(spec->names[PW_THING_FORM].name[told->form], out);
        pw_text_append(out, "\" ");
        phrase_form(self, told, out);
        pw_text_append(out, "; ");
    }
    pw_text_append(out, "shares: ");
    for (int k = 0, n = 0; k < choice->n; k++) {
        if (told->weight[k] <= 0.0)
            continue;
        pw_text_append(out, n++ ? ", " : "");
        pw_tell_thing(spec, PW_THING_STAGE, choice->exit[k].to, out);
        pw_tell_number(" ", all > 0.0 ? told->weight[k] / all : 0.0, out);
        pw_tell_term_t term[2 * PW_MAX_TERMS];
        pw_text_t terms = { 0 };
        double average;
        int m = pw_tell_terms(spec, &choice->exit[k].weight, pw_tell_place(self, told), told->bits, told->number, term, &average);
        if (phrase_terms(spec, term, m, &terms) && choice->exit[k].to == told->other) {
            pw_tell_number(" (", average, out);
            pw_text_printf(out, " on average; weight %s)", pw_text_get(&terms));
        }
        pw_text_free(&terms);
    }
    if (choice->n > 1)
        pw_tell_number("; drawn ", told->drawn, out);
}

static void why_moved(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    (void)self;
    switch (told->why) {
    case PW_MOVE_INTERRUPTED: pw_text_printf(out, "because of %s", events[told->n]); break;
    case PW_MOVE_LIMIT: pw_text_append(out, told->other < 0 ? "the family has left" : "the longest wait has been reached"); break;
    case PW_MOVE_AT_ENTRY: pw_text_append(out, "its case was open when the family entered"); break;
    default: break;
    }
}

static void why_rate(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    pw_tell_term_t term[2 * PW_MAX_TERMS];
    pw_text_t terms = { 0 };
    double average;
    if (told->to > 0.0) {
        int n = pw_tell_terms(pw_tell_spec(self, told), told->predictor, PW_PLACE_TIME, told->bits, told->number, term, &average);
        if (phrase_terms(pw_tell_spec(self, told), term, n, &terms))
            pw_text_printf(out, "on the average family's %s", pw_text_get(&terms));
        if (any_effect(self, told)) {
            pw_text_append(out, out->n ? "; effects: " : "effects: ");
            pw_tell_effects(self, told, out);
        }
    }
    pw_text_free(&terms);
}

/* Whole ones are counted; parts are a number like others. */
static void put_places(const char *before, double places, pw_text_t *out)
{
    if (places != floor(places)) {
        pw_tell_number(before, places, out);
    } else {
        pw_text_append(out, before);
        pw_put_exact(places, PW_OF_RESULT, out);
    }
}

static void why_joined(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    (void)self;
    if (told->places < 0.0) {
        pw_text_append(out, "its places are unlimited");
        return;
    }
    put_places("", told->used, out);
    put_places(" of ", told->places, out);
    pw_text_printf(out, " places in use, %lld %s before it in the line", (long long)told->before, told->before == 1 ? "family" : "families");
    if (told->load != 1.0) {
        pw_tell_number("; it takes ", told->load, out);
        pw_text_append(out, " of a place");
    }
}

void pw_tell_why(pw_teller_t self, const pw_told_t *told, pw_text_t *out)
{
    switch (told->what) {
    case PW_TOLD_CHANCE: why_chance(self, told, out); break;
    case PW_TOLD_CHOICE: why_choice(self, told, out); break;
    case PW_TOLD_MOVED: why_moved(self, told, out); break;
    case PW_TOLD_RATE: why_rate(self, told, out); break;
    case PW_TOLD_JOINED: why_joined(self, told, out); break;
    case PW_TOLD_ENTERED:
        pw_tell_number("its own rate of incidents is ", told->to, out);
        pw_text_append(out, " times the average family's");
        break;
    case PW_TOLD_INCIDENT:
        pw_text_append(out, told->why ? "drawn from the incidents that police would notify under the baseline" : "");
        if (!told->why) {
            pw_tell_number("its rate of incidents was ", told->from, out);
            pw_text_append(out, " times the average family's");
        }
        break;
    case PW_TOLD_BEGUN:
        if (told->from != 1.0) {
            pw_tell_number("it takes ", told->from, out);
            pw_text_append(out, " times as long at the team's present workload");
        }
        break;
    case PW_TOLD_DISENGAGED:
        if (told->other)
            pw_text_append(out, told->other == 1 ? "the case has closed" : "the service has ended");
        break;
    case PW_TOLD_ENGAGED:
        if (told->other)
            pw_text_append(out, "who attends a service counts as engaged");
        break;
    default: break;
    }
}
