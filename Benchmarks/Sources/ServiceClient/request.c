#include "request.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

/// A number that no earlier process used: each counts up from its start time in nanoseconds, and no request takes less
/// than one.
static uint64_t next_number(void) {
    static uint64_t last;
    if (last == 0) {
        struct timespec now;
        clock_gettime(CLOCK_REALTIME, &now);
        last = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
    }
    return ++last;
}

size_t request_write(char request[request_capacity]) {
    static const char form[] = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange"
                               "&subject_token_type=urn%3Aidentity-broker%3Atoken-type%3Aticket"
                               "&client_id=" REQUEST_CLIENT "&client_secret=" REQUEST_CLIENT_SECRET
                               "&provider=wxapp&scope=openid&subject_token=ticket-";
    enum { digits = 20 };
    const int length = snprintf(
        request, request_capacity,
        "POST /oauth2/token HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        "Accept: application/json\r\nContent-Length: %zu\r\n\r\n%s%0*" PRIu64,
        sizeof form - 1 + digits, form, digits, next_number()
    );
    return (size_t)length;
}
