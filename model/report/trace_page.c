#include "trace_page.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "../base/number.h"
#include "explain.h"

enum { TIME_WIDTH = 29, ALONE_WIDTH = 71, BESIDE_WIDTH = 46, GAP = 3 };

/* ---- columns ---- */

/* The next piece of a text that fits into `width` columns, broken at a blank; moves *text on. */
static void piece(const char **text, size_t width, pw_text_t *out)
{
    const char *at = *text;
    size_t used = 0;
    while (*at) {
        size_t n = strcspn(at, " ");
        char word[256];
        size_t m = n < sizeof word - 1 ? n : sizeof word - 1;
        memcpy(word, at, m);
        word[m] = '\0';
        size_t wide = pw_text_width(word);
        if (used > 0 && used + 1 + wide > width)
            break;
        pw_text_append(out, used ? " " : "");
        pw_text_append_bytes(out, at, n);
        used += wide + (used > 0);
        at += n + strspn(at + n, " ");
    }
    *text = at;
}

/* What a column holds: what happened, then the reason, set in. */
typedef struct { const char *what, *why; } column_t;

static bool is_done(const column_t *column) { return !*column->what && !*column->why; }

static void next_line(column_t *column, size_t width, pw_text_t *out)
{
    if (*column->what) {
        piece(&column->what, width, out);
    } else if (*column->why) {
        pw_text_append(out, "  ");
        piece(&column->why, width - 2, out);
    }
}

static void time_of(const pw_trace_t *trace, pw_ticks_t t, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    pw_text_t date = { 0 };
    pw_tell_date(trace, t, &date);
    pw_text_printf(out, "%9s  %-16s  ", pw_number_decimals(pw_tell_day(trace, t), 1, number), pw_text_get(&date));
    pw_text_free(&date);
}

/* One row: its time, and one or two columns. */
static void row(const pw_trace_t *trace, pw_ticks_t ticks, const pw_trace_line_t *const line[2], int n, size_t width, pw_text_t *out)
{
    column_t column[2] = { { "", "" }, { "", "" } };
    for (int c = 0; c < n; c++)
        if (line[c])
            column[c] = (column_t){ line[c]->what, line[c]->why };
    for (bool first = true; first || !is_done(&column[0]) || !is_done(&column[1]); first = false) {
        pw_text_t text = { 0 };
        if (first)
            time_of(trace, ticks, &text);
        else
            pw_text_repeat(&text, " ", TIME_WIDTH);
        for (int c = 0; c < n; c++) {
            pw_text_t cell = { 0 };
            next_line(&column[c], width, &cell);
            pw_text_append(&text, pw_text_get(&cell));
            if (c + 1 < n && !is_done(&column[1]))
                pw_text_repeat(&text, " ", width + GAP - pw_text_width(pw_text_get(&cell)));
            out->failed |= cell.failed;
            pw_text_free(&cell);
        }
        while (text.n > 0 && text.bytes[text.n - 1] == ' ')
            text.bytes[--text.n] = '\0';
        pw_text_append(out, pw_text_get(&text));
        pw_text_append(out, "\n");
        out->failed |= text.failed;
        pw_text_free(&text);
    }
}

/* ---- the head ---- */

const char *pw_pick_word(int pick)
{
    static const char *const words[PW_PICKS] = { "", "typical", "most-helped", "most-harmed", "longest-wait" };
    return words[pick];
}

void pw_pick_sentence(const pw_trace_t *trace, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    double x = trace->picked;
    switch (trace->request.pick) {
    case PW_PICK_TYPICAL:
        pw_text_append(out, "Found as a typical family: its incidents, notifications and times helped under the baseline lie nearest the cohort's medians");
        pw_tell_number(" (", x, out);
        pw_text_append(out, " away, all three together).");
        break;
    case PW_PICK_MOST_HELPED:
    case PW_PICK_MOST_HARMED:
        pw_text_printf(out, "Found as the family with the largest %s in incidents during the follow-up: %s %s than under the baseline. With luck alone some "
                       "families fare better and others worse.",
                       trace->request.pick == PW_PICK_MOST_HELPED ? "fall" : "rise", pw_number_decimals(x, 0, number),
                       trace->request.pick == PW_PICK_MOST_HELPED ? "fewer" : "more");
        break;
    case PW_PICK_LONGEST_WAIT:
        pw_text_printf(out, "Found as the family with the longest wait that ended during the follow-up: %s days.", pw_number_decimals(x, 0, number));
        break;
    default: break;
    }
}

