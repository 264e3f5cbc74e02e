import CLibcurl
import CLibcurlShims
import IdentityBroker

extension TransportFailure.Reason {
    /// What libcurl's code for a failed transfer means, given the record of the transfer.
    ///
    /// The record goes first: it says what one of our own callbacks stopped, for which libcurl has one code.
    ///
    /// - Parameter proxy: How the proxy is spoken to; nil where there is none.
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
            self = .timedOut  // only for want of time is such a transfer not started over
        } else if record.may_have_left {
            self = Self.afterRequest(code)
        } else if let proxy, !record.tunnel_opened {
            self = Self.beforeTunnel(code, proxy: proxy)
        } else {
            self = Self.beforeRequest(code)
        }
    }

    /// While there was no connection to write to.
    private static func beforeRequest(_ code: CURLcode) -> Self {
        switch code {
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_LOGIN_DENIED:
            .invalidRequest
        case CURLE_COULDNT_RESOLVE_HOST:
            .nameNotResolved
        case CURLE_COULDNT_CONNECT, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING:
            .connectionFailed
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_CLIENTCERT, CURLE_USE_SSL_FAILED:
            .tlsRefused
        case CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CRL_BADFILE:
            .trustUnavailable
        case CURLE_OPERATION_TIMEDOUT:
            .timedOut
        default:
            .internalFault
        }
    }

    /// What a proxy's status in answer to CONNECT means.
    private static func refusal(ofProxy status: Int) -> Self {
        switch status {
        case 401, 407: .proxyAuthenticationFailed  // 401 is tinyproxy's answer to a wrong password
        case 408, 429, 500...: .proxyUnavailable
        default: .proxyRefused
        }
    }

    /// While there was no tunnel to the upstream.
    private static func beforeTunnel(_ code: CURLcode, proxy: UpstreamURL.Scheme) -> Self {
        switch code {
        case CURLE_COULDNT_RESOLVE_PROXY:
            .proxyNotResolved
        case CURLE_COULDNT_CONNECT, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING:
            .proxyConnectionFailed
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_NOT_BUILT_IN:
            .invalidProxy
        case CURLE_WEIRD_SERVER_REPLY, CURLE_OUT_OF_MEMORY, curleTooLarge:
            .proxyMisbehaved
        default:
            switch beforeRequest(code) {
            case .tlsRefused where proxy == .https: .proxyTLSRefused
            case let reason: reason
            }
        }
    }

    /// Once the first byte may have left. A code that says that there is no connection can only be about libcurl's attempt
    /// to repeat the request on another one: the one that counts was lost.
    private static func afterRequest(_ code: CURLcode) -> Self {
        switch code {
        case CURLE_OPERATION_TIMEDOUT:
            .timedOut
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST,
            CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_SHUTDOWN_FAILED:
            .connectionLost
        // An answer without a status line is HTTP/0.9 to libcurl, a protocol that is switched off.
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY, CURLE_PARTIAL_FILE, CURLE_BAD_CONTENT_ENCODING,
            CURLE_HTTP2, CURLE_HTTP2_STREAM:
            .malformedResponse
        case CURLE_FILESIZE_EXCEEDED:
            .bodyTooLarge
        // libcurl holds a header line until its end, to a limit of its own. Over it some versions say out of memory.
        case CURLE_OUT_OF_MEMORY, curleTooLarge:
            .headersTooLarge
        default:
            .internalFault
        }
    }

    /// `CURLE_TOO_LARGE`, which libcurl has since 8.6.
    private static let curleTooLarge = CURLcode(rawValue: 100)
}
