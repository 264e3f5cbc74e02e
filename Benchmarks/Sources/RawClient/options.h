/// What the client is asked to do.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdbool.h>

#include "measurement.h"

struct options {
    measurement_plan plan;
    int port;
    const char *authority;
    /// `curl_multi_socket_action` with epoll, instead of `curl_multi_poll`.
    bool uses_epoll;
};

/// Ends the process with a word on usage where they make no sense.
struct options options_read(int count, char **arguments);

#endif
