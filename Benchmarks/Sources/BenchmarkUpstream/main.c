/// A TLS upstream on loopback with scripted answers, which runs on one core and is never the bottleneck.
///
/// Prints one line per listener: its behavior and then its port. The process ends with its parent.
#include <err.h>
#include <getopt.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "answer.h"
#include "behavior.h"
#include "listener.h"
#include "loop.h"
#include "tls.h"

enum { most_listeners = 32 };

struct options {
    const char *certificate, *key, *record;
    int core;
};

_Noreturn static void usage(void) {
    fputs(
        "usage: BenchmarkUpstream --certificate PEM --key PEM --record JSON [--core N] BEHAVIOR[:MILLISECONDS]…\n"
        "behaviors: answers, closes, hangs, floods, resets\n",
        stderr
    );
    exit(64);
}

static struct options read_options(int count, char **arguments) {
    static const struct option known[] = {
        {"certificate", required_argument, NULL, 'c'},
        {"key", required_argument, NULL, 'k'},
        {"record", required_argument, NULL, 'r'},
        {"core", required_argument, NULL, 'n'},
        {0},
    };
    struct options options = {.core = -1};
    int option;
    while ((option = getopt_long(count, arguments, "", known, NULL)) != -1) {
        switch (option) {
        case 'c':
            options.certificate = optarg;
            break;
        case 'k':
            options.key = optarg;
            break;
        case 'r':
            options.record = optarg;
            break;
        case 'n':
            options.core = atoi(optarg);
            break;
        default:
            usage();
        }
    }
    if (options.certificate == NULL || options.key == NULL || options.record == NULL || optind == count
        || count - optind > most_listeners) {
        usage();
    }
    return options;
}

static void stay_on(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET((size_t)core, &cores);
    if (sched_setaffinity(0, sizeof cores, &cores) != 0) {
        err(71, "cannot stay on core %d", core);
    }
}

static void end_with(pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        err(71, "prctl");
    }
    if (getppid() != parent) {
        exit(0);
    }
}

int main(int count, char **arguments) {
    end_with(getppid());
    const struct options options = read_options(count, arguments);
    if (options.core >= 0) {
        stay_on(options.core);
    }
    signal(SIGPIPE, SIG_IGN);
    answers_load(options.record);
    SSL_CTX *context = tls_context(options.certificate, options.key);

    static struct listener listeners[most_listeners];
    const int listener_count = count - optind;
    for (int index = 0; index < listener_count; index++) {
        const char *text = arguments[optind + index];
        struct behavior behavior;
        if (!behavior_read(text, &behavior)) {
            usage();
        }
        listener_open(&listeners[index], behavior);
        printf("%s %d\n", text, listeners[index].port);
    }
    fclose(stdout);
    loop_run(listeners, listener_count, context);
}
