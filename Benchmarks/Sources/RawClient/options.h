/// What the client is asked to do.
#ifndef OPTIONS_H
#define OPTIONS_H

#include "measurement.h"

struct load;
struct options;

/// Keeps transfers under way until the measurement is over.
typedef void driver(struct load *load, const struct options *options);

struct options {
    measurement_plan plan;
    int port;
    const char *authority;
    driver *drive;
};

/// Ends the process with a word on usage where they make no sense.
struct options options_read(int count, char **arguments);

#endif
