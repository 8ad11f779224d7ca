/* chart_flow.c: ways through the pathway as ribbons, as wide as the share that takes them (Sankey 1898). */
#include <math.h>
#include <string.h>

#include "../base/memory.h"
#include "charts.h"
#include "digits.h"

enum { MOST = 40, LETTERS = 10, LABEL_LINES = 4, POINTS = 16, LINE = 19, BAR = 12, INSIDE = 300, STEPS = 14, LAST_ROOM = 108, FIRST_X = 14 };
static const double LEAST = 0.05;      /* of 100: thinner ways are left out */

typedef struct {
    const char *name;
    double in, out, y;                  /* y: px of its top */
    int layer, lines;
    bool is_end;
} node_t;

typedef struct {
    node_t node[MOST];
    int n, n_layers;
    const pw_flow_t *flow;
    int n_flows;
    const char *first;
    double scale;                       /* px of one in 100 */
} map_t;

static int node_of(map_t *self, const char *name)
{
    for (int i = 0; i < self->n; i++)
        if (strcmp(self->node[i].name, name) == 0)
            return i;
    if (self->n == MOST)
        return MOST - 1;
    self->node[self->n] = (node_t){ .name = name, .layer = -1 };
    return self->n++;
}

static bool is_drawn(const map_t *self, const pw_flow_t *flow)
{
    return flow->width >= LEAST && strcmp(flow->from, self->first) != 0 && strcmp(flow->to, self->first) != 0;
}

/* A place comes one layer after the place from which most of its cases come; an end after all that lead to it. */
static void find_layers(map_t *self)
{
    for (int round = 0; round < MOST; round++)
        for (int i = 0; i < self->n; i++) {
            int layer = 0;
            double most = 0.0;
            for (int k = 0; k < self->n_flows; k++) {
                const pw_flow_t *f = &self->flow[k];
                if (!is_drawn(self, f) || strcmp(f->to, self->node[i].name) != 0)
                    continue;
                int from = self->node[node_of(self, f->from)].layer;
                if (self->node[i].is_end ? from + 1 > layer : f->width > most && from >= 0 && from < round)
                    layer = from + 1;
                most = fmax(most, f->width);
            }
            if (self->node[i].is_end ? round == MOST - 1 : self->node[i].layer < 0 && (layer > 0 || self->node[i].in == 0.0 || most == 0.0))
                self->node[i].layer = layer;
        }
    for (int i = 0; i < self->n; i++) {
        if (self->node[i].layer < 0)
            self->node[i].layer = 1;
        if (self->node[i].layer + 1 > self->n_layers)
            self->n_layers = self->node[i].layer + 1;
    }
}

static void collect(map_t *self)
{
    for (int k = 0; k < self->n_flows; k++)
        if (is_drawn(self, &self->flow[k])) {
            node_t *from = &self->node[node_of(self, self->flow[k].from)];
            from->out += self->flow[k].width;
            node_t *to = &self->node[node_of(self, self->flow[k].to)];
            to->in += self->flow[k].width;
        }
    for (int i = 0; i < self->n; i++)
        self->node[i].is_end = self->node[i].out == 0.0;
    find_layers(self);
}

static bool goes_on(map_t *self, const pw_flow_t *f)
{
    return is_drawn(self, f) && self->node[node_of(self, f->to)].layer > self->node[node_of(self, f->from)].layer;
}

static double size_of(const node_t *node) { return fmax(node->in, node->out); }

static void label_of(const node_t *node, pw_text_t *out)
{
    pw_text_clear(out);
    for (const char *p = node->name; *p; p++)
        pw_text_append_bytes(out, *p == '_' ? " " : p, 1);
    pw_text_append(out, " ");
    pw_put_number_cell(size_of(node), PW_OF_RESULT, out);
}

/* Each layer from the top down, each place under its label. Returns the height. */
static int place(map_t *self)
{
    double tallest = 0.0;
    pw_text_t label = { 0 };
    for (int layer = 0; layer < self->n_layers; layer++) {
        double y = 0.0;
        for (int ends = 0; ends <= 1; ends++)      /* stages above, ends below */
            for (int i = 0; i < self->n; i++) {
                node_t *node = &self->node[i];
                if (node->layer != layer || node->is_end != (ends == 1))
                    continue;
                label_of(node, &label);
                node->lines = pw_chart_break(pw_text_get(&label), LETTERS, LABEL_LINES, NULL, NULL);
                node->y = y + node->lines * LINE + 4.0;
                y = node->y + fmax(size_of(node) * self->scale, 2.0) + 8.0;
            }
        tallest = fmax(tallest, y);
    }
    pw_text_free(&label);
    return (int)ceil(tallest) + 6;
}

static double x_of(const map_t *self, int layer)
{
    return FIRST_X + (double)layer * (PW_CHART_WIDTH - LAST_ROOM - FIRST_X) / (self->n_layers > 1 ? self->n_layers - 1 : 1);
}

