/* Map: every stage and way of the files is there once, shares add up, marks and escapes are right. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../model/base/memory.h"
#include "../model/report/map.h"
#include "harness.h"

#define EVERYTHING "tests/cases/map/everything.cfg"

static pw_spec_t *load(const char *file, const char *set)
{
    pw_findings_t findings = { 0 };
    pw_spec_t *spec = NULL;
    CU_ASSERT_EQUAL_FATAL(pw_spec_load(file, &set, set ? 1 : 0, &spec, &findings), PW_OK);
    pw_findings_print(&findings, stderr);
    CU_ASSERT_EQUAL_FATAL(findings.n, 0);
    pw_findings_free(&findings);
    return spec;
}

/* The map of a file after `worlds` worlds (0: none). */
static void draw(const char *file, const char *set, int worlds, pw_text_t *out)
{
    pw_spec_t *now = load(file, set), *before = load("params/baseline.cfg", set);
    pw_pilot_reach_t *reach = pw_alloc(1, sizeof *reach);
    pw_findings_t findings = { 0 };
    const pw_explain_pilot_t options = { .worlds = worlds, .seed = 7 };
    bool is_base = strcmp(file, "params/baseline.cfg") == 0;
    if (worlds > 0)
        CU_ASSERT_EQUAL_FATAL(pw_explain_pilot(before, now, &options, reach, &findings), PW_OK);
    CU_ASSERT_EQUAL(pw_map_write(is_base ? now : before, now, worlds > 0 ? reach : NULL, NULL, options.seed, out), PW_OK);
    pw_findings_free(&findings);
    pw_free(reach);
    pw_spec_free(now);
    pw_spec_free(before);
}

static bool has(const pw_text_t *map, const char *words) { return strstr(pw_text_get(map), words) != NULL; }

/* The line of the first edge from -> to that holds `words`; "" if there is none. */
static const char *edge(const pw_text_t *map, const char *from, const char *to, const char *words, char line[1024])
{
    char begin[256];
    snprintf(begin, sizeof begin, "  \"%s\" -> \"%s\" [", from, to);
    for (const char *at = pw_text_get(map); (at = strstr(at, begin)); at++) {
        snprintf(line, 1024, "%.*s", (int)strcspn(at, "\n"), at);
        if (strstr(line, words))
            return line;
    }
    line[0] = '\0';
    return line;
}

static void test_texts_are_escaped(void)
{
    pw_text_t text = { 0 };
    pw_map_escape("a \"b\" <c> & \\N\n\\", &text);
    CU_ASSERT_STRING_EQUAL(pw_text_get(&text), "a &quot;b&quot; &lt;c&gt; &amp; &#92;N &#92;");
    pw_text_free(&text);
    draw(EVERYTHING, NULL, 0, &text);
    CU_ASSERT(has(&text, "Quotes &quot; and &lt;b&gt;, R&amp;D, a &#92;backslash&#92; and &#92;N, a title"));
    CU_ASSERT(has(&text, "Helpline &lt;&quot;R&amp;D&#92;N&quot;&gt;"));
    pw_text_free(&text);
}

static void test_every_stage_is_a_node_and_every_exit_an_edge(void)
{
    pw_spec_t *spec = load("params/baseline.cfg", NULL);
    pw_text_t text = { 0 };
    char line[1024], node[128];
    draw("params/baseline.cfg", NULL, 0, &text);
    CU_ASSERT(spec->stages.n > 5);
    for (int i = 0; i < spec->stages.n; i++) {
        const pw_stage_spec_t *stage = &spec->stages.item[i];
        snprintf(node, sizeof node, "\n  \"%s\" [label=", stage->is.name);
        CU_ASSERT(has(&text, node));
        for (int k = 0; k < stage->choice.n; k++)
            CU_ASSERT(edge(&text, stage->is.name, spec->stages.item[stage->choice.item[k].to].is.name, "style=solid", line)[0]);
        for (int k = 0; k < stage->on.n; k++)
            CU_ASSERT(edge(&text, stage->is.name, spec->stages.item[stage->on.item[k].to].is.name, "style=dashed", line)[0]);
    }
    CU_ASSERT(!has(&text, " %"));                  /* without a run there are no shares, */
    CU_ASSERT(!has(&text, "+ ") && !has(&text, "- "));    /* and the baseline adds nothing to itself */
    CU_ASSERT(!has(&text, "dotted"));
    pw_text_free(&text);
    pw_spec_free(spec);
}

