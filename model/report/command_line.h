/* command_line.h: a command as somebody could type it again.
 * Floor: report. */
#ifndef PW_REPORT_COMMAND_LINE_H
#define PW_REPORT_COMMAND_LINE_H

#include "../base/text.h"

/* "pathways run 'a b.cfg' --draws 10": quoted for a shell. */
char *pw_command_line(int argc, char *const *argv);

/* Appends such a command with an option set to another value: `--draws 20`, `--draws=20`, `-d 20` and `-d20`, wherever they stand and however many there are,
 * go, and `--draws 250` is the last. `letter`: 0: the option has none. */
void pw_command_line_with(const char *command, const char *option, char letter, const char *value, pw_text_t *out);

#endif
