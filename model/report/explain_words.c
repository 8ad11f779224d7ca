#include "explain_words.h"

#include <string.h>

#include "../base/number.h"

/* ---- numbers ---- */

/* Thousands set apart, no more digits than there are. */
static void plain(double value, pw_text_t *out)
{
    char text[PW_NUMBER_ROOM];
    pw_number_shortest(value, text);
    pw_text_append(out, strpbrk(text, ".e") ? text : pw_number_decimals(value, 0, text));
}

void pw_phrase_number(double value, int unit, pw_text_t *out)
{
    static const struct { int unit; const char *one, *many; } words[] = {
        { PW_UNIT_PERCENT, " per 100", " per 100" }, { PW_UNIT_SHARE, " per 100", " per 100" }, { PW_UNIT_PER_YEAR, " a year", " a year" },
        { PW_UNIT_DAYS, " day", " days" }, { PW_UNIT_PLACES, " place", " places" }, { PW_UNIT_PER_MONTH, " a month", " a month" },
        { PW_UNIT_MONTHS, " month", " months" }, { PW_UNIT_YEARS, " year", " years" }
    };
    if (unit == PW_UNIT_POUNDS)
        pw_text_append(out, "£");
    plain(value, out);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i].unit == unit)
            pw_text_append(out, value == 1.0 ? words[i].one : words[i].many);
}

int pw_phrase_unit(int quantity)
{
    static const int units[PW_QUANTITIES] = { [PW_QUANTITY_PERCENT] = PW_UNIT_PERCENT, [PW_QUANTITY_RATIO] = PW_UNIT_RATIO,
                                              [PW_QUANTITY_PER_YEAR] = PW_UNIT_PER_YEAR,
                                              [PW_QUANTITY_DAYS] = PW_UNIT_DAYS, [PW_QUANTITY_POUNDS] = PW_UNIT_POUNDS, [PW_QUANTITY_WEIGHT] = PW_UNIT_WEIGHT,
                                              [PW_QUANTITY_COUNT] = PW_UNIT_NUMBER, [PW_QUANTITY_PLACES] = PW_UNIT_PLACES };
    return units[quantity];
}

static double area_value(const pw_estimate_t *estimate, int area) { return area < estimate->n_by_area ? estimate->area_value[area] : estimate->value; }

void pw_phrase_estimate(const pw_estimate_t *estimate, int area, int unit, pw_text_t *out)
{
    pw_phrase_number(area_value(estimate, area), unit, out);
    pw_text_append(out, " (");
    if (estimate->distribution != PW_DISTRIBUTION_FIXED) {
        pw_text_append(out, unit == PW_UNIT_POUNDS ? "£" : "");
        plain(estimate->low, out);
        pw_text_append(out, unit == PW_UNIT_POUNDS ? " to £" : " to ");
        plain(estimate->high, out);
        pw_text_append(out, ", ");
    }
    if (estimate->price_year > 0)
        pw_text_printf(out, "in prices of %d, ", estimate->price_year);
    pw_text_printf(out, "%s)", pw_grade_name(estimate->grade));
}

static void in_area(const pw_spec_t *spec, const pw_setting_t *setting, int area, int unit, pw_text_t *out)
{
    if (setting->estimate[area] >= 0)
        pw_phrase_estimate(&spec->evidence.estimate[setting->estimate[area]], area, unit, out);
    else
        pw_phrase_number(setting->number[area], unit, out);
}

static bool same_in_areas(const pw_spec_t *spec, const pw_setting_t *setting)
{
    const pw_estimate_t *estimate = setting->estimate[0] >= 0 ? &spec->evidence.estimate[setting->estimate[0]] : NULL;
    for (int a = 1; a < pw_spec_areas(spec); a++)
        if (setting->estimate[a] != setting->estimate[0] || (!estimate && setting->number[a] != setting->number[0]) ||
            (estimate && area_value(estimate, a) != area_value(estimate, 0)))
            return false;
    return true;
}