static void paragraph(const char *text, pw_text_t *out)
{
    pw_explain_wrap(text, 0, 0, out);
}

static void head(const pw_trace_t *trace, bool beside, pw_text_t *out)
{
    const pw_trace_request_t *request = &trace->request;
    const pw_spec_t *now = request->spec[request->n_scenarios - 1];
    pw_text_t text = { 0 };
    pw_text_printf(out, "Family %u in %s\n", trace->family, pw_spec_area_name(request->spec[0], trace->area));
    pw_text_printf(&text, "%s%s, replication %lld of seed %llu, ", beside ? "The baseline beside: " : "", request->n_scenarios > 1 ? now->title ? now->title
                   : now->name : "The baseline", (long long)request->replication, (unsigned long long)request->seed);
    if (request->draw < 0)
        pw_text_append(&text, "every estimate at its value.");
    else
        pw_text_printf(&text, "draw %lld of the estimates.", (long long)request->draw);
    paragraph(pw_text_get(&text), out);
    pw_text_clear(&text);
    if (request->pick != PW_PICK_NONE) {
        pw_pick_sentence(trace, &text);
        paragraph(pw_text_get(&text), out);
        pw_text_clear(&text);
    }
    if (trace->in_cohort) {
        pw_text_append(&text, "Days count from its index, on ");
        pw_tell_date(trace, trace->record[0].index_ticks, &text);
        pw_text_append(&text, ".");
    } else {
        pw_text_append(&text, "The family is not in the cohort: police did not notify it in the intake months under the baseline. Days count from day 0.");
    }
    pw_text_append(&text, " Year 1 begins on day 0, when policies start; years 0 and earlier are the warm-up, under the baseline; a month has 30.4 days. A "
                   "chance's ratios count from the average family, so that what does "
                          "not hold counts too.");
    paragraph(pw_text_get(&text), out);
    out->failed |= text.failed;
    pw_text_free(&text);
}

/* No single difference is a finding: another way to use the same random numbers would pair the family's two lives otherwise. */
static void coupling(bool alone, pw_text_t *out)
{
    if (alone) {
        paragraph("One simulated family, not a person's history. What holds of families cannot be read from a single one: `run` says it of many.", out);
        return;
    }
    paragraph("One simulated family, not a person's history. That this family's two lives belong together rests on how the simulation uses its random numbers "
              "(the k-th incident, the k-th "
              "offer have the same luck in both): another, equally right way would pair other lives. Whom a policy helps or harms cannot be read from single "
              "families; only the net "
              "differences over many, as `run` gives them, are identified.", out);
}

/* ---- what it comes to ---- */

static void sum_line(const char *label, const double value[2], int from, int to, int decimals, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    pw_text_printf(out, "  %-44s", label);
    for (int s = from; s <= to; s++)
        pw_text_printf(out, "%14s", pw_number_decimals(value[s], decimals, number));
    pw_text_append(out, "\n");
}

