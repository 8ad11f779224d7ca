#include "map.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

#include "../base/number.h"
#include "digits.h"

/* Blue and vermilion of Okabe and Ito (2008), told apart by colour-blind readers, on white and from grey. */
#define ADDED "#0072B2"
#define TAKEN_OUT "#D55E00"
#define UNUSED "#767676"

enum mark { MARK_ABSENT, MARK_KEPT, MARK_ADDED, MARK_REMOVED };
enum { TITLE_COLUMNS = 100, SERVICE_COLUMNS = 32, OUTSIDE = PW_MAX_STAGES };
enum start { START_POLICE, START_OTHERS, START_OPEN, STARTS };

typedef struct {
    const pw_spec_t *before, *now;
    const pw_pilot_reach_t *reach;
    const pw_map_run_t *run;
    pw_text_t *out;
} map_t;

/* ---- texts ---- */

static void escape(const char *text, size_t n, bool is_name, pw_text_t *out)
{
    for (size_t i = 0; i < n; i++) {
        switch (text[i]) {
        case '"': pw_text_append(out, "&quot;"); break;
        case '&': pw_text_append(out, "&amp;"); break;
        case '<': pw_text_append(out, "&lt;"); break;
        case '>': pw_text_append(out, "&gt;"); break;
        case '\\': pw_text_append(out, "&#92;"); break;
        default: pw_text_append_bytes(out, (unsigned char)text[i] < ' ' || (is_name && text[i] == '_') ? " " : text + i, 1);
        }
    }
}

void pw_map_escape(const char *text, pw_text_t *out) { escape(text, strlen(text), false, out); }

/* A name of the files as a person would write it: "core assessment". */
static void put_name(const char *name, pw_text_t *out) { escape(name, strlen(name), true, out); }

/* Graphviz breaks no lines: breaks after the last blank that leaves at most `columns`. */
static void put_lines(const char *text, size_t columns, pw_text_t *out)
{
    while (strlen(text) > columns) {
        size_t n = columns;
        while (n > 0 && text[n] != ' ')
            n--;
        if (n == 0)
            n = strcspn(text, " ");
        escape(text, n, false, out);
        text += n + strspn(text + n, " ");
        if (*text == '\0')
            return;
        pw_text_append(out, "<BR/>");
    }
    pw_map_escape(text, out);
}

static const char *sign_of(int mark) { return mark == MARK_ADDED ? "+ " : mark == MARK_REMOVED ? "- " : ""; }
static const char *colour_of(int mark) { return mark == MARK_ADDED ? ADDED : mark == MARK_REMOVED ? TAKEN_OUT : "black"; }

/* ---- what the scenario does to an element of a list ---- */

static int mark_of(const pw_item_t *from, const pw_item_t *to)
{
    bool was = from && !from->removed, is = to && !to->removed;
    return was ? is ? MARK_KEPT : MARK_REMOVED : is ? MARK_ADDED : MARK_ABSENT;
}

#define ITEM(list, i) ((i) < (list).n ? &(list).item[i] : NULL)
#define MARK(a, b) mark_of((a) ? &(a)->is : NULL, (b) ? &(b)->is : NULL)

static int stage_mark(const map_t *self, int i)
{
    const pw_stage_spec_t *before = ITEM(self->before->stages, i);
    return MARK(before, &self->now->stages.item[i]);
}

/* ---- services offered ---- */

static void put_service(const pw_service_spec_t *service, int mark, pw_text_t *out)
{
    pw_text_printf(out, "<BR/><FONT POINT-SIZE=\"9\"%s%s%s>%s", mark == MARK_KEPT ? "" : " COLOR=\"", mark == MARK_KEPT ? "" : colour_of(mark),
                   mark == MARK_KEPT ? "" : "\"", mark == MARK_KEPT ? "offered: " : mark == MARK_ADDED ? "+ offered: " : "- offered: ");
    put_lines(service->title ? service->title : service->is.name, SERVICE_COLUMNS, out);
    pw_text_append(out, "</FONT>");
}

