#include "chart.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/child.h"
#include "../base/file.h"
#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "charts.h"

enum { TITLE_TOP = 8, TITLE_LINES = 3, PNG_SCALE = 2 };

/* Okabe & Ito (2008), dark and light in turn; beside it the dash that goes with it. */
static const char *const colour[PW_CHART_COLOURS] = { "#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9" };

const char *pw_chart_colour(int k) { return colour[k % PW_CHART_COLOURS]; }

pw_chart_t *pw_charts_add(pw_charts_t *self, const char *name, ...)
{
    va_list arguments;
    pw_chart_t *chart = self->n < PW_MAX_CHARTS ? pw_alloc(1, sizeof *chart) : NULL;
    self->failed = self->failed || !chart;
    if (chart)
        self->chart[self->n++] = chart;
    else
        chart = &self->spare;
    va_start(arguments, name);
    vsnprintf(chart->name, sizeof chart->name, name, arguments);
    va_end(arguments);
    for (char *p = chart->name; *p; p++)      /* names of scenarios are names of files already; nothing else may be one */
        if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '-' || *p == '_'))
            *p = '_';
    chart->height = 400;
    chart->left = 80;
    chart->right = 24;
    chart->top = TITLE_TOP + 14;
    chart->bottom = 84;
    return chart;
}

/* ---- the CSV ---- */

static void begin_cell(pw_chart_t *self)
{
    if (self->started)
        pw_text_append(&self->csv, ",");
    self->started = true;
}

void pw_chart_text(pw_chart_t *self, const char *text)
{
    begin_cell(self);
    pw_text_append(&self->csv, "\"");
    for (const char *p = text; *p; p++)
        pw_text_append_bytes(&self->csv, *p == '"' ? "'" : (unsigned char)*p < 0x20 || *p == 0x7f ? " " : p, 1);
    pw_text_append(&self->csv, "\"");
}

void pw_chart_number(pw_chart_t *self, double value)
{
    char number[PW_NUMBER_ROOM];
    begin_cell(self);
    pw_text_append(&self->csv, pw_number_shortest(value, number));
}

void pw_chart_row(pw_chart_t *self)
{
    pw_text_append(&self->csv, "\n");
    self->started = false;
}

/* ---- texts ---- */

static size_t character(const char *p)
{
    size_t n = 1;
    while (((unsigned char)p[n] & 0xC0) == 0x80)
        n++;
    return n;
}

/* Bytes of the next line: whole words as far as `letters` go; a word that is longer is cut. */
static size_t line_length(const char *text, int letters)
{
    size_t n = 0, whole = 0;
    for (int i = 0; text[n] && i < letters; i++) {
        n += character(text + n);
        if (text[n] == '\0' || (text[n] == ' ' && text[n + 1] != '%'))      /* a sign stays with its number */
            whole = n;
    }
    return text[n] == '\0' || whole == 0 ? n : whole;
}

/* An apostrophe is set as ’: gnuplot knows '' for it, but not at the beginning of a string. */
static void quote_bytes(const char *from, size_t n, pw_text_t *script)
{
    pw_text_append(script, "'");
    for (size_t i = 0; i < n; i++) {
        if (from[i] == '\'')
            pw_text_append(script, "’");
        else
            pw_text_append_bytes(script, (unsigned char)from[i] < 0x20 || from[i] == 0x7f ? " " : from + i, 1);
    }
    pw_text_append(script, "'");
}

/* Bytes of the first `letters` characters, whatever words they cut. */
static size_t cut_length(const char *text, int letters)
{
    size_t n = 0;
    for (int i = 0; text[n] && i < letters; i++)
        n += character(text + n);
    while (n > 0 && text[n - 1] == ' ')
        n--;
    return n;
}

int pw_chart_break(const char *text, int letters, int most, void (*each)(void *context, int line, const char *quoted), void *context)
{
    int lines = 0;
    for (const char *p = text; lines == 0 || *p; lines++) {
        bool last = lines == most - 1;
        size_t n = line_length(p, letters);
        bool cut = last && p[n] != '\0';
        pw_text_t quoted = { 0 };
        quote_bytes(p, !cut ? n : most == 1 ? cut_length(p, letters - 1) : line_length(p, letters - 1), &quoted);
        if (cut)
            pw_text_append(&quoted, ".'…'");
        if (each)
            each(context, lines, pw_text_get(&quoted));
        pw_text_free(&quoted);
        if (last)
            return lines + 1;
        for (p += n; *p == ' '; p++)
            ;
    }
    return lines;
}

