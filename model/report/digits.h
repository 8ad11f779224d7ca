/* digits.h: how many digits of a number people are shown.
 *
 * What question it answers: how is this number written, in a sentence, in a cell of a table, beside a mark of a chart?
 * Floor: report. The one rule for the terminal, sentences, pages and charts (docs/briefing.md, "Digits"):
 *   - a number with an interval: two significant digits of the larger end, as many decimals for all of it; with ±: two of what stands behind that. Below
 *     1,000 all digits before the point are shown;
 *   - a number by itself: three significant digits, below 10,000 all before the point; one that is only roughly known (a worth, minutes): two;
 *   - what is simulated has two decimals at most, pounds have none; nearer to 0 than that is "less than 0.01", "less than £1"; what goes in
 *     (estimates, settings) has as many decimals as its digits need;
 *   - shares are whole per cents: "less than 1 %" to "more than 99 %"; what is counted, or was chosen by somebody, is written as it is;
 *   - thousands have commas. Sentences write numbers out ("£206,000", "£2.71 million"); cells and charts have k and m ("206k", "2.71m").
 * All functions append; memory running out shows in the text. nan is "-". */
#ifndef PW_REPORT_DIGITS_H
#define PW_REPORT_DIGITS_H

#include "../base/text.h"

enum pw_digits_of { PW_OF_RESULT, PW_OF_POUNDS, PW_OF_INPUT };
/* Of a measure's unit: pounds if there is a £ in front ("£ a year"), else a result. */
enum pw_digits_of pw_digits_of_unit(const char *unit);

/* Shown is value / unit (1, 1,000 or 1,000,000) with so many decimals. */
typedef struct { enum pw_digits_of of; double unit; int decimals; } pw_digits_t;
enum { PW_DIGITS_ROUGH = 2, PW_DIGITS_ALONE = 3 };
pw_digits_t pw_digits_alone(double value, int significant, enum pw_digits_of of);
pw_digits_t pw_digits_interval(double low, double high, enum pw_digits_of of);
/* False: nothing but noughts would be left of it. */
bool pw_digits_show(double value, pw_digits_t digits);

/* One number with digits that were settled before: "-1.2", "206k"; without the £. */
void pw_put_cell(double value, pw_digits_t digits, pw_text_t *out);
/* The same for a sentence: "-1.2", "-£206,000". */
void pw_put_words(double value, pw_digits_t digits, pw_text_t *out);

/* A number by itself in a cell or beside a mark: "41.2", "2.71m", "<0.01", "0". */
void pw_put_number_cell(double value, enum pw_digits_of of, pw_text_t *out);
/* A mean and its interval: "-12 (-20, -4)"; "<0.01" where all three are nearer to 0 than that. */
void pw_put_interval_cell(double mean, double low, double high, enum pw_digits_of of, pw_text_t *out);
/* A number by itself in a sentence: "41.2", "£2.71 million", "less than 0.01" (below 0: "less than 0.01 below 0"), "0". */
void pw_put_number(double value, int significant, enum pw_digits_of of, pw_text_t *out);
/* "+0.31 (±0.08)", "-£4,211 (±£312)"; "less than 0.01 either way". `plus`: a rise has its sign. */
void pw_put_change(double change, double margin, enum pw_digits_of of, bool plus, pw_text_t *out);
/* A share, 0 to 1: "8 %", "less than 1 %", "more than 99 %"; a little outside (noise) counts as the end. */
void pw_put_share(double share, pw_text_t *out);
/* What is counted or was chosen: "1,234", "0.35"; pounds with £. */
void pw_put_exact(double value, enum pw_digits_of of, pw_text_t *out);

#endif
