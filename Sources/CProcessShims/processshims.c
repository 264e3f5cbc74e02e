// For extensions of the GNU C library.
#define _GNU_SOURCE
#include "CProcessShims.h"

#ifdef __linux__
#include <sys/prctl.h>

void processshim_forbid_dumps(void) {
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
#else
void processshim_forbid_dumps(void) {
}
#endif

int processshim_close_from(posix_spawn_file_actions_t *actions, int lowest) {
#if defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
    return posix_spawn_file_actions_addclosefrom_np(actions, lowest);
#else
    (void)actions;
    (void)lowest;
    return 0;
#endif
}