/* Adds up the shares of the edges out of `from`; *n receives how many there are. */
static double sum_of_shares(const pw_text_t *map, const char *from, int *n)
{
    char begin[128];
    double sum = 0.0;
    *n = 0;
    snprintf(begin, sizeof begin, "\n  \"%s\" -> ", from);
    for (const char *at = pw_text_get(map); (at = strstr(at, begin)); at++) {
        size_t length = strcspn(at + 1, "\n");
        const char *share = strstr(at, "<B>");
        if (!share || share > at + length)
            continue;
        ++*n;
        sum += share[3] == '&' ? 0.05 : strtod(share + 3, NULL);
    }
    return sum;
}

/* A run in which of 100 families' cases 30 went from screening to one stage and 10 to another: 75 and 25 %, and nobody elsewhere. Two ways between the same two
 * stages carry one share together. */
static void test_shares_of_a_finished_run_are_its_own(void)
{
    pw_spec_t *spec = load("params/baseline.cfg", NULL);
    pw_map_run_t *run = pw_alloc(1, sizeof *run);
    pw_text_t text = { 0 };
    char line[1024];
    const pw_stage_spec_t *from = &spec->stages.item[0];
    int a = from->choice.item[0].to, b = from->choice.item[1].to;
    run->worlds = 40;
    run->draws = 10;
    snprintf(run->seed, sizeof run->seed, "3");
    run->flow[0][a] = 30.0;
    run->flow[0][b] = 10.0;
    run->flow[PW_MAX_STAGES][0] = 40.0;
    CU_ASSERT_EQUAL(pw_map_write(spec, spec, NULL, run, 1, &text), PW_OK);
    CU_ASSERT(strstr(edge(&text, from->is.name, spec->stages.item[a].is.name, "style=solid", line), "<B>75 %</B>") != NULL);
    CU_ASSERT(strstr(edge(&text, from->is.name, spec->stages.item[b].is.name, "style=solid", line), "<B>25 %</B>") != NULL);
    CU_ASSERT(has(&text, "Found by a finished run of 40 worlds with seed 3, 10 draws of the estimates."));
    pw_text_clear(&text);
    int other = -1;
    for (int i = 0; i < spec->stages.n && other < 0; i++)
        if (spec->stages.item[i].choice.n > 0 && spec->stages.item[i].on.n > 0)
            other = i;
    CU_ASSERT_FATAL(other >= 0);
    pw_stage_spec_t *stage = &spec->stages.item[other];
    int to = stage->choice.item[0].to;
    stage->on.item[0].to = to;
    run->flow[other][to] = 7.0;
    CU_ASSERT_EQUAL(pw_map_write(spec, spec, NULL, run, 1, &text), PW_OK);
    CU_ASSERT(strstr(edge(&text, stage->is.name, spec->stages.item[to].is.name, "style=solid", line), "<B>together 1") != NULL);
    CU_ASSERT(strstr(edge(&text, stage->is.name, spec->stages.item[to].is.name, "style=dashed", line), "<B>together 1") != NULL);
    pw_text_free(&text);
    pw_free(run);
    pw_spec_free(spec);
}

static void check_sums(const char *file)
{
    pw_spec_t *spec = load(file, NULL);
    pw_text_t text = { 0 };
    int checked = 0, n;
    draw(file, NULL, 4, &text);
    for (int i = 0; i < spec->stages.n; i++)
        if (!spec->stages.item[i].end && !spec->stages.item[i].is.removed) {
            double sum = sum_of_shares(&text, spec->stages.item[i].is.name, &n);
            CU_ASSERT(n > 1 && fabs(sum - 100.0) <= 0.5 * n);
            checked++;
        }
    CU_ASSERT(checked >= 6);
    double starts = 0.0;
    static const char *const start[] = { "from police", "from other agencies", "from before" };
    for (int i = 0; i < 3; i++)
        starts += sum_of_shares(&text, start[i], &n);
    CU_ASSERT(fabs(starts - 100.0) <= 2.0);
    pw_text_free(&text);
    pw_spec_free(spec);
}

static void test_shares_of_a_stage_add_up(void)
{
    check_sums("params/baseline.cfg");
    check_sums("scenarios/no_closing_at_separation.cfg");
    check_sums(EVERYTHING);
}