void pw_phrase_setting(const pw_spec_t *spec, const pw_setting_t *setting, int unit, bool *used, pw_text_t *out)
{
    int n = pw_spec_areas(spec);
    if (setting->remainder || setting->unlimited) {
        pw_text_append(out, setting->remainder ? "the rest" : "places without limit");
        return;
    }
    for (int a = 0; used && a < n; a++)
        if (setting->estimate[a] >= 0)
            used[setting->estimate[a]] = true;
    if (same_in_areas(spec, setting)) {
        in_area(spec, setting, 0, unit, out);
        pw_text_append(out, unit == PW_UNIT_PLACES && n > 1 ? " in each area" : "");
        return;
    }
    for (int a = 0; a < n; a++) {
        pw_text_append(out, a == 0 ? "" : a == n - 1 ? " and " : ", ");
        in_area(spec, setting, a, unit, out);
        pw_text_printf(out, " in %s", pw_spec_area_name(spec, a));
    }
}

void pw_phrase_length(const pw_spec_t *spec, const pw_length_t *length, const char *exactly, const char *at_most, bool *used, pw_text_t *out)
{
    if (!length->node) {
        pw_text_append(out, "no time");
    } else if (length->days.node) {
        pw_text_append(out, exactly);
        pw_phrase_setting(spec, &length->days, PW_UNIT_DAYS, used, out);
    } else if (length->mean_days.node) {
        pw_text_append(out, exactly);
        pw_phrase_setting(spec, &length->mean_days, PW_UNIT_DAYS, used, out);
        pw_text_append(out, " on average");
    } else {
        pw_text_append(out, at_most);
        pw_phrase_setting(spec, &length->median_days, PW_UNIT_DAYS, used, out);
        pw_text_printf(out, " in half of the cases and %s", at_most);
        pw_phrase_setting(spec, &length->p95_days, PW_UNIT_DAYS, used, out);
        pw_text_append(out, " in 95 of 100");
    }
}

/* ---- conditions ---- */

void pw_phrase_name(const char *name, pw_text_t *out)
{
    for (const char *c = name; *c; c++)
        pw_text_append_bytes(out, *c == '_' ? " " : c, 1);
}

static const struct { int bit; const char *holds, *fails; } situations[] = {
    { PW_BIT_SEPARATED, "the couple is separated", "the couple is together" },
    { PW_BIT_SEPARATED_RECENTLY, "the couple separated recently", "the couple did not separate recently" },
    { PW_BIT_REPORTED_SEPARATED, "a separation was reported", "no separation was reported" },
    { PW_BIT_CHILD_UNDER_1, "a child is under 1", "no child is under 1" },
    { PW_BIT_CHILD_UNDER_5, "a child is under 5", "no child is under 5" },
    { PW_BIT_CHILD_UNDER_11, "a child is under 11", "no child is under 11" },
    { PW_BIT_CHILD_UNDER_16, "a child is under 16", "no child is under 16" },
    { PW_BIT_INJURY, "an adult was injured", "no adult was injured" },
    { PW_BIT_SEVERE_INJURY, "an adult was severely injured", "no adult was severely injured" },
    { PW_BIT_CHILD_PRESENT, "a child was present", "no child was present" },
    { PW_BIT_CHILD_INJURED, "a child was injured", "no child was injured" },
    { PW_BIT_AT_CONTACT, "it happened at child contact", "it did not happen at child contact" },
    { PW_BIT_OPEN_CASE, "a case is open", "no case is open" },
    { PW_BIT_VICTIM_ENGAGED, "the victim is engaged", "the victim is not engaged" },
    { PW_BIT_PARTNER_ENGAGED, "the partner is engaged", "the partner is not engaged" },
    { PW_BIT_PARTNER_REMOVED, "police have removed the partner", "police have not removed the partner" },
    { PW_BIT_CHILD_SPOKEN_TO, "police spoke to a child", "police did not speak to a child" },
};

