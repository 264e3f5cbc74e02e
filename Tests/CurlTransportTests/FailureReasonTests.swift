import CLibcurl
import CLibcurlShims
import IdentityBroker
import Testing

@testable import CurlTransport

@Suite("libcurl's code for a failure")
struct FailureReasonTests {
    typealias Reason = TransportFailure.Reason

    @Test("yields to the record of what a callback stopped")
    func record() {
        let expectations: [(reason: Reason, change: (inout curlshim_record) -> Void)] = [
            (.bodyTooLarge, { $0.body_overflowed = true }),
            (.headersTooLarge, { $0.head_overflowed = true }),
            (.internalFault, { $0.out_of_memory = true }),
            (.connectionLost, { $0.repeat_refused = true }),
            (.addressRefused, { $0.peer_refused = true }),
            (.addressRefused, { $0.address_refused = true }),
            (.timedOut, { $0.spoiled_connection = true }),
            (.outOfDescriptors, { $0.out_of_descriptors = true }),
        ]
        for (reason, change) in expectations {
            for code in [CURLE_WRITE_ERROR, CURLE_ABORTED_BY_CALLBACK, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT]
            {
                #expect(Reason(code, record: record(change)) == reason)
            }
        }
    }

    @Test(
        "concerns the proxy until there is a tunnel",
        arguments: [
            (CURLE_COULDNT_RESOLVE_PROXY, Reason.proxyNotResolved, Reason.internalFault),
            (CURLE_COULDNT_CONNECT, .proxyConnectionFailed, .connectionFailed),
            (CURLE_RECV_ERROR, .proxyConnectionFailed, .connectionFailed),
            (CURLE_NOT_BUILT_IN, .invalidProxy, .internalFault),
            (CURLE_WEIRD_SERVER_REPLY, .proxyMisbehaved, .malformedResponse),
            (CURLE_PEER_FAILED_VERIFICATION, .proxyTLSRefused, .tlsRefused),
            (CURLE_SSL_CACERT_BADFILE, .trustUnavailable, .trustUnavailable),
            (CURLE_OPERATION_TIMEDOUT, .timedOut, .timedOut),
        ]
    )
    func proxy(code: CURLcode, before: Reason, after: Reason) {
        #expect(Reason(code, record: record(), proxy: .https) == before)
        #expect(Reason(code, record: record { $0.tunnel_opened = true }, proxy: .https) == after)
    }

    @Test(
        "does not concern a proxy that has sent nothing yet",
        arguments: [(CURLE_OUT_OF_MEMORY, Reason.internalFault), (CURLE_UNSUPPORTED_PROTOCOL, .invalidProxy)])
    func unconnectedProxy(code: CURLcode, reason: Reason) {
        #expect(Reason(code, record: record(), proxy: .http) == reason)
        #expect(Reason(code, record: record { $0.socket_opened = true }, proxy: .http) == .proxyMisbehaved)
    }

    @Test("concerns the proxy if the record says so")
    func proxyRecord() {
        for code in [CURLE_WRITE_ERROR, CURLE_ABORTED_BY_CALLBACK, CURLE_RECV_ERROR] {
            #expect(Reason(code, record: record { $0.proxy_misbehaved = true }, proxy: .http) == .proxyMisbehaved)
            let refused = record { $0.tunnel_refusal = 407 }
            #expect(Reason(code, record: refused, proxy: .http) == .proxyAuthenticationFailed)
            let address = record { $0.address_refused = true }
            #expect(Reason(code, record: address, proxy: .http) == .proxyAddressRefused)
        }
    }

    @Test("is that of the permitted address if another was refused")
    func permittedAddress() {
        let both = record {
            $0.address_refused = true
            $0.socket_opened = true
        }
        #expect(Reason(CURLE_COULDNT_CONNECT, record: both) == .connectionFailed)
    }

    private func record(_ change: (inout curlshim_record) -> Void = { _ in }) -> curlshim_record {
        var record = curlshim_record()
        change(&record)
        return record
    }
}
