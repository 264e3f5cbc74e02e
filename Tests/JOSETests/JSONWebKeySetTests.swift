import Foundation
import StrictJSON
import Testing

@testable import JOSE

@Suite("A JSON Web Key Set")
struct JSONWebKeySetTests {
    private static let issuer = "https://a.example"
    private static let keys = (0..<20).compactMap { _ in try? SigningKey.generate(for: .es256).publicKey }

    private func set(_ members: [[String: Any]]) throws -> JSONWebKeySet {
        try JSONWebKeySet(reading: Array(JSONSerialization.data(withJSONObject: ["keys": members])))
    }

    private func members(_ index: Int, _ changes: [String: Any?] = [:]) -> [String: Any] {
        var members: [String: Any] = Self.keys[index].members
        for (name, value) in changes { members[name] = value }
        return members
    }

    @Test("Keys are found by their kid; all keys with one kid are candidates")
    func named() throws {
        let set = try set([members(0, ["kid": "a"]), members(1, ["kid": "a"]), members(2, ["kid": "b"])])
        #expect(set.candidates(id: "a", algorithm: .es256, issuer: Self.issuer).count == 2)
        #expect(set.candidates(id: "b", algorithm: .es256, issuer: Self.issuer).count == 1)
        #expect(set.candidates(id: "c", algorithm: .es256, issuer: Self.issuer).isEmpty)
        #expect(set.candidates(id: nil, algorithm: .es256, issuer: Self.issuer).count == 3)
        #expect(set.candidates(id: "a", algorithm: .es384, issuer: Self.issuer).isEmpty)
    }

    @Test("A kid is compared byte for byte")
    func spelling() throws {
        let set = try set([members(0, ["kid": "caf\u{E9}"])])
        #expect(set.candidates(id: "caf\u{E9}", algorithm: .es256, issuer: Self.issuer).count == 1)
        #expect(set.candidates(id: "cafe\u{301}", algorithm: .es256, issuer: Self.issuer).isEmpty)
    }

    @Test("Keys without a kid are candidates if no key has the token's")
    func unnamed() throws {
        let set = try set([members(0, ["kid": nil]), members(1, ["kid": "b"])])
        #expect(set.candidates(id: "a", algorithm: .es256, issuer: Self.issuer).count == 1)
        #expect(set.candidates(id: "b", algorithm: .es256, issuer: Self.issuer).count == 1)
    }

    private static let tenant = "9188040d-6c67-4c5b-b112-36a304b66dad"

    @Test(
        "A key that names an issuer is a candidate only for that issuer's tokens, byte for byte",
        arguments: [
            ("https://a.example", "https://a.example", true),
            ("https://a.example", "https://b.example", false),
            ("https://a.example", "https://a.example/", false),
            ("https://a.example", "https://A.example", false),
            ("https://caf\u{E9}.example", "https://cafe\u{301}.example", false),
            ("https://a.example", "", false),
            ("", "https://a.example", false),
            ("https://a.example/{tenantid}/v2.0", "https://a.example/\(tenant)/v2.0", true),
            ("https://a.example/{tenantid}/", "https://a.example/\(tenant)/", true),
            ("https://a.example/{tenantid}", "https://a.example/\(tenant)", true),
            ("https://a.example/{tenantid}/v2.0", "https://a.example/{tenantid}/v2.0", false),
            ("https://a.example/{tenantid}/v2.0", "https://a.example/common/v2.0", false),
            ("https://a.example/{tenantid}/v2.0", "https://a.example//v2.0", false),
            ("https://a.example/{tenantid}/v2.0", "https://a.example/\(tenant)/v1.0", false),
            ("https://a.example/{tenantid}/v2.0", "https://b.example/\(tenant)/v2.0", false),
            ("https://a.example/{tenantid}/v2.0", "https://a.example/\(tenant)/x/v2.0", false),
            ("https://a.example/{tenantid}/{tenantid}", "https://a.example/\(tenant)/\(tenant)", true),
            (
                "https://a.example/{tenantid}/{tenantid}",
                "https://a.example/\(tenant)/00000000-0000-0000-0000-000000000000", false
            ),
            ("https://a.example/\(tenant)/v2.0", "https://a.example/\(tenant)/v2.0", true),
        ])
    func issuers(ofKey named: String, ofToken issuer: String, fits: Bool) throws {
        let set = try set([members(0, ["kid": "a", "issuer": named])])
        #expect(set.candidates(id: "a", algorithm: .es256, issuer: issuer).count == (fits ? 1 : 0))
    }

    @Test("A key without an issuer is a candidate for any token, along with those of the token's issuer")
    func noIssuer() throws {
        let set = try set([
            members(0, ["kid": "a"]), members(1, ["kid": "a", "issuer": "https://a.example"]),
            members(2, ["kid": "a", "issuer": "https://b.example"]), members(3, ["kid": nil]),
        ])
        #expect(set.candidates(id: "a", algorithm: .es256, issuer: "https://a.example").count == 2)
        #expect(set.candidates(id: "a", algorithm: .es256, issuer: "https://c.example").count == 1)
    }

    @Test("A kid that only another issuer's key has counts as unknown")
    func foreignKid() throws {
        let set = try set([members(0, ["kid": "a", "issuer": "https://b.example"]), members(1, ["kid": nil])])
        #expect(set.candidates(id: "a", algorithm: .es256, issuer: Self.issuer).count == 1)
    }

    @Test("At most 16 keys are tried for one token")
    func bound() throws {
        let set = try set(Self.keys.indices.map { members($0, ["kid": "a"]) })
        #expect(set.keys.count == 20)
        #expect(set.candidates(id: "a", algorithm: .es256, issuer: Self.issuer).count == 16)
    }

