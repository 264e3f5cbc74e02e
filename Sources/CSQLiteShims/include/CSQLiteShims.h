/// What Swift needs beside SQLite's own functions: the variadic ones with types.
#ifndef CSQLITESHIMS_H
#define CSQLITESHIMS_H

#include <stdbool.h>

#pragma clang assume_nonnull begin

struct sqlite3;

/// Whether a connection, when it is closed, leaves the write-ahead log as it is, even if it is the last one
/// (`SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE`). Returns SQLite's result code.
int sqliteshim_leave_log_at_close(struct sqlite3 *connection, bool leaves);

#pragma clang assume_nonnull end

#endif
