/// The two ways in which libcurl lets a program wait for many transfers, and the first of them for another thread.
#ifndef DRIVERS_H
#define DRIVERS_H

#include "load.h"

driver drive_with_poll;
driver drive_with_epoll;

/// As `drive_with_poll`, but another thread has the requests and is told of the answers: what any transport does that
/// serves many callers, and the least that such a hand-over takes.
driver drive_for_another_thread;

#endif
