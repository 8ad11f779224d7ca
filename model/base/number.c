/* number.c: see number.h. */
#include "number.h"

#include <errno.h>
#include <float.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *put(char out[PW_NUMBER_ROOM], const char *text)
{
    snprintf(out, PW_NUMBER_ROOM, "%s", text);
    return out;
}

const char *pw_number_shortest(double value, char out[PW_NUMBER_ROOM])
{
    if (isnan(value)) return put(out, "");
    if (isinf(value)) return put(out, value > 0 ? "inf" : "-inf");
    if (value == 0.0) return put(out, "0");
    /* A normal double has one nearest decimal of 15 digits, and %g drops its zeros: nothing shorter reads back.
     * Subnormals carry fewer digits and are tried from one digit on. */
    for (int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG; digits <= DBL_DECIMAL_DIG; digits++) {
        snprintf(out, PW_NUMBER_ROOM, "%.*g", digits, value);
        if (strtod(out, NULL) == value) break;
    }
    return out;
}

/* Puts commas between the thousands of a text like "-1234567.89", which has room for them. */
static void set_thousands_apart(char out[PW_NUMBER_ROOM])
{
    char plain[PW_NUMBER_ROOM];
    memcpy(plain, out, PW_NUMBER_ROOM);
    size_t sign = plain[0] == '-', whole = strspn(plain + sign, "0123456789");
    char *to = out + sign;
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0) *to++ = ',';
        *to++ = plain[sign + i];
    }
    memcpy(to, plain + sign + whole, strlen(plain + sign + whole) + 1);
}

const char *pw_number_whole(int64_t value, char out[PW_NUMBER_ROOM])
{
    snprintf(out, PW_NUMBER_ROOM, "%" PRId64, value);
    set_thousands_apart(out);
    return out;
}

const char *pw_number_decimals(double value, int decimals, char out[PW_NUMBER_ROOM])
{
    if (isnan(value)) return put(out, "-");
    if (fabs(value) >= 1e15) return pw_number_shortest(value, out);
    decimals = decimals < 0 ? 0 : decimals > 9 ? 9 : decimals;
    snprintf(out, PW_NUMBER_ROOM, "%.*f", decimals, value);
    if (out[0] == '-' && strspn(out, "-0.") == strlen(out)) memmove(out, out + 1, strlen(out));
    set_thousands_apart(out);
    return out;
}

const char *pw_number_significant(double value, int digits, char out[PW_NUMBER_ROOM])
{
    if (isnan(value)) return put(out, "-");
    if (isinf(value)) return pw_number_shortest(value, out);
    if (fabs(value) < 1e-9) return put(out, "0");
    digits = digits < 1 ? 1 : digits > 9 ? 9 : digits;
    /* The exponent after rounding to the digits asked for: 0.9996 with 3 is 1.00, not 1.000. */
    char rounded[PW_NUMBER_ROOM];
    snprintf(rounded, sizeof rounded, "%.*e", digits - 1, value);
    int exponent = atoi(strchr(rounded, 'e') + 1);
    return pw_number_decimals(value, digits - 1 - exponent, out);
}

double pw_number_round12(double value)
{
    if (!isfinite(value)) return value;
    char text[PW_NUMBER_ROOM];
    snprintf(text, sizeof text, "%.12g", value);
    return strtod(text, NULL);
}

/* strtod and strtoll skip blanks and read "inf", "nan" and "0x1p3": none of these is how a person writes a number here. */
static bool looks_like_number(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789+-.eE")] == '\0' && strpbrk(text, "0123456789") != NULL;
}

bool pw_number_read_real(const char *text, double *out)
{
    if (!looks_like_number(text)) return false;
    char *end;
    double value = strtod(text, &end);
    if (*end != '\0' || !isfinite(value)) return false;
    *out = value;
    return true;
}

bool pw_number_read_integer(const char *text, int64_t *out)
{
    if (!looks_like_number(text)) return false;
    char *end;
    errno = 0;
    long long value = strtoll(text, &end, 10);
    if (*end != '\0' || errno != 0) return false;
    *out = value;
    return true;
}
