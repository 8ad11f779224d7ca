#include "briefing.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "../base/child.h"
#include "../base/interrupt.h"
#include "../base/memory.h"
#include "../base/number.h"
#include "sentence.h"
#include "workbook.h"

/* Where a chart belongs: a byte that no escaped text holds, and the chart's number. */
#define FIGURE '\x01'

static const char style[] =
    "@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) \" / \" counter(pages); font: 9pt sans-serif; color: #404040; } }\n"
    "* { box-sizing: border-box; }\n"
    "body { font: 10.5pt/1.45 \"Liberation Sans\", \"DejaVu Sans\", Arial, Helvetica, sans-serif; color: #111; background: #fff; max-width: 186mm; "
    "margin: 0 auto; padding: 0 4mm; }\n"
    "h1 { font-size: 18pt; line-height: 1.2; margin: 8mm 0 2mm; }\n"
    "h2 { font-size: 14.5pt; margin: 0 0 3mm; padding-top: 2mm; border-top: 2px solid #0072B2; }\n"
    "h3 { font-size: 11.5pt; margin: 5mm 0 1.5mm; break-after: avoid; }\n"
    "section { margin: 9mm 0; }\n"
    "p { margin: 1.5mm 0; }\n"
    ".answer { font-size: 12.5pt; border-left: 4px solid #0072B2; padding: 1mm 0 1mm 4mm; }\n"
    ".note { font-size: 9pt; color: #404040; break-after: avoid; }\n"
    ".small figure { width: 32.3%; }\n"
    ".third figcaption, .small figcaption { display: none; }\n"
    ".flag { border-left: 4px solid #D55E00; padding-left: 4mm; }\n"
    "figure { display: inline-block; vertical-align: top; width: 48.5%; margin: 0 0.5% 4mm 0; break-inside: avoid; }\n"
    "figure svg, figure img { width: 100%; height: auto; display: block; border: 1px solid #d9d9d9; }\n"
    "figcaption { font-size: 8.5pt; color: #404040; overflow-wrap: anywhere; }\n"
    "table { border-collapse: collapse; font-size: 8.6pt; line-height: 1.3; margin: 2mm 0 4mm; width: 100%; }\n"
    "caption { text-align: left; font-weight: bold; padding-bottom: 1mm; break-after: avoid; }\n"
    "th, td { border-bottom: 1px solid #bfbfbf; padding: 0.8mm 1.6mm 0.8mm 0; text-align: left; vertical-align: top; overflow-wrap: break-word; }\n"
    "thead th { border-bottom: 1.5px solid #404040; }\n"
    "thead { display: table-header-group; }\n"
    "tr, table { break-inside: avoid; }\n"
    "tbody tr:nth-child(-n+3), tbody tr:nth-last-child(-n+3) { break-before: avoid; }\n"
    "table:has(tr:nth-child(11)) { break-inside: auto; }\n"      /* of more than ten rows; a rule of its own: who does not know :has leaves it out */
    ".long table, .many table { break-inside: auto; }\n"
    ".many table { font-size: 7.6pt; line-height: 1.25; }\n"
    ".many tbody th { min-width: 40mm; }\n"
    ".charts { orphans: 1; widows: 1; }\n"
    "tbody th { font-weight: normal; min-width: 30mm; }\n"
    ".hash { overflow-wrap: anywhere; }\n"
    ".n { text-align: right; padding-left: 2mm; }\n"
    ".answer + table .n { white-space: nowrap; }\n"
    "pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f2f2f2; padding: 2mm; font-size: 8.5pt; }\n"
    ".long table { font-size: 7.6pt; }\n"
    ".long th, .long td { padding: 0.4mm 1.2mm 0.4mm 0; }\n"
    "@media print { body { max-width: none; padding: 0; font-size: 9.6pt; } section { margin: 0 0 6mm; } "
    "h2 { break-after: avoid; }\n"
    "  .answer { font-size: 11.5pt; } .third figure { width: 32.3%; } .long tbody th { min-width: 58mm; } }\n"
    "@media (max-width: 700px) { figure { width: 100%; } .small figure { width: 100%; } }\n";

