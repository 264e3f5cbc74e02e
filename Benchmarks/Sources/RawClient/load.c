#include "load.h"

#include <stddef.h>

#include "transfer.h"

void load_start(struct load *load, const struct options *options) {
    curl_multi_setopt(load->multi, CURLMOPT_MAXCONNECTS, 1024L);
    load->measurement = measurement_create(options->plan);
    load->in_flight = options->plan.in_flight;
    for (uint64_t index = 0; index < options->plan.in_flight; index++) {
        struct transfer *transfer = transfer_create(options);
        transfer_prepare(transfer);
        curl_multi_add_handle(load->multi, transfer->easy);
    }
}

static bool succeeded(const struct transfer *transfer, CURLcode result) {
    long status = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    return result == CURLE_OK && status == 200 && transfer->received > 0;
}

struct transfer *load_next_completed(struct load *load) {
    int remaining;
    CURLMsg *message = curl_multi_info_read(load->multi, &remaining);
    if (message == NULL) {
        return NULL;
    }
    char *private;
    const CURLcode result = message->data.result;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &private);
    struct transfer *transfer = (struct transfer *)private;
    curl_multi_remove_handle(load->multi, transfer->easy);
    transfer->succeeded = succeeded(transfer, result);
    return transfer;
}

bool load_count(struct load *load, const struct transfer *transfer) {
    return measurement_completed(load->measurement, transfer->began, transfer->succeeded);
}

bool load_continue(struct load *load) {
    struct transfer *transfer;
    while ((transfer = load_next_completed(load)) != NULL) {
        if (!load_count(load, transfer)) {
            return false;
        }
        transfer_prepare(transfer);
        curl_multi_add_handle(load->multi, transfer->easy);
    }
    return true;
}
