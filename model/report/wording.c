#include "wording.h"

#include <string.h>

/* `*` stands for the name of a kind of incident, team, service, stage, payer or a number of months; the first row that fits is taken. `one` as
 * pw_word_one says; NULL: nobody prices it. */
typedef struct { const char *name, *words, *one; } said_t;

static const said_t measure[] = {
    /* return */
    { "renotified_after_no_further_action", "families notified again after no further action", NULL },
    { "renotified_after_letter", "families notified again after a letter", NULL },
    { "renotified_*_months", "families notified again within * months", "family fewer notified again within * months" },
    { "not_renotified_*", "families not notified again by month *", "family more not notified again by month *" },
    { "repeat_notifications", "repeat notifications", "repeat notification averted" },
    { "return_ratio_letter_to_no_further_action", "return after a letter against return after no further action", NULL },
    { "returns_of_most_returning", "share of returns by the 8.5 % of families that return most", NULL },
    /* pathway */
    { "newly_assessed_at_index", "families newly assessed at the index notification", NULL },
    { "newly_assessed_per_notification", "notifications that led to a new assessment", NULL },
    { "no_further_action_at_index", "families with no further action at the index notification", NULL },
    { "letter_at_index", "families sent a letter at the index notification", NULL },
    { "signposted_at_index", "families pointed to another service at the index notification", NULL },
    { "open_at_index", "families with an open case at the index notification", NULL },
    { "other_at_index", "families with another outcome at the index notification", NULL },
    { "not_screened_at_index", "families whose index notification was not screened", NULL },
    { "screened_to_no_further_action", "screening decisions for no further action", NULL },
    { "screened_to_letter", "screening decisions for a letter", NULL },
    { "screened_to_signposted", "screening decisions for another service", NULL },
    { "served_at_index", "families served at the index notification", NULL },
    { "open_of_served_at_index", "share open already among families served at the index notification", NULL },
    { "served", "families served by anybody", NULL },
    { "help", "times that anybody helped", NULL },
    { "open_of_served", "share open at the index notification among families served by anybody", NULL },
    { "notifications", "notifications", NULL },
    { "screenings", "screening decisions", NULL },
    { "child_seen_by_form", "children present whom the form shows", NULL },
    { "initial_assessments", "initial assessments", NULL },
    { "core_assessments", "core assessments", NULL },
    { "family_support", "starts of family support", NULL },
    { "child_protection", "starts of child protection plans", NULL },
    { "monitoring", "starts of long-term monitoring", NULL },
    { "became_looked_after", "families whose children become looked after", "family fewer whose children become looked after" },
    { "cases", "cases opened", NULL },
    { "cases_closed", "cases closed", NULL },
    { "cases_closed_at_separation", "cases closed at a separation", NULL },
    { "incidents_after_closing_at_separation", "incidents after a case was closed at a separation",
      "incident averted after a case was closed at a separation" },
    { "stop_starts", "stop-starts", "stop-start averted" },
    { "no_help_although_incidents", "families that nobody helped despite two or more incidents", NULL },
    { "separations_reported", "separations reported to social services", NULL },
    { "false_reports", "false reports of separation", NULL },
    { "victim_engaged", "times that a victim takes part", "time more that a victim takes part" },
    { "partner_approached", "times that a partner is approached", "time more that a partner is approached" },
    { "partner_engaged", "times that a partner takes part", "time more that a partner takes part" },
    { "waits_ended_by_limit", "waits for a team that end at their limit", "wait fewer that ends at its limit" },
    { "not_known_before", "families not known before the index notification", NULL },
    /* harm; kinds of incident are last */
    { "child_incidents", "times that a child is present at an incident", NULL },
    { "partner_removed", "call-outs at which police remove the partner", NULL },
    { "child_spoken_to", "call-outs at which police speak to a child", NULL },
    { "injury_at_notification", "notified incidents with an injury", NULL },
    { "separated_at_notification", "notified incidents of separated couples", NULL },
    { "removed_at_notification", "notified incidents after which police remove the partner", NULL },
    /* targeting */
    { "sensitivity", "families at risk that are served at once", NULL },
    { "specificity", "families not at risk that are left alone", NULL },
    { "number_needed_to_assess", "families assessed for one at risk", NULL },
    { "severe_without_services", "families that would have a severe injury without services", NULL },
    /* queues */
    { "wait_p90_*", "wait for * that nine in ten do not exceed", NULL },
    { "wait_*", "wait for *", NULL },
    { "within_statutory_initial_assessment", "initial assessments in time", NULL },
    { "within_statutory_core_assessment", "core assessments in time", NULL },
    { "within_statutory_*", "work in time (*)", NULL },
    { "queue_length_*", "families waiting for *", NULL },
    { "occupancy_*", "places in use in *", NULL },
    { "refused_*", "families turned away from *", NULL },
    { "gave_up_*", "families that leave the queue for *", NULL },
    /* services */
    { "eligible_*", "families eligible for *", NULL },
    { "offered_*", "families offered *", NULL },
    { "took_up_*", "families that take up *", NULL },
    { "waited_*", "families that have to wait for *", NULL },
    { "started_*", "families in *", NULL },
    { "completed_*", "families that complete *", NULL },
    { "dropped_out_*", "families that drop out of *", NULL },
    { "patience_over_*", "families that give up waiting for *", "family fewer that gives up waiting for *" },
    { "still_waiting_*", "families still waiting for * at the end", NULL },
    { "still_attending_*", "families still in * at the end", NULL },
    /* situation */
    { "end_both_parents", "families at home with both parents at the end", NULL },
    { "end_one_parent", "families at home with one parent at the end", NULL },
    { "end_looked_after", "families with children looked after at the end", "family fewer with children looked after at the end" },
    { "end_moved_away", "families that moved away", NULL },
    { "end_grown_up", "families whose youngest child has grown up", NULL },
    { "follow_up_incomplete", "families not followed to the end", NULL },
    { "end_on_plan", "families on a child protection plan at the end", NULL },
    { "end_open_case", "families with an open case at the end", NULL },
    { "end_waiting_team", "families waiting for a team at the end", NULL },
    { "end_waiting_service", "families waiting for a service at the end", NULL },
    { "end_in_service", "families in a service at the end", NULL },
    { "both_home_of_both_engaged", "families with both parents at home where both took part", NULL },
    { "children_looked_after", "children looked after at the end", NULL },
    { "children_on_plan", "children on a child protection plan at the end", NULL },
    /* area */
    { "cohort_families", "families followed", NULL },
    { "entries_per_month", "families that enter the area's population in a month", NULL },
    { "incidents_per_month", "incidents in the whole area in a month", "incident averted in the area" },
    { "reported_per_month", "incidents reported to police in the whole area in a month", NULL },
    { "notifications_per_month", "notifications in the whole area in a month", NULL },
    { "referrals_per_month", "referrals by others in the whole area in a month", NULL },
    { "screened_per_month", "screening decisions in the whole area in a month", NULL },
    { "initial_assessments_per_month", "initial assessments in the whole area in a month", NULL },
    { "core_assessments_per_month", "core assessments in the whole area in a month", NULL },
    { "left_per_month", "families that leave the area's population in a month", NULL },
    { "waiting_for_teams_at_end", "families in the whole area waiting for a team at the end", NULL },
    { "waiting_for_services_at_end", "families in the whole area waiting for a service at the end", NULL },
    { "in_services_at_end", "families in the whole area in a service at the end", NULL },
    { "open_cases_at_end", "open cases in the whole area at the end", NULL },
    /* money, prices, what is made of them */
    { "own_use_cashable", "cashable cost of what these families use", NULL },
    { "own_use_capacity", "staff time in the cost of what these families use", NULL },
    { "own_use_social_value", "social value in the cost of what these families use", NULL },
    { "own_use_*", "cost to * of what these families use", NULL },
    { "own_use", "cost of what these families use", NULL },
    { "budget_per_incident_averted", "price of an incident averted in the area", NULL },
    { "budget_per_notification_averted", "price of a notification averted in the area", NULL },
    { "cost_per_repeat_notification_averted", "price of a repeat notification averted", NULL },
    { "budget_cashable", "cashable budget of the area", NULL },
    { "budget_capacity", "staff time in the budget of the area", NULL },
    { "budget_social_value", "social value in the budget of the area", NULL },
    { "budget_*", "budget of * in the area", NULL },
    { "budget", "budget of the area", NULL },
    { "net_benefit", "net benefit", NULL },
    /* kinds of incident */
    { "incidents_with_*_reported", "incidents with * reported to police", NULL },
    { "incidents_with_*_notified", "incidents with * notified to social services", NULL },
    { "incidents_with_*", "incidents with *", "incident with * averted" },
    { "incidents_*_reported", "incidents * reported to police", NULL },
    { "incidents_*_notified", "incidents * notified to social services", NULL },
    { "incidents_reported", "incidents reported to police", NULL },
    { "incidents_notified", "incidents notified to social services", NULL },
    { "incidents_*", "incidents *", "incident * averted" },
    { "incidents", "incidents", "incident averted" },
};
enum { N_MEASURES = sizeof measure / sizeof measure[0] };