/* ---- parts that pages share ---- */

const char *pw_briefing_title(const pw_briefing_t *self, int scenario) { return scenario == 0 ? "Baseline" : self->run->manifest.scenario[scenario].title; }

const char *pw_briefing_spread(const pw_briefing_t *self) { return self->run->manifest.draws == 0 ? "luck alone" : "luck and what is not known, together"; }

const char *pw_briefing_label(const pw_briefing_t *self, int scenario) { return scenario == 0 ? "Baseline" : pw_text_get(&self->label[scenario]); }

void pw_briefing_figure(pw_briefing_t *self)
{
    if (self->charts.n > 0)
        pw_text_printf(&self->html, "%c%d;", FIGURE, self->charts.n - 1);
}

static void cell(pw_html_table_t *table, pw_text_t *text)
{
    pw_html_number(table, "%s", pw_text_get(text));
    table->to->failed |= text->failed;
    pw_text_free(text);
}

void pw_briefing_number(pw_html_table_t *table, double value, const char *unit)
{
    pw_text_t text = { 0 };
    pw_say_number_cell(value, unit, &text);
    cell(table, &text);
}

void pw_briefing_difference(pw_html_table_t *table, const pw_summary_t *difference, const char *unit)
{
    pw_text_t text = { 0 };
    pw_say_cell(difference, unit, &text);
    cell(table, &text);
}

void pw_briefing_page(pw_briefing_t *self, int number, const char *title)
{
    pw_text_printf(&self->html, "<section aria-labelledby=\"page-%d\">\n<h2 id=\"page-%d\">%d. ", number, number, number);
    pw_html_text(&self->html, title);
    pw_text_append(&self->html, "</h2>\n");
}

void pw_briefing_end_page(pw_briefing_t *self) { pw_text_append(&self->html, "</section>\n"); }

/* How large a difference is beside its own doubt: what is most worth showing. */
static double weight_of(const pw_summary_t *s)
{
    double low, high;
    if (isnan(s->mean))
        return -1.0;
    double width = pw_interval_shown(s, &low, &high) ? high - low : 0.0;
    return fabs(s->mean) / (width > 0.0 ? width : 1.0);
}

int pw_briefing_choose(const pw_briefing_t *self, const char *measure, int out[PW_SIDE_BY_SIDE])
{
    bool taken[PW_MAX_SCENARIOS] = { false };
    int n = 0;
    for (int round = 0; round < PW_SIDE_BY_SIDE && round < self->n_policies; round++) {
        int best = -1;
        double most = -2.0;
        for (int s = 1; s <= self->n_policies; s++) {
            pw_summary_t difference = pw_account_value(self->run, s, measure, true);
            if (!taken[s] && weight_of(&difference) > most) {
                most = weight_of(&difference);
                best = s;
            }
        }
        if (best > 0)
            taken[best] = true;
    }
    for (int s = 1; s <= self->n_policies; s++)
        if (taken[s])
            out[n++] = s;
    return n;
}

static void some(const pw_briefing_t *self, int n, int only, const char *before, pw_text_t *out)
{
    if (n == 0)
        return;
    pw_text_printf(out, "%s%s", out->n > 0 ? "; " : "", before);
    if (n == 1 && pw_text_width(pw_briefing_title(self, only)) <= 40)
        pw_text_append(out, pw_briefing_title(self, only));
    else
        pw_text_printf(out, "%d %s", n, n == 1 ? "policy" : "policies");
}

