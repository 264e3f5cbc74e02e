#include "TrustedAuthority.h"

#include <curl/curl.h>
#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>

#undef curl_easy_setopt

typedef CURLcode set_option(CURL *handle, CURLoption option, ...);

static set_option *real_set_option(void) {
    set_option *real;
    *(void **)&real = dlsym(RTLD_NEXT, "curl_easy_setopt");
    return real;
}

static void trust(set_option *set, CURL *handle) {
    set(handle, CURLOPT_CAINFO, getenv("BENCHMARK_AUTHORITY"));
    set(handle, CURLOPT_CAPATH, NULL);
}

CURL *curl_easy_init(void) {
    CURL *(*real)(void);
    *(void **)&real = dlsym(RTLD_NEXT, "curl_easy_init");
    CURL *handle = real();
    if (handle != NULL) {
        trust(real_set_option(), handle);
    }
    return handle;
}

CURLcode curl_easy_setopt(CURL *handle, CURLoption option, ...) {
    static set_option *real;
    if (real == NULL) {
        real = real_set_option();
    }
    if (option == CURLOPT_CAINFO || option == CURLOPT_CAPATH) {
        trust(real, handle);
        return CURLE_OK;
    }
    // The one argument is a long, a pointer or a curl_off_t, each of which fits one register.
    va_list arguments;
    va_start(arguments, option);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return real(handle, option, argument);
}
