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

    @Test("uses a literal verbatim, unless it is empty")
    func literal() throws {
        #expect(try resolver().resolve(.literal(Secret(" a b\n"))) == Secret(" a b\n"))
        _ = try refusal(of: .literal(Secret("")), by: resolver())
    }

    @Test("uses a variable verbatim")
    func variable() throws {
        #expect(try resolver(["NAME": "my value"]).resolve(.environment("NAME")) == Secret("my value"))
    }

    @Test("refuses a variable that is not set or empty, and names it", arguments: [[:], ["NAME": ""]])
    func missingVariable(_ environment: [String: String]) throws {
        let error = try refusal(of: .environment("NAME"), by: resolver(environment))
        #expect(error.message.contains("NAME"))
    }

    @Test(
        "reads a file without one trailing line break",
        arguments: [
            ("secret", "secret"), ("secret\n", "secret"), ("secret\r\n", "secret"), ("two words\n", "two words"),
            ("sécret\n", "sécret"),
            (
                "-----BEGIN PRIVATE KEY-----\nYQ==\n-----END PRIVATE KEY-----\n",
                "-----BEGIN PRIVATE KEY-----\nYQ==\n-----END PRIVATE KEY-----"
            ),
        ]
    )
    func file(contents: String, secret: String) throws {
        #expect(try resolver(file: Array(contents.utf8)).resolve(.file("/f")) == Secret(secret))
    }

    @Test(
        "refuses a file that is missing, empty, too long or not text, and names it",
        arguments: [
            nil, [], [0x0A], [0x0D, 0x0A], [0xFF, 0xFE], Array("abc".utf8) + [0x80],
            [UInt8](repeating: 0x61, count: SecretResolver.maximumFileBytes + 1),
        ]
    )
    func refusedFile(_ contents: [UInt8]?) throws {
        let error = try refusal(of: .file("/run/secrets/name"), by: resolver(file: contents))
        #expect(error.message.contains("/run/secrets/name"))
    }

    @Test(
        "refuses a file with unintended characters, and names them without showing the secret",
        arguments: [
            ("\n\n", "more than one line break"), ("\r\n\r\n", "more than one line break"),
            ("\r", "more than one line break"),
            (" \n", "white space"), ("\t", "white space"), ("\u{A0}", "white space"), ("\u{3000}", "white space"),
            ("\nmore\n", "more than one line"), ("\u{0}x", "control character"), ("\u{1B}[0m", "control character"),
            ("\u{FEFF}", "byte order mark"), ("\u{200B}x", "invisible character"),
        ]
    )
    func flawedFile(ending: String, reason: String) throws {
        let contents = Array((Canary.secret + ending).utf8)
        let error = try refusal(of: .file("/run/secrets/name"), by: resolver(file: contents))
        #expect(error.message.contains("/run/secrets/name") && error.message.contains(reason), "\(error.message)")
        #expect(Canary.found(in: "\(error)").isEmpty)
    }

    @Test(
        "refuses a variable with unintended characters, such as a file's line break",
        arguments: [
            ("", "\n", "line break"), ("", "\r\n", "line break"), ("", " ", "white space"), (" ", "", "white space"),
            ("\u{FEFF}", "", "byte order mark"), ("", "\nb", "more than one line"),
        ]
    )
    func flawedVariable(before: String, after: String, reason: String) throws {
        let error = try refusal(
            of: .environment("NAME"), by: resolver(["NAME": before + Canary.secret + after]))
        #expect(error.message.contains("NAME") && error.message.contains(reason), "\(error.message)")
        #expect(Canary.found(in: "\(error)").isEmpty)
    }

    @Test("accepts a file of exactly the maximum length")
    func longestFile() throws {
        let contents = [UInt8](repeating: 0x61, count: SecretResolver.maximumFileBytes)
        #expect(try resolver(file: contents).resolve(.file("/f")).byteCount == contents.count)
    }

    @Test("does not show a file's contents in an error")
    func silence() throws {
        let contents = Array(Canary.secret.utf8) + [0xFF]
        let error = try refusal(of: .file("/f"), by: resolver(file: contents))
        #expect(Canary.found(in: "\(error)").isEmpty)
    }
}
