/// What Swift needs in addition to SQLite's own functions: typed versions of the variadic ones.
#ifndef CSQLITESHIMS_H
#define CSQLITESHIMS_H

#include <stdbool.h>

#pragma clang assume_nonnull begin

struct sqlite3;

/// Sets whether a connection leaves the write-ahead log as it is when it is closed, even if it is the last one
/// (`SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE`). Returns SQLite's result code.
int sqliteshim_leave_log_at_close(struct sqlite3 *connection, bool leaves);

#pragma clang assume_nonnull end

#endif
