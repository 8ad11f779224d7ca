#include "sentence.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "comparison.h"

enum { CELL = 64 };

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

static bool is_money(const char *unit) { return strncmp(unit, "£", strlen("£")) == 0; }

/* "-£1.2k": the sign before the pound. */
static void put(double value, pw_digits_t digits, const char *unit, pw_text_t *out)
{
    char text[CELL];
    pw_comparison_digit(value, digits, text, sizeof text);
    const char *plain = text[0] == '-' ? text + 1 : text;
    pw_text_printf(out, "%s%s%s", text[0] == '-' ? "-" : "", is_money(unit) ? "£" : "", plain);
}

void pw_say_number(double value, const char *unit, pw_text_t *out)
{
    char text[CELL];
    if (value == 0.0)
        snprintf(text, sizeof text, "0");
    else
        pw_comparison_number(value, text, sizeof text);
    const char *plain = text[0] == '-' && text[1] ? text + 1 : text;
    pw_text_printf(out, "%s%s%s", plain > text ? "-" : "", is_money(unit) && !isnan(value) ? "£" : "", plain);
}

/* Over draws, or of the simulation's noise alone. */
static const char *interval_words(const pw_summary_t *s)
{
    return s->spread == PW_SPREAD_DRAWS || s->spread == PW_SPREAD_DRAWS_AND_NOISE ? " (95 % interval " : " (95 % Monte Carlo interval ";
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
        pw_digits_t digits = pw_comparison_digits(fmax(fabs(low), fabs(high)));
        put(s->mean, digits, unit, out);
        pw_text_append(out, interval_words(s));
        put(low, digits, unit, out);
        pw_text_append(out, " to ");
        put(high, digits, unit, out);
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
    pw_digits_t digits = pw_comparison_digits(fmax(fabs(low), fabs(high)));
    put(fabs(s->mean), digits, unit, out);
    pw_text_printf(out, "%s%s%s", word[0] ? " " : "", word, interval_words(s));
    put(fmin(fabs(low), fabs(high)), digits, unit, out);
    pw_text_append(out, " to ");
    put(fmax(fabs(low), fabs(high)), digits, unit, out);
    pw_text_append(out, ")");
}

/* Blanks inside the brackets and before marks do not break: a narrow column breaks between the mean and its interval. */
void pw_say_cell(const pw_summary_t *s, pw_text_t *out)
{
    char text[3 * CELL];
    double low, high;
    if (isnan(s->mean)) {
        pw_text_append(out, "-");
        return;
    }
    if (pw_reading(s) == PW_READING_NOTHING) {
        pw_text_append(out, "0");
        return;
    }
    if (pw_interval_shown(s, &low, &high))
        pw_comparison_interval(s->mean, low, high, text, sizeof text);
    else
        pw_comparison_number(s->mean, text, sizeof text);
    const char *bracket = strchr(text, '(');
    for (const char *p = text; *p; p++)
        pw_text_append_bytes(out, *p == ' ' && bracket && p > bracket ? "\u00a0" : p, *p == ' ' && bracket && p > bracket ? strlen("\u00a0") : 1);
    pw_text_printf(out, "%s%s", pw_clear_of_zero(s) ? "" : "\u00a0?", s->spread == PW_SPREAD_NOISE ? "\u00a0~" : "");
}

void pw_say_name(const char *name, pw_text_t *out)
{
    for (const char *p = name; *p; p++)
        pw_text_append_bytes(out, *p == '_' ? " " : p, 1);
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
