/// libcurl's variadic functions with a fixed type each; Swift does not import variadic C functions.
#ifndef CURLSHIM_OPTIONS_H
#define CURLSHIM_OPTIONS_H

#include <curl/curl.h>

// 7.85 added CURLOPT_PROTOCOLS_STR; 7.87 added CURL_WRITEFUNC_ERROR, CURLOPT_CA_CACHE_TIMEOUT and CURLOPT_QUICK_EXIT.
// Without the last, abandoning a name lookup blocks all other transfers until the system's resolver gives up, too.
#if LIBCURL_VERSION_NUM < 0x075700
#error "libcurl 7.87.0 or newer is required"
#endif

#pragma clang assume_nonnull begin

static inline CURLcode curlshim_easy_set_long(CURL *easy, CURLoption option, long value) {
    return (curl_easy_setopt)(easy, option, value);
}

/// libcurl keeps a copy of the string.
static inline CURLcode curlshim_easy_set_string(CURL *easy, CURLoption option, const char *_Nullable value) {
    return (curl_easy_setopt)(easy, option, value);
}

/// libcurl keeps the pointer: the list must live as long as the handle uses it.
static inline CURLcode curlshim_easy_set_list(
    CURL *easy, CURLoption option, struct curl_slist *_Nullable value
) {
    return (curl_easy_setopt)(easy, option, value);
}

/// CURLAUTH_BASIC, which Swift does not import.
static const unsigned long curlshim_auth_basic = CURLAUTH_BASIC;

static inline CURLMcode curlshim_multi_set_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

/// The status code of the last answer received, or 0.
static inline long curlshim_easy_response_code(CURL *easy) {
    long code = 0;
    (curl_easy_getinfo)(easy, CURLINFO_RESPONSE_CODE, &code);
    return code;
}

#pragma clang assume_nonnull end

#endif
