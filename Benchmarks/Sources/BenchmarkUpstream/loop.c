#include "loop.h"

#include <err.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "connection.h"

enum { batch = 256 };

/// When the next answer is due, and the timer for it.
static struct {
    enum source source;
    int descriptor;
    uint64_t due;
} timer = {.source = SOURCE_TIMER};

static void watch(int loop, int descriptor, void *source, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = source};
    if (epoll_ctl(loop, EPOLL_CTL_ADD, descriptor, &event) != 0) {
        err(71, "epoll_ctl");
    }
}

static void accept_all(int loop, struct listener *listener, SSL_CTX *context) {
    int descriptor;
    while ((descriptor = accept4(listener->descriptor, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        struct connection *connection = connection_open(descriptor, listener, context);
        watch(loop, descriptor, connection, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET);
    }
}

static void answer_what_is_due(struct listener *listeners, int count) {
    const uint64_t now = delays_now();
    for (int index = 0; index < count; index++) {
        struct connection *first;
        while ((first = listeners[index].delays.first) != NULL && first->delay.due <= now) {
            connection_answer(first);
        }
    }
}

static void set_timer(const struct listener *listeners, int count) {
    uint64_t due = 0;
    for (int index = 0; index < count; index++) {
        const struct connection *first = listeners[index].delays.first;
        if (first != NULL && (due == 0 || first->delay.due < due)) {
            due = first->delay.due;
        }
    }
    if (due != timer.due) {
        const struct itimerspec time = {
            .it_value = {.tv_sec = (time_t)(due / 1000000000), .tv_nsec = (long)(due % 1000000000)},
        };
        timerfd_settime(timer.descriptor, TFD_TIMER_ABSTIME, &time, NULL);
        timer.due = due;
    }
}

void loop_run(struct listener *listeners, int count, SSL_CTX *context) {
    const int loop = epoll_create1(EPOLL_CLOEXEC);
    timer.descriptor = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    watch(loop, timer.descriptor, &timer, EPOLLIN | EPOLLET);
    for (int index = 0; index < count; index++) {
        watch(loop, listeners[index].descriptor, &listeners[index], EPOLLIN | EPOLLET);
    }
    for (;;) {
        struct epoll_event events[batch];
        const int ready = epoll_wait(loop, events, batch, -1);
        for (int index = 0; index < ready; index++) {
            void *source = events[index].data.ptr;
            switch (*(enum source *)source) {
            case SOURCE_LISTENER:
                accept_all(loop, source, context);
                break;
            case SOURCE_CONNECTION:
                if (events[index].events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) {
                    connection_close(source);
                } else {
                    connection_advance(source);
                }
                break;
            case SOURCE_TIMER:
                break;
            }
        }
        // After the events, since an answer may end a connection that an event refers to.
        answer_what_is_due(listeners, count);
        set_timer(listeners, count);
    }
}
