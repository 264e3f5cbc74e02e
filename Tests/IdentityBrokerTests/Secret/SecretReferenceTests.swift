import Foundation
import IdentityBroker
import Testing

@Suite("A reference to a secret")
struct SecretReferenceTests {
    private func decode(_ json: String) throws -> SecretReference {
        try JSONDecoder().decode(SecretReference.self, from: Data(json.utf8))
    }

    @Test("is read from a mapping with one of three keys")
    func keys() throws {
        #expect(try decode(#"{"env":"NAME"}"#) == .environment("NAME"))
        #expect(try decode(#"{"file":"/run/secrets/name"}"#) == .file("/run/secrets/name"))
        #expect(try decode(#"{"literal":"abc"}"#) == .literal(Secret("abc")))
    }

    @Test(
        "is refused in any other form, without repeating it",
        arguments: [
            #""canary-secret-Zk4vNc8RgH1u""#,
            #"["canary-secret-Zk4vNc8RgH1u"]"#,
            #"{}"#,
            #"{"env":"canary-secret-Zk4vNc8RgH1u","literal":"canary-secret-Zk4vNc8RgH1u"}"#,
            #"{"secret":"canary-secret-Zk4vNc8RgH1u"}"#,
            #"{"literal":["canary-secret-Zk4vNc8RgH1u"]}"#,
            #"{"literal":1234567890123}"#,
            #"{"literal":null}"#,
        ]
    )
    func refused(_ json: String) throws {
        let error = try #require(throws: DecodingError.self) { try decode(json) }
        #expect(Canary.found(in: "\(error)").isEmpty)
        #expect(!"\(error)".contains("1234567890123"))
    }

    @Test("equals only a reference of the same kind to the same thing")
    func equality() {
        #expect(SecretReference.environment("A") != .file("A"))
        #expect(SecretReference.literal(Secret("A")) != .literal(Secret("B")))
    }
}
