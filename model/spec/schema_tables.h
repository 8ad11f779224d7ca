/* schema_tables.h: the words in which the tables of settings are written.
 * Floor: spec; included by schema.c and schema_pathway.c only. */
#ifndef PW_SPEC_SCHEMA_TABLES_H
#define PW_SPEC_SCHEMA_TABLES_H

#include <math.h>

#include "schema.h"

#define PW_REQUIRED NAN
#define PW_LENGTH_OF(array) ((int)(sizeof(array) / sizeof(array)[0]))

#define PW_ROW_SETTING(key_, unit_, low_, high_, otherwise_, type, member, meaning_)                                          \
    { .key = key_, .kind = PW_FIELD_SETTING, .unit = unit_, .low = low_, .high = high_, .otherwise = otherwise_,              \
      .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_FIXED(key_, unit_, low_, high_, otherwise_, type, member, meaning_)                                            \
    { .key = key_, .kind = PW_FIELD_FIXED, .unit = unit_, .low = low_, .high = high_, .otherwise = otherwise_,                \
      .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_TEXT(key_, type, member, meaning_) { .key = key_, .kind = PW_FIELD_TEXT, .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_FLAG(key_, otherwise_, type, member, meaning_)                                                                 \
    { .key = key_, .kind = PW_FIELD_FLAG, .otherwise = otherwise_, .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_WORD(key_, required_, words_, otherwise_, type, member, meaning_)                                              \
    { .key = key_, .kind = PW_FIELD_WORD, .required = required_, .words = &(words_), .otherwise = otherwise_,          \
      .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_NAME(key_, required_, thing, type, member, meaning_)                                                           \
    { .key = key_, .kind = PW_FIELD_NAME, .required = required_, .unit = thing, .otherwise = -1.0, .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_CHANCE(key_, unit_, high_, otherwise_, type, member, place_, allows_, meaning_)                                \
    { .key = key_, .kind = PW_FIELD_CHANCE, .unit = unit_, .low = 0.0, .high = high_, .otherwise = otherwise_,                \
      .at = offsetof(type, member), .place = place_, .allows = allows_, .meaning = meaning_ }
#define PW_ROW_CHANCE_HERE(key_, unit_, high_, otherwise_, type, member, place_, allows_, meaning_)                           \
    { .key = key_, .kind = PW_FIELD_CHANCE_HERE, .unit = unit_, .low = 0.0, .high = high_, .otherwise = otherwise_,           \
      .at = offsetof(type, member), .place = place_, .allows = allows_, .meaning = meaning_ }
#define PW_ROW_LENGTH(key_, required_, type, member, meaning_)                                                                \
    { .key = key_, .kind = PW_FIELD_LENGTH, .required = required_, .unit = PW_UNIT_DAYS, .high = 36525.0, .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_BITS(key_, allows_, type, member, meaning_)                                                                    \
    { .key = key_, .kind = PW_FIELD_BITS, .allows = allows_, .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_NUMBERS(key_, unit_, low_, high_, type, member, meaning_)                                                      \
    { .key = key_, .kind = PW_FIELD_NUMBERS, .unit = unit_, .low = low_, .high = high_, .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_GROUP(key_, schema_, also_, meaning_) { .key = key_, .kind = PW_FIELD_GROUP, .schema = &(schema_), .also = also_, .meaning = meaning_ }
#define PW_ROW_LIST(key_, schema_, type, member, meaning_)                                                                    \
    { .key = key_, .kind = PW_FIELD_LIST, .schema = &(schema_), .at = offsetof(type, member), .meaning = meaning_ }
#define PW_ROW_ELSEWHERE(key_, schema_, meaning_) { .key = key_, .kind = PW_FIELD_ELSEWHERE, .schema = schema_, .meaning = meaning_ }

#define PW_SCHEMA_GROUP(name, one_, fields) const pw_schema_t name = { .one = one_, .field = fields, .n_fields = PW_LENGTH_OF(fields) }
#define PW_SCHEMA_LIST(name, one_, fields, type, max_)                                                                        \
    const pw_schema_t name = { .one = one_, .field = fields, .n_fields = PW_LENGTH_OF(fields), .size = sizeof(type), .max = max_ }

#endif