/* The services offered at `at`: a stage, or an enum pw_offer_point. */
static void put_services(const map_t *self, int at, pw_text_t *out)
{
    for (int s = 0; s < self->now->services.n; s++) {
        const pw_service_spec_t *now = &self->now->services.item[s], *before = ITEM(self->before->services, s);
        for (int k = 0; k < now->offered.n || (before && k < before->offered.n); k++) {
            const pw_offer_spec_t *to = ITEM(now->offered, k), *from = before ? ITEM(before->offered, k) : NULL;
            bool was = from && !before->is.removed && !from->is.removed, is = to && !now->is.removed && !to->is.removed;
            if ((was || is) && (to ? to : from)->at == at)
                put_service(now, was ? is ? MARK_KEPT : MARK_REMOVED : MARK_ADDED, out);
        }
    }
}

/* ---- nodes ---- */

static void put_team(const map_t *self, int i, pw_text_t *out)
{
    const pw_stage_spec_t *stage = &self->now->stages.item[i];
    if (stage->team < 0)
        return;
    pw_text_append(out, "<BR/><FONT POINT-SIZE=\"10\"><I>");
    put_name(self->now->teams.item[stage->team].is.name, out);
    pw_text_append(out, " team</I></FONT>");
}

static void put_stage(const map_t *self, int i)
{
    const pw_stage_spec_t *stage = &self->now->stages.item[i];
    int mark = stage_mark(self, i);
    if (mark == MARK_ABSENT)
        return;
    pw_text_printf(self->out, "  \"%s\" [label=<<B>%s", stage->is.name, sign_of(mark));
    put_name(stage->is.name, self->out);
    pw_text_append(self->out, "</B>");
    put_team(self, i, self->out);
    put_services(self, i, self->out);
    pw_text_printf(self->out, ">, style=\"filled%s%s\", color=\"%s\", fillcolor=\"%s\"];\n", stage->end ? ",rounded" : "", mark == MARK_REMOVED ? ",dotted"
                   : "", colour_of(mark), mark == MARK_ADDED ? "#E3F1FA" : stage->end ? "#F2F2F2" : "white");
}

/* ---- edges ---- */

typedef struct {
    const char *from, *to, *words;         /* words: plain, may be "" */
    int mark;
    bool dashed, counted, together;        /* together: the share is of all ways between the two stages */
    double cases, whole;                   /* counted: the share is known */
} edge_t;

static void put_edge(const map_t *self, const edge_t *edge)
{
    bool unused = edge->counted && edge->cases == 0.0 && edge->mark != MARK_REMOVED;
    const char *colour = unused && edge->mark == MARK_KEPT ? UNUSED : colour_of(edge->mark);
    pw_text_t *out = self->out;
    pw_text_printf(out, "  \"%s\" -> \"%s\" [label=<%s%s%s", edge->from, edge->to, edge->words[0] ? "" : " ", sign_of(edge->mark), edge->words);
    if (edge->counted && edge->mark != MARK_REMOVED) {
        pw_text_append(out, edge->words[0] ? "<BR/><B>" : "<B>");
        pw_text_append(out, edge->together ? "together " : "");
        pw_put_share(edge->whole > 0.0 ? edge->cases / edge->whole : 0.0, out);
        pw_text_append(out, "</B>");
    }
    pw_text_printf(out, "%s>, color=\"%s\", fontcolor=\"%s\", style=%s", edge->words[0] ? "" : " ", unused ? UNUSED : colour, colour,
                   edge->mark == MARK_REMOVED ? "dotted" : edge->dashed ? "dashed" : "solid");
    if (edge->counted && edge->whole > 0.0 && edge->mark != MARK_REMOVED) {     /* wider where more go */
        char width[PW_NUMBER_ROOM];
        pw_text_printf(out, ", penwidth=%s", pw_number_decimals(1.0 + 2.0 * edge->cases / edge->whole, 2, width));
    }
    if (edge->mark == MARK_REMOVED)
        pw_text_append(out, ", penwidth=1.8");
    pw_text_append(out, "];\n");
}