void pw_briefing_message(const pw_briefing_t *self, const char *subject, const char *measure, const char *less, const char *more, pw_text_t *out)
{
    int count[PW_READING_HIGHER + 1] = { 0 }, only[PW_READING_HIGHER + 1] = { 0 };
    pw_text_t parts = { 0 }, before = { 0 };
    for (int s = 1; s <= self->n_policies; s++) {
        pw_summary_t d = pw_account_value(self->run, s, measure, true);
        enum pw_reading reading = pw_reading(&d);
        count[reading]++;
        only[reading] = s;
    }
    pw_text_printf(&before, "%s with ", less);
    some(self, count[PW_READING_LOWER], only[PW_READING_LOWER], pw_text_get(&before), &parts);
    pw_text_clear(&before);
    pw_text_printf(&before, "%s with ", more);
    some(self, count[PW_READING_HIGHER], only[PW_READING_HIGHER], pw_text_get(&before), &parts);
    if (count[PW_READING_CANNOT_TELL] == self->n_policies && self->n_policies > 1)
        pw_text_append(&parts, "cannot tell for any policy");
    else
        some(self, count[PW_READING_CANNOT_TELL], only[PW_READING_CANNOT_TELL], "cannot tell for ", &parts);
    if (self->n_policies <= PW_SIDE_BY_SIDE || parts.n == 0)
        some(self, count[PW_READING_NOTHING], only[PW_READING_NOTHING], "no difference with ", &parts);
    pw_text_printf(out, "%s: %s", subject, parts.n > 0 ? pw_text_get(&parts) : "no value");
    pw_text_free(&parts);
    pw_text_free(&before);
}

/* ---- the document ---- */

static void sort_policies(pw_briefing_t *self)
{
    double fall[PW_MAX_SCENARIOS];
    self->n_policies = self->run->manifest.n_scenarios - 1;
    for (int s = 1; s <= self->n_policies; s++) {
        double mean = pw_account_value(self->run, s, PW_HEADLINE, true).mean;
        fall[s] = isnan(mean) ? INFINITY : mean;
        int at = s - 1;
        for (; at > 0 && fall[self->policy[at - 1]] > fall[s]; at--)
            self->policy[at] = self->policy[at - 1];
        self->policy[at] = s;
    }
}

static void make_labels(pw_briefing_t *self)
{
    for (int i = 0; i < self->n_policies; i++) {
        pw_text_t *label = &self->label[self->policy[i]];
        if (self->n_policies > PW_MANY)
            pw_text_printf(label, "%d\u00a0", i + 1);
        pw_text_append(label, pw_briefing_title(self, self->policy[i]));
        self->html.failed |= label->failed;
    }
}

static void write_rate(pw_briefing_t *self)
{
    pw_text_t rate = { 0 };
    pw_say_number(pw_account_value(self->run, 0, "renotified_21_months", false).mean, "", &rate);
    pw_html_element(&self->html, "p class=\"flag\"", "The baseline here was made for its rate of return: %s %% of families are notified again within 21 "
                                                     "months. The study calls that rate high and gives no figure.", pw_text_get(&rate));
    pw_text_free(&rate);
}