/* Where a ribbon leaves its source (or joins its target): after all those whose other end lies higher. */
static double joint(map_t *self, int which, bool leaves)
{
    const pw_flow_t *f = &self->flow[which];
    const node_t *here = &self->node[node_of(self, leaves ? f->from : f->to)], *there = &self->node[node_of(self, leaves ? f->to : f->from)];
    double y = here->y;
    for (int k = 0; k < self->n_flows; k++) {
        const pw_flow_t *g = &self->flow[k];
        if (k == which || !goes_on(self, g) || strcmp(leaves ? g->from : g->to, here->name) != 0)
            continue;
        const node_t *other = &self->node[node_of(self, leaves ? g->to : g->from)];
        if (other->y < there->y || (other->y == there->y && (other->layer < there->layer || (other->layer == there->layer && k < which))))
            y += g->width * self->scale;
    }
    return y;
}

/* A ribbon as points along an S: its upper and lower edge, px from the bottom. */
static void write_ribbon(map_t *self, pw_chart_t *chart, int which, int series, int height)
{
    const pw_flow_t *f = &self->flow[which];
    const node_t *from = &self->node[node_of(self, f->from)], *to = &self->node[node_of(self, f->to)];
    double x0 = x_of(self, from->layer) + BAR, x1 = x_of(self, to->layer), width = f->width * self->scale, y0 = joint(self, which, true),
        y1 = joint(self, which, false);
    for (int i = 0; i <= STEPS; i++) {
        double t = (double)i / STEPS, s = t * t * (3.0 - 2.0 * t), y = y0 + s * (y1 - y0);
        pw_chart_number(chart, series);
        pw_chart_text(chart, f->from);
        pw_chart_text(chart, f->to);
        pw_chart_number(chart, f->width);
        pw_chart_number(chart, x0 + t * (x1 - x0));
        pw_chart_number(chart, height - y);
        pw_chart_number(chart, height - y - width);
        pw_chart_row(chart);
    }
}

static void write_nodes(map_t *self, pw_chart_t *chart, int height)
{
    pw_text_t label = { 0 };
    for (int i = 0; i < self->n; i++) {
        const node_t *node = &self->node[i];
        double x = x_of(self, node->layer), tall = fmax(size_of(node) * self->scale, 2.0);
        pw_text_printf(&chart->script, "set object rectangle from %.2f,%.2f to %.2f,%.2f front fillcolor rgb '%s' fillstyle solid noborder\n", x,
                       height - node->y, x + BAR, height - node->y - tall, node->is_end ? "#595959" : "#0072B2");
        label_of(node, &label);
        int half = LINE / 2;
        pw_chart_label(chart, pw_text_get(&label),
                       (pw_label_t){ x, chart->top + node->y - node->lines * LINE + half - 3, "left", LETTERS, LABEL_LINES, POINTS, NULL });
    }
    pw_text_free(&label);
}

void pw_chart_flow(pw_charts_t *charts, pw_caption_t caption, const char *of, const char *first, const pw_flow_t *flow, int n)
{
    pw_chart_t *chart = pw_charts_add(charts, "%s", caption.name);
    map_t *self = pw_alloc(1, sizeof *self);
    int series = 0;
    if (!self) {
        charts->failed = true;
        return;
    }
    *self = (map_t){ .flow = flow, .n_flows = n, .first = first, .scale = INSIDE / 100.0 };
    pw_text_append(&chart->title, caption.title);
    pw_text_append(&chart->about, caption.about);
    collect(self);
    int height = place(self);
    chart->left = chart->right = 0;
    chart->bottom = 40;
    chart->height = chart->top + height + chart->bottom;
    pw_chart_frame(chart);
    pw_chart_label(chart, of, (pw_label_t){ PW_CHART_WIDTH - 8, chart->height - 16, "right", PW_CHART_LETTERS, 1, 0, NULL });
    pw_text_printf(&chart->script, "unset border\nunset xtics\nunset ytics\nset xrange [0:%d]\nset yrange [0:%d]\n", PW_CHART_WIDTH, height);
    pw_text_append(&chart->csv, "series,from,to,per_100,x,upper,lower\n");
    write_nodes(self, chart, height);
    pw_text_append(&chart->script, "plot ");
    for (int k = 0; k < n; k++)
        if (goes_on(self, &flow[k])) {
            write_ribbon(self, chart, k, ++series, height);
            pw_text_printf(&chart->script, "%s'%s.csv' skip 1 using ($1==%d?$5:NaN):6:7 with filledcurves fillcolor rgb '%s' fillstyle "
                           "transparent solid 0.5 noborder",
                           series > 1 ? ", " : "", chart->name, series, self->node[node_of(self, flow[k].to)].is_end ? "#bfbfbf" : "#56B4E9");
        }
    if (series == 0)
        pw_text_append(&chart->script, "NaN");
    pw_free(self);
}
