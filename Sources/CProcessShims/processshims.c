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
