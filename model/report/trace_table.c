#include "trace_table.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "../base/csv.h"
#include "../base/memory.h"
#include "../spec/schema.h"

enum { NAME_ROOM = PW_NAME_LENGTH + 16 };

static const char *life_word(const pw_trace_t *trace, int life, const pw_told_t *told, bool beside)
{
    return beside && told->scenario < 0 ? "both" : life == 0 ? "baseline" : trace->request.spec[life]->name;
}

static bool is_chance(const pw_told_t *told) { return told->what == PW_TOLD_CHANCE; }
static bool is_line(const pw_told_t *told) { return told->what == PW_TOLD_JOINED; }
static bool has_since(const pw_told_t *told)
{
    return told->what == PW_TOLD_PLACED || told->what == PW_TOLD_REFUSED || told->what == PW_TOLD_GAVE_UP || told->what == PW_TOLD_SERVICE_ENDED;
}

static double chosen_share(const pw_told_t *told)
{
    double all = 0.0, mine = 0.0;
    for (int k = 0; k < told->choice->n; k++) {
        all += told->weight[k];
        mine += told->choice->exit[k].to == told->other ? told->weight[k] : 0.0;
    }
    return all > 0.0 ? mine / all : NAN;
}

/* The chance of what came: of a chance its own, of a choice the share of the exit. */
static double chance_of(const pw_told_t *told) { return is_chance(told) ? told->chance : told->what == PW_TOLD_CHOICE ? chosen_share(told) : NAN; }

static const pw_predictor_t *predictor_of(const pw_told_t *told)
{
    for (int k = 0; told->what == PW_TOLD_CHOICE && k < told->choice->n; k++)
        if (told->choice->exit[k].to == told->other)
            return &told->choice->exit[k].weight;
    return is_chance(told) || told->what == PW_TOLD_RATE ? told->predictor : NULL;
}

/* "separated=1 x 1.3; previous_notifications=2 x 1.44" */
static void covariates(const pw_spec_t *spec, const pw_tell_term_t *term, int n, pw_text_t *out)
{
    for (int j = 0; j < n; j++) {
        char name[NAME_ROOM];
        pw_covariate_name(spec, term[j].covariate, name, sizeof name);
        pw_text_printf(out, "%s%s=%g x %.6g", j ? "; " : "", name, term[j].value, term[j].factor);
    }
}

/* Names of the bits of a form: shown, not shown, shown though not so. */
static void bits(const pw_spec_t *spec, const pw_told_t *told, bool is, bool seen, pw_text_t *out)
{
    for (int bit = 0; told->what == PW_TOLD_CHOICE && told->form >= 0 && bit < PW_MAX_BITS; bit++) {
        char name[NAME_ROOM];
        if (!pw_bit_get(told->asked, bit) || (pw_bit_get(told->truth, bit) != 0) != is || (pw_bit_get(told->bits, bit) != 0) != seen)
            continue;
        pw_covariate_name(spec, bit, name, sizeof name);
        pw_text_printf(out, "%s%s", out->n ? "; " : "", name);
    }
}

/* ---- CSV ---- */

static void text_cell(pw_csv_t *csv, pw_text_t *text, pw_status_t *status)
{
    pw_csv_text(csv, text->n ? pw_text_get(text) : NULL);
    if (text->failed)
        *status = PW_ERROR_MEMORY;
    pw_text_free(text);
}

static void number_if(pw_csv_t *csv, bool is, double value) { pw_csv_number(csv, is ? value : NAN); }

static pw_status_t csv_row(const pw_trace_t *trace, int life, const pw_told_t *told, bool beside, pw_csv_t *csv)
{
    pw_teller_t teller = { trace, life };
    const pw_spec_t *spec = pw_tell_spec(teller, told);
    pw_text_t what = { 0 }, why = { 0 }, terms = { 0 }, shown = { 0 }, not_shown = { 0 }, wrongly = { 0 }, effects = { 0 };
    pw_status_t status = PW_OK;
    pw_tell_term_t term[2 * PW_MAX_TERMS];
    double average = NAN;
    const pw_predictor_t *predictor = predictor_of(told);
    if (predictor)
        covariates(spec, term, pw_tell_terms(spec, predictor, pw_tell_place(teller, told), told->bits, told->number, term, &average), &terms);
    pw_tell_what(teller, told, &what);
    pw_tell_why(teller, told, &why);
    pw_tell_effects(teller, told, &effects);
    bits(spec, told, true, true, &shown);
    bits(spec, told, true, false, &not_shown);
    bits(spec, told, false, true, &wrongly);
    pw_csv_text(csv, life_word(trace, life, told, beside));
    pw_csv_number(csv, pw_tell_day(trace, told->ticks));
    pw_csv_number(csv, pw_tell_calendar_day(trace, told->ticks));
    pw_csv_text(csv, pw_told_word(told));
    text_cell(csv, &what, &status);
    text_cell(csv, &why, &status);
    pw_csv_text(csv, pw_chance_word(told));
    pw_csv_number(csv, chance_of(told));
    number_if(csv, predictor != NULL && told->what != PW_TOLD_RATE, average);
    number_if(csv, is_chance(told), told->effects);
    number_if(csv, is_chance(told) || told->what == PW_TOLD_CHOICE, told->drawn);
    if (is_chance(told))
        pw_csv_bool(csv, told->yes);
    else
        pw_csv_text(csv, NULL);
    text_cell(csv, &terms, &status);
    text_cell(csv, &effects, &status);
    text_cell(csv, &shown, &status);
    text_cell(csv, &not_shown, &status);
    text_cell(csv, &wrongly, &status);
    number_if(csv, is_line(told), (double)told->before);
    number_if(csv, is_line(told), told->used);
    number_if(csv, is_line(told) && told->places >= 0.0, told->places);
    number_if(csv, has_since(told), pw_days_from_ticks(told->ticks - told->since));
    number_if(csv, told->what == PW_TOLD_RATE, told->from);
    number_if(csv, told->what == PW_TOLD_RATE, told->to);
    number_if(csv, told->what == PW_TOLD_COST, told->from);
    pw_csv_end(csv);
    return status;
}

