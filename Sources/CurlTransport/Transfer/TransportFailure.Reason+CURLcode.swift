import CLibcurl
import CLibcurlShims
import IdentityBroker

extension TransportFailure.Reason {
    /// Translates libcurl's code for a failed transfer, using the record of the transfer.
    ///
    /// The record takes precedence: it says what one of our own callbacks stopped, for which libcurl has a single code.
    ///
    /// - Parameter proxy: The scheme by which the proxy is reached; nil if there is no proxy.
    init(_ code: CURLcode, record: curlshim_record, proxy: UpstreamURL.Scheme? = nil) {
        if record.body_overflowed {
            self = .bodyTooLarge
        } else if record.head_overflowed {
            self = .headersTooLarge
        } else if record.out_of_memory {
            self = .internalFault
        } else if record.repeat_refused {
            self = .connectionLost
        } else if record.peer_refused || (record.address_refused && !record.socket_opened) {
            self = proxy == nil ? .addressRefused : .proxyAddressRefused
        } else if record.out_of_descriptors && !record.socket_opened {
            self = .outOfDescriptors
        } else if record.proxy_misbehaved {
            self = .proxyMisbehaved
        } else if record.tunnel_refusal != 0 {
            self = Self.refusal(ofProxy: record.tunnel_refusal)
        } else if record.spoiled_connection {
            self = .timedOut  // such a transfer is restarted unless its time has run out
        } else if record.may_have_left {
            self = Self.afterRequest(code)
        } else if let proxy, !record.tunnel_opened {
            self = Self.beforeTunnel(code, proxy: proxy, isConnected: record.socket_opened)
        } else {
            self = Self.beforeRequest(code)
        }
    }

    /// Before there was a connection to write to.
    private static func beforeRequest(_ code: CURLcode) -> Self {
        switch code {
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
            .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST:
            .nameNotResolved
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE:
            .trustUnavailable
        case CURLE_OPERATION_TIMEDOUT:
            .timedOut
        case _ where isOfConnection(code):
            .connectionFailed
        case _ where isOfTLS(code):
            .tlsRefused
        case _ where isOfAnswer(code):
            .malformedResponse
        default:
            .internalFault
        }
    }

    /// What a proxy's status in response to CONNECT means.
    private static func refusal(ofProxy status: Int) -> Self {
        switch status {
        case 401, 407: .proxyAuthenticationFailed  // 401 is tinyproxy's answer to a wrong password
        case 408, 429, 500...: .proxyUnavailable
        default: .proxyRefused
        }
    }

    /// Before there was a tunnel to the upstream.
    ///
    /// - Parameter isConnected: Whether the proxy can have sent anything.
    private static func beforeTunnel(
        _ code: CURLcode,
        proxy: UpstreamURL.Scheme,
        isConnected: Bool
    ) -> Self {
        switch code {
        case CURLE_COULDNT_RESOLVE_PROXY:
            .proxyNotResolved
        case CURLE_UNSUPPORTED_PROTOCOL where !isConnected, CURLE_NOT_BUILT_IN:
            .invalidProxy
        case CURLE_OUT_OF_MEMORY where !isConnected:
            .internalFault
        // Some versions report a line that is too long as out of memory.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_OUT_OF_MEMORY, curleTooLarge:
            .proxyMisbehaved
        case _ where isOfConnection(code):
            .proxyConnectionFailed
        case _ where isOfAnswer(code):
            .proxyMisbehaved
        case _ where isOfTLS(code) && proxy == .https:
            .proxyTLSRefused
        default:
            beforeRequest(code)
        }
    }

    /// Once the first byte may have left. A code that reports no connection can then only concern libcurl's attempt to
    /// repeat the request on another one: the connection that counts was lost.
    private static func afterRequest(_ code: CURLcode) -> Self {
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            .timedOut
        // libcurl treats an answer without a status line as HTTP/0.9, a protocol that is switched off. The request's
        // own URL was parsed before: an invalid URL must be in the answer's Location.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
            .malformedResponse
        case CURLE_FILESIZE_EXCEEDED:
            .bodyTooLarge
        // libcurl buffers a header line until its end, up to a limit of its own. Beyond it some versions report out of
        // memory.
        case CURLE_OUT_OF_MEMORY, curleTooLarge:
            .headersTooLarge
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY:
            .connectionLost
        case _ where isOfConnection(code) || isOfTLS(code):
            .connectionLost
        case _ where isOfAnswer(code):
            .malformedResponse
        default:
            .internalFault
        }
    }

    /// `CURLE_TOO_LARGE`, which libcurl has since 8.6.
    private static let curleTooLarge = CURLcode(rawValue: 100)
}

/// Whether a peer can cause the code at any time.
extension TransportFailure.Reason {
    /// Whether a code means that a connection could not be made, or broke.
    private static func isOfConnection(_ code: CURLcode) -> Bool {
        switch code {
        case CURLE_COULDNT_CONNECT, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_FAIL_REWIND,
            CURLE_QUIC_CONNECT_ERROR, CURLE_PROXY:
            true
        default:
            false
        }
    }

    /// Whether a code means that TLS failed because of what the peer is or requires, such as a client certificate.
    private static func isOfTLS(_ code: CURLcode) -> Bool {
        switch code {
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED,
            CURLE_SSL_PINNEDPUBKEYNOTMATCH, CURLE_SSL_SHUTDOWN_FAILED:
            true
        default:
            false
        }
    }

    /// Whether a code means that the peer did not send HTTP, or not all of it.
    private static func isOfAnswer(_ code: CURLcode) -> Bool {
        switch code {
        case CURLE_WEIRD_SERVER_REPLY, CURLE_PARTIAL_FILE, CURLE_BAD_CONTENT_ENCODING, CURLE_HTTP2, CURLE_HTTP2_STREAM,
            CURLE_HTTP3, CURLE_HTTP_RETURNED_ERROR, CURLE_RANGE_ERROR, CURLE_TOO_MANY_REDIRECTS,
            CURLE_REMOTE_ACCESS_DENIED, CURLE_AUTH_ERROR, CURLE_FILESIZE_EXCEEDED:
            true
        // libcurl's code for a header line without a colon where it collects the lines, as it does for those of a
        // proxy.
        case CURLE_BAD_FUNCTION_ARGUMENT:
            true
        default:
            false
        }
    }
}