/* What the star of the pattern stands for; false: the name is another. */
static bool fits(const char *pattern, const char *name, const char **item, size_t *n)
{
    const char *star = strchr(pattern, '*');
    *item = "";
    *n = 0;
    if (!star)
        return strcmp(pattern, name) == 0;
    size_t before = (size_t)(star - pattern), after = strlen(star + 1), length = strlen(name);
    if (length <= before + after || strncmp(pattern, name, before) != 0 || strcmp(name + length - after, star + 1) != 0)
        return false;
    *item = name + before;
    *n = length - before - after;
    return true;
}

/* Teams, services and structures whose names alone do not read as what they are. */
static const struct { const char *name, *words; } called[] = {
    { "duty", "the duty team" },
    { "long_term", "the long-term team" },
    { "children_therapy", "children's therapy" },
    { "as_files", "as the files say" },
    { "slow_down", "slow-down under load" },
    { "separation_only_lowers", "separation that only lowers" },
    { "gap_shape_low", "incidents in clusters" },
    { "gap_shape_high", "incidents evenly spaced" },
    { "return_low", "few families returning" },
    { "return_high", "many families returning" },
    { "displacement_20", "20 % displacement" },
    { "displacement_40", "40 % displacement" },
    { "baseline", "the baseline" },
};

