import Testing

@testable import IdentityBroker

@Suite("The key of a one-time credential")
struct OneTimeKeyTests {
    private func key(_ issuer: String, _ kind: String, _ value: String) -> OneTimeKey {
        OneTimeKey(
            issuer: .example(issuer),
            credential: Credential(kind: CredentialKind(rawValue: kind), value: Secret(value))
        )
    }

    @Test("distinguishes issuers, kinds and credentials that would run together")
    func prefixes() {
        let text = "abcdefgh"
        var keys: Set<OneTimeKey> = []
        var count = 0
        for first in 1..<text.count {
            for second in first..<text.count {
                let issuer = String(text.prefix(first))
                let kind = String(text.prefix(second).dropFirst(first))
                keys.insert(key(issuer, kind, String(text.dropFirst(second))))
                count += 1
            }
        }
        #expect(keys.count == count)
    }

    @Test("is the same for the same three inputs")
    func equality() {
        #expect(key("i", "ticket", "t") == key("i", "ticket", "t"))
        #expect(key("i", "ticket", "t") != key("j", "ticket", "t"))
        #expect(key("i", "ticket", "t") != key("i", "id_token", "t"))
        #expect(key("i", "ticket", "t") != key("i", "ticket", "T"))
    }

    @Test("is that of an ID token's header and payload, since its signature has a second spelling")
    func idToken() {
        #expect(key("i", "id_token", "e30.e30.AAAA") == key("i", "id_token", "e30.e30.AAAB"))
        #expect(key("i", "id_token", "e30.e30.AAAA") != key("i", "id_token", "e30.e31.AAAA"))
        #expect(key("i", "ticket", "e30.e30.AAAA") != key("i", "ticket", "e30.e30.AAAB"))
    }

    // Stores on disk outlive releases: if the digest changed, every spent ticket could be presented again.
    @Test("is the SHA-256 of the three, each prefixed with its length in eight bytes")
    func vector() {
        let digest = key("https://core.genauth.cn/pool", "ticket", "abc").digest
        let expected = "9ae6693e4bb0173bca5e6a1a9485a7594a871449ab3c5ccc86bcaf78408a9439"
        #expect(digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined() == expected)
    }

    @Test(
        "does not contain the credential",
        arguments: ["a", Canary.ticket, String(repeating: "0123456789abcdef", count: 2)])
    func secrecy(_ ticket: String) {
        let key = OneTimeKey(issuer: .example, credential: .ticket(ticket))
        #expect(key.digest.count == 32)
        #expect(ticket.utf8.count == 1 || !SecretSearch(Secret(ticket)).matches(in: key.digest))
        #expect(Canary.found(in: Rendering.dumped.text(of: key)).isEmpty)
    }
}
