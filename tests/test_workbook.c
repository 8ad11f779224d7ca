/* test_workbook.c: a run's folder becomes a workbook: the same bytes each time, every text a text, and what is wrong in a folder is said. */
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../model/base/digest.h"
#include "../model/base/interrupt.h"
#include "../model/base/text.h"
#include "../model/report/reading.h"
#include "../model/report/workbook.h"
#include "harness.h"

static const char measures[] = "measure,label,theme,unit,direction,headline,definition\n"
                               "repeat_notifications,Repeat notifications,return,per 100 families,lower is better,true,What it is.\n"
                               "hidden,Hidden,return,ratio,none,false,What it is.\n";
static const char summary[] = "scenario,area,subgroup,measure,unit,mean,mc_se,low95,high95,p05,p50,p95,draws,replications,additive\n"
                              "baseline,all,all,repeat_notifications,per 100 families,168.25,1.5,100,250,90,160,260,200,4,false\n";
static const char differences[] = "scenario,area,subgroup,measure,unit,mean,mc_se,low95,high95,p05,p50,p95,draws,replications,additive,better\n"
                                  "policy,all,all,repeat_notifications,per 100 families,-12.5,0.5,-20,-4,-30,-12,3,200,4,false,0.99\n"
                                  "policy,north,all,repeat_notifications,per 100 families,-99,0.5,-20,-4,-30,-12,3,200,4,false,0.99\n";
static const char costs[] = "payer,year,scenario,money,spending,cost\nsocial_care,1,baseline,cashable,running,1000000\n"
    "social_care,1,policy,cashable,running,1200000\n"
                            "social_care,1,baseline,capacity,set-up,0\nsocial_care,1,policy,capacity,set-up,34567\n";
static const char monthly[] = "scenario,area,month,queue,measure,unit,mean,p95\nbaseline,all,1,,notifications,a month,75,\n"
    "baseline,all,1,duty,wait_mean,days,2.5,\n"
                              "policy,all,1,duty,wait_mean,days,,\n";
static const char targets[] = "target,title,measure,study,low,high,model,unit,use,reproduced,source\nnewly,Newly,newly,9 or 10 of 184,4,6,5.1,% of "
    "families,fitted,yes,s\n";
static const char assumptions[] = "scenario,estimate,area,kind,value,low,high,grade,source,price_year,note,origin\n"
    "baseline,rate,all,count,21,17,26,assumed,none,,=1+1,f:1\n";

static const char draws[] = "draw,scenario,repeat_notifications\n", parameters[] = "draw\n", pathways[] = "from,to,per_100_families\n",
    survival[] = "month,not_returned\n",
                  one_year[] = "area,difference_p95\n";

static const struct { const char *name, *text; } whole[] = {
    { "measures.csv", measures }, { "summary.csv", summary },         { "differences.csv", differences }, { "costs.csv", costs },
    { "monthly.csv", monthly },   { "targets.csv", targets },         { "assumptions.csv", assumptions }, { "draws.csv", draws },
    { "pathways.csv", pathways }, { "parameters.csv", parameters },   { "survival.csv", survival },       { "one_year.csv", one_year },
};
enum { FILES = sizeof whole / sizeof whole[0] };

static char folder[64], out[128];

static const char *in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void put(const char *name, const char *text)
{
    FILE *file = fopen(in_folder(name), "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs(text, file);
    fclose(file);
}

/* The manifest, with the fingerprints of the files as they are now. */
static void put_manifest(void)
{
    pw_text_t text = { 0 };
    pw_text_append(&text, "{\"schema\": 1, \"program\": {\"version\": \"0.1.0\", \"commit\": \"abc\"}, \"command\": \"pathways run x\", \"started\": "
                   "\"2026-03-04T05:06:07Z\","
                          "\"settings\": {\"seed\": \"1\", \"draws_done\": 200, \"replications\": 4},"
                          "\"scenarios\": [{\"name\": \"baseline\", \"title\": \"As it is\"}, {\"name\": \"policy\", \"title\": \"=HYPERLINK(\\\"x\\\") "
                          "<b>\"}], \"results\": [");
    for (int i = 0; i < FILES; i++) {
        char sha256[PW_DIGEST_ROOM];
        CU_ASSERT_EQUAL(pw_digest_file(in_folder(whole[i].name), sha256), PW_OK);
        pw_text_printf(&text, "%s{\"file\": \"%s\", \"sha256\": \"%s\"}", i ? ", " : "", whole[i].name, sha256);
    }
    pw_text_append(&text, "]}");
    put("manifest.json", pw_text_get(&text));
    pw_text_free(&text);
}

static pw_status_t write_book(pw_findings_t *findings)
{
    pw_account_t run = { 0 };
    pw_status_t status = pw_account_open(&run, folder, findings);
    if (status == PW_OK)
        status = pw_workbook_write(&run, out, findings);
    pw_account_free(&run);
    return status;
}

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/pathways-book-XXXXXX");
    CU_ASSERT_PTR_NOT_NULL_FATAL(mkdtemp(folder));
    for (int i = 0; i < FILES; i++)
        put(whole[i].name, whole[i].text);
    put_manifest();
    snprintf(out, sizeof out, "%s/summary.xlsx", folder);
}

