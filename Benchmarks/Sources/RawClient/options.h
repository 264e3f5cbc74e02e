/// The client's options.
#ifndef OPTIONS_H
#define OPTIONS_H

#include "measurement.h"

struct load;
struct options;

/// Keeps transfers in flight until the measurement is over.
typedef void driver(struct load *load, const struct options *options);

struct options {
    measurement_plan plan;
    int port;
    const char *authority;
    driver *drive;
};

/// Ends the process with a usage message if the options make no sense.
struct options options_read(int count, char **arguments);

#endif
