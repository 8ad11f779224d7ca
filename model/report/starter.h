/* starter.h: a scenario file to start from.
 *
 * What question it answers: what does the smallest whole policy look like, with a word beside every line?
 * Floor: report. The text passes `check` as it is written: one new service, three estimates, comments that say what to change. */
#ifndef PW_REPORT_STARTER_H
#define PW_REPORT_STARTER_H

#include "../base/text.h"

enum { PW_STARTER_NAME = 28 };     /* the estimates' names have endings and stay below 40 characters */

/* Whether `name` can name a scenario and its service: small letters, digits and _, a letter first, at most PW_STARTER_NAME. If not,
 * `suggestion` receives the nearest that can ("School worker" -> "school_worker"), or "". */
bool pw_starter_name(const char *name, char suggestion[PW_STARTER_NAME + 1]);

/* Appends the text; `base` as the file will say it (relative to its own folder). Memory running out shows in out->failed. */
void pw_starter_write(const char *name, const char *base, pw_text_t *out);

#endif
