/// Starts `broker serve --format json …` and prints its cost: until the first health check is answered, while idle, and
/// to stop. `SIGTERM` stops the process; if it fails, so does this one.
#include <arpa/inet.h>
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "usage.h"

_Noreturn static void usage(void) {
    errx(64, "usage: MeasuredService [--idle SECONDS] COMMAND [ARGUMENT]…");
}

/// Starts the command, which ends with this process. Returns its standard output.
static FILE *start(char **command, pid_t *process) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0 || (*process = fork()) < 0) {
        err(71, "%s", command[0]);
    }
    if (*process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(ends[1], STDOUT_FILENO);
        execvp(command[0], command);
        err(69, "%s", command[0]);
    }
    close(ends[1]);
    return fdopen(ends[0], "re");
}

/// The port in the report that the service prints once it serves.
static int served_port(FILE *output) {
    char line[4096];
    const char *member = "\"port\":";
    if (fgets(line, sizeof line, output) == NULL) {
        errx(70, "the service did not begin");
    }
    const char *port = strstr(line, member);
    if (port == NULL) {
        errx(70, "the service does not say its port: %s", line);
    }
    return atoi(port + strlen(member));
}

static bool is_ready(int port) {
    static const char request[] = "GET /health/ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n";
    static const char expected[] = "HTTP/1.1 200 ";
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)
    };
    char answer[sizeof expected - 1];
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool is_ready = connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0
        && send(descriptor, request, sizeof request - 1, MSG_NOSIGNAL) == sizeof request - 1
        && recv(descriptor, answer, sizeof answer, MSG_WAITALL) == sizeof answer
        && memcmp(answer, expected, sizeof answer) == 0;
    close(descriptor);
    return is_ready;
}

static double milliseconds(uint64_t nanoseconds) {
    return (double)nanoseconds / 1e6;
}

static void run(char **command, double idle_seconds) {
    const uint64_t began = usage_time();
    pid_t process;
    const int port = served_port(start(command, &process));
    if (!is_ready(port)) {
        errx(70, "the service is not ready when it says so");
    }
    const uint64_t ready = usage_time(), processor = usage_processor_of(process);

    usleep((useconds_t)(idle_seconds * 1e6));
    const uint64_t resident = usage_memory_of(process, "VmRSS");
    const uint64_t idle_processor = usage_processor_of(process) - processor;

    const uint64_t stopped = usage_time();
    int status;
    kill(process, SIGTERM);
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) {
            err(71, "waitpid");
        }
    }
    const uint64_t ended = usage_time();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        errx(70, "%s failed (status %d)", command[0], status);
    }
    printf(
        "{\"ready_ms\":%.3f,\"cpu_ms\":%.3f,\"resident_kib\":%" PRIu64 ",\"idle_cpu_ms\":%.3f,\"stop_ms\":%.3f}\n",
        milliseconds(ready - began), milliseconds(processor), resident,
        milliseconds(idle_processor) / idle_seconds, milliseconds(ended - stopped)
    );
}

int main(int count, char **arguments) {
    static const struct option known[] = {{"idle", required_argument, NULL, 'i'}, {0}};
    double idle_seconds = 1;
    int option;
    // The command's options are its own.
    while ((option = getopt_long(count, arguments, "+", known, NULL)) != -1) {
        if (option != 'i') {
            usage();
        }
        idle_seconds = atof(optarg);
    }
    if (optind == count) {
        usage();
    }
    run(arguments + optind, idle_seconds);
}
