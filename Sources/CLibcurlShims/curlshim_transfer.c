#include "curlshim_transfer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { opened_capacity = sizeof(((curlshim_transfer *)0)->opened) / sizeof(curl_socket_t) };

/// The maximum number of bytes of a proxy's answer to CONNECT.
static const size_t proxy_head_limit = 16 * 1024;

// MARK: Callbacks

/// Called before libcurl resolves a name that it does not know yet.
static int start_resolver(void *state, void *reserved, void *context) {
    (void)state, (void)reserved;
    curlshim_transfer *transfer = context;
    transfer->record.resolver_started = true;
    return 0;
}

/// Replaces socket(2), so it sees every address that is about to be connected to, after name resolution.
static curl_socket_t open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    curlshim_transfer *transfer = context;
    int descriptor = CURL_SOCKET_BAD;
    if (transfer->record.may_have_left) {
        transfer->record.repeat_refused = true;
    } else if (purpose != CURLSOCKTYPE_IPCXN || !curlshim_egress_permits(transfer->egress, &address->addr)) {
        transfer->record.address_refused = true;
    } else {
        descriptor = curlshim_sockets_open(
            transfer->sockets, address->family, address->socktype, address->protocol);
        transfer->record.out_of_descriptors |= descriptor < 0 && (errno == EMFILE || errno == ENFILE);
    }
    if (descriptor < 0) {
        curlshim_sockets_note_failure(transfer->sockets);
        return CURL_SOCKET_BAD;
    }
    transfer->record.socket_opened = true;
    transfer->opened[transfer->opened_count++ % opened_capacity] = descriptor;
    return descriptor;
}

/// Called once a connection is ready, including tunnel and TLS, and before the request is written: with a new
/// connection, with a reused one, for which no socket is opened, and when libcurl repeats a request because a reused
/// connection was dead. The peer is the proxy if there is one.
static int before_request(void *context, char *peer, char *local, int peer_port, int local_port) {
    (void)local, (void)peer_port;
    curlshim_transfer *transfer = context;
    if (transfer->record.may_have_left) {
        transfer->record.repeat_refused = true;
        return CURL_PREREQFUNC_ABORT;
    }
    if (!curlshim_egress_permits_text(transfer->egress, peer)) {
        transfer->record.peer_refused = true;
        return CURL_PREREQFUNC_ABORT;
    }
    // libcurl checks whether a connection is alive before it reuses it, but before 8.0 it takes an unread TLS closure
    // alert for a sign of life.
    if (!transfer->record.socket_opened && curlshim_sockets_spoiled(transfer->sockets, local_port)) {
        transfer->record.spoiled_connection = true;
        return CURL_PREREQFUNC_ABORT;
    }
    for (size_t index = 0; index < transfer->opened_count && index < opened_capacity; index++) {
        curlshim_sockets_remember(transfer->sockets, transfer->opened[index], local_port);
    }
    // Bytes that come through a new tunnel without TLS before the request cannot be the upstream's answer.
    if (transfer->record.tunnel_opened && !transfer->is_secure
        && curlshim_sockets_spoiled(transfer->sockets, local_port)) {
        transfer->record.proxy_misbehaved = true;
        return CURL_PREREQFUNC_ABORT;
    }
    transfer->head_received = 0;
    transfer->record.may_have_left = true;
    return CURL_PREREQFUNC_OK;
}

/// Receives the lines of a proxy's answer to CONNECT, which are never mistaken for the upstream's. A refusal ends the
/// transfer before its body is read.
static size_t receive_proxy_head(curlshim_transfer *transfer, const char *line, size_t length) {
    if (length > proxy_head_limit - transfer->head_received) {
        transfer->record.proxy_misbehaved = true;
        return CURL_WRITEFUNC_ERROR;
    }
    transfer->head_received += length;
    if (length == 0 || (line[0] != '\r' && line[0] != '\n')) {
        return length;
    }
    long status = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_HTTP_CONNECTCODE, &status);
    if (status >= 300) {
        transfer->record.tunnel_refusal = status;
        return CURL_WRITEFUNC_ERROR;
    }
    transfer->record.tunnel_opened = status >= 200;
    return length;
}

