import BrokerTokens
import HTTPTypes
import IdentityBroker
import Testing

@testable import BrokerServer

@Suite("The status of an error")
struct ErrorStatusTests {
    @Test("follows from the broker's kind")
    func kinds() {
        let table: [BrokerError.Kind: Int] = [
            .invalidCredential: 400, .credentialExpired: 400, .credentialAlreadyUsed: 400, .accessDenied: 400,
            .interactionRequired: 400, .cancelledByUser: 400, .providerDisabled: 400, .unknownProvider: 400,
            .rateLimited: 429, .upstreamUnavailable: 503, .timedOut: 503, .unavailable: 503, .cancelled: 503,
            .upstreamMisbehaved: 502, .misconfigured: 500, .internalError: 500,
        ]
        #expect(Set(table.keys) == Set(BrokerError.Kind.allKinds))
        for (kind, status) in table {
            #expect(OAuthError(BrokerError(kind, "What happened.")).status.code == status, "\(kind)")
        }
    }

    @Test(
        "follows from OAuth's code if the broker has none",
        arguments: [
            (.invalidRequest, 400), (.invalidClient, 401), (.invalidGrant, 400), (.unauthorizedClient, 400),
            (.unsupportedGrantType, 400), (.invalidScope, 400), (.invalidTarget, 400), (.invalidToken, 401),
            (.insufficientScope, 403), (.serverError, 500), (.temporarilyUnavailable, 503),
        ] as [(OAuthError.Code, Int)]
    )
    func codes(code: OAuthError.Code, status: Int) {
        #expect(OAuthError(code, "What happened.").status.code == status)
    }
}
