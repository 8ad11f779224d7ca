/* page_subgroups.c: page 5: who is helped. */
#include <math.h>
#include <string.h>

#include "briefing.h"
#include "sentence.h"

enum { MOST_GROUPS = 16 };

/* A group of families: a subgroup of all areas, or all families of an area. */
typedef struct { const char *area, *subgroup; char label[80]; } group_t;

/* Those that the folder has rows of. */
static int find_groups(const pw_account_t *run, group_t *out)
{
    static const struct { const char *name, *label; } known[] = {
        { "infant_at_index", "Youngest child under one" },
        { "separated_at_index", "Couple separated" },
        { "contact_dispute", "Contact dispute" },
        { "nrpf", "No recourse to public funds" },
    };
    int n = 0;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (!isnan(pw_account_part(run, 0, "all", known[i].name, PW_HEADLINE, false).mean)) {
            out[n] = (group_t){ .area = "all", .subgroup = known[i].name };
            snprintf(out[n++].label, sizeof out[0].label, "%s", known[i].label);
        }
    const char *last = "all";
    for (int64_t r = 0; r < pw_account_rows(run, PW_READ_one_year) && n < MOST_GROUPS; r++) {
        const char *area = pw_account_cell(run, PW_READ_one_year, r, "area");
        bool known_area = strcmp(area, last) == 0;
        for (int k = 0; k < n; k++)
            known_area = known_area || strcmp(out[k].area, area) == 0;
        if (known_area)
            continue;
        out[n] = (group_t){ .area = last = area, .subgroup = "all" };
        snprintf(out[n++].label, sizeof out[0].label, "Site: %s", area);
    }
    return n;
}

static void fill(const pw_briefing_t *b, const group_t *group, const char *measure, pw_forest_row_t *row)
{
    for (int i = 0; i < b->n_policies; i++)
        row[i] = (pw_forest_row_t){ pw_briefing_label(b, b->policy[i]), pw_account_part(b->run, b->policy[i], group->area, group->subgroup, measure, true) };
}

/* "more with 2 of 3 policies", "fewer", "cannot tell" */
static void say_how_many(int fewer, int more, int of, int nothing, pw_text_t *out)
{
    if (fewer + more == 0)
        pw_text_append(out, nothing == of ? "no difference" : "cannot tell");
    else if (of == 1)
        pw_text_append(out, fewer ? "fewer" : "more");
    else if (fewer > 0 && more > 0)
        pw_text_printf(out, "fewer with %d, more with %d of %d policies", fewer, more, of);
    else
        pw_text_printf(out, "%s with %d of %d policies", fewer ? "fewer" : "more", fewer + more, of);
}

/* One small chart for each group, all on one axis. */
static void multiples(pw_briefing_t *b, const group_t *group, int n, const char *measure, const char *subject, const char *axis)
{
    pw_forest_row_t row[PW_MAX_SCENARIOS];
    double shared[2] = { 0.0, 0.0 }, range[2];
    for (int g = 0; g < n; g++) {
        fill(b, &group[g], measure, row);
        pw_forest_range(row, b->n_policies, range);
        shared[0] = fmin(shared[0], range[0]);
        shared[1] = fmax(shared[1], range[1]);
    }
    pw_text_append(&b->html, "<div class=\"small\">\n");
    for (int g = 0; g < n; g++) {
        char name[160];
        int fewer = 0, more = 0, nothing = 0;
        pw_text_t title = { 0 }, about = { 0 };
        fill(b, &group[g], measure, row);
        for (int i = 0; i < b->n_policies; i++) {
            fewer += pw_reading(&row[i].s) == PW_READING_LOWER;
            more += pw_reading(&row[i].s) == PW_READING_HIGHER;
            nothing += pw_reading(&row[i].s) == PW_READING_NOTHING;
            pw_text_printf(&about, "%s%s: ", i > 0 ? "; " : "Difference from the baseline. ", row[i].label);
            pw_say_difference(&row[i].s, "", &about);
        }
        pw_text_printf(&title, "%s. %s: ", group[g].label, subject);
        say_how_many(fewer, more, b->n_policies, nothing, &title);
        snprintf(name, sizeof name, "group_%s_%s_%s", group[g].subgroup, group[g].area, measure);
        pw_chart_forest(&b->charts, (pw_caption_t){ name, pw_text_get(&title), pw_text_get(&about), b->n_policies > PW_MANY, false }, axis, row,
                        b->n_policies, shared);
        pw_briefing_figure(b);
        pw_text_free(&title);
        pw_text_free(&about);
    }
    pw_text_append(&b->html, "</div>\n");
}

static void levels(pw_briefing_t *b, const group_t *group, int n)
{
    static const char *const measure[] = { PW_HEADLINE, "repeat_notifications", "served", "newly_assessed_at_index", "no_help_although_incidents" };
    pw_html_table_t t = pw_html_table_begin(&b->html, "The baseline, by group");
    pw_html_cell(&t, "Families");
    for (int k = 0; k < 5; k++)
        pw_html_number(&t, "%s, %s", pw_account_label(b->run, measure[k]), pw_account_unit(b->run, measure[k]));
    pw_html_row(&t);
    for (int g = -1; g < n; g++) {
        pw_html_cell(&t, "%s", g < 0 ? "All" : group[g].label);
        for (int k = 0; k < 5; k++)
            pw_briefing_number(&t, pw_account_part(b->run, 0, g < 0 ? "all" : group[g].area, g < 0 ? "all" : group[g].subgroup, measure[k], false).mean, "");
        pw_html_row(&t);
    }
    pw_html_table_end(&t);
}

void pw_page_subgroups(pw_briefing_t *b)
{
    group_t group[MOST_GROUPS];
    int n = find_groups(b->run, group);
    pw_briefing_page(b, 5, "Who is helped");
    if (b->n_policies > 0) {
        pw_html_element(&b->html, "h3", "Incidents with a child present: difference from the baseline");
        multiples(b, group, n, PW_HEADLINE, "Incidents with a child present", "per 100 families, left of 0 is better");
        pw_html_element(&b->html, "h3", "Families served by anybody: difference from the baseline");
        multiples(b, group, n, "served", "Families served", "% of families");
        pw_html_element(&b->html, "p class=\"note\"", "All small charts of a row of questions share one axis. A family belongs to a group by what held at its "
                        "index under the baseline, so that every "
                                                      "policy is compared on the same families.");
    }
    levels(b, group, n);
    pw_briefing_end_page(b);
}