pw_status_t pw_trace_csv(const pw_trace_t *trace, bool beside, FILE *to)
{
    static const char *const head[] = { "life", "day", "calendar_day", "event", "what", "why", "chance_of", "chance", "average_chance", "effects_ratio",
                                        "drawn", "came", "covariates",
                                        "effects", "form_showed", "form_did_not_show", "form_showed_wrongly", "families_before", "places_in_use", "places",
                                        "days_since",
                                        "rate_before", "rate_after", "pounds" };
    pw_csv_t csv = { .to = to };
    pw_status_t status = PW_OK;
    for (size_t k = 0; k < sizeof head / sizeof head[0]; k++)
        pw_csv_text(&csv, head[k]);
    pw_csv_end(&csv);
    int last = trace->request.n_scenarios - 1;
    for (int s = beside ? 0 : last; s <= last; s++)
        for (int64_t k = 0; k < trace->life[s].n && status == PW_OK; k++)
            if (!beside || s == 0 || trace->life[s].event[k].scenario >= 0)
                status = csv_row(trace, s, &trace->life[s].event[k], beside, &csv);
    return status == PW_OK && ferror(to) ? PW_ERROR_WRITE : status;
}

/* ---- JSON ---- */

static json_t *number(double value) { return isfinite(value) ? json_real(value) : json_null(); }

static json_t *terms_json(pw_teller_t teller, const pw_told_t *told, const pw_predictor_t *predictor, double *average)
{
    const pw_spec_t *spec = pw_tell_spec(teller, told);
    pw_tell_term_t term[2 * PW_MAX_TERMS];
    json_t *list = json_array();
    int n = pw_tell_terms(spec, predictor, pw_tell_place(teller, told), told->bits, told->number, term, average);
    for (int j = 0; j < n; j++) {
        char name[NAME_ROOM];
        pw_covariate_name(spec, term[j].covariate, name, sizeof name);
        json_array_append_new(list, json_pack("{s:s, s:f, s:f, s:f, s:f}", "name", name, "value", term[j].value, "ratio", term[j].ratio, "average",
                                              term[j].average,
                                              "multiplies_by", term[j].factor));
    }
    return list;
}

static json_t *effects_json(pw_teller_t teller, const pw_told_t *told)
{
    const pw_model_t *model = pw_tell_model(teller, told);
    json_t *list = json_array();
    for (uint64_t rest = told->acting; rest; rest &= rest - 1) {
        const pw_effect_t *effect = &model->effect[__builtin_ctzll(rest)];
        pw_text_t owner = { 0 };
        pw_tell_owner(teller, told, effect->owner_kind, effect->owner, &owner);
        json_array_append_new(list, json_pack("{s:s, s:f}", "of", pw_text_get(&owner), "ratio", effect->ratio));
        pw_text_free(&owner);
    }
    return list;
}

static json_t *chance_json(pw_teller_t teller, const pw_told_t *told)
{
    double average = NAN;
    json_t *terms = told->predictor ? terms_json(teller, told, told->predictor, &average) : json_array();
    return json_pack("{s:s, s:f, s:o, s:o, s:o, s:f, s:b}", "of", pw_chance_word(told), "value", told->chance, "on_average", number(average), "covariates",
                     terms, "effects", effects_json(teller, told), "drawn", told->drawn, "came", told->yes);
}

static json_t *names_json(const pw_spec_t *spec, const pw_told_t *told, bool is, bool seen)
{
    json_t *list = json_array();
    for (int bit = 0; bit < PW_MAX_BITS; bit++) {
        char name[NAME_ROOM];
        if (!pw_bit_get(told->asked, bit) || (pw_bit_get(told->truth, bit) != 0) != is || (pw_bit_get(told->bits, bit) != 0) != seen)
            continue;
        pw_covariate_name(spec, bit, name, sizeof name);
        json_array_append_new(list, json_string(name));
    }
    return list;
}

