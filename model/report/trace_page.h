/* trace_page.h: one family's life as a page to read.
 *
 * What question it answers: what happened to this family, one line an event, with the reason; and beside the baseline, where do the two lives part
 * and why?
 * Floor: report. 100 columns; 124 where two lives stand side by side. */
#ifndef PW_REPORT_TRACE_PAGE_H
#define PW_REPORT_TRACE_PAGE_H

#include "trace_lines.h"

/* From where a life is told. The index: from the incident whose notification is the index under the baseline, or from where the lives part if that is
 * earlier; its entry and a sentence stand for what was before. A family outside the cohort has no index: from its entry. */
enum pw_trace_from { PW_TRACE_FROM_INDEX, PW_TRACE_FROM_ENTRY };

/* Appends the page. `beside`: both lives, after where they part side by side (needs a scenario); else the scenario's life, or the baseline's if there
 * is none. The trace has a family (`exists`). PW_ERROR_MEMORY. */
pw_status_t pw_trace_page(const pw_trace_t *trace, bool beside, enum pw_trace_from from, pw_text_t *out);

/* A rule of --pick as a word, and as a sentence that says what it found. */
const char *pw_pick_word(int pick);
void pw_pick_sentence(const pw_trace_t *trace, pw_text_t *out);

#endif