typedef struct { pw_chart_t *chart; pw_label_t label; } placing_t;

int pw_label_line(int points) { return (points > 0 ? points : 20) * 23 / 20; }

static void place_line(void *context, int line, const char *quoted)
{
    const placing_t *self = context;
    const pw_label_t *label = &self->label;
    pw_text_t *script = &self->chart->script;
    pw_text_printf(script, "set label %s at screen %.4f, screen %.4f %s front", quoted, label->x / PW_CHART_WIDTH,
                   1.0 - (label->y + line * pw_label_line(label->points)) / self->chart->height, label->side);
    if (label->points > 0)
        pw_text_printf(script, " font sprintf(',%%g',%d*f)", label->points);
    pw_text_printf(script, " textcolor rgb '%s'\n", label->colour ? label->colour : "#262626");
}

void pw_chart_label(pw_chart_t *self, const char *text, pw_label_t label)
{
    placing_t placing = { self, label };
    (void)pw_chart_break(text, label.letters, label.most, place_line, &placing);
}

void pw_chart_frame(pw_chart_t *self)
{
    int lines = pw_chart_break(pw_text_get(&self->title), PW_CHART_LETTERS, TITLE_LINES, NULL, NULL), added = lines * PW_CHART_LINE;
    self->top += added;
    self->height += added;
    pw_text_append(&self->script, "reset\nset encoding utf8\nset datafile separator ','\nset datafile missing ''\nset key off\n"
                                  "set border 3 linewidth 1 linecolor rgb '#595959'\nset tics nomirror out scale 0.6 textcolor rgb '#262626'\n"
                                  "set style fill solid 1.0 noborder\nset bars 0\n");
    pw_text_printf(&self->script, "set lmargin at screen %.4f\nset rmargin at screen %.4f\nset tmargin at screen %.4f\nset bmargin at screen %.4f\n",
                   (double)self->left / PW_CHART_WIDTH, 1.0 - (double)self->right / PW_CHART_WIDTH, 1.0 - (double)self->top / self->height,
                   (double)self->bottom / self->height);
    pw_chart_label(self, pw_text_get(&self->title), (pw_label_t){ 8, TITLE_TOP + 10, "left", PW_CHART_LETTERS, TITLE_LINES, 0, NULL });
}

pw_caption_t pw_caption(const char *name, const pw_text_t *title, const pw_text_t *about)
{
    return (pw_caption_t){ name, pw_text_get(title), pw_text_get(about), false, false };
}

/* ---- axes ---- */

static double nice_step(double span)
{
    double power = pow(10.0, floor(log10(span / 4.0))), ratio = span / 4.0 / power;
    return power * (ratio <= 1.0 ? 1.0 : ratio <= 2.0 ? 2.0 : ratio <= 5.0 ? 5.0 : 10.0);
}

/* Numbers that stand at an axis. */
static int count_ticks(pw_axis_t axis) { return (int)(floor(axis.high / axis.step + 1e-9) - ceil(axis.low / axis.step - 1e-9)) + 1; }

pw_axis_t pw_axis_make(double low, double high, bool zero)
{
    pw_axis_t axis = { .unit = 1.0, .word = "" };
    if (!isfinite(low) || !isfinite(high))
        low = high = 0.0;
    if (zero) {
        low = fmin(low, 0.0);
        high = fmax(high, 0.0);
    }
    if (high - low < 1e-12 * fmax(1.0, fabs(high))) {
        low = low == 0.0 ? -1.0 : low - fabs(low);
        high = high == 0.0 ? 1.0 : high + fabs(high);
    }
    double size = fmax(fabs(low), fabs(high)), room = 0.04 * (high - low);
    if (size >= 999500.0)
        axis = (pw_axis_t){ .unit = 1e6, .word = "million" };
    else if (size >= 9995.0)
        axis = (pw_axis_t){ .unit = 1e3, .word = "thousand" };
    axis.low = (low == 0.0 ? low : low - room) / axis.unit;
    axis.high = (high == 0.0 ? high : high + room) / axis.unit;
    axis.step = nice_step(axis.high - axis.low);
    if (count_ticks(axis) < 2)      /* one number is no scale */
        axis.step = nice_step((axis.high - axis.low) / 2.0);
    return axis;
}

