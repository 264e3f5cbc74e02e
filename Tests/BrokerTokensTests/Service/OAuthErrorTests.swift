import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("OAuth errors")
struct OAuthErrorTests {
    @Test("Each kind of failure has its code")
    func table() {
        let table: [(BrokerError.Kind, OAuthError.Code)] = [
            (.invalidCredential, .invalidGrant), (.credentialExpired, .invalidGrant),
            (.credentialAlreadyUsed, .invalidGrant), (.accessDenied, .invalidGrant),
            (.interactionRequired, .invalidGrant), (.cancelledByUser, .invalidGrant),
            (.providerDisabled, .invalidGrant), (.unknownProvider, .invalidRequest),
            (.rateLimited, .temporarilyUnavailable), (.upstreamUnavailable, .temporarilyUnavailable),
            (.timedOut, .temporarilyUnavailable), (.unavailable, .temporarilyUnavailable),
            (.cancelled, .temporarilyUnavailable), (.upstreamMisbehaved, .serverError),
            (.misconfigured, .serverError), (.internalError, .serverError),
        ]
        #expect(Set(table.map(\.0)) == Set(BrokerError.Kind.allKinds))
        for (kind, code) in table {
            let error = OAuthError(BrokerError(kind, "What happened.", retryAfter: .seconds(7)))
            #expect(error.code == code && error.kind == kind, "\(kind)")
            #expect(error.retryAfter == .seconds(7))
            let isInternal = [.misconfigured, .internalError].contains(kind)
            #expect((error.message == "What happened.") == !isInternal, "what is wrong inside stays inside")
        }
    }

    @Test("A client learns that a store fails, but not how")
    func store() {
        for reason in StoreFailure.Reason.allReasons {
            let error = OAuthError(BrokerError(StoreFailure("/var/lib", mayHaveHappened: false, reason: reason)))
            let isLasting = [.corrupt, .denied, .unsuitable].contains(reason)
            #expect(error.code == (isLasting ? .serverError : .temporarilyUnavailable), "\(reason)")
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
