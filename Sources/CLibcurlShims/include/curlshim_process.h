/// What concerns the whole process: libcurl's global state, and the thread that a transport runs on.
#ifndef CURLSHIM_PROCESS_H
#define CURLSHIM_PROCESS_H

#include <curl/curl.h>

#pragma clang assume_nonnull begin

/// Initializes libcurl, once for the process however often it is called; may be called from any thread.
CURLcode curlshim_global_init(void);

/// Runs the body on a new detached thread on which SIGPIPE is blocked, as it is on every thread started from there.
/// Returns an errno value, or 0.
int curlshim_thread_start(void (*body)(void *), void *context);

#pragma clang assume_nonnull end

#endif
