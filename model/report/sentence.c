#include "sentence.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "digits.h"

const char *pw_likelihood(double p)
{
    static const struct { double from; const char *word; } scale[] = {
        { 0.99, "virtually certain" }, { 0.95, "extremely likely" }, { 0.90, "very likely" },      { 0.66, "likely" },
        { 0.33, "about as likely as not" }, { 0.10, "unlikely" },    { 0.05, "very unlikely" },    { 0.01, "extremely unlikely" },
    };
    if (isnan(p))
        return "";
    for (size_t i = 0; i < sizeof scale / sizeof scale[0]; i++)
        if (p >= scale[i].from)
            return scale[i].word;
    return "exceptionally unlikely";
}

void pw_say_number(double value, const char *unit, pw_text_t *out) { pw_put_number(value, PW_DIGITS_ALONE, pw_digits_of_unit(unit), out); }
void pw_say_number_cell(double value, const char *unit, pw_text_t *out) { pw_put_number_cell(value, pw_digits_of_unit(unit), out); }

/* Over draws, or of the simulation's noise alone. */
static const char *interval_words(const pw_summary_t *s)
{
    return s->spread == PW_SPREAD_DRAWS || s->spread == PW_SPREAD_DRAWS_AND_NOISE ? " (95 % interval " : " (95 % Monte Carlo interval ";
}

/* Is there anything to see in this mean and its interval? If not, both lie nearer to 0 than the digits reach, and this says how near. */
static bool shows(double mean, double low, double high, pw_digits_t digits, pw_text_t *out)
{
    if (pw_digits_show(mean, digits) || pw_digits_show(low, digits) || pw_digits_show(high, digits))
        return true;
    pw_put_number(fmax(fabs(low), fabs(high)), PW_DIGITS_ALONE, digits.of, out);
    return false;
}

void pw_say_difference(const pw_summary_t *s, const char *unit, pw_text_t *out)
{
    double low, high;
    if (isnan(s->mean)) {
        pw_text_append(out, "no value");
    } else if (pw_reading(s) == PW_READING_NOTHING) {
        pw_text_append(out, "0");
    } else if (!pw_interval_shown(s, &low, &high)) {
        pw_say_number(s->mean, unit, out);
    } else {
        pw_digits_t digits = pw_digits_interval(low, high, pw_digits_of_unit(unit));
        if (!shows(s->mean, low, high, digits, out)) {
            pw_text_append(out, " either way");
            return;
        }
        pw_put_words(s->mean, digits, out);
        pw_text_append(out, interval_words(s));
        pw_put_words(low, digits, out);
        pw_text_append(out, " to ");
        pw_put_words(high, digits, out);
        pw_text_append(out, ")");
    }
}

void pw_say_change(const pw_summary_t *s, const char *unit, const char *less, const char *more, pw_text_t *out)
{
    double low, high;
    const char *word = s->mean < 0.0 ? less : more;
    if (!pw_interval_shown(s, &low, &high)) {
        pw_say_number(fabs(s->mean), unit, out);
        pw_text_printf(out, "%s%s", word[0] ? " " : "", word);
        return;
    }
    pw_digits_t digits = pw_digits_interval(low, high, pw_digits_of_unit(unit));
    if (!shows(s->mean, low, high, digits, out)) {
        pw_text_printf(out, "%s%s", word[0] ? " " : "", word);
        return;
    }
    pw_put_words(fabs(s->mean), digits, out);
    pw_text_printf(out, "%s%s%s", word[0] ? " " : "", word, interval_words(s));
    pw_put_words(fmin(fabs(low), fabs(high)), digits, out);
    pw_text_append(out, " to ");
    pw_put_words(fmax(fabs(low), fabs(high)), digits, out);
    pw_text_append(out, ")");
}

/* What is nearer to 0 than two decimals has no marks: which side of 0 it is on matters to nobody. Blanks inside the brackets and before marks do not break: a
 * narrow column breaks between the mean and its interval. */
void pw_say_cell(const pw_summary_t *s, const char *unit, pw_text_t *out)
{
    double low, high;
    pw_text_t text = { 0 };
    enum pw_digits_of of = pw_digits_of_unit(unit);
    if (isnan(s->mean)) {
        pw_text_append(out, "-");
        return;
    }
    if (pw_reading(s) == PW_READING_NOTHING) {
        pw_text_append(out, "0");
        return;
    }
    if (pw_interval_shown(s, &low, &high))
        pw_put_interval_cell(s->mean, low, high, of, &text);
    else
        pw_put_number_cell(s->mean, of, &text);
    const char *bracket = strchr(pw_text_get(&text), '(');
    for (const char *p = pw_text_get(&text); *p; p++)
        pw_text_append_bytes(out, *p == ' ' && bracket && p > bracket ? "\u00a0" : p, *p == ' ' && bracket && p > bracket ? strlen("\u00a0") : 1);
    if (pw_text_get(&text)[0] != '<')
        pw_text_printf(out, "%s%s", pw_clear_of_zero(s) ? "" : "\u00a0?", s->spread == PW_SPREAD_NOISE ? "\u00a0~" : "");
    out->failed |= text.failed;
    pw_text_free(&text);
}

int pw_count_words(const char *text)
{
    int n = 0;
    bool inside = false;
    for (const char *p = text; *p; p++) {
        bool letter = !isspace((unsigned char)*p);
        n += letter && !inside;
        inside = letter;
    }
    return n;
}
