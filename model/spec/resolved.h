/* resolved.h: every value in force, and which line of which file set it.
 *
 * What question it answers: after layering, what does the model run on, and who said so?
 * Floor: spec. The text is made from the layered tree: one line a value, `path = value  # file:line`, in the order of the files;
 * paths as `--set` takes them. What a scenario takes out is a comment. */
#ifndef PW_SPEC_RESOLVED_H
#define PW_SPEC_RESOLVED_H

#include "../base/text.h"
#include "spec.h"

/* Appends the text; memory running out shows in out->failed. */
void pw_resolved_write(const pw_spec_t *spec, pw_text_t *out);
/* The same values without their origins: two specs of one text say the same, whichever lines of whichever files said it. */
void pw_resolved_values(const pw_spec_t *spec, pw_text_t *out);

#endif
