/// The source of an epoll event: the first member of everything that is watched.
#ifndef SOURCE_H
#define SOURCE_H

enum source {
    SOURCE_LISTENER,
    SOURCE_CONNECTION,
    SOURCE_TIMER,
};

#endif
