#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // RTLD_DEFAULT, pthread_setname_np
#endif
#include "curlshim_process.h"

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>

static pthread_once_t initialized = PTHREAD_ONCE_INIT;
static CURLcode initialization_result;

static void initialize(void) {
    // OpenSSL's exit handler frees what a thread in the middle of TLS still uses, and the exiting process crashes. The
    // handler can be turned off only before OpenSSL is first initialized. The function is looked up by name, since
    // libcurl may use another TLS library.
    const uint64_t openssl_init_no_atexit = 0x00080000;
    int (*openssl_init)(uint64_t, const void *);
    *(void **)&openssl_init = dlsym(RTLD_DEFAULT, "OPENSSL_init_crypto");
    if (openssl_init != NULL) {
        openssl_init(openssl_init_no_atexit, NULL);
    }
    initialization_result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

CURLcode curlshim_global_init(void) {
    pthread_once(&initialized, initialize);
    return initialization_result;
}

typedef struct {
    void (*body)(void *);
    void *context;
} thread_start;

static void *run_thread(void *argument) {
    const thread_start start = *(thread_start *)argument;
    free(argument);
    // With CURLOPT_NOSIGNAL libcurl leaves SIGPIPE alone, and the TLS library writes with write(2), which raises it.
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &blocked, NULL);
#ifdef __APPLE__
    pthread_setname_np("curl-transport");
#else
    pthread_setname_np(pthread_self(), "curl-transport");
#endif
    start.body(start.context);
    return NULL;
}

int curlshim_thread_start(void (*body)(void *), void *context) {
    thread_start *start = malloc(sizeof *start);
    if (start == NULL) {
        return ENOMEM;
    }
    *start = (thread_start){body, context};
    pthread_attr_t attributes;
    int failure = pthread_attr_init(&attributes);
    if (failure == 0) {
        pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
        pthread_t thread;
        failure = pthread_create(&thread, &attributes, run_thread, start);
        pthread_attr_destroy(&attributes);
    }
    if (failure != 0) {
        free(start);
    }
    return failure;
}