static void write_head(pw_briefing_t *self)
{
    char worlds[PW_NUMBER_ROOM];
    pw_text_append(&self->html, "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n"
                                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    pw_html_element(&self->html, "title", "Briefing: %s", self->n_policies == 1 ? pw_briefing_title(self, 1) : "policies compared with the baseline");
    pw_text_printf(&self->html, "<style>\n%s</style>\n</head>\n<body%s>\n<header>\n", style,
                   self->n_policies > PW_MANY ? " class=\"many\"" : "");
    pw_html_element(&self->html, "h1", "Police notifications of domestic violence and children's social services: policies compared");
    pw_html_element(&self->html, "p class=\"note\"", "Simulated by pathways %s on %.10s, seed %s, %s world%s. What the study did not measure comes from other "
                                                     "sources or is assumed; section 8 says which.",
                    self->run->manifest.version, self->run->manifest.started, self->run->manifest.seed,
                    pw_number_decimals((double)self->run->manifest.worlds, 0, worlds), self->run->manifest.worlds == 1 ? "" : "s");
    if (self->run->manifest.draws == 0)
        pw_html_element(&self->html, "p class=\"flag\"", "Every estimate is held at its value: all intervals here are Monte Carlo intervals, of the "
                                                         "simulation's noise alone, and hold nothing of what is "
                                                         "unknown.");
    if (strstr(self->run->manifest.command, " --return-rate"))      /* of three such runs each has a page like this one */
        write_rate(self);
    pw_text_append(&self->html, "</header>\n<main>\n");
}

static pw_status_t make_pages(pw_briefing_t *self)
{
    static void (*const page[])(pw_briefing_t *) = { pw_page_answer, pw_page_differences, pw_page_families, pw_page_services,
                                                     pw_page_subgroups, pw_page_money, pw_page_sure, pw_page_study };
    self->status = pw_manifest_verify_answers(&self->run->manifest, self->run->folder, self->run->findings);
    sort_policies(self);
    make_labels(self);
    if (self->status == PW_OK && self->n_policies > 0 && pw_account_rows(self->run, PW_READ_parameters) >= PW_INFLUENCE_DRAWS)
        self->status = pw_ground_open(&self->ground, self->run, self->run->findings);
    for (int s = 1; s <= self->n_policies && self->status == PW_OK; s++)
        self->status = pw_influences(&self->ground, s, PW_HEADLINE, &self->influences[s]);
    write_head(self);
    for (size_t i = 0; i < sizeof page / sizeof page[0] && self->status == PW_OK; i++) {
        page[i](self);
        self->status = self->status == PW_OK && pw_interrupt_asked() ? PW_ERROR_STOPPED : self->status;
    }
    pw_text_append(&self->html, "</main>\n</body>\n</html>\n");
    return self->status;
}

static void put_figure(const pw_briefing_t *self, const pw_chart_t *chart, pw_text_t *out)
{
    pw_text_append(out, "<figure>\n");
    if (self->charts.drawn) {
        pw_text_append(out, chart->svg);
        pw_html_element(out, "figcaption", "Numbers: charts/%s.csv", chart->name);
    } else {
        pw_html_element(out, "p class=\"note\"", "Not drawn: %s", pw_text_get(&chart->title));
        pw_html_element(out, "figcaption", "%s Numbers: charts/%s.csv", pw_text_get(&chart->about), chart->name);
    }
    pw_text_append(out, "</figure>\n");
}

/* The pages with their charts in place; charts that follow each other stand in one row of rows. */
static void put_figures(const pw_briefing_t *self, pw_text_t *out)
{
    const char *from = pw_text_get(&self->html);
    for (const char *at; (at = strchr(from, FIGURE));) {
        pw_text_append_bytes(out, from, (size_t)(at - from));
        pw_text_append(out, "<div class=\"charts\">\n");
        for (from = at; *from == FIGURE; from += *from == ';') {
            int number = 0;
            for (from++; *from && *from != ';'; from++)
                number = 10 * number + (*from - '0');
            put_figure(self, self->charts.chart[number], out);
        }
        pw_text_append(out, "</div>\n");
    }
    pw_text_append(out, from);
}

/* ---- the PDF ---- */

static char *join(const char *folder, const char *name)
{
    pw_text_t path = { 0 };
    pw_text_printf(&path, "%s/%s", folder, name);
    return pw_text_take(&path);
}

/* The last line of what a program said: where Python puts the reason. */
static void say_failure(const pw_text_t *said, pw_text_t *warnings)
{
    const char *text = pw_text_get(said), *end = text + strlen(text), *line;
    while (end > text && (end[-1] == '\n' || end[-1] == ' '))
        end--;
    for (line = end; line > text && line[-1] != '\n'; line--)
        ;
    pw_text_printf(warnings, "No PDF: WeasyPrint could not make it%s%.*s. A browser prints briefing.html too.\n", end > line ? ": " : "",
                   (int)(end - line), line);
}

/* briefing.pdf, in the hidden folder, from the page that lies there. A PDF of an earlier report would not belong to this page: it goes. */
static pw_status_t make_pdf(pw_folder_t *folder, pw_briefing_said_t *told)
{
    static const char *const argv[] = { "weasyprint", "-q", "briefing.html", "briefing.pdf", NULL };
    char *pdf = join(folder->hidden, argv[3]);
    pw_text_t said = { 0 };
    pw_status_t status = pdf ? PW_OK : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        (void)unlink(pdf);
        enum pw_child outcome = pw_child_run(argv, folder->hidden, &said);
        if (outcome == PW_CHILD_MISSING)
            pw_text_printf(&told->notes, "No PDF: WeasyPrint is not installed (on Debian: apt install weasyprint; then pathways report again). A browser "
                                         "prints briefing.html too.\n");
        else if (outcome == PW_CHILD_MEMORY || outcome == PW_CHILD_STOPPED)
            status = outcome == PW_CHILD_MEMORY ? PW_ERROR_MEMORY : PW_ERROR_STOPPED;
        else if (outcome == PW_CHILD_FAILED)
            say_failure(&said, &told->warnings);
        if (outcome != PW_CHILD_DONE)
            (void)unlink(pdf);
    }
    pw_text_free(&said);
    pw_free(pdf);
    return status;
}

