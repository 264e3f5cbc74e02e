/// What the client is asked to do.
#ifndef OPTIONS_H
#define OPTIONS_H

#include <stdint.h>
#include <sys/types.h>

struct options {
    int port;
    /// The broker's process, whose use of the machine is noted.
    pid_t process;
    /// How many requests are under way at any time; 0 where they are begun at a rate.
    uint64_t in_flight;
    /// How many requests are begun a second, whatever becomes of earlier ones.
    double rate;
    double warm_up_seconds, seconds;
};

/// Ends the process with a word on usage where they make no sense.
struct options options_read(int count, char **arguments);

#endif
