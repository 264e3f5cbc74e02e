#include <err.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>

#include "drivers.h"
#include "usage.h"

enum { batch = 256 };

struct waiting {
    int epoll;
    /// When libcurl wants to be called even without an event.
    uint64_t due;
};

static const uint64_t never = UINT64_MAX;

static int watch(CURL *easy, curl_socket_t descriptor, int wanted, void *context, void *socket_context) {
    (void)easy, (void)socket_context;
    const struct waiting *waiting = context;
    if (wanted == CURL_POLL_REMOVE) {
        epoll_ctl(waiting->epoll, EPOLL_CTL_DEL, descriptor, NULL);
        return 0;
    }
    struct epoll_event event = {
        .events = (wanted & CURL_POLL_IN ? EPOLLIN : 0u) | (wanted & CURL_POLL_OUT ? EPOLLOUT : 0u),
        .data.fd = descriptor,
    };
    if (epoll_ctl(waiting->epoll, EPOLL_CTL_MOD, descriptor, &event) != 0
        && (errno != ENOENT || epoll_ctl(waiting->epoll, EPOLL_CTL_ADD, descriptor, &event) != 0)) {
        err(71, "epoll_ctl");
    }
    return 0;
}

static int set_timer(CURLM *multi, long milliseconds, void *context) {
    (void)multi;
    struct waiting *waiting = context;
    waiting->due = milliseconds < 0 ? never : usage_time() + (uint64_t)milliseconds * 1000000;
    return 0;
}

static int milliseconds_until(uint64_t due) {
    const uint64_t now = usage_time();
    if (due == never) {
        return 1000;
    }
    return due <= now ? 0 : (int)((due - now + 999999) / 1000000);
}

static int selected(uint32_t events) {
    return (events & EPOLLIN ? CURL_CSELECT_IN : 0) | (events & EPOLLOUT ? CURL_CSELECT_OUT : 0)
        | (events & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
}

void drive_with_epoll(struct load *load, const struct options *options) {
    struct waiting waiting = {epoll_create1(EPOLL_CLOEXEC), never};
    curl_multi_setopt(load->multi, CURLMOPT_SOCKETFUNCTION, watch);
    curl_multi_setopt(load->multi, CURLMOPT_SOCKETDATA, &waiting);
    curl_multi_setopt(load->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(load->multi, CURLMOPT_TIMERDATA, &waiting);
    load_start(load, options);
    int running;
    do {
        struct epoll_event events[batch];
        const int ready = epoll_wait(waiting.epoll, events, batch, milliseconds_until(waiting.due));
        for (int index = 0; index < ready; index++) {
            curl_multi_socket_action(
                load->multi, events[index].data.fd, selected(events[index].events), &running
            );
        }
        if (waiting.due <= usage_time()) {
            waiting.due = never;
            curl_multi_socket_action(load->multi, CURL_SOCKET_TIMEOUT, 0, &running);
        }
    } while (load_continue(load));
}