static bool is_counted(const map_t *self) { return self->reach || self->run; }

/* Cases, or per 100 families. */
static double flow(const map_t *self, int from, int to) { return self->run ? self->run->flow[from][to] : (double)self->reach->flow[from][to]; }

/* Ways from one stage to another that are open now. */
static int ways(const map_t *self, int from, int to)
{
    const pw_stage_spec_t *stage = &self->now->stages.item[from];
    int n = stage->wait_limit.node && stage->wait_limit.to == to;
    for (int k = 0; k < stage->choice.n; k++)
        n += !stage->choice.item[k].is.removed && stage->choice.item[k].to == to;
    for (int k = 0; k < stage->on.n; k++)
        n += !stage->on.item[k].is.removed && stage->on.item[k].to == to;
    return n;
}

/* One way out of stage `from`; nothing if it leads nowhere or never was. */
static void put_way(const map_t *self, int from, int to, const char *words, bool dashed, int mark, int64_t counted)
{
    int stage = stage_mark(self, from);
    if (to < 0 || mark == MARK_ABSENT || stage == MARK_ABSENT || stage_mark(self, to) == MARK_ABSENT)
        return;
    edge_t edge = { .from = self->now->stages.item[from].is.name, .to = self->now->stages.item[to].is.name, .words = words, .dashed = dashed };
    edge.mark = stage == MARK_REMOVED ? MARK_REMOVED : mark;
    edge.counted = is_counted(self);
    edge.cases = self->run ? flow(self, from, to) : (double)counted;
    edge.together = self->run && ways(self, from, to) > 1;
    for (int k = 0; edge.counted && k < self->now->stages.n; k++)
        edge.whole += flow(self, from, k);
    put_edge(self, &edge);
}

/* The run counts cases from stage to stage, and those that an event or the wait's limit moved: what is left of them was decided. */
static int64_t decided(const map_t *self, int from, int to)
{
    const pw_stage_spec_t *stage = &self->now->stages.item[from];
    if (!self->reach)
        return 0;
    int64_t cases = self->reach->flow[from][to];
    for (int k = 0; k < stage->on.n; k++)
        if (!stage->on.item[k].is.removed && stage->on.item[k].to == to)
            cases -= self->reach->interrupted[from][stage->on.item[k].event];
    return cases - (stage->wait_limit.node && stage->wait_limit.to == to ? self->reach->wait_limited[from] : 0);
}

static void put_choice(const map_t *self, int i)
{
    const pw_stage_spec_t *now = &self->now->stages.item[i], *before = ITEM(self->before->stages, i);
    for (int k = 0; k < now->choice.n || (before && k < before->choice.n); k++) {
        const pw_exit_spec_t *to = ITEM(now->choice, k), *from = before ? ITEM(before->choice, k) : NULL;
        assert(to || from);
        int target = (to ? to : from)->to;
        put_way(self, i, target, "", false, MARK(from, to), target < 0 ? 0 : decided(self, i, target));
    }
}

/* An event that leads elsewhere now: a way taken out, and one added. */
static void put_interrupts(const map_t *self, int i)
{
    static const char *const events[PW_INTERRUPT_EVENTS] = { "an incident", "a notification", "separation<BR/>reported", "couple<BR/>reunites",
                                                             "partner<BR/>disengages", "victim<BR/>disengages" };
    const pw_stage_spec_t *now = &self->now->stages.item[i], *before = ITEM(self->before->stages, i);
    for (int k = 0; k < now->on.n || (before && k < before->on.n); k++) {
        const pw_interrupt_spec_t *to = ITEM(now->on, k), *from = before ? ITEM(before->on, k) : NULL;
        assert(to || from);
        int event = (to ? to : from)->event, mark = MARK(from, to);
        int64_t cases = self->reach ? self->reach->interrupted[i][event] : 0;
        if (mark == MARK_KEPT && from && to && from->to != to->to) {
            put_way(self, i, from->to, events[event], true, MARK_REMOVED, 0);
            mark = MARK_ADDED;
        }
        put_way(self, i, (to ? to : from)->to, events[event], true, mark, cases);
    }
}

