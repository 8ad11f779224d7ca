/* command_line.h: a command as somebody could type it again.
 * Floor: report. */
#ifndef PW_REPORT_COMMAND_LINE_H
#define PW_REPORT_COMMAND_LINE_H

/* "pathways run 'a b.cfg' --draws 10": quoted for a shell. */
char *pw_command_line(int argc, char *const *argv);

#endif