static void sums(const pw_trace_t *trace, int from, int to, pw_text_t *out)
{
    static const struct { const char *label; int count, reach; } lines[] = {
        { "incidents", -1, PW_REACH_OCCURRED }, { "  reported to police", -1, PW_REACH_REPORTED }, { "  notified to social services", -1, PW_REACH_NOTIFIED },
        { "notifications that arrived", PW_COUNT_notifications, 0 }, { "letters", PW_COUNT_letters, 0 },
        { "initial assessments", PW_COUNT_initial_assessments, 0 },
        { "core assessments", PW_COUNT_core_assessments, 0 }, { "cases closed after work", PW_COUNT_closed, 0 } };
    if (!trace->in_cohort)
        return;
    pw_text_append(out, "\nIn its follow-up, as `run` counts it and as these events come to, to the last digit:\n");
    pw_text_printf(out, "  %-44s", "");
    for (int s = from; s <= to; s++)
        pw_text_printf(out, "%14.13s", s == 0 ? "baseline" : "the scenario");
    pw_text_append(out, "\n");
    for (size_t k = 0; k < sizeof lines / sizeof lines[0]; k++) {
        double value[2];
        for (int s = 0; s < 2; s++)
            value[s] = lines[k].count >= 0 ? trace->record[s].count[lines[k].count] : trace->record[s].harm[PW_HARM_ANY][lines[k].reach];
        sum_line(lines[k].label, value, from, to, 0, out);
    }
    double pounds[2] = { 0.0, 0.0 };
    for (int s = 0; s < 2; s++)
        for (int p = 0; p < PW_PAYERS; p++)
            pounds[s] += trace->record[s].cost[p];
    sum_line("its own use, pounds", pounds, from, to, 2, out);
}

/* ---- one life ---- */

/* When the incident happened that led to the index, under the baseline. */
static pw_ticks_t index_incident(const pw_trace_t *trace)
{
    const pw_life_t *life = &trace->life[0];
    int64_t index = 0;
    while (index < life->n && !(life->event[index].what == PW_TOLD_ARRIVED && life->event[index].other))
        index++;
    for (int64_t k = index - 1; k >= 0 && index < life->n; k--)
        if (life->event[k].what == PW_TOLD_INCIDENT && life->event[k].index == life->event[index].index)
            return life->event[k].ticks;
    return trace->record[0].index_ticks;
}

static void n_of(int64_t n, const char *one, const char *many, pw_text_t *out)
{
    char number[PW_NUMBER_ROOM];
    if (n == 0)
        pw_text_printf(out, "no %s", one);
    else
        pw_text_printf(out, "%s %s", pw_number_decimals((double)n, 0, number), n == 1 ? one : many);
}

/* What stands for the lines between the entry and `until`. */
static void say_left_out(const pw_trace_t *trace, int s, pw_ticks_t until, int64_t left_out, pw_text_t *out)
{
    int64_t n = 0, told = 0, arrived = 0, cases = 0;
    for (int64_t k = 0; k < trace->life[s].n && trace->life[s].event[k].ticks < until; k++) {
        const pw_told_t *event = &trace->life[s].event[k];
        n += event->what == PW_TOLD_INCIDENT;
        told += event->what == PW_TOLD_INCIDENT && event->yes;
        arrived += event->what == PW_TOLD_ARRIVED;
        cases += event->what == PW_TOLD_MOVED && event->index < 0;
    }
    pw_text_t text = { 0 };
    char number[PW_NUMBER_ROOM];
    pw_text_printf(&text, "Between its entry and day %s: ", pw_number_decimals(pw_tell_day(trace, until), 1, number));
    n_of(n, "incident", "incidents", &text);
    if (n > 0)
        pw_text_printf(&text, " (the police were told of %lld)", (long long)told);
    pw_text_append(&text, ", ");
    n_of(arrived, "notification", "notifications", &text);
    pw_text_append(&text, " that arrived and ");
    n_of(cases, "case", "cases", &text);
    pw_text_printf(&text, " that opened (%lld more line%s with --from entry).", (long long)left_out, left_out == 1 ? "" : "s");
    pw_text_append(out, "\n");
    paragraph(pw_text_get(&text), out);
    pw_text_append(out, "\n");
    out->failed |= text.failed;
    pw_text_free(&text);
}

static void one_row(const pw_trace_t *trace, const pw_trace_line_t *line, pw_text_t *out)
{
    row(trace, line->ticks, (const pw_trace_line_t *const[2]){ line, NULL }, 1, ALONE_WIDTH, out);
}

