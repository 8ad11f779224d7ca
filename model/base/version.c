/* version.c: see version.h. */
#include "version.h"

#if __has_include("pathways_commit.h")
#include "pathways_commit.h"
#else
#define PW_COMMIT "unknown"
#endif

const char *pw_version_commit(void) { return PW_COMMIT; }

const char *pw_version_compiler(void)
{
#ifdef __clang__
    return "clang " __clang_version__;
#else
    return "gcc " __VERSION__;
#endif
}
