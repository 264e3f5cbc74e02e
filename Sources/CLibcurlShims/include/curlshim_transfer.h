/// One pooled easy handle with what its callbacks need: limits, egress rules, buffers, and the record of what happened.
///
/// Every callback is written in C. It runs on the thread that drives the multi handle, and touches only its own
/// transfer and that multi handle's sockets.
#ifndef CURLSHIM_TRANSFER_H
#define CURLSHIM_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stddef.h>

#include "curlshim_buffer.h"
#include "curlshim_egress.h"
#include "curlshim_sockets.h"

#pragma clang assume_nonnull begin

/// What happened in a transfer, recorded as it happened.
typedef struct {
    /// Set just before libcurl writes the first byte of the request.
    bool may_have_left;
    /// libcurl was about to send the request a second time, and was stopped.
    bool repeat_refused;
    /// An address that the name resolved to was refused.
    bool address_refused;
    /// The peer of a connection that was open already was refused.
    bool peer_refused;
    /// A socket was opened, to an address that is permitted.
    bool socket_opened;
    /// There was no descriptor for a socket.
    bool out_of_descriptors;
    /// The connection that was to be reused was found dead, and nothing was written to it.
    bool spoiled_connection;
    /// The proxy has opened the tunnel: its answer to CONNECT was a 2xx.
    bool tunnel_opened;
    /// The status with which the proxy refused to open the tunnel, or 0.
    long tunnel_refusal;
    /// The proxy's answer to CONNECT exceeded its limit, or bytes came through the tunnel before the request.
    bool proxy_misbehaved;
    /// The header section exceeded its limit.
    bool head_overflowed;
    /// The body exceeded its limit.
    bool body_overflowed;
    /// There was no memory for what was received.
    bool out_of_memory;
    /// libcurl began to resolve a name.
    bool resolver_started;
} curlshim_record;

typedef struct {
    CURL *easy;
    /// For the code that drives the multi handle; nothing here reads it.
    size_t position;
    /// Whether the request was loaded to be sent on a new connection; see `curlshim_transfer_renew`.
    bool renewed;

    curlshim_sockets *sockets;
    /// The sockets opened last for this transfer: if two attempts race, one of them becomes the connection.
    curl_socket_t opened[4];
    size_t opened_count;

    /// Whether the upstream is reached over TLS.
    bool is_secure;
    /// The rules for the current request. They must outlive the transfer.
    curlshim_egress_policy egress;
    /// The maximum number of bytes of status lines and fields, including those of interim answers and trailers.
    size_t head_limit;
    /// The maximum number of bytes of the body.
    size_t body_limit;

    curlshim_record record;
    /// The status line and fields of the latest answer.
    curlshim_buffer head;
    curlshim_buffer body;

    /// How many bytes of status lines and fields were received in total.
    size_t head_received;
    /// The current answer's header section has begun but not ended.
    bool in_head;
    /// The final answer's header section has ended; fields from here on are trailers.
    bool head_complete;

    /// The URL of the current or the last request: as libcurl has parsed it, and as text with its NUL.
    CURLU *url;
    curlshim_buffer url_text;

    /// The request's text and content, which libcurl reads from here.
    curlshim_buffer request;
    struct curl_slist *_Nullable fields;
    size_t field_capacity;
} curlshim_transfer;

/// A transfer with a new easy handle whose callbacks are set, or NULL if out of memory.
curlshim_transfer *_Nullable curlshim_transfer_create(curlshim_sockets *sockets);

/// Frees the transfer and its easy handle, which must not be in a multi handle.
void curlshim_transfer_destroy(curlshim_transfer *transfer);

/// Passes the request to the easy handle: copies of the text, which is the URL and then the header fields, each
/// terminated by a NUL, and of the content, if there is any. To libcurl, a request with content is a POST.
CURLcode curlshim_transfer_load(
    curlshim_transfer *transfer,
    const unsigned char *text, size_t text_count,
    const unsigned char *_Nullable content, size_t content_count, bool has_content
);

/// Whether the transfer is waiting for a name to be resolved, or was when it was abandoned.
bool curlshim_transfer_resolves(const curlshim_transfer *transfer);

/// Has the loaded request sent on a new connection, after `spoiled_connection`.
CURLcode curlshim_transfer_renew(curlshim_transfer *transfer);

/// Undoes `curlshim_transfer_load`, and clears the record and everything received.
void curlshim_transfer_reset(curlshim_transfer *transfer);

/// The next transfer that has ended, and its result; NULL if there is none. The multi handle must contain only the
/// handles of transfers.
curlshim_transfer *_Nullable curlshim_multi_next_completed(CURLM *multi, CURLcode *result);

#pragma clang assume_nonnull end

#endif