/* The lines before line `end` of life s, each on its own. */
static void one_life(const pw_trace_t *trace, const pw_trace_lines_t *lines, int s, int64_t end, enum pw_trace_from from, pw_text_t *out)
{
    int64_t k = 1;
    pw_ticks_t until = 0;
    if (from == PW_TRACE_FROM_INDEX && trace->in_cohort && end > 0) {
        until = index_incident(trace);
        if (end < lines->n && lines->line[end].ticks < until)
            until = lines->line[end].ticks;
        while (k < end && lines->line[k].ticks < until)
            k++;
    }
    if (end > 0)
        one_row(trace, &lines->line[0], out);
    if (k > 1)
        say_left_out(trace, s, until, k - 1, out);
    for (; k < end; k++)
        one_row(trace, &lines->line[k], out);
}

/* ---- two lives ---- */

static bool same_line(const pw_trace_line_t *a, const pw_trace_line_t *b) { return a->ticks == b->ticks && strcmp(a->what, b->what) == 0; }

static void quote(const char *head_of, const pw_trace_lines_t *lines, int64_t at, pw_text_t *out)
{
    pw_text_append(out, head_of);
    if (at >= lines->n) {
        pw_text_append(out, "nothing more happens.");
        return;
    }
    assert(lines->line);
    pw_text_append(out, lines->line[at].what);
    if (lines->line[at].why[0]) {
        pw_text_append(out, " (");
        pw_text_append_bytes(out, lines->line[at].why, strlen(lines->line[at].why) - 1);
        pw_text_append(out, ".)");
    }
}

/* The chance or choice just before an event that decided it: the last one at its tick that the other life took too, with the same number drawn. */
static const pw_told_t *decided(const pw_life_t *life, int64_t at, pw_ticks_t t)
{
    for (int64_t k = at < life->n ? at : life->n - 1; k >= 0 && life->event[k].ticks >= t; k--)
        if (life->event[k].ticks == t && (life->event[k].what == PW_TOLD_CHANCE || life->event[k].what == PW_TOLD_CHOICE))
            return &life->event[k];
    return NULL;
}

static void say_same_luck(const pw_trace_t *trace, const int64_t at[2], pw_ticks_t t, pw_text_t *out)
{
    const pw_told_t *a = decided(&trace->life[0], at[0], t), *b = decided(&trace->life[1], at[1], t);
    if (!a || !b || a->what != b->what || a->index != b->index || a->drawn != b->drawn)
        return;
    if (a->what == PW_TOLD_CHANCE && (a->yes == b->yes || a->other != b->other))
        return;
    if (a->what == PW_TOLD_CHOICE && a->other == b->other)
        return;
    pw_tell_number(" The number drawn is the same, ", a->drawn, out);
    pw_text_append(out, "; what it is held against is not.");
}

/* `line`: the lines at which the lives part; `at`: the events. */
static void say_parting(const pw_trace_t *trace, const pw_trace_lines_t lines[2], const int64_t at[2], const int64_t line[2], pw_text_t *out)
{
    pw_text_t text = { 0 };
    pw_ticks_t when[2];
    for (int s = 0; s < 2; s++)
        when[s] = at[s] < trace->life[s].n ? trace->life[s].event[at[s]].ticks : PW_TICKS_NEVER;
    pw_ticks_t t = when[0] < when[1] ? when[0] : when[1];
    char number[PW_NUMBER_ROOM];
    pw_text_printf(&text, "The two lives part on day %s (", pw_number_decimals(pw_tell_day(trace, t), 1, number));
    pw_tell_date(trace, t, &text);
    pw_text_append(&text, ").");
    if (when[1] <= when[0])
        quote(" Under the scenario: ", &lines[1], line[1], &text);
    if (when[0] <= when[1])
        quote(" Under the baseline: ", &lines[0], line[0], &text);
    if (when[1] < when[0])
        pw_text_append(&text, " The baseline has nothing of the kind then.");
    if (when[0] < when[1])
        pw_text_append(&text, " The scenario has nothing of the kind then.");
    if (when[0] == when[1])
        say_same_luck(trace, at, t, &text);
    pw_text_append(out, "\n");
    paragraph(pw_text_get(&text), out);
    out->failed |= text.failed;
    pw_text_free(&text);
}