static void put_wait_limit(const map_t *self, int i)
{
    static const char words[] = "longest wait<BR/>is over";
    const pw_stage_spec_t *now = &self->now->stages.item[i], *before = ITEM(self->before->stages, i);
    int to = now->wait_limit.node ? now->wait_limit.to : -1, from = before && before->wait_limit.node ? before->wait_limit.to : -1;
    if (from >= 0 && from != to)
        put_way(self, i, from, words, true, MARK_REMOVED, 0);
    put_way(self, i, to, words, true, from == to ? MARK_KEPT : MARK_ADDED, self->reach ? self->reach->wait_limited[i] : 0);
}

/* ---- where cases begin ---- */

/* Stages in which a case may begin in this way, as bits. */
static uint64_t begins(const pw_spec_t *spec, int start)
{
    uint64_t stages = 0;
    for (int i = 0; i < spec->stages.n && start != START_OPEN; i++) {
        const pw_stage_spec_t *stage = &spec->stages.item[i];
        if (!stage->is.removed && (start == START_POLICE ? stage->first : stage->first_referral))
            stages |= UINT64_C(1) << i;
    }
    for (int a = 0; a < spec->attributes.n && start == START_OPEN; a++) {
        const pw_attribute_spec_t *attribute = &spec->attributes.item[a];
        if (attribute->is.removed)
            continue;
        if (attribute->open_stage >= 0)
            stages |= UINT64_C(1) << attribute->open_stage;
        for (int k = 0; k < attribute->open_choice.n; k++)
            if (!attribute->open_choice.item[k].is.removed && attribute->open_choice.item[k].to >= 0)
                stages |= UINT64_C(1) << attribute->open_choice.item[k].to;
    }
    return stages;
}

static double opened(const map_t *self)
{
    double n = 0.0;
    for (int k = 0; k < self->now->stages.n; k++)
        n += flow(self, OUTSIDE, k);
    return n;
}

static void put_start(const map_t *self, int start)
{
    static const char *const id[STARTS] = { "from police", "from other agencies", "from before" };
    static const char *const label[STARTS] = { "Police notification", "Referral by<BR/>another agency", "Case already open<BR/>when first seen" };
    uint64_t was = begins(self->before, start), is = begins(self->now, start), others = 0;
    if (!(was | is))
        return;
    pw_text_printf(self->out, "  \"%s\" [shape=ellipse, style=filled, fillcolor=\"#FFF7DD\", label=<<B>%s</B>", id[start], label[start]);
    if (start == START_POLICE) {
        put_services(self, PW_OFFER_AT_POLICE_ATTENDANCE, self->out);
        put_services(self, PW_OFFER_AT_NOTIFICATION, self->out);
    }
    pw_text_append(self->out, ">];\n");
    for (int other = 0; other < STARTS; other++)
        others |= other == start ? 0 : begins(self->now, other);
    for (int i = 0; i < self->now->stages.n; i++) {
        uint64_t bit = UINT64_C(1) << i;
        edge_t edge = { .from = id[start], .to = self->now->stages.item[i].is.name, .words = "" };
        edge.mark = was & bit ? is & bit ? MARK_KEPT : MARK_REMOVED : is & bit ? MARK_ADDED : MARK_ABSENT;
        edge.counted = is_counted(self) && !(others & bit);      /* the run does not tell two doors to one stage apart */
        edge.cases = edge.counted ? flow(self, OUTSIDE, i) : 0.0;
        edge.whole = edge.counted ? opened(self) : 0.0;
        if (edge.mark != MARK_ABSENT)
            put_edge(self, &edge);
    }
}