static pw_status_t make_workbook(const pw_briefing_t *self, pw_folder_t *folder, pw_findings_t *findings)
{
    char *path = join(folder->hidden, "summary.xlsx");
    pw_status_t status = path ? pw_workbook_write(self->run, path, findings) : PW_ERROR_MEMORY;
    pw_free(path);
    return status;
}

static pw_status_t deliver(const pw_briefing_t *self, pw_briefing_said_t *told, pw_findings_t *findings)
{
    pw_folder_t folder = { 0 };
    pw_text_t page = { 0 };
    put_figures(self, &page);
    pw_status_t status = page.failed || self->html.failed ? PW_ERROR_MEMORY : pw_folder_add(&folder, self->run->folder);
    if (status == PW_OK)
        status = pw_folder_write(&folder, "briefing.html", pw_text_get(&page), page.n);
    if (status == PW_OK)
        status = pw_charts_write(&self->charts, &folder);
    if (status == PW_OK)
        status = make_workbook(self, &folder, findings);
    if (status == PW_OK)
        status = make_pdf(&folder, told);
    if (status == PW_OK && pw_interrupt_asked())
        status = PW_ERROR_STOPPED;
    if (status == PW_OK)
        status = pw_folder_commit(&folder);
    if (status != PW_OK && status != PW_ERROR_STOPPED && findings->n == 0)
        pw_findings_add(findings, NULL, 0, NULL, "%s", folder.message[0] ? pw_folder_message(&folder) : pw_status_sentence(status));
    pw_folder_free(&folder);
    pw_text_free(&page);
    return status;
}

static void free_all(pw_briefing_t *self)
{
    pw_charts_free(&self->charts);
    pw_ground_free(&self->ground);
    pw_text_free(&self->html);
    for (int s = 0; s < PW_MAX_SCENARIOS; s++)
        pw_text_free(&self->label[s]);
    pw_free(self);
}

pw_status_t pw_briefing_make(const char *folder, pw_briefing_said_t *said, pw_findings_t *findings)
{
    pw_account_t run = { 0 };
    pw_briefing_t *self = pw_alloc(1, sizeof *self);
    pw_status_t status = self ? pw_account_open(&run, folder, findings) : PW_ERROR_MEMORY;
    if (status == PW_OK) {
        self->run = &run;
        status = make_pages(self);
    }
    if (status == PW_OK)
        status = pw_charts_draw(&self->charts);
    if (status == PW_OK && findings->n > 0)
        status = PW_ERROR_INPUT;
    if (status == PW_OK) {
        if (!self->charts.drawn)
            pw_text_printf(&said->warnings, "%s\n", self->charts.why);
        status = deliver(self, said, findings);
    }
    if (self)
        free_all(self);
    pw_account_free(&run);
    return status;
}
