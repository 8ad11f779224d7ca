/* The tables of the register of estimates: what evidence.c and estimate.c read, and what `pathways params` tells of it. */
#include "schema_tables.h"

/* Rows of the register land nowhere by offset: estimate.c fills pw_estimate_t itself. */
#define TEXT(key_, required_, meaning_) { .key = key_, .kind = PW_FIELD_TEXT, .required = required_, .meaning = meaning_ }
#define NUMBER(key_, low_, required_, meaning_) \
    { .key = key_, .kind = PW_FIELD_FIXED, .unit = PW_UNIT_NUMBER, .required = required_, .low = low_, .high = INFINITY, .otherwise = PW_REQUIRED, \
      .meaning = meaning_ }
#define YEAR(key_, meaning_) \
    { .key = key_, .kind = PW_FIELD_FIXED, .unit = PW_UNIT_COUNT, .required = true, .low = 1900.0, .high = 2100.0, \
      .otherwise = PW_REQUIRED, .meaning = meaning_ }
/* Numbers that need not be given, and have no default. */
#define MAYBE(key_, meaning_) { .key = key_, .kind = PW_FIELD_ELSEWHERE, .meaning = meaning_ }
#define WORD(key_, required_, words_, meaning_) \
    { .key = key_, .kind = PW_FIELD_WORD, .required = required_, .otherwise = -1.0, .words = &(words_), .meaning = meaning_ }

static const pw_field_t source_fields[] = {
    TEXT("name", true, "what estimates call the source"),
    TEXT("title", true, "the title of the publication"),
    TEXT("authors", false, "who wrote it"),
    MAYBE("year", "when it was published"),
    TEXT("address", false, "where it can be read"),
    TEXT("note", false, "what a reader should know of it"),
};
PW_SCHEMA_GROUP(pw_schema_sources, "source", source_fields);

static const pw_field_t estimate_fields[] = {
    TEXT("name", true, "what settings call the estimate: letters, digits and _"),
    WORD("kind", true, pw_words_quantity, "what is counted: an estimate fits only settings in its unit"),
    NUMBER("value", 0.0, true, "the best single number, in the unit of its kind: the mean of a percentage, count or number of places, "
           "the median of all others"),
    MAYBE("low", "the true number is below this with a chance of 2.5 in 100; with `high`, unless the distribution is fixed"),
    MAYBE("high", "the true number is above this with a chance of 2.5 in 100"),
    WORD("grade", true, pw_words_grade, "how far it may be trusted"),
    TEXT("source", false, "the name of a source, or \"none\" (then the grade is assumed); none if not given"),
    TEXT("note", false, "where the number stands in the source, or why it was assumed"),
    TEXT("audit", false, "what could be counted to measure it: of a percentage the things of which it is one, of a rate the families followed; a suggestion, "
         "for the worth of an audit"),
    WORD("distribution", false, pw_words_distribution, "the shape of the uncertainty; if not given, the shape that goes with the kind"),
    MAYBE("price_year", "of pounds: the year of the prices, which must be among the deflators"),
    { .key = "calibrate", .kind = PW_FIELD_FLAG, .otherwise = 0.0, .meaning = "it was set so that the baseline looks like the study" },
    { .key = "by_area", .kind = PW_FIELD_ELSEWHERE, .meaning = "a group with the value of each area that has its own: by_area = { north = 1.0; };" },
};
PW_SCHEMA_GROUP(pw_schema_estimates, "estimate", estimate_fields);

static const pw_field_t deflator_fields[] = {
    YEAR("year", "the first year of the financial year"),
    NUMBER("index", 0.0, true, "the price index of that year"),
    TEXT("note", false, "where it comes from"),
};
PW_SCHEMA_GROUP(pw_schema_deflators, "deflator", deflator_fields);
