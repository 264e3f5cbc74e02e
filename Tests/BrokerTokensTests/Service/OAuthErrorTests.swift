import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("Errors in the words of OAuth")
struct OAuthErrorTests {
    @Test("Each kind of failure has its word and its status")
    func table() {
        let table: [(BrokerError.Kind, OAuthError.Code, Int)] = [
            (.invalidCredential, .invalidGrant, 400), (.credentialExpired, .invalidGrant, 400),
            (.credentialAlreadyUsed, .invalidGrant, 400), (.accessDenied, .invalidGrant, 400),
            (.interactionRequired, .invalidGrant, 400), (.cancelledByUser, .invalidGrant, 400),
            (.providerDisabled, .invalidGrant, 400), (.unknownProvider, .invalidRequest, 400),
            (.rateLimited, .temporarilyUnavailable, 429), (.upstreamUnavailable, .temporarilyUnavailable, 503),
            (.timedOut, .temporarilyUnavailable, 503), (.unavailable, .temporarilyUnavailable, 503),
            (.cancelled, .temporarilyUnavailable, 503), (.upstreamMisbehaved, .serverError, 502),
            (.misconfigured, .serverError, 500), (.internalError, .serverError, 500),
        ]
        #expect(Set(table.map(\.0)) == Set(BrokerError.Kind.allKinds))
        for (kind, code, status) in table {
            let error = OAuthError(BrokerError(kind, "What happened.", retryAfter: .seconds(7)))
            #expect(error.code == code && error.status == status && error.kind == kind, "\(kind)")
            #expect(error.retryAfter == .seconds(7))
            #expect((error.message == "What happened.") == (status != 500), "what is wrong inside stays inside")
        }
    }

    @Test("Of a store a client hears that it fails, and not how")
    func store() {
        for reason in StoreFailure.Reason.allReasons {
            let error = OAuthError(BrokerError(StoreFailure("/var/lib", mayHaveHappened: false, reason: reason)))
            #expect(error.status == ([.corrupt, .denied, .unsuitable].contains(reason) ? 500 : 503), "\(reason)")
            for word in ["lock", "full", "backup", "replaced", "log"] {
                #expect(!error.message.contains(word), "\(reason)")
            }
        }
    }

    @Test("A message has no character that RFC 6749 §5.2 forbids")
    func alphabet() {
        let error = OAuthError(.invalidRequest, "a \"b\" \\ ‘c’ “d” é\n\u{7F}\u{0}微信 ~!")
        #expect(error.message == "a 'b' / 'c' 'd' ?????? ~!")
        #expect(error.message.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C })
    }
}