/* ---- the whole ---- */

static void put_run(const map_t *self)
{
    const pw_map_run_t *run = self->run;
    pw_text_printf(self->out, "Found by a finished run of %" PRId64 " world%s with seed %s, ", run->worlds, run->worlds == 1 ? "" : "s", run->seed);
    if (run->draws > 0)
        pw_text_printf(self->out, "%" PRId64 " draws of the estimates.", run->draws);
    else
        pw_text_append(self->out, "every estimate at its value.");
    pw_text_append(self->out, " Together: of all ways between the two stages, which the run does not tell apart.");
}

static void put_caption(const map_t *self, uint64_t seed)
{
    pw_text_append(self->out, "  label=<<FONT POINT-SIZE=\"18\"><B>");
    put_lines(self->now->title ? self->now->title : self->now->name, TITLE_COLUMNS, self->out);
    pw_text_append(self->out, "</B></FONT><BR/><FONT POINT-SIZE=\"11\">");
    if (is_counted(self))
        pw_text_append(self->out, "Shares: of the cases that left a stage for another; at the start, of all cases that opened. Families that moved "
                       "away are in no share.<BR/>");
    if (self->run)
        put_run(self);
    else if (self->reach)
        pw_text_printf(self->out, "Found in %" PRId64 " world%s of %s with seed %" PRIu64 ", %d months from day 0, every estimate at its value.",
                       self->reach->worlds, self->reach->worlds == 1 ? "" : "s", pw_spec_areas(self->now) > 1 ? "all areas" : "the area", seed,
                       self->reach->months);
    else
        pw_text_append(self->out, "Without shares: nothing was run.");
    pw_text_append(self->out, "<BR/>Solid: decided when the work ends. Dashed: something else ends it early.");
    if (is_counted(self))
        pw_text_append(self->out, " Grey: nobody took it.");
    if (self->before != self->now)
        pw_text_append(self->out, "<BR/><FONT COLOR=\"" ADDED "\">+ blue: the scenario adds it.</FONT><BR/><FONT COLOR=\"" TAKEN_OUT "\">- dotted: the "
                       "scenario takes it out.</FONT>");
    pw_text_append(self->out, "<BR/> </FONT>>;\n");
}

pw_status_t pw_map_write(const pw_spec_t *before, const pw_spec_t *now, const pw_pilot_reach_t *reach, const pw_map_run_t *run, uint64_t seed, pw_text_t *out)
{
    const map_t self = { before, now, reach, run, out };
    pw_text_append(out, "digraph pathway {\n"
                        "  charset=\"UTF-8\"; rankdir=LR; nodesep=0.4; ranksep=0.8; pad=0.3; labelloc=t; fontname=\"Helvetica,Arial,sans-serif\";\n"
                        "  node [shape=box, fontname=\"Helvetica,Arial,sans-serif\", fontsize=13, margin=\"0.14,0.08\"];\n"
                        "  edge [fontname=\"Helvetica,Arial,sans-serif\", fontsize=11, arrowsize=0.8];\n");
    put_caption(&self, seed);
    put_start(&self, START_POLICE);
    put_start(&self, START_OTHERS);
    for (int i = 0; i < now->stages.n; i++)
        put_stage(&self, i);
    for (int i = 0; i < now->stages.n; i++) {
        put_choice(&self, i);
        put_interrupts(&self, i);
        put_wait_limit(&self, i);
    }
    put_start(&self, START_OPEN);      /* last: dot decides what is left and what is right by what it reads first */
    pw_text_append(out, "}\n");
    return out->failed ? PW_ERROR_MEMORY : PW_OK;
}
