import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("The type of a subject token")
struct SubjectTokenTypeTests {
    @Test(
        "identifies one kind of credential, and each kind has one",
        arguments: [
            (.ticket, "urn:identity-broker:token-type:ticket"),
            (.authorizationCode, "urn:identity-broker:token-type:code"),
            (.idToken, "urn:ietf:params:oauth:token-type:id_token"),
            (CredentialKind(rawValue: "sms_code2"), "urn:identity-broker:token-type:sms_code2"),
        ] as [(CredentialKind, String)]
    )
    func table(kind: CredentialKind, type: String) {
        #expect(kind.subjectTokenType == type)
        #expect(CredentialKind(subjectTokenType: type) == kind)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "ticket", "urn:identity-broker:token-type:", "urn:identity-broker:token-type:id_token",
            "urn:identity-broker:token-type:authorization_code", "urn:identity-broker:token-type:Ticket",
            "urn:identity-broker:token-type:a b", "urn:ietf:params:oauth:token-type:ticket",
            "urn:ietf:params:oauth:token-type:jwt", "URN:identity-broker:token-type:ticket",
        ]
    )
    func unknown(type: String) {
        #expect(CredentialKind(subjectTokenType: type) == nil)
    }
}
