#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn static void usage(void) {
    fputs(
        "usage: RawClient --driver poll|epoll --port N --authority PEM [--in-flight N] [--warm-up SECONDS] "
        "[--seconds SECONDS]\n",
        stderr
    );
    exit(64);
}

struct options options_read(int count, char **arguments) {
    static const struct option known[] = {
        {"authority", required_argument, NULL, 'a'},
        {"driver", required_argument, NULL, 'd'},
        {"in-flight", required_argument, NULL, 'n'},
        {"port", required_argument, NULL, 'p'},
        {"seconds", required_argument, NULL, 's'},
        {"warm-up", required_argument, NULL, 'w'},
        {0},
    };
    struct options options = {.plan = {.in_flight = 1, .warm_up_seconds = 0.3, .seconds = 1}};
    const char *driver = NULL;
    int option;
    while ((option = getopt_long(count, arguments, "", known, NULL)) != -1) {
        switch (option) {
        case 'a':
            options.authority = optarg;
            break;
        case 'd':
            driver = optarg;
            break;
        case 'n':
            options.plan.in_flight = strtoull(optarg, NULL, 10);
            break;
        case 'p':
            options.port = atoi(optarg);
            break;
        case 's':
            options.plan.seconds = atof(optarg);
            break;
        case 'w':
            options.plan.warm_up_seconds = atof(optarg);
            break;
        default:
            usage();
        }
    }
    if (driver == NULL || options.authority == NULL || options.port == 0 || options.plan.in_flight == 0) {
        usage();
    }
    options.uses_epoll = strcmp(driver, "epoll") == 0;
    if (!options.uses_epoll && strcmp(driver, "poll") != 0) {
        usage();
    }
    return options;
}
