import Testing

@testable import IdentityBroker

@Suite("A broker's error")
struct BrokerErrorTests {
    private static let kinds: [(BrokerError.Kind, String)] = [
        (.invalidCredential, "invalid_credential"),
        (.credentialAlreadyUsed, "credential_already_used"),
        (.credentialExpired, "credential_expired"),
        (.cancelledByUser, "cancelled_by_user"),
        (.accessDenied, "access_denied"),
        (.interactionRequired, "interaction_required"),
        (.rateLimited, "rate_limited"),
        (.upstreamUnavailable, "upstream_unavailable"),
        (.upstreamMisbehaved, "upstream_misbehaved"),
        (.misconfigured, "misconfigured"),
        (.unknownProvider, "unknown_provider"),
        (.providerDisabled, "provider_disabled"),
        (.timedOut, "timed_out"),
        (.cancelled, "cancelled"),
        (.unavailable, "unavailable"),
        (.internalError, "internal_error"),
    ]

    @Test("has a stable code as its kind")
    func kindWords() {
        for (kind, word) in Self.kinds {
            #expect(kind.rawValue == word)
            #expect("\(kind)" == word)
        }
        #expect(BrokerError.Kind.allKinds == Self.kinds.map(\.0))
    }

    @Test("has a stable code for the credential's fate")
    func fateWords() {
        #expect(CredentialFate.allCases.map(\.rawValue) == ["unused", "spent", "unknown"])
    }

    @Test(
        "keeps an upstream's code of at most seven digits, or of words",
        arguments: [
            "0", "2206", "-1", "40029", "2120008", "0000007", "invalid_grant", "bad_verification_code",
            "isv.invalid-app-id", "InvalidAuthentication", "invalidParameter.authCode.notFound",
            String(repeating: "a", count: 24), String(repeating: "abc_", count: 15) + "abcd",
        ])
    func codes(_ code: String) {
        #expect(BrokerError(.accessDenied, "No.", upstreamCode: code).upstreamCode == code)
    }

    @Test(
        "keeps nothing longer or other than that",
        arguments: [
            "", "-", "--1", "+1", "12345678", "-12345678", "1.5", "0x1F", "1 ", " 1", "1\n", "١٢٣",
            "1\u{301}", "not valid", "_", "a__b", ".a", "a-", "grant1", "a\u{301}", "é", "a[b", "a`b", "a:b", "a/b",
            String(repeating: "a", count: 25), String(repeating: "abc_", count: 15) + "abcde", Canary.ticket,
        ]
    )
    func otherCodes(_ code: String) {
        #expect(BrokerError(.accessDenied, "No.", upstreamCode: code).upstreamCode == nil)
    }

    @Test("keeps a code that the provider lists, whatever its form")
    func listedCode() {
        #expect(BrokerError(.rateLimited, "No.", listedCode: "99991400").upstreamCode == "99991400")
    }

    @Test("says its kind and its message")
    func description() {
        #expect("\(BrokerError(.timedOut, "Too late."))" == "timed_out: Too late.")
    }

    @Test("is settled with the instance, the fate, and a message of one safe line")
    func settled() {
        let error = BrokerError(.accessDenied, "No,\n\(Canary.ticket)", upstreamCode: "7", retryAfter: .seconds(1))
        let settled = error.settled(provider: "one", credential: .spent, redactor: Redactor([Secret(Canary.ticket)]))
        #expect(settled.kind == .accessDenied)
        #expect(settled.message == #"No,\n<redacted>"#)
        #expect(settled.upstreamCode == "7")
        #expect(settled.retryAfter == .seconds(1))
        #expect(settled.provider == "one")
        #expect(settled.credential == .spent)
    }

    @Test("loses a code that is the credential itself")
    func codeOfCredential() {
        let error = BrokerError(.accessDenied, "No.", upstreamCode: "7654321")
        let redactor = Redactor([Secret("7654321")])
        #expect(error.settled(provider: nil, credential: .spent, redactor: redactor).upstreamCode == nil)
    }

    @Test("can be about an instance, and stays what it is")
    func about() {
        let error = BrokerError(.misconfigured, "No.", upstreamCode: "1").about("one")
        #expect(error.provider == "one")
        #expect(error.message == "No.")
        #expect(error.upstreamCode == "1")
    }
}
