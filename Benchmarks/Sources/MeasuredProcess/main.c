/// Runs a command and prints its cost: wall time, CPU time and peak resident memory. The command's standard output is
/// discarded; if it fails, so does this process.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "usage.h"

extern char **environ;

static double milliseconds(struct timeval time) {
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static void run(char **command) {
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);

    const uint64_t began = usage_time();
    pid_t process;
    const int failure = posix_spawnp(&process, command[0], &actions, NULL, command, environ);
    if (failure != 0) {
        errx(69, "%s: %s", command[0], strerror(failure));
    }
    int status;
    struct rusage usage;
    while (wait4(process, &status, 0, &usage) < 0) {
        if (errno != EINTR) {
            err(71, "wait4");
        }
    }
    const uint64_t ended = usage_time();
    posix_spawn_file_actions_destroy(&actions);

    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        errx(70, "%s failed (status %d)", command[0], status);
    }
    printf(
        "{\"wall_ms\":%.3f,\"cpu_ms\":%.3f,\"peak_kib\":%ld}\n", (double)(ended - began) / 1e6,
        milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime), usage.ru_maxrss
    );
}

int main(int count, char **arguments) {
    if (count < 2) {
        errx(64, "usage: MeasuredProcess COMMAND [ARGUMENT]…");
    }
    run(arguments + 1);
}