/// Receives one line at a time: status line, fields and empty line of interim answers and of the final one, and
/// trailers.
static size_t receive_head(char *line, size_t size, size_t count, void *context) {
    curlshim_transfer *transfer = context;
    const size_t length = size * count;
    if (!transfer->record.may_have_left) {
        return receive_proxy_head(transfer, line, length);
    }
    if (length > transfer->head_limit - transfer->head_received) {
        transfer->record.head_overflowed = true;
        return CURL_WRITEFUNC_ERROR;
    }
    transfer->head_received += length;
    if (transfer->head_complete) {
        return length;
    }
    if (!transfer->in_head) {
        transfer->in_head = true;
        transfer->head.count = 0;
    }
    if (!curlshim_buffer_append(&transfer->head, line, length)) {
        transfer->record.out_of_memory = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (length > 0 && (line[0] == '\r' || line[0] == '\n')) {
        long status = 0;
        curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
        transfer->in_head = false;
        transfer->head_complete = status >= 200;
    }
    return length;
}

static size_t receive_body(char *bytes, size_t size, size_t count, void *context) {
    curlshim_transfer *transfer = context;
    const size_t length = size * count;
    if (length > transfer->body_limit - transfer->body.count) {
        transfer->record.body_overflowed = true;
        return CURL_WRITEFUNC_ERROR;
    }
    if (!curlshim_buffer_append(&transfer->body, bytes, length)) {
        transfer->record.out_of_memory = true;
        return CURL_WRITEFUNC_ERROR;
    }
    return length;
}

// MARK: Transfers

curlshim_transfer *curlshim_transfer_create(curlshim_sockets *sockets) {
    curlshim_transfer *transfer = calloc(1, sizeof *transfer);
    if (transfer == NULL) {
        return NULL;
    }
    CURL *easy = curl_easy_init();
    CURLU *url = curl_url();
    if (easy == NULL || url == NULL) {
        curl_easy_cleanup(easy);
        curl_url_cleanup(url);
        free(transfer);
        return NULL;
    }
    transfer->easy = easy;
    transfer->url = url;
    transfer->sockets = sockets;
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_easy_setopt(easy, CURLOPT_RESOLVER_START_FUNCTION, start_resolver);
    curl_easy_setopt(easy, CURLOPT_RESOLVER_START_DATA, transfer);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, curlshim_sockets_close);
    curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, sockets);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, receive_head);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer);
    return transfer;
}

void curlshim_transfer_destroy(curlshim_transfer *transfer) {
    curl_easy_cleanup(transfer->easy);
    curl_url_cleanup(transfer->url);
    curlshim_buffer_free(&transfer->url_text);
    curlshim_buffer_free(&transfer->head);
    curlshim_buffer_free(&transfer->body);
    curlshim_buffer_free(&transfer->request);
    free(transfer->fields);
    free(transfer);
}

static void forget_url(curlshim_transfer *transfer) {
    curl_easy_setopt(transfer->easy, CURLOPT_CURLU, NULL);
    curl_easy_setopt(transfer->easy, CURLOPT_URL, NULL);
    curlshim_buffer_empty(&transfer->url_text);
}

/// Sets a URL, with its NUL, unless the handle already has it. Otherwise libcurl would parse it for each request, and
/// serialize it again byte by byte, which is an eighth of what a request costs it.
static CURLcode set_url(curlshim_transfer *transfer, const char *url, size_t count) {
    curlshim_buffer *known = &transfer->url_text;
    if (known->count == count && memcmp(known->bytes, url, count) == 0) {
        return CURLE_OK;
    }
    forget_url(transfer);
    if (curl_url_set(transfer->url, CURLUPART_URL, url, CURLU_PATH_AS_IS | CURLU_DISALLOW_USER) != CURLUE_OK) {
        return CURLE_URL_MALFORMAT;
    }
    // The text as well: if libcurl had none, it would serialize the URL.
    CURLcode result = curl_easy_setopt(transfer->easy, CURLOPT_URL, url);
    if (result == CURLE_OK) {
        result = curl_easy_setopt(transfer->easy, CURLOPT_CURLU, transfer->url);
    }
    if (result != CURLE_OK || !curlshim_buffer_append(known, url, count)) {
        forget_url(transfer);
        return CURLE_OUT_OF_MEMORY;
    }
    return CURLE_OK;
}