static void made_covariate(const pw_spec_t *spec, int bit, bool holds, pw_text_t *out)
{
    static const struct { int first, thing; const char *before, *holds, *fails; } made[] = {
        { PW_BIT_COMPLETED_0, PW_THING_SERVICE, "", " was completed", " was not completed" },
        { PW_BIT_IN_SERVICE_0, PW_THING_SERVICE, "", " is attended", " is not attended" },
        { PW_BIT_IN_STAGE_0, PW_THING_STAGE, "the stage ", " is the present one", " is not the present one" },
        { PW_BIT_ATTRIBUTE_0, PW_THING_ATTRIBUTE, "", " holds", " does not hold" },
    };
    size_t m = 0;
    while (bit < made[m].first)
        m++;
    int index = bit - made[m].first;
    pw_text_printf(out, "%s\"", made[m].before);
    pw_phrase_name(index < spec->names[made[m].thing].n ? spec->names[made[m].thing].name[index] : "?", out);
    pw_text_printf(out, "\"%s", holds ? made[m].holds : made[m].fails);
}

void pw_phrase_covariate(const pw_spec_t *spec, int bit, bool holds, pw_text_t *out)
{
    for (size_t i = 0; i < sizeof situations / sizeof situations[0]; i++)
        if (situations[i].bit == bit) {
            pw_text_append(out, holds ? situations[i].holds : situations[i].fails);
            return;
        }
    made_covariate(spec, bit, holds, out);
}

void pw_phrase_where(const pw_spec_t *spec, int covariate, pw_text_t *out)
{
    int number = covariate - PW_MAX_BITS;
    if (number < 0) {
        pw_text_append(out, "where ");
        pw_phrase_covariate(spec, covariate, true, out);
    } else if (number == PW_NUMBER_PREVIOUS_NOTIFICATIONS) {
        pw_text_append(out, "for each earlier notification");
    } else if (number == PW_NUMBER_RISK_SCORE) {
        pw_text_append(out, "for each standard deviation of the risk score");
    } else if (number == PW_NUMBER_CHILDREN) {
        pw_text_append(out, "for each child");
    } else {
        int team = number - PW_NUMBER_WORKLOAD_0;
        pw_text_append(out, "for each full load of the team \"");
        pw_phrase_name(team < spec->names[PW_THING_TEAM].n ? spec->names[PW_THING_TEAM].name[team] : "?", out);
        pw_text_append(out, "\"");
    }
}

void pw_phrase_conditions(const pw_spec_t *spec, const uint64_t one[2], const uint64_t zero[2], pw_text_t *out)
{
    static const uint64_t none[2] = { 0, 0 };
    const uint64_t *sets[2] = { one ? one : none, zero ? zero : none };
    int n = 0, left = 0;
    for (int s = 0; s < 2; s++)
        for (int bit = 0; bit < PW_MAX_BITS; bit++)
            left += pw_bit_get(sets[s], bit);
    for (int s = 0; s < 2; s++)
        for (int bit = 0; bit < PW_MAX_BITS; bit++)
            if (pw_bit_get(sets[s], bit)) {
                left--;
                pw_text_append(out, n++ == 0 ? "where " : left == 0 ? " and " : ", ");
                pw_phrase_covariate(spec, bit, s == 0, out);
            }
}

void pw_phrase_offer_point(const pw_spec_t *spec, int at, pw_text_t *out)
{
    if (at == PW_OFFER_AT_POLICE_ATTENDANCE) {
        pw_text_append(out, "when police attend an incident");
    } else if (at == PW_OFFER_AT_NOTIFICATION) {
        pw_text_append(out, "when a notification arrives");
    } else {
        pw_text_append(out, "at the stage \"");
        pw_phrase_name(at >= 0 && at < spec->names[PW_THING_STAGE].n ? spec->names[PW_THING_STAGE].name[at] : "?", out);
        pw_text_append(out, "\"");
    }
}