static json_t *choice_json(pw_teller_t teller, const pw_told_t *told)
{
    const pw_spec_t *spec = pw_tell_spec(teller, told);
    json_t *exits = json_array();
    double all = 0.0;
    for (int k = 0; k < told->choice->n; k++)
        all += told->weight[k];
    for (int k = 0; k < told->choice->n; k++) {
        double average;
        json_t *terms = terms_json(teller, told, &told->choice->exit[k].weight, &average);
        json_array_append_new(exits, json_pack("{s:s, s:f, s:f, s:o}", "to", spec->names[PW_THING_STAGE].name[told->choice->exit[k].to], "share",
                                               all > 0.0 ? told->weight[k] / all : 0.0, "weight_on_average", average, "covariates", terms));
    }
    json_t *out = json_pack("{s:s, s:s, s:o, s:f}", "after", spec->names[PW_THING_STAGE].name[told->index], "to", spec->names[PW_THING_STAGE].name[told->other],
                            "exits", exits,
                            "drawn", told->drawn);
    if (out && told->form >= 0) {
        json_object_set_new(out, "form", json_string(spec->names[PW_THING_FORM].name[told->form]));
        json_object_set_new(out, "form_showed", names_json(spec, told, true, true));
        json_object_set_new(out, "form_did_not_show", names_json(spec, told, true, false));
        json_object_set_new(out, "form_showed_wrongly", names_json(spec, told, false, true));
    }
    return out;
}

static json_t *event_json(const pw_trace_t *trace, int life, const pw_told_t *told, bool beside)
{
    pw_teller_t teller = { trace, life };
    pw_text_t what = { 0 }, why = { 0 };
    pw_tell_what(teller, told, &what);
    pw_tell_why(teller, told, &why);
    json_t *out = json_pack("{s:s, s:f, s:f, s:s, s:s}", "life", life_word(trace, life, told, beside), "day", pw_tell_day(trace, told->ticks), "calendar_day",
                            pw_tell_calendar_day(trace, told->ticks), "event", pw_told_word(told), "what", pw_text_get(&what));
    if (out && why.n)
        json_object_set_new(out, "why", json_string(pw_text_get(&why)));
    if (out && is_chance(told))
        json_object_set_new(out, "chance", chance_json(teller, told));
    if (out && told->what == PW_TOLD_CHOICE)
        json_object_set_new(out, "choice", choice_json(teller, told));
    if (out && is_line(told))
        json_object_set_new(out, "line", json_pack("{s:I, s:f, s:o, s:f, s:f}", "families_before", (json_int_t)told->before, "places_in_use", told->used,
                                                   "places",
                                                   told->places < 0.0 ? json_null() : json_real(told->places), "takes", told->load, "priority",
                                                   told->priority));
    if (out && has_since(told))
        json_object_set_new(out, "days_since", json_real(pw_days_from_ticks(told->ticks - told->since)));
    if (out && told->what == PW_TOLD_RATE)
        json_object_set_new(out, "rate", json_pack("{s:f, s:f, s:o}", "before", told->from, "after", told->to, "effects", effects_json(teller, told)));
    if (out && told->what == PW_TOLD_COST)
        json_object_set_new(out, "pounds", json_real(told->from));
    pw_text_free(&what);
    pw_text_free(&why);
    return out;
}

pw_status_t pw_trace_json(const pw_trace_t *trace, bool beside, FILE *to)
{
    const pw_trace_request_t *request = &trace->request;
    int last = request->n_scenarios - 1;
    json_t *list = json_array(), *root = NULL;
    for (int s = beside ? 0 : last; s <= last && list; s++)
        for (int64_t k = 0; k < trace->life[s].n; k++)
            if (!beside || s == 0 || trace->life[s].event[k].scenario >= 0)
                json_array_append_new(list, event_json(trace, s, &trace->life[s].event[k], beside));
    /* The seed is a text: JSON readers keep only 53 bits of a number. */
    char seed[32];
    snprintf(seed, sizeof seed, "%llu", (unsigned long long)request->seed);
    root = json_pack("{s:I, s:s, s:s, s:s, s:I, s:o, s:b, s:s, s:o}", "family", (json_int_t)trace->family, "area",
                     pw_spec_area_name(request->spec[0], trace->area), "scenario",
                     last ? request->spec[last]->name : "baseline", "seed", seed, "replication", (json_int_t)request->replication, "draw",
                     request->draw < 0 ? json_null() : json_integer((json_int_t)request->draw), "in_cohort", trace->in_cohort, "note",
                     "Which two lives belong together rests on the coupling of random numbers; only net differences over many families are identified.",
                     "events", list);
    if (!root)
        return PW_ERROR_MEMORY;
    int failed = json_dumpf(root, to, JSON_INDENT(1) | JSON_REAL_PRECISION(17)) || fputc('\n', to) == EOF;
    json_decref(root);
    return failed ? PW_ERROR_WRITE : PW_OK;
}
