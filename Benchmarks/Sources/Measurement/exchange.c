#include "exchange.h"

#include <inttypes.h>
#include <stdio.h>

size_t exchange_body(char body[exchange_body_capacity], uint64_t number) {
    const int length = snprintf(
        body, exchange_body_capacity, "{\"secret\":\"" EXCHANGE_SECRET "\",\"ticket\":\"ticket-%020" PRIu64 "\"}", number
    );
    return (size_t)length;
}
