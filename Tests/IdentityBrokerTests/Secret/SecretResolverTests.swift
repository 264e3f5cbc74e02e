import Testing

@testable import IdentityBroker

@Suite("A resolver of secrets")
struct SecretResolverTests {
    private struct NoSuchFile: Error {}

    private func resolver(_ environment: [String: String] = [:], file: [UInt8]? = nil) -> SecretResolver {
        SecretResolver(
            environment: { environment[$0] },
            readFile: { _ in
                guard let file else { throw NoSuchFile() }
                return file
            }
        )
    }

    private func refusal(of reference: SecretReference, by resolver: SecretResolver) throws -> BrokerError {
        let error = try #require(throws: BrokerError.self) { _ = try resolver.resolve(reference) }
        #expect(error.kind == .misconfigured)
        return error
    }

    @Test("takes a literal as it is, unless it is empty")
    func literal() throws {
        #expect(try resolver().resolve(.literal(Secret(" a b\n"))) == Secret(" a b\n"))
        _ = try refusal(of: .literal(Secret("")), by: resolver())
    }

    @Test("takes a variable as it is")
    func variable() throws {
        #expect(try resolver(["NAME": " value\n"]).resolve(.environment("NAME")) == Secret(" value\n"))
    }

    @Test("refuses a variable that is not set or empty, and names it", arguments: [[:], ["NAME": ""]])
    func missingVariable(_ environment: [String: String]) throws {
        let error = try refusal(of: .environment("NAME"), by: resolver(environment))
        #expect(error.message.contains("NAME"))
    }

    @Test(
        "takes a file less one trailing line break",
        arguments: [
            ("secret", "secret"), ("secret\n", "secret"), ("secret\r\n", "secret"), ("secret\n\n", "secret\n"),
            ("secret\r\n\r\n", "secret\r\n"), (" two words \n", " two words "), ("a\nb\n", "a\nb"),
            ("sécret\n", "sécret"),
        ]
    )
    func file(contents: String, secret: String) throws {
        #expect(try resolver(file: Array(contents.utf8)).resolve(.file("/f")) == Secret(secret))
    }

    @Test(
        "refuses a file that is missing, empty, too long or no text, and names it",
        arguments: [
            nil, [], [0x0A], [0x0D, 0x0A], [0xFF, 0xFE], Array("abc".utf8) + [0x80],
            [UInt8](repeating: 0x61, count: SecretResolver.maximumFileBytes + 1),
        ]
    )
    func refusedFile(_ contents: [UInt8]?) throws {
        let error = try refusal(of: .file("/run/secrets/name"), by: resolver(file: contents))
        #expect(error.message.contains("/run/secrets/name"))
    }

    @Test("takes a file of exactly the longest length")
    func longestFile() throws {
        let contents = [UInt8](repeating: 0x61, count: SecretResolver.maximumFileBytes)
        #expect(try resolver(file: contents).resolve(.file("/f")).byteCount == contents.count)
    }

    @Test("says nothing of a file's contents in an error")
    func silence() throws {
        let contents = Array(Canary.secret.utf8) + [0xFF]
        let error = try refusal(of: .file("/f"), by: resolver(file: contents))
        #expect(Canary.found(in: "\(error)").isEmpty)
    }
}
