/// What Swift needs of the operating system and cannot call: functions of variadic C.
#ifndef CPROCESSSHIMS_H
#define CPROCESSSHIMS_H

/// Has the kernel dump nothing of this process, however cores are collected, and lets nobody read its memory or its environment
/// who is not privileged (PR_SET_DUMPABLE(2const)). Does nothing where there is no such call.
void processshim_forbid_dumps(void);

#endif
