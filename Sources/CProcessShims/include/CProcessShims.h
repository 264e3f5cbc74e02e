/// What Swift needs of the operating system and cannot call: functions of variadic C.
#ifndef CPROCESSSHIMS_H
#define CPROCESSSHIMS_H

/// Keeps the kernel from dumping this process, however cores are collected, and unprivileged processes from reading its memory and
/// environment (PR_SET_DUMPABLE(2const)). Does nothing on systems without the call.
void processshim_forbid_dumps(void);

#endif
