/// The client's options.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdint.h>
#include <sys/types.h>

struct options {
    int port;
    /// The broker's process, whose resource usage is measured.
    pid_t process;
    /// The number of requests in flight; 0 if they start at a rate.
    uint64_t in_flight;
    /// The requests to start per second, regardless of earlier ones.
    double rate;
    double warm_up_seconds, seconds;
};

/// Ends the process with a usage message if the options make no sense.
struct options options_read(int count, char **arguments);

#endif
