#include "options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn static void usage(void) {
    fputs(
        "usage: ServiceClient --port N --process PID --in-flight N|--rate N [--warm-up SECONDS] [--seconds SECONDS]\n",
        stderr
    );
    exit(64);
}

struct options options_read(int count, char **arguments) {
    static const struct option known[] = {
        {"in-flight", required_argument, NULL, 'n'},
        {"port", required_argument, NULL, 'p'},
        {"process", required_argument, NULL, 'b'},
        {"rate", required_argument, NULL, 'r'},
        {"seconds", required_argument, NULL, 's'},
        {"warm-up", required_argument, NULL, 'w'},
        {0},
    };
    struct options options = {.warm_up_seconds = 0.5, .seconds = 1};
    int option;
    while ((option = getopt_long(count, arguments, "", known, NULL)) != -1) {
        switch (option) {
        case 'b':
            options.process = (pid_t)atoi(optarg);
            break;
        case 'n':
            options.in_flight = strtoull(optarg, NULL, 10);
            break;
        case 'p':
            options.port = atoi(optarg);
            break;
        case 'r':
            options.rate = atof(optarg);
            break;
        case 's':
            options.seconds = atof(optarg);
            break;
        case 'w':
            options.warm_up_seconds = atof(optarg);
            break;
        default:
            usage();
        }
    }
    if (options.port == 0 || options.process == 0 || (options.in_flight > 0) == (options.rate > 0)) {
        usage();
    }
    return options;
}
