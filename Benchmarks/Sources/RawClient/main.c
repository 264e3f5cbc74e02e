/// The reference: libcurl in a C program, with nothing in between.
#include <curl/curl.h>
#include <err.h>
#include <signal.h>

#include "load.h"
#include "options.h"

int main(int count, char **arguments) {
    const struct options options = options_read(count, arguments);
    signal(SIGPIPE, SIG_IGN);
    struct load load = {0};
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK || (load.multi = curl_multi_init()) == NULL) {
        errx(71, "libcurl cannot be initialized");
    }
    options.drive(&load, &options);
    measurement_print(load.measurement);
}
