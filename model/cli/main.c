/* main.c: the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input file, 4 precision not reached, 130 interrupted. */
#include <errno.h>
#include <fcntl.h>
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/interrupt.h"
#include "about.h"
#include "verb.h"

static int wrong_usage(void) { return pw_status_exit_code(PW_ERROR_USAGE); }

/* Whether the verb's arguments ask for its help; what follows -- does not. */
static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return true;
    return false;
}

static int run_verb(int argc, char **argv)
{
    const pw_verb_t *verb = pw_verb_find(argv[0]);
    if (!verb) {
        pw_verb_unknown(argv[0]);
        return wrong_usage();
    }
    const pw_verb_t *part = argc > 1 ? pw_verb_part(verb, argv[1]) : NULL;
    if (part) {
        verb = part;
        argc--;
        argv++;
    }
    if (!asks_for_help(argc, argv)) return verb->run(argc, argv);
    pw_verb_print(verb, stdout);
    return 0;
}

typedef struct { bool help, version; } program_options_t;

static const pw_option_t program_options[] = {
    { .name = "help", .letter = 'h', .help = "the list of verbs", .kind = PW_OPTION_FLAG, .offset = offsetof(program_options_t, help) },
    { .name = "version", .letter = 'V', .help = "version, commit, compiler, generator, libraries", .kind = PW_OPTION_FLAG,
      .offset = offsetof(program_options_t, version) },
};

/* pathways --help, pathways --version: options before any verb. */
static int run_program(int argc, char **argv)
{
    program_options_t asked = { 0 };
    int first;
    if (pw_options_parse("pathways", program_options, sizeof program_options / sizeof program_options[0], &asked, argc, argv, &first) < 0) return wrong_usage();
    if (asked.version) pw_about_print(stdout);
    else pw_verb_print_all(stdout);
    return 0;
}

/* What was printed has not arrived until the stream says so: a full disk or a closed pipe is a failure like any other. */
static int finish(int code)
{
    errno = 0;
    bool arrived = fflush(stdout) == 0 && !ferror(stdout);
    if (arrived) return code;
    fprintf(stderr, "pathways: standard output cannot be written%s%s\n", errno ? ": " : "", errno ? strerror(errno) : "");
    return code == 0 ? pw_status_exit_code(PW_ERROR_WRITE) : code;
}

/* A standard stream that is closed (`>&-`) leaves its number to the first file that is opened, and what is said would land in that file. Something that
 * can neither be written nor read takes the number, so that saying fails as it should. */
static void keep_standard_streams(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) (void)open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

int main(int argc, char **argv)
{
    keep_standard_streams();
    pw_interrupt_install();
    gsl_set_error_handler_off();      /* a library never ends this process */
    if (argc < 2) {
        pw_verb_print_all(stderr);
        return wrong_usage();
    }
    return finish(argv[1][0] == '-' ? run_program(argc, argv) : run_verb(argc - 1, argv + 1));
}
