/* about.c: see about.h. Library versions are those that run, where a library tells; else those that it was built with. */
#include "about.h"

#include <gsl/gsl_version.h>
#include <jansson.h>
#include <libconfig.h>
#include <zlib.h>

#include "../base/version.h"

void pw_about_print(FILE *to)
{
    fprintf(to, "pathways %s\n", PW_VERSION);
    fprintf(to, "commit     %s\n", pw_version_commit());
    fprintf(to, "compiler   %s\n", pw_version_compiler());
    fprintf(to, "generator  Philox4x32-10\n");
    fprintf(to, "libraries  GSL %s, libconfig %d.%d.%d, jansson %s, zlib %s, ", gsl_version, LIBCONFIG_VER_MAJOR, LIBCONFIG_VER_MINOR, LIBCONFIG_VER_REVISION,
            jansson_version_str(), zlibVersion());
#ifdef _OPENMP
    fprintf(to, "OpenMP %d\n", _OPENMP);
#else
    fprintf(to, "no OpenMP\n");
#endif
}
