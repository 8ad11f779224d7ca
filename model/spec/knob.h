/* knob.h: a number of the files that can be turned again and again without reading them anew.
 *
 * What question it answers: where does the value at this path live in a spec that has been read, and which values may it take?
 * Floor: spec. Paths are those of --set (tree.h), of any number:
 *   services.supervised_contact.places                  a setting, in all areas; with .AREA at the end, in one
 *   stages.screening.choice.letter.percent              a share, chance, rate, ratio, cost, length of time ...
 *   incidents.percent_by_month.12                       one of a list of plain numbers
 *   evidence.programme_effect                           an estimate, as a draw sets it: values by area move with it, pounds are of its own price year
 * A setting that names an estimate becomes a plain number once its knob is turned. */
#ifndef PW_SPEC_KNOB_H
#define PW_SPEC_KNOB_H

#include "spec.h"

enum pw_knob_kind { PW_KNOB_SETTING, PW_KNOB_LISTED, PW_KNOB_ESTIMATE };

typedef struct {
    int kind;
    pw_setting_t *setting; int area;       /* SETTING: PW_MAX_AREAS: all areas */
    pw_numbers_t *numbers; int place;      /* LISTED: from 0 */
    int estimate;                          /* ESTIMATE: index in the register; of a SETTING: the estimate that it names, -1: none */
    double low, high;                      /* allowed, both ends in */
    bool whole;                            /* whole numbers only */
    double now;                            /* what the files say (an estimate: its value); of a setting that differs by area nan */
    const char *unit;                      /* "places"; "": none */
} pw_knob_t;

/* Finds the number at `path`. False: there is none; `why` then says so, with the nearest path, as a clause without full stop. */
bool pw_knob_find(pw_spec_t *spec, const char *path, pw_knob_t *out, char *why, size_t room);

/* Puts `value` there: a setting or a listed number into the spec, an estimate into `values`. The value must be allowed. */
void pw_knob_turn(const pw_knob_t *self, const pw_spec_t *spec, pw_values_t *values, double value);

#endif
