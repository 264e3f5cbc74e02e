import CLibcurl
import CLibcurlShims
import Testing

@testable import CurlTransport
@testable import IdentityBroker

/// Every error code of libcurl, and its meaning before a tunnel through a proxy exists, before the request, and after
/// it.
@Suite("The table of libcurl's codes")
struct FailureTableTests {
    typealias Reason = TransportFailure.Reason

    struct Meaning: Sendable {
        let inProxy: Reason
        let before: Reason
        let after: Reason

        static let local = Meaning(inProxy: .internalFault, before: .internalFault, after: .internalFault)
        static let connection = Meaning(
            inProxy: .proxyConnectionFailed, before: .connectionFailed, after: .connectionLost)
        static let tls = Meaning(inProxy: .proxyTLSRefused, before: .tlsRefused, after: .connectionLost)
        static let answer = Meaning(inProxy: .proxyMisbehaved, before: .malformedResponse, after: .malformedResponse)
        static let length = Meaning(inProxy: .proxyMisbehaved, before: .internalFault, after: .headersTooLarge)
    }

    /// Other codes have a local cause: an option, a callback, or a protocol that is switched off.
    private static let meanings: [CURLcode: Meaning] = [
        CURLE_UNSUPPORTED_PROTOCOL: Meaning(
            inProxy: .proxyMisbehaved, before: .invalidRequest, after: .malformedResponse),
        CURLE_URL_MALFORMAT: Meaning(inProxy: .invalidRequest, before: .invalidRequest, after: .malformedResponse),
        CURLE_NOT_BUILT_IN: Meaning(inProxy: .invalidProxy, before: .internalFault, after: .internalFault),
        CURLE_COULDNT_RESOLVE_PROXY: Meaning(
            inProxy: .proxyNotResolved, before: .internalFault, after: .connectionLost),
        CURLE_COULDNT_RESOLVE_HOST: Meaning(
            inProxy: .nameNotResolved, before: .nameNotResolved, after: .connectionLost),
        CURLE_COULDNT_CONNECT: .connection,
        CURLE_WEIRD_SERVER_REPLY: .answer,
        CURLE_REMOTE_ACCESS_DENIED: .answer,
        CURLE_HTTP2: .answer,
        CURLE_PARTIAL_FILE: .answer,
        CURLE_HTTP_RETURNED_ERROR: .answer,
        CURLE_OUT_OF_MEMORY: .length,
        CURLE_OPERATION_TIMEDOUT: Meaning(inProxy: .timedOut, before: .timedOut, after: .timedOut),
        CURLE_RANGE_ERROR: .answer,
        CURLE_SSL_CONNECT_ERROR: .tls,
        CURLE_BAD_FUNCTION_ARGUMENT: .answer,
        CURLE_TOO_MANY_REDIRECTS: .answer,
        CURLE_GOT_NOTHING: .connection,
        CURLE_SEND_ERROR: .connection,
        CURLE_RECV_ERROR: .connection,
        CURLE_SSL_CERTPROBLEM: .tls,
        CURLE_SSL_CIPHER: .tls,
        CURLE_PEER_FAILED_VERIFICATION: .tls,
        CURLE_BAD_CONTENT_ENCODING: .answer,
        CURLE_FILESIZE_EXCEEDED: Meaning(inProxy: .proxyMisbehaved, before: .malformedResponse, after: .bodyTooLarge),
        CURLE_USE_SSL_FAILED: .tls,
        CURLE_SEND_FAIL_REWIND: .connection,
        CURLE_LOGIN_DENIED: Meaning(inProxy: .invalidRequest, before: .invalidRequest, after: .malformedResponse),
        CURLE_SSL_CACERT_BADFILE: Meaning(inProxy: .trustUnavailable, before: .trustUnavailable, after: .internalFault),
        CURLE_SSL_SHUTDOWN_FAILED: .tls,
        CURLE_SSL_CRL_BADFILE: Meaning(inProxy: .trustUnavailable, before: .trustUnavailable, after: .internalFault),
        CURLE_SSL_ISSUER_ERROR: .tls,
        CURLE_SSL_PINNEDPUBKEYNOTMATCH: .tls,
        CURLE_SSL_INVALIDCERTSTATUS: .tls,
        CURLE_HTTP2_STREAM: .answer,
        CURLE_AUTH_ERROR: .answer,
        CURLE_HTTP3: .answer,
        CURLE_QUIC_CONNECT_ERROR: .connection,
        CURLE_PROXY: .connection,
        CURLE_SSL_CLIENTCERT: .tls,
        // CURLE_TOO_LARGE, which libcurl has since 8.6.
        CURLcode(rawValue: 100): .length,
    ]

    private func record(_ change: (inout curlshim_record) -> Void) -> curlshim_record {
        var record = curlshim_record()
        change(&record)
        return record
    }

    @Test("states whose fault each is", arguments: 1...UInt32(120))
    func reasons(code: UInt32) {
        let code = CURLcode(rawValue: code)
        let expected = Self.meanings[code] ?? .local
        #expect(Reason(code, record: record { $0.socket_opened = true }, proxy: .https) == expected.inProxy)
        #expect(Reason(code, record: record { $0.socket_opened = true }) == expected.before)
        #expect(Reason(code, record: record { $0.may_have_left = true }) == expected.after)
        let tunneled = record {
            $0.tunnel_opened = true
            $0.may_have_left = true
        }
        #expect(Reason(code, record: tunneled, proxy: .https) == expected.after)
    }

    @Test("never blames the broker for what a peer sends")
    func kinds() {
        func kind(_ reason: Reason) -> BrokerError.Kind {
            TransportFailure(reason, mayHaveLeft: false).brokerError.kind
        }
        for meaning in [Meaning.connection, .tls] {
            for reason in [meaning.inProxy, meaning.before, meaning.after] {
                #expect(kind(reason) == .upstreamUnavailable)
            }
        }
        for meaning in [Meaning.answer, .length] {
            #expect(kind(meaning.inProxy) == .upstreamUnavailable)
            #expect(kind(meaning.after) == .upstreamMisbehaved)
        }
    }

    @Test("blames the configuration for a proxy that libcurl does not support")
    func unsupportedProxy() {
        #expect(Reason(CURLE_UNSUPPORTED_PROTOCOL, record: curlshim_record(), proxy: .https) == .invalidProxy)
    }
}
