/// The two ways in which a program can wait for many of libcurl's transfers, and the first of them on behalf of another
/// thread.
#ifndef DRIVERS_H
#define DRIVERS_H

#include "load.h"

driver drive_with_poll;
driver drive_with_epoll;

/// Like `drive_with_poll`, but another thread submits the requests and receives the answers, as in any transport that
/// serves many callers: the minimum cost of such a handover.
driver drive_for_another_thread;

#endif