    @Test("A key that verifies nothing does not count among the 16, and its kid is known")
    func unusable() throws {
        let broken = members(0, ["kid": "a", "x": Self.keys[1].members["x"]])
        let unnamed = members(2, ["kid": nil])
        let set = try set([broken, unnamed])
        #expect(set.candidates(id: "a", algorithm: .es256, issuer: Self.issuer).isEmpty)
        #expect(set.candidates(id: "b", algorithm: .es256, issuer: Self.issuer).count == 1)
        let many = try self.set([broken] + Self.keys.indices.dropFirst().map { members($0, ["kid": "a"]) })
        #expect(many.candidates(id: "a", algorithm: .es256, issuer: Self.issuer).count == 16)
    }

    @Test(
        "A key with an unreadable restriction is omitted",
        arguments: [
            #""use":1"#, #""use":null"#, #""alg":["ES384"]"#, #""kid":1"#, #""issuer":{}"#, #""key_ops":"sign""#,
            #""key_ops":["verify",1]"#, #""key_ops":null"#,
        ])
    func malformedRestriction(member: String) throws {
        let material = Self.keys[0].material.required.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
        let set = try JSONWebKeySet(reading: Array(#"{"keys":[{\#(material),\#(member)}]}"#.utf8))
        #expect(set.keys.isEmpty)
    }

    @Test("A set survives a round trip, with the purposes of its keys")
    func writing() throws {
        let set = try set([
            members(0, ["issuer": "https://a.example/{tenantid}"]),
            members(1, ["key_ops": ["verify", "sign"], "use": nil]),
            members(2, ["kid": "\"\n\u{1}é"]),
        ])
        #expect(try JSONWebKeySet(reading: set.document).keys == set.keys)
    }

    @Test(
        "A key for another use is not a candidate",
        arguments: [
            #""use":"enc""#, #""use":"x""#, #""alg":"ES384""#, #""alg":"ECDH-ES""#, #""alg":"HS256""#,
            #""key_ops":["sign"]"#, #""key_ops":[]"#,
        ])
    func uses(member: String) throws {
        let material = Self.keys[0].material.required.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
        let set = try JSONWebKeySet(
            reading: Array(#"{"keys":[{\#(material),\#(member)},{\#(material),"key_ops":["verify"]}]}"#.utf8))
        #expect(set.keys.count == 2)
        #expect(set.candidates(id: nil, algorithm: .es256, issuer: Self.issuer).count == 1)
    }

    @Test("Unknown or malformed keys are omitted, and the others are used")
    func tolerance() throws {
        let x = Self.keys[0].members["x"] ?? ""
        let others: [[String: Any]] = [
            ["kty": "oct", "k": "AAAA"], ["kty": "EC", "crv": "secp256k1", "x": x, "y": x],
            ["kty": "OKP", "crv": "X25519", "x": x],
            ["kty": "AKP"], ["kty": 1], [:], members(0, ["x": "AA"]), members(0, ["x": "\(x)A"]),
            members(0, ["x": nil]),
            ["kty": "RSA", "n": "AA", "e": "AQAB"], ["kty": "RSA", "n": "AQAB"],
        ]
        let set = try set(others + [members(1)])
        #expect(set.candidates(id: nil, algorithm: .es256, issuer: Self.issuer).count == 1)
        #expect(set.candidates(id: nil, algorithm: .rs256, issuer: Self.issuer).isEmpty)
    }

    @Test("A point that is not on its curve is not a key")
    func curve() throws {
        let set = try set([members(0, ["x": Self.keys[1].members["x"]])])
        #expect(set.keys.count == 1)
        #expect(set.candidates(id: nil, algorithm: .es256, issuer: Self.issuer).isEmpty)
    }

    @Test("An RSA key of fewer than 2048 or more than 8192 bits is not a key", arguments: [128, 255, 1025, 2048])
    func size(bytes: Int) throws {
        let modulus = Base64URL.encode([0x80] + [UInt8](repeating: 0, count: bytes - 2) + [1])
        let set = try set([["kty": "RSA", "n": modulus, "e": "AQAB"]])
        #expect(set.keys.count == 1)
        #expect(set.candidates(id: nil, algorithm: .rs256, issuer: Self.issuer).isEmpty)
    }

    @Test("Leading zeros of a modulus are not part of the key")
    func leadingZeros() throws {
        let modulus = [0x80] + [UInt8](repeating: 7, count: 255)
        let set = try set([[0] + modulus, modulus].map { ["kty": "RSA", "n": Base64URL.encode($0), "e": "AQAB"] })
        #expect(Set(set.keys).count == 1)
        #expect(set.candidates(id: nil, algorithm: .ps512, issuer: Self.issuer).count == 2)
    }

    @Test(
        "A set with a private key is refused completely", arguments: ["d", "p", "q", "dp", "dq", "qi", "oth"])
    func privateKeys(name: String) throws {
        #expect(throws: JSONWebKeySet.Fault.privateKey) { try set([members(0), members(1, [name: "AA"])]) }
    }

    @Test(
        "What is not a key set is refused",
        arguments: ["", "[]", "{}", #"{"keys":{}}"#, #"{"keys":null}"#, #"{"keys":[],"keys":[]}"#, "{\"keys\":[]"])
    func malformed(text: String) {
        #expect(throws: JSONWebKeySet.Fault.malformed) { try JSONWebKeySet(reading: Array(text.utf8)) }
    }
}