/* gnuplot sets thousands apart only in a locale: every number stands here, as people write it. */
void pw_axis_write(pw_axis_t axis, char which, pw_text_t *script)
{
    int decimals = axis.step >= 1.0 ? 0 : (int)ceil(-log10(axis.step) - 1e-9);
    const char *before = "";
    pw_text_printf(script, "set %crange [%.9g:%.9g]\nset %ctics (", which, axis.low, axis.high, which);
    for (double k = ceil(axis.low / axis.step - 1e-9) + 0.0 /* no -0 */; k * axis.step <= axis.high + 1e-9 * axis.step; k++) {
        char number[PW_NUMBER_ROOM];
        pw_text_printf(script, "%s'%s' %.9g", before, pw_number_decimals(k * axis.step, decimals > 8 ? 8 : decimals, number), k * axis.step);
        before = ", ";
    }
    pw_text_append(script, ")\n");
}

/* ---- drawing ---- */

/* The script once for each terminal: sizes of letters are given anew, in px for the SVG and in points of 3/4 px for the PNG (`f`); points are drawn
 * larger in the SVG (`p`). */
static void script_of(const pw_chart_t *chart, pw_text_t *out)
{
    pw_text_printf(out, "f=1.0; p=0.55\nset terminal svg noenhanced size %d,%d dynamic font 'sans-serif,20' background '#ffffff' linewidth 1.5\n"
                   "set output '%s.svg'\n", PW_CHART_WIDTH, chart->height, chart->name);
    pw_text_append(out, pw_text_get(&chart->script));
    pw_text_printf(out, "\nset output\nf=0.75; p=1.0\nset terminal pngcairo noenhanced size %d,%d font 'Sans,15' fontscale %d background '#ffffff' linewidth "
                   "%g pointscale %d\nset output '%s.png'\n",
                   PW_CHART_WIDTH * PNG_SCALE, chart->height * PNG_SCALE, PNG_SCALE, 1.5 * PNG_SCALE, PNG_SCALE, chart->name);
    pw_text_append(out, pw_text_get(&chart->script));
    pw_text_append(out, "\nset output\n");
}

static char *path_of(const char *folder, const char *name, const char *suffix)
{
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/%s%s", folder, name, suffix);
    return pw_text_take(&path);
}

static pw_status_t write_file(const char *folder, const char *name, const char *suffix, const pw_text_t *text)
{
    char *path = path_of(folder, name, suffix);
    pw_status_t status = path && !text->failed ? pw_file_replace(path, pw_text_get(text), text->n) : PW_ERROR_MEMORY;
    pw_free(path);
    return status;
}

static char *read_file(const char *folder, const char *name, const char *suffix, size_t *n)
{
    char *path = path_of(folder, name, suffix);
    pw_text_t text = { 0 };
    pw_status_t status = path ? pw_file_read(path, &text) : PW_ERROR_MEMORY;
    pw_free(path);
    *n = text.n;
    if (status == PW_OK && text.n > 0)
        return pw_text_take(&text);
    pw_text_free(&text);
    return NULL;
}

static bool take(pw_chart_t *chart, const char *folder)
{
    size_t n;
    char *raw = read_file(folder, chart->name, ".svg", &n);
    pw_text_t svg = { 0 };
    if (raw)
        pw_chart_tidy_svg(raw, chart->name, pw_text_get(&chart->title), pw_text_get(&chart->about), &svg);
    pw_free(raw);
    bool whole = svg.n > 0 && !svg.failed;
    chart->svg = whole ? pw_text_take(&svg) : NULL;
    pw_text_free(&svg);
    chart->png = read_file(folder, chart->name, ".png", &chart->n_png);
    return chart->svg && chart->png;
}

static pw_status_t write_all(const pw_charts_t *self, const char *folder)
{
    pw_text_t script = { 0 };
    pw_status_t status = PW_OK;
    for (int i = 0; i < self->n && status == PW_OK; i++) {
        script_of(self->chart[i], &script);
        status = pw_interrupt_asked() ? PW_ERROR_STOPPED : write_file(folder, self->chart[i]->name, ".csv", &self->chart[i]->csv);
    }
    if (status == PW_OK)
        status = write_file(folder, "charts", ".gnuplot", &script);
    pw_text_free(&script);
    return status;
}

