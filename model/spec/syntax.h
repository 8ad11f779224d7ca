/* syntax.h: what is wrong with the order of the words, in a sentence.
 *
 * What question it answers: could libconfig read this, and if not, what would a colleague say?
 * libconfig's own word for nearly everything is "syntax error". This walks the same grammar (libconfig 1.5, manual section 4) to say
 * more, and finds every setting that is given twice, with both lines.
 * Floor: spec. */
#ifndef PW_SPEC_SYNTAX_H
#define PW_SPEC_SYNTAX_H

#include "source.h"

/* PW_OK, or PW_ERROR_INPUT with at least one finding, or PW_ERROR_MEMORY. */
pw_status_t pw_syntax_check(const pw_source_t *source, pw_findings_t *findings);

#endif
