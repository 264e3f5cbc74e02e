import IdentityBroker
import Testing

@Suite("Checking a credential")
struct CheckTests {
    @Test("refuses a kind that the provider does not accept, and says which it accepts")
    func kind() async throws {
        let bench = try Bench()
        let error = try await bench.refusal(of: .authorizationCode("abc"))
        #expect(error.kind == .invalidCredential)
        #expect(error.credential == .unused)
        #expect(error.message.contains("authorization_code"))
        #expect(error.message.contains("ticket, id_token"))
        #expect(bench.transport.sendings.isEmpty)
    }

    @Test(
        "refuses a malformed ticket before anything is reserved or sent",
        arguments: [
            "", " ", "a b", " abc", "abc ", "abc\n", "a\tb", "a\u{0}b", "abc\u{7F}", "abc\u{85}", "billét", "票", "👩‍🚀",
            "a\u{200B}b", "a\u{301}", String(repeating: "a", count: 65),
        ]
    )
    func refused(_ ticket: String) async throws {
        let bench = try Bench()
        let error = try await bench.refusal(of: .ticket(ticket))
        #expect(error.kind == .invalidCredential)
        #expect(error.credential == .unused)
        #expect(bench.transport.sendings.isEmpty)
        #expect(try await !bench.isHeld(.ticket(ticket)))
    }

    @Test(
        "accepts any visible ASCII up to the maximum length",
        arguments: ["a", "!~", #""\/<>&%'"#, String(repeating: "a", count: 64)]
    )
    func accepted(_ ticket: String) async throws {
        #expect(try await Bench().login(.ticket(ticket)).subject == "person-1")
    }

    @Test(
        "holds every kind to its own alphabet",
        arguments: [("a.b-c_d~e9", true), ("a+b", false), ("a/b", false), ("a=", false)])
    func unreserved(token: String, isTaken: Bool) async throws {
        let bench = try Bench()
        if isTaken {
            #expect(try await bench.login(.idToken(token)).subject == "person-1")
        } else {
            #expect(try await bench.refusal(of: .idToken(token)).kind == .invalidCredential)
        }
    }

    @Test("says where a character is invalid, and never reveals the credential")
    func silence() async throws {
        let error = try await Bench().refusal(of: .ticket("\(Canary.ticket)\n"))
        #expect(error.message.contains("byte \(Canary.ticket.utf8.count)"))
        #expect(Canary.found(in: "\(error)").isEmpty)
    }
}
