#include "trace_lines.h"

#include <ctype.h>
#include <string.h>

#include "../base/memory.h"

enum { MOST_PENDING = 32 };

typedef struct { int64_t at; int target; } pending_t;      /* an event that waits for the one it belongs to: kind `target` */

typedef struct {
    pw_trace_lines_t *lines;
    pw_teller_t teller;
    const pw_life_t *life;
    pending_t pending[MOST_PENDING];
    int n;
} maker_t;

/* Kinds of their own, beside enum pw_told_what: chances that are one line together. */
enum { POLICE = PW_TOLD_WHATS, NOT_OFFERED, TAKEN_UP };

/* What an event belongs to; its own kind: to itself; -1: it has no line. */
static int target_of(const pw_told_t *told)
{
    switch (told->what) {
    case PW_TOLD_COST:
    case PW_TOLD_ELIGIBLE: return -1;
    case PW_TOLD_RATE: return told->index == PW_RATE_INCIDENT ? PW_TOLD_RATE : -1;
    case PW_TOLD_CHOICE: return PW_TOLD_MOVED;
    case PW_TOLD_SENT: return POLICE;
    case PW_TOLD_JOINED: return told->yes ? PW_TOLD_JOINED : PW_TOLD_PLACED;
    case PW_TOLD_CHANCE: break;
    default: return told->what;
    }
    switch (told->index) {
    case PW_CHANCE_REMOVED:
    case PW_CHANCE_SPOKEN_TO:
    case PW_CHANCE_NOTIFIED: return POLICE;
    case PW_CHANCE_INTERRUPTED: return told->yes ? PW_TOLD_MOVED : PW_TOLD_CHANCE;
    case PW_CHANCE_VICTIM_ENGAGES:
    case PW_CHANCE_PARTNER_APPROACHED:
    case PW_CHANCE_PARTNER_ENGAGES: return told->yes ? PW_TOLD_ENGAGED : PW_TOLD_CHANCE;
    case PW_CHANCE_SAYS_AT_STAGE:
    case PW_CHANCE_SAYS_WHEN_IT_HAPPENS: return told->yes ? PW_TOLD_SAID_SEPARATED : PW_TOLD_CHANCE;
    case PW_CHANCE_OFFERED: return told->yes ? TAKEN_UP : NOT_OFFERED;
    case PW_CHANCE_TAKEN_UP: return TAKEN_UP;
    case PW_CHANCE_COMPLETED: return PW_TOLD_ATTENDS;
    default: return PW_TOLD_INCIDENT;
    }
}

/* ---- one line ---- */

static void capital(pw_text_t *text, size_t at)
{
    if (text->bytes && at < text->n)
        text->bytes[at] = (char)toupper((unsigned char)text->bytes[at]);
}

/* Adds a sentence, with its full stop, after what is there. */
static void sentence(pw_text_t *to, const char *text)
{
    if (!text[0])
        return;
    pw_text_append(to, to->n ? " " : "");
    size_t at = to->n;
    pw_text_append(to, text);
    pw_text_append(to, ".");
    capital(to, at);
}

static void put(maker_t *self, pw_ticks_t ticks, int64_t last, pw_text_t *what, pw_text_t *why)
{
    pw_trace_lines_t *lines = self->lines;
    if (lines->n == lines->room) {
        int64_t room = lines->room ? 2 * lines->room : 128;
        pw_trace_line_t *grown = pw_realloc(lines->line, (size_t)room, sizeof *grown);
        lines->failed |= !grown;
        if (grown) {
            lines->line = grown;
            lines->room = room;
        }
    }
    lines->failed |= what->failed || why->failed;
    if (!lines->failed) {
        char *first = pw_strdup(pw_text_get(what)), *second = pw_strdup(pw_text_get(why));
        lines->failed |= !first || !second;
        lines->line[lines->n++] = (pw_trace_line_t){ ticks, last, first, second };
    }
    pw_text_free(what);
    pw_text_free(why);
}

/* A reason; where several stand together (`named`), each says what it is the reason of. */
static void reason(const maker_t *self, const pw_told_t *told, bool named, pw_text_t *why)
{
    pw_text_t text = { 0 }, all = { 0 };
    pw_tell_why(self->teller, told, &text);
    if (text.n && named) {
        pw_tell_what(self->teller, told, &all);
        pw_text_append(&all, ": ");
    }
    if (text.n)
        pw_text_append(&all, pw_text_get(&text));
    sentence(why, pw_text_get(&all));
    why->failed |= text.failed || all.failed;
    pw_text_free(&text);
    pw_text_free(&all);
}

