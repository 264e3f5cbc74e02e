import BrokerTesting
import Foundation
import IdentityBroker
import JOSE
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("A token in a token is refused (CVE-2026-29000)")
struct NestedTokenTests {
    private let clock = TestClock()
    private let forge: Forge
    private let verifier: AccessTokenVerifier

    init() throws {
        forge = Forge(key: try .generate(for: .es256), now: clock.date)
        verifier = try forge.verifier(by: clock)
    }

    @Test("A signed token whose payload is a token is refused, whoever signed the inner one")
    func nested() async throws {
        let unsigned = try forge.token(forge.header(algorithm: "none"), payload: json(forge.claims)) { _ in Data() }
        for inner in [try forge.token(), unsigned] {
            for payload in [inner, "\"\(inner)\"", "[\"\(inner)\"]"] {
                let token = try forge.token(forge.header(), payload: Data(payload.utf8)) {
                    try forge.key.signature(for: $0)
                }
                try await expect(.malformedClaims, token, verifier)
                var header = forge.header()
                header["cty"] = "JWT"
                let marked = try forge.token(header, payload: Data(payload.utf8)) { try forge.key.signature(for: $0) }
                try await expect(.wrongHeader, marked, verifier)
            }
        }
    }

    @Test("An encrypted token is refused, with a signed or a plain token inside")
    func encrypted() async throws {
        let header = try Base64URL.encode(json(["alg": "dir", "enc": "A256GCM", "kid": forge.key.id, "typ": "at+jwt"]))
        for content in [try forge.token(), String(decoding: try json(forge.claims), as: UTF8.self)] {
            let body = Base64URL.encode(content.utf8)
            try await expect(.malformed, "\(header)..AAAA.\(body).AAAA", verifier)
            // The same with three segments, as read by a library that does not count further.
            try await expect(.wrongHeader, "\(header).\(body).AAAA", verifier)
        }
    }

    @Test("Anything but three segments of base64url is refused")
    func shapes() async throws {
        let token = try forge.token()
        let parts = token.split(separator: ".").map(String.init)
        let shapes = [
            "", ".", "..", "...", token + ".", "." + token, token + "=", token + "\n", " " + token, "Bearer " + token,
            parts[0] + "." + parts[1], parts[0] + "." + parts[1] + ".", ".\(parts[1]).\(parts[2])",
            parts[0] + ".." + parts[2], parts.reversed().joined(separator: "."), token + "." + parts[0],
            #"{"payload":"\#(parts[1])","protected":"\#(parts[0])","signature":"\#(parts[2])"}"#,
        ]
        for shape in shapes {
            let error = try await refusal { try await verifier.verify(shape, audience: TokenBench.audience) }
            #expect(error.code == .invalidToken, "\(shape)")
        }
    }

    @Test("Any other spelling of a valid token is refused, one changed character at a time")
    func spellings() async throws {
        let token = try forge.token()
        let characters = Array(token.utf8)
        for index in characters.indices {
            var changed = characters
            changed[index] = characters[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: changed, as: UTF8.self)
            let error = try await refusal { try await verifier.verify(text, audience: TokenBench.audience) }
            #expect(error.code == .invalidToken, "character \(index)")
        }
    }

    @Test("A token of more than 16 KiB is refused before it is read")
    func size() async throws {
        var claims = forge.claims
        claims["padding"] = .string(String(repeating: "x", count: 16 * 1024))
        try await expect(.tooLong, forge.token(claims), verifier)
    }

    @Test(
        "A header that is not one JSON object is refused", arguments: ["[]", "null", "{}{}", "{} x", "\u{FEFF}{}", ""])
    func headers(text: String) async throws {
        let rest = try forge.token().split(separator: ".").dropFirst().joined(separator: ".")
        try await expect(.malformed, "\(Base64URL.encode(text.utf8)).\(rest)", verifier)
    }
}
