#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "drivers.h"

_Noreturn static void usage(void) {
    fputs(
        "usage: RawClient --driver poll|epoll|handover --port N --authority PEM [--in-flight N] [--warm-up SECONDS] "
        "[--seconds SECONDS]\n",
        stderr
    );
    exit(64);
}

static driver *driver_named(const char *name) {
    static const struct {
        const char *name;
        driver *drive;
    } drivers[] = {
        {"poll", drive_with_poll},
        {"epoll", drive_with_epoll},
        {"handover", drive_for_another_thread},
    };
    for (size_t index = 0; index < sizeof drivers / sizeof *drivers; index++) {
        if (strcmp(name, drivers[index].name) == 0) {
            return drivers[index].drive;
        }
    }
    return NULL;
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
    options.drive = driver_named(driver);
    if (options.drive == NULL) {
        usage();
    }
    return options;
}
