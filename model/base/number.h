/* number.h: numbers as programs and people write them.
 *
 * What question it answers: which digits say this number, and which text is a number?
 * Floor: base. The point is `.` whatever the locale (nobody sets one). */
#ifndef PW_BASE_NUMBER_H
#define PW_BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

enum { PW_NUMBER_ROOM = 40 };

/* The decimal of fewest digits that reads back to the same double: "0.1", "2.385", "1e+22". For files.
 * nan gives "" (missing), negative zero "0", infinities "inf" and "-inf". Returns out. */
const char *pw_number_shortest(double value, char out[PW_NUMBER_ROOM]);

/* For people: at least `digits` (1 to 9) significant digits, no exponent, thousands set apart by commas: with 3 digits
 * 1234567 -> "1,234,567", 0.012345 -> "0.0123", 2 -> "2.00". Below 1e-9 of zero it gives "0". nan gives "-"; beyond 1e15 the shortest form. Returns out. */
const char *pw_number_significant(double value, int digits, char out[PW_NUMBER_ROOM]);
/* For people: a fixed number of decimals (0 to 9), thousands set apart; what rounds to zero has no minus sign. Returns out. */
const char *pw_number_decimals(double value, int decimals, char out[PW_NUMBER_ROOM]);
/* For people: all digits of a whole number, thousands set apart. Returns out. */
const char *pw_number_whole(int64_t value, char out[PW_NUMBER_ROOM]);

/* The value rounded to 12 significant digits: what GSL and libm give is rounded so before it may decide anything. */
double pw_number_round12(double value);

/* Reads a whole text as a number: no blanks, nothing after it, finite, not out of the type's range. False: it is none. */
bool pw_number_read_real(const char *text, double *out);
bool pw_number_read_integer(const char *text, int64_t *out);

#endif
