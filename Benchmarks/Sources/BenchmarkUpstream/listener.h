/// A port, and how to treat the connections to it.
#ifndef LISTENER_H
#define LISTENER_H

#include "behavior.h"
#include "delays.h"
#include "source.h"

struct listener {
    enum source source;
    int descriptor;
    int port;
    struct behavior behavior;
    struct delays delays;
};

/// Listens on a loopback port that the kernel chooses. Ends the process if it cannot.
void listener_open(struct listener *listener, struct behavior behavior);

#endif
