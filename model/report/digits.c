#include "digits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/number.h"

enum { MOST_DECIMALS = 2 /* of what is simulated */, MOST_DECIMALS_IN = 9 /* pw_number_decimals has no more */ };

enum pw_digits_of pw_digits_of_unit(const char *unit) { return strncmp(unit, "£", strlen("£")) == 0 ? PW_OF_POUNDS : PW_OF_RESULT; }

static double unit_for(double size, double thousands_from) { return size >= 999500.0 ? 1e6 : size >= thousands_from ? 1e3 : 1.0; }

/* Decimals that give `digits` significant digits of a number of this size; never more than `most`. */
static int decimals_for(double size, int digits, int most)
{
    int decimals = digits - 1;
    for (double bound = 10.0; size >= bound && decimals > 0; bound *= 10.0)
        decimals--;
    for (double bound = 1.0; size < bound && decimals < most; bound /= 10.0)
        decimals++;
    return decimals < most ? decimals : most;
}

static pw_digits_t digits_for(double size, int significant, double thousands_from, enum pw_digits_of of)
{
    pw_digits_t digits = { .of = of, .unit = unit_for(size, thousands_from) };
    bool whole_pounds = of == PW_OF_POUNDS && digits.unit == 1.0;
    digits.decimals = decimals_for(size / digits.unit, significant, whole_pounds ? 0 : of == PW_OF_INPUT ? MOST_DECIMALS_IN : MOST_DECIMALS);
    return digits;
}

pw_digits_t pw_digits_alone(double value, int significant, enum pw_digits_of of) { return digits_for(fabs(value), significant, 9995.0, of); }
pw_digits_t pw_digits_interval(double low, double high, enum pw_digits_of of) { return digits_for(fmax(fabs(low), fabs(high)), 2, 999.5, of); }

bool pw_digits_show(double value, pw_digits_t digits)
{
    char number[PW_NUMBER_ROOM];
    return strpbrk(pw_number_decimals(value / digits.unit, digits.decimals, number), "123456789") != NULL;
}

/* ---- with digits that are settled ---- */

void pw_put_cell(double value, pw_digits_t digits, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    const char *suffix = digits.unit == 1e6 ? "m" : digits.unit == 1e3 ? "k" : "";
    if (digits.unit > 1.0 && !pw_digits_show(value, digits))
        pw_text_append(out, "0");
    else
        pw_text_printf(out, "%s%s", pw_number_decimals(value / digits.unit, digits.decimals, number), isnan(value) ? "" : suffix);
}

void pw_put_words(double value, pw_digits_t digits, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    pw_number_decimals(fabs(value) / digits.unit, digits.decimals, number);
    bool shown = pw_digits_show(value, digits), thousands = digits.unit == 1e3 && shown;
    if (isnan(value)) {
        pw_text_append(out, "-");
        return;
    }
    if (thousands)      /* below 1,000, as text: no comma in it */
        pw_number_decimals(1e3 * strtod(number, NULL), 0, number);
    pw_text_printf(out, "%s%s%s%s", value < 0.0 && shown ? "-" : "", digits.of == PW_OF_POUNDS ? "£" : "", digits.unit > 1.0 && !shown ? "0" : number,
                   digits.unit == 1e6 && shown ? " million" : "");
}

/* ---- by itself ---- */

/* The least that shows: "0.01". */
static const char *least(pw_digits_t digits, char out[PW_NUMBER_ROOM])
{
    return pw_number_decimals(digits.unit * pow(10.0, -digits.decimals), digits.decimals, out);
}

void pw_put_number_cell(double value, enum pw_digits_of of, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    pw_digits_t digits = pw_digits_alone(value, PW_DIGITS_ALONE, of);
    if (value == 0.0)
        pw_text_append(out, "0");
    else if (!isnan(value) && !pw_digits_show(value, digits))
        pw_text_printf(out, value < 0.0 ? ">-%s" : "<%s", least(digits, number));
    else
        pw_put_cell(value, digits, out);
}

void pw_put_interval_cell(double mean, double low, double high, enum pw_digits_of of, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    pw_digits_t digits = pw_digits_interval(low, high, of);
    if (!pw_digits_show(mean, digits) && !pw_digits_show(low, digits) && !pw_digits_show(high, digits)) {
        pw_text_printf(out, "<%s", least(digits, number));
        return;
    }
    pw_put_cell(mean, digits, out);
    pw_text_append(out, " (");
    pw_put_cell(low, digits, out);
    pw_text_append(out, ", ");
    pw_put_cell(high, digits, out);
    pw_text_append(out, ")");
}

/* 48,123 is 48,000. */
static double two_digits(double value)
{
    double step = value != 0.0 && isfinite(value) ? pow(10.0, floor(log10(fabs(value))) - 1.0) : 1.0;
    return round(value / step) * step;
}

void pw_put_number(double value, int significant, enum pw_digits_of of, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    value = significant == PW_DIGITS_ROUGH ? two_digits(value) : value;
    pw_digits_t digits = pw_digits_alone(value, significant, of);
    const char *pound = of == PW_OF_POUNDS ? "£" : "";
    if (value == 0.0)
        pw_text_printf(out, "%s0", pound);
    else if (!isnan(value) && !pw_digits_show(value, digits))
        pw_text_printf(out, "less than %s%s%s", pound, least(digits, number), value < 0.0 ? " below 0" : "");
    else
        pw_put_words(value, digits, out);
}

void pw_put_change(double change, double margin, enum pw_digits_of of, bool plus, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    pw_digits_t digits = margin > 0.0 ? pw_digits_interval(0.0, margin, of) : pw_digits_alone(change, PW_DIGITS_ALONE, of);
    const char *pound = of == PW_OF_POUNDS ? "£" : "";
    if (!pw_digits_show(change, digits) && !pw_digits_show(margin, digits)) {
        pw_text_printf(out, "less than %s%s either way", pound, least(digits, number));
        return;
    }
    pw_text_append(out, plus && change > 0.0 && pw_digits_show(change, digits) ? "+" : "");
    pw_put_words(change, digits, out);
    pw_text_append(out, " (±");
    pw_put_words(margin, digits, out);
    pw_text_append(out, ")");
}

void pw_put_share(double share, pw_text_t *out)
{
    double percent = 100.0 * share;
    if (isnan(share))
        pw_text_append(out, "-");
    else if (percent > 0.0 && percent < 0.5)
        pw_text_append(out, "less than 1 %");
    else if (percent > 99.5 && percent < 100.0)
        pw_text_append(out, "more than 99 %");
    else
        pw_text_printf(out, "%.0f %%", fmin(fmax(percent, 0.0), 100.0));
}

void pw_put_exact(double value, enum pw_digits_of of, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    bool whole = value == floor(value) && fabs(value) < 1e15;
    pw_text_printf(out, "%s%s%s", value < 0.0 ? "-" : "", of == PW_OF_POUNDS ? "£" : "",
                   whole ? pw_number_decimals(fabs(value), 0, number) : isnan(value) ? "-" : pw_number_shortest(fabs(value), number));
}
