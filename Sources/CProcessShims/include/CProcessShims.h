/// Functions of the operating system that Swift cannot call, since they are variadic in C.
#ifndef CPROCESSSHIMS_H
#define CPROCESSSHIMS_H

/// Keeps the kernel from dumping this process's memory, however core dumps are collected, and unprivileged processes
/// from reading its memory and environment (PR_SET_DUMPABLE(2const)). Does nothing on systems without the call.
void processshim_forbid_dumps(void);

#endif