static void side_by_side(const pw_trace_t *trace, const pw_trace_lines_t lines[2], int64_t left, int64_t right, pw_text_t *out)
{
    pw_text_printf(out, "\n%*s%-*s%s\n", TIME_WIDTH, "", BESIDE_WIDTH + GAP, "under the baseline", "under the scenario");
    while (left < lines[0].n || right < lines[1].n) {
        const pw_trace_line_t *a = left < lines[0].n ? &lines[0].line[left] : NULL, *b = right < lines[1].n ? &lines[1].line[right] : NULL;
        static const pw_trace_line_t likewise = { 0, 0, (char *)"the same", (char *)"" };
        const pw_trace_line_t *both[2] = { a, b };
        assert(a || b);
        if (a && b && same_line(a, b)) {
            if (strcmp(a->why, b->why) == 0)
                both[1] = &likewise;
            left++;
            right++;
        } else if (!b || (a && a->ticks <= b->ticks)) {
            both[1] = NULL;
            left++;
        } else {
            both[0] = NULL;
            right++;
        }
        row(trace, both[0] ? both[0]->ticks : b->ticks, both, 2, BESIDE_WIDTH, out);
    }
}

static bool has_line(const pw_trace_lines_t *lines, const pw_trace_line_t *wanted)
{
    for (int64_t k = 0; k < lines->n; k++)
        if (same_line(&lines->line[k], wanted))
            return true;
    return false;
}

/* What led to the parting at its very moment and happened in one life only (an offer, say) belongs to it. */
static int64_t step_back(const pw_trace_lines_t *mine, const pw_trace_lines_t *other, int64_t at)
{
    while (at > 0 && at < mine->n && mine->line[at - 1].ticks == mine->line[at].ticks && !has_line(other, &mine->line[at - 1]))
        at--;
    return at;
}

static void both_lives(const pw_trace_t *trace, const pw_trace_lines_t lines[2], enum pw_trace_from from, pw_text_t *out)
{
    int64_t at[2], line[2] = { lines[0].n, lines[1].n };
    bool part = pw_trace_parting(&trace->life[0], &trace->life[1], at);
    for (int s = 0; s < 2 && part; s++)
        line[s] = step_back(&lines[s], &lines[1 - s], pw_trace_lines_find(&lines[s], at[s]));
    pw_text_append(out, part ? "\nUnder both alike:\n\n" : "\nThe two lives never part: the scenario changes nothing that happens to this family.\n\n");
    one_life(trace, &lines[0], 0, line[0], from, out);
    if (!part)
        return;
    say_parting(trace, lines, at, line, out);
    side_by_side(trace, lines, line[0], line[1], out);
}

pw_status_t pw_trace_page(const pw_trace_t *trace, bool beside, enum pw_trace_from from, pw_text_t *out)
{
    pw_trace_lines_t lines[2] = { { 0 }, { 0 } };
    int to = trace->request.n_scenarios - 1, first = beside ? 0 : to;
    pw_status_t status = PW_OK;
    for (int s = first; s <= to && status == PW_OK; s++)
        status = pw_trace_lines_make(&lines[s], trace, s);
    if (status == PW_OK) {
        head(trace, beside, out);
        if (beside) {
            both_lives(trace, lines, from, out);
        } else {
            pw_text_append(out, "\n");
            one_life(trace, &lines[to], to, lines[to].n, from, out);
        }
        sums(trace, first, to, out);
        pw_text_append(out, "\n");
        coupling(trace->request.n_scenarios == 1, out);
        status = out->failed ? PW_ERROR_MEMORY : PW_OK;
    }
    for (int s = 0; s < 2; s++)
        pw_trace_lines_free(&lines[s]);
    return status;
}