/* A sentence about what gnuplot did, the first line of its complaint at its end. */
static void explain(pw_charts_t *self, enum pw_child outcome, const pw_text_t *said)
{
    if (outcome == PW_CHILD_MISSING) {
        snprintf(self->why, sizeof self->why, "The charts were not drawn: gnuplot is not installed (on Debian: apt install gnuplot-nox; then "
                 "pathways report again).");
        return;
    }
    const char *line = pw_text_get(said);
    line += strspn(line, " \n\t^");
    snprintf(self->why, sizeof self->why, "The charts were not drawn: gnuplot could not draw them%s%.*s.", line[0] ? ": " : "", (int)strcspn(line, "\n"), line);
}

pw_status_t pw_charts_draw(pw_charts_t *self)
{
    static const char *const argv[] = { "gnuplot", "-d", "charts.gnuplot", NULL };
    pw_text_t said = { 0 };
    char *folder = pw_child_folder();
    if (self->failed) {
        pw_free(folder);
        return PW_ERROR_MEMORY;
    }
    if (!folder) {
        snprintf(self->why, sizeof self->why, "The charts were not drawn: there is no place for temporary files (set TMPDIR): %s.", strerror(errno));
        return PW_OK;
    }
    pw_status_t status = write_all(self, folder);
    if (status == PW_OK) {
        enum pw_child outcome = pw_child_run(argv, folder, &said);
        self->drawn = outcome == PW_CHILD_DONE;
        for (int i = 0; i < self->n && self->drawn; i++)
            self->drawn = take(self->chart[i], folder);
        if (outcome == PW_CHILD_MEMORY || outcome == PW_CHILD_STOPPED)
            status = outcome == PW_CHILD_MEMORY ? PW_ERROR_MEMORY : PW_ERROR_STOPPED;
        else if (!self->drawn)
            explain(self, outcome, &said);
    }
    pw_child_folder_remove(folder);
    pw_free(folder);
    pw_text_free(&said);
    return status;
}

static pw_status_t write_bytes(pw_folder_t *folder, const char *name, const char *suffix, const char *bytes, size_t n)
{
    char *path = path_of("charts", name, suffix);
    pw_status_t status = path ? pw_folder_write(folder, path, bytes, n) : PW_ERROR_MEMORY;
    pw_free(path);
    return status;
}

/* Charts of an earlier report, which may be of what is no longer shown, or not be drawn now. */
static pw_status_t remove_earlier(const pw_folder_t *folder)
{
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/charts", folder->hidden);
    DIR *charts = path.failed ? NULL : opendir(pw_text_get(&path));
    bool failed = path.failed;
    for (const struct dirent *one; charts && (one = readdir(charts));) {
        const char *dot = strrchr(one->d_name, '.');
        if (!dot || (strcmp(dot, ".csv") != 0 && strcmp(dot, ".svg") != 0 && strcmp(dot, ".png") != 0))
            continue;
        pw_text_clear(&path);
        pw_text_printf(&path, "%s/charts/%s", folder->hidden, one->d_name);
        failed |= path.failed;
        if (!path.failed)
            (void)unlink(pw_text_get(&path));
    }
    if (charts)
        closedir(charts);
    pw_text_free(&path);
    return failed ? PW_ERROR_MEMORY : PW_OK;
}

pw_status_t pw_charts_write(const pw_charts_t *self, pw_folder_t *folder)
{
    pw_status_t status = remove_earlier(folder);
    for (int i = 0; i < self->n && status == PW_OK; i++) {
        const pw_chart_t *chart = self->chart[i];
        status = pw_interrupt_asked() ? PW_ERROR_STOPPED : write_bytes(folder, chart->name, ".csv", pw_text_get(&chart->csv), chart->csv.n);
        if (status == PW_OK && self->drawn)
            status = write_bytes(folder, chart->name, ".svg", chart->svg, strlen(chart->svg));
        if (status == PW_OK && self->drawn)
            status = write_bytes(folder, chart->name, ".png", chart->png, chart->n_png);
    }
    return status;
}

static void free_chart(pw_chart_t *chart)
{
    pw_text_free(&chart->title);
    pw_text_free(&chart->about);
    pw_text_free(&chart->csv);
    pw_text_free(&chart->script);
    pw_free(chart->svg);
    pw_free(chart->png);
}

void pw_charts_free(pw_charts_t *self)
{
    for (int i = 0; i < self->n; i++) {
        free_chart(self->chart[i]);
        pw_free(self->chart[i]);
    }
    free_chart(&self->spare);
    *self = (pw_charts_t){ 0 };
}