/* The pending events of a kind: their reasons, and (if wanted) what they were, with `between` between them. */
static int take(maker_t *self, int target, pw_text_t *what, const char *between, pw_text_t *why, bool named)
{
    int taken = 0, kept = 0;
    for (int i = 0; i < self->n; i++) {
        const pw_told_t *told = &self->life->event[self->pending[i].at];
        if (self->pending[i].target != target) {
            self->pending[kept++] = self->pending[i];
            continue;
        }
        if (what) {
            pw_text_append(what, taken ? between : "");
            pw_tell_what(self->teller, told, what);
        }
        taken++;
        reason(self, told, named, why);
    }
    self->n = kept;
    return taken;
}

static void line_of(maker_t *self, int64_t at)
{
    const pw_told_t *told = &self->life->event[at];
    pw_text_t what = { 0 }, why = { 0 }, text = { 0 };
    pw_tell_what(self->teller, told, &text);
    sentence(&what, pw_text_get(&text));
    reason(self, told, false, &why);
    take(self, told->what, NULL, "", &why, told->what == PW_TOLD_INCIDENT || told->what == PW_TOLD_ATTENDS);
    what.failed |= text.failed;
    pw_text_free(&text);
    put(self, told->ticks, at, &what, &why);
}

static int n_pending(const maker_t *self, int target)
{
    int n = 0;
    for (int i = 0; i < self->n; i++)
        n += self->pending[i].target == target;
    return n;
}

/* Pending events of a kind that make a line of their own. */
static void line_together(maker_t *self, int target, const char *head, pw_ticks_t ticks, int64_t last)
{
    pw_text_t what = { 0 }, why = { 0 }, text = { 0 };
    pw_text_append(&text, head);
    if (take(self, target, &text, "; ", &why, n_pending(self, target) > 1))
        sentence(&what, pw_text_get(&text));
    if (what.n) {
        put(self, ticks, last, &what, &why);
    } else {
        pw_text_free(&what);
        pw_text_free(&why);
    }
    pw_text_free(&text);
}

/* What waits and will not be fetched any more. */
static void flush(maker_t *self, int64_t last)
{
    if (self->n == 0)
        return;
    pw_ticks_t ticks = self->life->event[self->pending[0].at].ticks;
    line_together(self, POLICE, "Police attend: ", ticks, last);
    line_together(self, TAKEN_UP, "", ticks, last);
    line_together(self, NOT_OFFERED, "", ticks, last);
    while (self->n > 0)
        line_together(self, self->pending[0].target, "", ticks, last);
}

static void wait(maker_t *self, int64_t at, int target)
{
    if (self->n == MOST_PENDING)
        flush(self, at);
    self->pending[self->n++] = (pending_t){ at, target };
}


static void add(maker_t *self, int64_t at)
{
    const pw_told_t *told = &self->life->event[at];
    int target = target_of(told);
    if (target < 0)
        return;
    if (self->n > 0 && self->life->event[self->pending[0].at].ticks != told->ticks)
        flush(self, at - 1);
    /* groups end when something else happens */
    if (target != POLICE && n_pending(self, POLICE) > 0)
        line_together(self, POLICE, "Police attend: ", told->ticks, at - 1);
    if (target == NOT_OFFERED || target == TAKEN_UP) {
        bool new_service = told->index == PW_CHANCE_OFFERED && n_pending(self, TAKEN_UP) > 0;
        if (new_service)
            line_together(self, TAKEN_UP, "", told->ticks, at - 1);
        wait(self, at, target);
        return;
    }
    line_together(self, TAKEN_UP, "", told->ticks, at - 1);
    if (target == told->what)
        line_of(self, at);
    else
        wait(self, at, target);
}

pw_status_t pw_trace_lines_make(pw_trace_lines_t *self, const pw_trace_t *trace, int life)
{
    maker_t maker = { .lines = self, .teller = { trace, life }, .life = &trace->life[life] };
    for (int64_t k = 0; k < maker.life->n && !self->failed; k++)
        add(&maker, k);
    flush(&maker, maker.life->n - 1);
    return self->failed ? PW_ERROR_MEMORY : PW_OK;
}

void pw_trace_lines_free(pw_trace_lines_t *self)
{
    for (int64_t k = 0; k < self->n; k++) {
        pw_free(self->line[k].what);
        pw_free(self->line[k].why);
    }
    pw_free(self->line);
    *self = (pw_trace_lines_t){ 0 };
}

int64_t pw_trace_lines_find(const pw_trace_lines_t *self, int64_t at)
{
    int64_t k = 0;
    while (k < self->n && self->line[k].last < at)
        k++;
    return k;
}