static void remove_folder(void)
{
    for (int i = 0; i < FILES; i++)
        unlink(in_folder(whole[i].name));
    unlink(in_folder("manifest.json"));
    unlink(out);
    rmdir(folder);
}

/* What `unzip -p summary.xlsx PART` says. */
static const char *part(const char *name)
{
    static char text[65536];
    char command[512];
    snprintf(command, sizeof command, "unzip -p %s '%s'", out, name);
    FILE *pipe = popen(command, "r");
    CU_ASSERT_PTR_NOT_NULL_FATAL(pipe);
    text[fread(text, 1, sizeof text - 1, pipe)] = '\0';
    CU_ASSERT_EQUAL(pclose(pipe), 0);
    return text;
}

static void test_the_workbook_holds_the_runs_numbers(void)
{
    pw_findings_t findings = { 0 };
    make_folder();
    CU_ASSERT_EQUAL_FATAL(write_book(&findings), PW_OK);
    const char *names = part("xl/workbook.xml");
    static const char *const sheets[] = { "Start here", "Headline", "Differences", "Costs", "Queues", "Costs in detail", "Targets", "Assumptions" };
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++)
        CU_ASSERT_PTR_NOT_NULL(strstr(names, sheets[i]));
    const char *headline = part("xl/worksheets/sheet2.xml");
    CU_ASSERT_PTR_NOT_NULL(strstr(headline, "<v>168.25</v>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(headline, "<v>-12.5</v>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(headline, "state=\"frozen\""));
    CU_ASSERT_PTR_NULL(strstr(headline, "<v>-99</v>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(part("xl/sharedStrings.xml"), "lower (better)"));
    CU_ASSERT_PTR_NOT_NULL(strstr(part("xl/worksheets/sheet4.xml"), "<v>1234567</v>"));
    CU_ASSERT_PTR_NOT_NULL(strstr(part("xl/charts/chart1.xml"), "Budget by payer and year"));
    CU_ASSERT_PTR_NOT_NULL(strstr(part("docProps/core.xml"), "2026-03-04T05:06:07Z"));
    remove_folder();
}

static void test_what_users_wrote_is_never_a_formula(void)
{
    pw_findings_t findings = { 0 };
    make_folder();
    CU_ASSERT_EQUAL_FATAL(write_book(&findings), PW_OK);
    for (int sheet = 1; sheet <= 8; sheet++) {
        char name[64];
        snprintf(name, sizeof name, "xl/worksheets/sheet%d.xml", sheet);
        CU_ASSERT_PTR_NULL(strstr(part(name), "<f>"));
    }
    const char *strings = part("xl/sharedStrings.xml");
    CU_ASSERT_PTR_NOT_NULL(strstr(strings, "=HYPERLINK(\"x\") &lt;b&gt;"));
    CU_ASSERT_PTR_NOT_NULL(strstr(strings, "=1+1"));
    remove_folder();
}

static void test_the_same_folder_gives_the_same_bytes(void)
{
    char first[PW_DIGEST_ROOM], second[PW_DIGEST_ROOM], changed[PW_DIGEST_ROOM];
    pw_findings_t findings = { 0 };
    make_folder();
    CU_ASSERT_EQUAL(write_book(&findings), PW_OK);
    pw_digest_file(out, first);
    sleep(1);
    CU_ASSERT_EQUAL(write_book(&findings), PW_OK);
    pw_digest_file(out, second);
    PW_ASSERT_TEXT(second, first);
    put("costs.csv", "payer,year,scenario,money,spending,cost\nsocial_care,1,baseline,cashable,running,1000001\n");
    put_manifest();
    CU_ASSERT_EQUAL(write_book(&findings), PW_OK);
    pw_digest_file(out, changed);
    CU_ASSERT_NOT_EQUAL(strcmp(changed, first), 0);
    remove_folder();
}

static void test_a_folder_that_is_not_whole_is_refused_by_name(void)
{
    static const struct { const char *file, *text; } wrong[] = {
        { "summary.csv", "scenario,area\nbaseline,all\n" },
        { "differences.csv", "" },
        { "costs.csv", "payer,year,scenario,money,spending,cost\nsocial_care,1,policy,cashable,running,much\n" },
        { "monthly.csv", "scenario,area,month,queue,measure,unit,mean,p95\nbaseline,all,1,duty,wait_mean,days,long,\n" },
        { "monthly.csv", "scenario,area,month,queue,measure,unit,mean,p95\nbaseline,all,999999999,duty,wait_mean,days,1,\n" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        pw_findings_t findings = { 0 };
        make_folder();
        put(wrong[i].file, wrong[i].text);
        put_manifest();
        CU_ASSERT_EQUAL(write_book(&findings), PW_ERROR_INPUT);
        CU_ASSERT_FATAL(findings.n > 0);
        CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[0].file, wrong[i].file));
        CU_ASSERT_NOT_EQUAL(access(out, F_OK), 0);
        pw_findings_free(&findings);
        remove_folder();
    }
    for (int i = 0; i < FILES; i++) {
        pw_findings_t findings = { 0 };
        make_folder();
        unlink(in_folder(whole[i].name));
        CU_ASSERT_NOT_EQUAL(write_book(&findings), PW_OK);
        CU_ASSERT_FATAL(findings.n > 0);
        CU_ASSERT_NOT_EQUAL(access(out, F_OK), 0);
        pw_findings_free(&findings);
        remove_folder();
    }
}

/* Edited by hand: the number is there, the fingerprint is not. */
static void test_a_file_that_was_edited_by_hand_makes_no_workbook(void)
{
    static const char *const half[] = { "{", "{\"scenarios\": []}" };
    pw_findings_t findings = { 0 };
    make_folder();
    put("costs.csv", "payer,year,scenario,money,spending,cost\nsocial_care,1,baseline,cashable,running,1000001\n");
    CU_ASSERT_EQUAL(write_book(&findings), PW_ERROR_INPUT);
    CU_ASSERT_FATAL(findings.n == 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[0].file, "costs.csv"));
    CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[0].message, "the file is not as the run wrote it"));
    CU_ASSERT_NOT_EQUAL(access(out, F_OK), 0);
    pw_findings_free(&findings);
    for (size_t i = 0; i < 2; i++) {
        put("manifest.json", half[i]);
        CU_ASSERT_EQUAL(write_book(&findings), PW_ERROR_INPUT);
        CU_ASSERT_PTR_NOT_NULL(strstr(findings.finding[0].file, "manifest.json"));
        pw_findings_free(&findings);
    }
    remove_folder();
}