/* "child_present" is "a child present": the files leave the article out. */
static const char *article(const char *item)
{
    if (strncmp(item, "injury", strlen("injury")) == 0)
        return "an ";
    return strncmp(item, "child_", strlen("child_")) == 0 || strncmp(item, "severe_injury", strlen("severe_injury")) == 0 ? "a " : "";
}

static void append_item(const char *item, size_t n, bool counted, pw_text_t *out)
{
    for (size_t i = 0; i < sizeof called / sizeof called[0]; i++)
        if (strlen(called[i].name) == n && strncmp(called[i].name, item, n) == 0) {
            pw_text_append(out, called[i].words);
            return;
        }
    pw_text_append(out, counted ? article(item) : "");
    for (size_t i = 0; i < n; i++)
        pw_text_append_bytes(out, item[i] == '_' ? " " : item + i, 1);
}

static void append_filled(const char *words, const char *item, size_t n, bool counted, pw_text_t *out)
{
    const char *star = strchr(words, '*');
    pw_text_append_bytes(out, words, star ? (size_t)(star - words) : strlen(words));
    if (!star)
        return;
    append_item(item, n, counted, out);
    pw_text_append(out, star + 1);
}

/* Appends the words of a measure, or of one unit of it; false: there are none. */
static bool say(const char *name, bool one, pw_text_t *out)
{
    const char *item;
    size_t n;
    for (int i = 0; i < N_MEASURES; i++) {
        if (!fits(measure[i].name, name, &item, &n))
            continue;
        const char *words = one ? measure[i].one : measure[i].words;
        if (words)
            append_filled(words, item, n, strncmp(measure[i].name, "incidents_with_", strlen("incidents_with_")) == 0, out);
        return words != NULL;
    }
    return false;
}