static void test_event_and_decision_to_one_stage_are_counted_apart(void)
{
    pw_text_t text = { 0 };
    char line[1024];
    draw("params/baseline.cfg", NULL, 4, &text);
    CU_ASSERT(edge(&text, "core_assessment", "closed", "separation", line)[0]);
    CU_ASSERT(!strstr(line, "<B>0 %") && strstr(line, "color=\"black\""));
    pw_text_clear(&text);
    draw("params/baseline.cfg", "stages.core_assessment.on.separation_reported.percent=0", 4, &text);
    CU_ASSERT(edge(&text, "core_assessment", "closed", "separation", line)[0]);
    CU_ASSERT(strstr(line, "<B>0 %</B>") && strstr(line, "color=\"#767676\""));      /* grey: nobody took it */
    CU_ASSERT(edge(&text, "core_assessment", "closed", "style=solid", line)[0]);
    CU_ASSERT(!strstr(line, "<B>0 %"));
    pw_text_free(&text);
}

static void test_what_a_scenario_does_is_marked(void)
{
    pw_text_t text = { 0 };
    char line[1024];
    draw(EVERYTHING, NULL, 4, &text);
    CU_ASSERT(has(&text, "\n  \"second_look\" [label=<<B>+ second look</B><BR/><FONT POINT-SIZE=\"10\"><I>duty team"));
    CU_ASSERT(has(&text, "\n  \"signposted\" [label=<<B>- signposted</B>"));
    CU_ASSERT(strstr(edge(&text, "screening", "signposted", "", line), "style=dotted") && strstr(line, "label=< -  >"));
    CU_ASSERT(strstr(edge(&text, "screening", "second_look", "", line), "color=\"#0072B2\"") && strstr(line, "label=< + <B>"));
    CU_ASSERT(strstr(edge(&text, "initial_assessment", "closed", "separation", line), "- separation") && strstr(line, "style=dotted"));
    CU_ASSERT(strstr(edge(&text, "initial_assessment", "closed", "longest wait", line), "style=dashed") && !strstr(line, "<B>0 %"));
    CU_ASSERT(edge(&text, "second_look", "letter", "longest wait", line)[0]);
    CU_ASSERT(has(&text, "COLOR=\"#0072B2\">+ offered: Helpline"));
    CU_ASSERT(has(&text, "COLOR=\"#D55E00\">- offered: Early help"));
    pw_text_clear(&text);
    draw("scenarios/no_closing_at_separation.cfg", NULL, 0, &text);       /* an event that leads elsewhere: one way out, one in */
    CU_ASSERT(strstr(edge(&text, "core_assessment", "closed", "separation", line), "style=dotted") != NULL);
    CU_ASSERT(strstr(edge(&text, "core_assessment", "monitoring", "separation", line), "label=<+ separation") != NULL);
    pw_text_free(&text);
}

static void test_same_input_gives_the_same_bytes(void)
{
    pw_text_t a = { 0 }, b = { 0 };
    draw(EVERYTHING, NULL, 2, &a);
    draw(EVERYTHING, NULL, 2, &b);
    CU_ASSERT(a.n > 1000 && a.n == b.n && memcmp(a.bytes, b.bytes, a.n) == 0);
    pw_text_free(&a);
    pw_text_free(&b);
}

/* Every allocation fails once: the map says so, and nothing leaks (memcheck, asan). */
static void test_map_without_memory_says_so(void)
{
    pw_spec_t *now = load(EVERYTHING, NULL), *before = load("params/baseline.cfg", NULL);
    long failures = 0;
    for (pw_status_t status = PW_ERROR_MEMORY; status != PW_OK && failures < 1000; failures++) {
        pw_text_t text = { 0 };
        pw_memory_fail_at(failures + 1);
        status = pw_map_write(before, now, NULL, NULL, 1, &text);
        pw_memory_fail_at(0);
        CU_ASSERT(status == PW_ERROR_MEMORY || (status == PW_OK && !text.failed));
        pw_text_free(&text);
    }
    CU_ASSERT(failures > 3 && failures < 1000);
    pw_spec_free(now);
    pw_spec_free(before);
}

PW_TESTS(PW_TEST(test_texts_are_escaped), PW_TEST(test_shares_of_a_finished_run_are_its_own), PW_TEST(test_every_stage_is_a_node_and_every_exit_an_edge),
         PW_TEST(test_shares_of_a_stage_add_up),
         PW_TEST(test_event_and_decision_to_one_stage_are_counted_apart), PW_TEST(test_what_a_scenario_does_is_marked),
         PW_TEST(test_same_input_gives_the_same_bytes), PW_TEST(test_map_without_memory_says_so))