/// Sets the header fields to the consecutive strings, in list nodes that the transfer owns.
static CURLcode set_fields(curlshim_transfer *transfer, char *text, const char *end) {
    size_t count = 0;
    for (const char *field = text; field < end; field += strlen(field) + 1) {
        count++;
    }
    if (count == 0) {
        return curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, NULL);
    }
    if (count > transfer->field_capacity) {
        struct curl_slist *fields = realloc(transfer->fields, count * sizeof *fields);
        if (fields == NULL) {
            return CURLE_OUT_OF_MEMORY;
        }
        transfer->fields = fields;
        transfer->field_capacity = count;
    }
    char *field = text;
    for (size_t index = 0; index < count; index++) {
        struct curl_slist *next = index + 1 < count ? &transfer->fields[index + 1] : NULL;
        transfer->fields[index] = (struct curl_slist){field, next};
        field += strlen(field) + 1;
    }
    return curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, transfer->fields);
}

CURLcode curlshim_transfer_load(
    curlshim_transfer *transfer,
    const unsigned char *text, size_t text_count,
    const unsigned char *content, size_t content_count, bool has_content
) {
    if (text_count == 0 || text[text_count - 1] != 0) {
        return CURLE_BAD_FUNCTION_ARGUMENT;
    }
    // Reserved at once: libcurl gets pointers into it, so it must not move.
    if (!curlshim_buffer_reserve(&transfer->request, text_count + content_count)) {
        return CURLE_OUT_OF_MEMORY;
    }
    curlshim_buffer_append(&transfer->request, text, text_count);
    if (has_content) {
        curlshim_buffer_append(&transfer->request, content, content_count);
    }
    char *url = (char *)transfer->request.bytes;
    const size_t url_count = strlen(url) + 1;
    CURLcode result = set_url(transfer, url, url_count);
    if (result == CURLE_OK) {
        result = set_fields(transfer, url + url_count, url + text_count);
    }
    if (result == CURLE_OK && has_content) {
        result = curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)content_count);
    }
    if (result == CURLE_OK && has_content) {
        result = curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDS, url + text_count);
    }
    return result;
}

/// Clears what the last attempt at the request recorded and received.
static void forget(curlshim_transfer *transfer) {
    transfer->record = (curlshim_record){0};
    transfer->opened_count = 0;
    transfer->head_received = 0;
    transfer->in_head = false;
    transfer->head_complete = false;
    curlshim_buffer_empty(&transfer->head);
    curlshim_buffer_empty(&transfer->body);
}

bool curlshim_transfer_resolves(const curlshim_transfer *transfer) {
    // libcurl sets this time once it has the addresses, to at least a microsecond.
    curl_off_t time = 0;
    curl_easy_getinfo(transfer->easy, CURLINFO_NAMELOOKUP_TIME_T, &time);
    return transfer->record.resolver_started && time == 0;
}

CURLcode curlshim_transfer_renew(curlshim_transfer *transfer) {
    if (transfer->record.may_have_left) {
        return CURLE_BAD_FUNCTION_ARGUMENT;
    }
    forget(transfer);
    transfer->renewed = true;
    return curl_easy_setopt(transfer->easy, CURLOPT_FRESH_CONNECT, 1L);
}

void curlshim_transfer_reset(curlshim_transfer *transfer) {
    forget(transfer);
    if (transfer->renewed) {
        curl_easy_setopt(transfer->easy, CURLOPT_FRESH_CONNECT, 0L);
        transfer->renewed = false;
    }
    // An idle handle keeps its URL for the next request, unless the URL may contain a credential.
    if (transfer->url_text.count > 0 && memchr(transfer->url_text.bytes, '?', transfer->url_text.count) != NULL) {
        forget_url(transfer);
    }
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPHEADER, NULL);
    curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDS, NULL);
    curl_easy_setopt(transfer->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)-1);
    curl_easy_setopt(transfer->easy, CURLOPT_CUSTOMREQUEST, NULL);
    curl_easy_setopt(transfer->easy, CURLOPT_HTTPGET, 1L);  // after the others: POSTFIELDS, even NULL, means POST
    curlshim_buffer_empty(&transfer->request);
    transfer->egress = (curlshim_egress_policy){0};
    transfer->head_limit = 0;
    transfer->body_limit = 0;
}

curlshim_transfer *curlshim_multi_next_completed(CURLM *multi, CURLcode *result) {
    int remaining;
    CURLMsg *message;
    while ((message = curl_multi_info_read(multi, &remaining)) != NULL) {
        char *transfer = NULL;
        if (message->msg == CURLMSG_DONE
            && curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer) == CURLE_OK) {
            *result = message->data.result;
            return (curlshim_transfer *)transfer;
        }
    }
    return NULL;
}
