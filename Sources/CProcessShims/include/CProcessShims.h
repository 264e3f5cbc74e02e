/// Functions of the operating system that Swift cannot call: they are variadic in C, or extensions of a C library.
#ifndef CPROCESSSHIMS_H
#define CPROCESSSHIMS_H

#include <spawn.h>

/// Keeps the kernel from dumping this process's memory, however core dumps are collected, and unprivileged processes
/// from reading its memory and environment (PR_SET_DUMPABLE(2const)). Does nothing on systems without the call.
void processshim_forbid_dumps(void);

/// Has a spawned program inherit no descriptor from this number on (posix_spawn_file_actions_addclosefrom_np(3)). Does
/// nothing on systems without the call, where only what is opened with O_CLOEXEC is closed.
///
/// Returns 0, or the error's number.
int processshim_close_from(posix_spawn_file_actions_t *actions, int lowest);

#endif