static void test_a_difference_reads_as_the_table_says(void)
{
    pw_summary_t clear = { .mean = -12.5, .mc_se = 0.5, .low95 = -20, .high95 = -4, .draws = 200, .replications = 4, .spread = PW_SPREAD_DRAWS };
    pw_summary_t doubtful = clear, noisy = clear, nothing = { .low95 = NAN, .high95 = NAN, .spread = PW_SPREAD_NOISE };
    doubtful.high95 = 1.0;
    noisy.mc_se = 7.0;
    PW_ASSERT_TEXT(pw_reading_words(pw_reading(&clear), -1), "lower (better)");
    PW_ASSERT_TEXT(pw_reading_words(pw_reading(&clear), 1), "lower (worse)");
    PW_ASSERT_TEXT(pw_reading_words(pw_reading(&clear), 0), "lower");
    PW_ASSERT_TEXT(pw_reading_words(pw_reading(&doubtful), -1), "cannot tell");
    PW_ASSERT_TEXT(pw_reading_words(pw_reading(&noisy), -1), "cannot tell");
    PW_ASSERT_TEXT(pw_reading_words(pw_reading(&nothing), -1), "no difference");
    CU_ASSERT_EQUAL(pw_reading_direction("lower is better"), -1);
    CU_ASSERT_EQUAL(pw_reading_direction("higher is better"), 1);
    CU_ASSERT_EQUAL(pw_reading_direction("none"), 0);
}

/* As if Ctrl-C had come while the folder is read: no file more is looked at, and nothing is said to be wrong with it. */
static void test_who_is_asked_to_stop_reads_no_further(void)
{
    pw_findings_t findings = { 0 };
    pw_account_t run = { 0 };
    make_folder();
    pw_interrupt_install();
    CU_ASSERT_EQUAL_FATAL(pw_manifest_read(&run.manifest, folder, &findings), PW_OK);
    CU_ASSERT_EQUAL(raise(SIGINT), 0);
    CU_ASSERT_EQUAL(pw_manifest_verify(&run.manifest, folder, &findings), PW_ERROR_STOPPED);
    pw_manifest_read_free(&run.manifest);
    CU_ASSERT_EQUAL(write_book(&findings), PW_ERROR_STOPPED);
    pw_interrupt_reset();
    CU_ASSERT_EQUAL(findings.n, 0);
    CU_ASSERT_NOT_EQUAL(access(out, F_OK), 0);
    CU_ASSERT_EQUAL(write_book(&findings), PW_OK);
    remove_folder();
}

PW_TESTS(PW_TEST(test_who_is_asked_to_stop_reads_no_further),
         PW_TEST(test_the_workbook_holds_the_runs_numbers), PW_TEST(test_what_users_wrote_is_never_a_formula),
         PW_TEST(test_the_same_folder_gives_the_same_bytes), PW_TEST(test_a_folder_that_is_not_whole_is_refused_by_name),
         PW_TEST(test_a_file_that_was_edited_by_hand_makes_no_workbook), PW_TEST(test_a_difference_reads_as_the_table_says))
