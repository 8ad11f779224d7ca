#include "starter.h"

#include <ctype.h>
#include <string.h>

bool pw_starter_name(const char *name, char suggestion[PW_STARTER_NAME + 1])
{
    size_t n = 0;
    for (const char *c = name; *c && n < PW_STARTER_NAME; c++) {
        char small = (char)tolower((unsigned char)*c);
        bool plain = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9' && n > 0);
        if (plain)
            suggestion[n++] = small;
        else if (n > 0 && suggestion[n - 1] != '_')
            suggestion[n++] = '_';
    }
    while (n > 0 && suggestion[n - 1] == '_')
        n--;
    suggestion[n] = '\0';
    return n > 0 && strcmp(name, suggestion) == 0;
}

/* "school_worker" -> "School worker" */
static void append_title(const char *name, pw_text_t *out)
{
    for (size_t i = 0; name[i]; i++) {
        char c = i == 0 ? (char)toupper((unsigned char)name[i]) : name[i] == '_' ? ' ' : name[i];
        pw_text_append_bytes(out, &c, 1);
    }
}

static void about(const char *name, const char *base, pw_text_t *out)
{
    pw_text_append(out, "# A policy to start from: it passes `pathways check` as it is. Change what stands between quotes and after equals signs; every\n"
                        "# setting ends in a semicolon. Lines that begin with # are notes for readers. docs/scenario-files.md explains each step.\n\n");
    pw_text_printf(out, "schema    = 1;                            # the version of this language: leave it\n"
                        "base      = \"%s\";\n", base);
    pw_text_append(out, "title     = \"");
    append_title(name, out);
    pw_text_append(out, "\";\n"
                        "rationale = \"Two sentences: what is wrong today, and what this policy does about it.\";\n"
                        "source    = \"Who asks for it: a report and its page, or the name of the person who proposes it.\";\n"
                        "# from_month = 6;                         # take the first # away to open the new service six months later\n\n");
}

static void evidence(const char *name, pw_text_t *out)
{
    pw_text_append(out, "# Uncertain numbers, each with its interval: the true number is below `low` with a chance of 2.5 in 100, above `high` "
                   "likewise. Interval and\n"
                        "# value have to fit one curve; if they do not, `check` proposes ends that do. With a study behind it, the grade is "
                        "measured, published or\n"
                        "# derived and the source is its name in params/sources.cfg; without one, the grade is assumed and the source is none.\n"
                        "evidence = (\n");
    pw_text_printf(out, "  { name = \"%s_uptake\"; kind = \"percent\"; value = 40.0; low = 13.7; high = 70.1; grade = \"assumed\"; source = \"none\";\n"
                        "    note = \"of families that are offered it, how many take it up: why these numbers?\"; },\n", name);
    pw_text_printf(out, "  { name = \"%s_effect\"; kind = \"ratio\"; value = 0.9; low = 0.6; high = 1.35; grade = \"assumed\"; source = \"none\";\n"
                        "    note = \"incidents while attending, against without: no study is known, so the interval holds 1, no effect\"; },\n", name);
    pw_text_printf(out, "  { name = \"%s_cost\"; kind = \"pounds\"; value = 2000.0; low = 1000.0; high = 4000.0; price_year = 2016; grade = "
                   "\"assumed\"; source = \"none\";\n"
                        "    note = \"for one place and year, used or not\"; }\n);\n\n", name);
}

static void service(const char *name, pw_text_t *out)
{
    pw_text_printf(out, "# One new service. A name that the base has already (params/baseline.cfg) would change that service instead.\n"
                        "services = (\n  { name = \"%s\"; title = \"", name);
    append_title(name, out);
    pw_text_append(out, "\";\n"
                        "    attends  = \"family\";                                # or victim, partner, child\n"
                        "    places   = 10.0;                                    # in each area; { north = 10.0; south = 5.0; } gives each its own\n"
                        "    # requires: { child_under_1 = 1; open_case = 0; };  # who may come: 1 must hold, 0 must not; without this line, everybody\n"
                        "    offered  = ( { at = \"police_attendance\";  percent = 20.0; },       # when police attend an incident\n"
                        "                 { at = \"letter\";             percent = 20.0; },       # with the letter: any stage may stand here\n"
                        "                 { at = \"initial_assessment\"; percent = 30.0; } );\n");
    pw_text_printf(out, "    uptake:  { percent = \"%s_uptake\"; };\n", name);
    pw_text_append(out, "    patience: { median_days = 45.0; p95_days = 150.0; };    # who waits for a place: half have given up after 45 days\n"
                        "    duration: { median_days = 120.0; p95_days = 300.0; };   # how long it is attended\n"
                        "    completes: { percent = 70.0; };                         # of those who start; the others drop out before the end\n");
    pw_text_printf(out, "    effects  = ( { on = \"incident_rate\"; ratio = \"%s_effect\"; during = \"attending\"; } );\n"
                        "    costs    = ( { payer = \"specialist_services\"; place_year_pounds = \"%s_cost\"; counts_as = \"cashable\"; } ); }\n);\n",
                   name, name);
}

void pw_starter_write(const char *name, const char *base, pw_text_t *out)
{
    about(name, base, out);
    evidence(name, out);
    service(name, out);
}
