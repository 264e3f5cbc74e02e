#include "drivers.h"

#include <stddef.h>

void drive_with_poll(struct load *load, const struct options *options) {
    int running;
    load_start(load, options);
    do {
        curl_multi_poll(load->multi, NULL, 0, 1000, NULL);
        curl_multi_perform(load->multi, &running);
    } while (load_continue(load));
}