void pw_word_name(const char *name, pw_text_t *out)
{
    if (strchr(name, ' '))
        pw_text_append(out, name);
    else
        append_item(name, strlen(name), false, out);
}

void pw_word_measure(const char *name, pw_text_t *out)
{
    if (!say(name, false, out))
        pw_word_name(name, out);
}

void pw_word_one(const char *name, pw_text_t *out)
{
    if (say(name, true, out))
        return;
    pw_text_append(out, "unit of ");
    pw_word_measure(name, out);
}

/* ---- estimates ---- */

/* Of a name that nobody has given words: "mentor_uptake" is "uptake of mentor". */
static void say_by_rule(const char *name, pw_text_t *out)
{
    static const struct { const char *ending, *words; } turned[] = {
        { "_place_cost", "yearly cost of a place in " }, { "_day_cost", "cost of a day of " }, { "_cost", "cost of " }, { "_set_up", "set-up cost of " },
        { "_share", "share of " }, { "_uptake", "uptake of " }, { "_effect", "effect of " }, { "_rate", "rate of " }, { "_places", "number of places in " },
        { "_auc", "accuracy of " },
    };
    static const struct { const char *short_, *words; } spelt[] = { { "auc", "accuracy" }, { "nrpf", "no recourse to public funds" }, { "p90", "90 % point" } };
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof turned / sizeof turned[0]; i++) {
        size_t m = strlen(turned[i].ending);
        if (n > m && strcmp(name + n - m, turned[i].ending) == 0) {
            pw_text_append(out, turned[i].words);
            n -= m;
            break;
        }
    }
    for (size_t at = 0; at < n;) {
        size_t word = strcspn(name + at, "_"), length = word < n - at ? word : n - at;
        const char *words = NULL;
        for (size_t i = 0; i < sizeof spelt / sizeof spelt[0]; i++)
            words = length == strlen(spelt[i].short_) && strncmp(name + at, spelt[i].short_, length) == 0 ? spelt[i].words : words;
        pw_text_append(out, at > 0 ? " " : "");
        pw_text_append_bytes(out, words ? words : name + at, words ? strlen(words) : length);
        at += length + 1;
    }
}

void pw_word_estimate(const char *label, pw_text_t *out)
{
    const char *slash = strchr(label, '/'), *name = slash ? slash + 1 : label, *words = pw_word_of_estimate(name);
    if (words)
        pw_text_append(out, words);
    else
        say_by_rule(name, out);
    if (!slash)
        return;
    pw_text_append(out, " (");
    append_item(label, (size_t)(slash - label), false, out);
    pw_text_append(out, ")");
}

void pw_word_path(const char *path, pw_text_t *out)
{
    static const char evidence[] = "evidence.", places[] = ".places";
    size_t n = strlen(path), m = strlen(places);
    const char *dot = strchr(path, '.');
    if (strncmp(path, evidence, strlen(evidence)) == 0) {
        pw_word_estimate(path + strlen(evidence), out);
    } else if (dot && n > m && dot + 1 < path + n - m && strcmp(path + n - m, places) == 0) {
        pw_text_append(out, "number of places in ");
        append_item(dot + 1, (size_t)(path + n - m - dot - 1), false, out);
    } else {
        pw_text_append(out, path);
    }
}

void pw_word_input(const char *name, pw_text_t *out)
{
    const char *slash = strchr(name, '/'), *path = slash ? slash + 1 : name;
    if (!strchr(path, '.')) {
        pw_word_estimate(name, out);
        return;
    }
    pw_word_path(path, out);
    if (slash) {
        pw_text_append(out, " (");
        append_item(name, (size_t)(slash - name), false, out);
        pw_text_append(out, ")");
    }
}
