import Foundation
import StrictJSON
import Testing

@testable import IdentityBroker

@Suite("An identity as JSON")
struct IdentityJSONTests {
    /// The identity as Foundation's encoder writes it, which must equal what the broker writes.
    private func json(_ value: Identity) throws -> String {
        let text = value.members.json
        #expect(try encoded(value) == text)
        return text
    }

    private func json(_ value: Claims) throws -> String {
        let text = value.members.json
        #expect(try encoded(value) == text)
        return text
    }

    private func encoded(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private func identity(_ claims: Claims = Claims(), isFull: Bool = false) -> Identity {
        Identity(
            IdentityContents(
                key: IdentityKey(issuer: .example("https://core.genauth.cn/5e4c"), subject: "5e57"),
                provider: "wxapp",
                authenticatedAt: Date(timeIntervalSince1970: 1_767_323_045.875),
                claims: claims,
                alternateIdentifiers: isFull
                    ? [
                        AlternateIdentifier(type: "wechat_unionid", value: "o1"),
                        AlternateIdentifier(type: "wechat_openid", scope: "wxa0435021fd7a3af2", value: "o2"),
                    ] : [],
                attributes: isFull
                    ? [
                        "signed_up": "2020-02-27T05:30:55.875Z", "logins_count": 2, "ratio": 0.5,
                        "list": [true, .null], "company": ["name": "x"],
                    ] : [:],
                notices: isFull ? [Notice(rawValue: "phone_conflict")] : [],
                upstreamToken: Secret(Canary.token),
                deferredRecord: DeferredRecord { "not part of it" }
            )
        )
    }

    @Test("has all its members even if unknown, and neither record nor token")
    func empty() throws {
        let expected = """
            {"alternate_ids":[],"attributes":{},"authenticated_at":"2026-01-02T03:04:05Z","claims":{},\
            "issuer":"https://core.genauth.cn/5e4c","notices":[],"provider":"wxapp","subject":"5e57"}
            """
        #expect(try json(identity()) == expected)
    }

    @Test("has the members of the documented form")
    func full() throws {
        var claims = Claims()
        claims.name = "John Doe"
        let expected = """
            {"alternate_ids":[{"type":"wechat_unionid","value":"o1"},\
            {"scope":"wxa0435021fd7a3af2","type":"wechat_openid","value":"o2"}],\
            "attributes":{"company":{"name":"x"},"list":[true,null],"logins_count":2,"ratio":0.5,\
            "signed_up":"2020-02-27T05:30:55.875Z"},"authenticated_at":"2026-01-02T03:04:05Z",\
            "claims":{"name":"John Doe"},"issuer":"https://core.genauth.cn/5e4c","notices":["phone_conflict"],\
            "provider":"wxapp","subject":"5e57"}
            """
        #expect(try json(identity(claims, isFull: true)) == expected)
    }

    @Test("has the claims by their standard names")
    func claims() throws {
        var claims = Claims()
        claims.name = "a"
        claims.givenName = "b"
        claims.familyName = "c"
        claims.middleName = "d"
        claims.nickname = "e"
        claims.preferredUsername = "f"
        claims.profile = "https://g.example"
        claims.picture = "https://h.example"
        claims.website = "https://i.example"
        claims.email = EmailAddress("j@k.example").map { .verified(Verified($0)) }
        claims.gender = "male"
        claims.birthdate = "0000-10-31"
        claims.zoneinfo = "Asia/Shanghai"
        claims.locale = "zh-CN"
        claims.phoneNumber = PhoneNumber("+8617670416754").map { .asserted(Asserted($0), isKnownUnverified: true) }
        claims.address = PostalAddress(
            locality: "l", region: "r", country: "c", postalCode: "p", streetAddress: "s", formatted: "f")
        claims.updatedAt = Date(timeIntervalSince1970: 1_582_781_455.875)
        let expected = """
            {"address":{"country":"c","formatted":"f","locality":"l","postal_code":"p","region":"r","street_address":"s"},\
            "birthdate":"0000-10-31","email":"j@k.example","email_verified":true,"family_name":"c","gender":"male",\
            "given_name":"b","locale":"zh-CN","middle_name":"d","name":"a","nickname":"e","phone_number":"+8617670416754",\
            "phone_number_verified":false,"picture":"https://h.example","preferred_username":"f",\
            "profile":"https://g.example","updated_at":1582781455,"website":"https://i.example","zoneinfo":"Asia/Shanghai"}
            """
        #expect(try json(claims) == expected)
    }

    @Test("omits a verification that the upstream does not state")
    func unverified() throws {
        var claims = Claims()
        claims.email = EmailAddress("a@b.example").map { .asserted(Asserted($0), isKnownUnverified: false) }
        #expect(try json(claims) == #"{"email":"a@b.example"}"#)
    }

    @Test(
        "survives any date",
        arguments: [
            (-0.5, #"{"updated_at":-1}"#), (253_402_300_800, #"{"updated_at":253402300800}"#), (1e300, "{}"),
            (-1e300, "{}"),
            (Double.infinity, "{}"), (.nan, "{}"),
        ]
    )
    func dates(seconds: Double, expected: String) throws {
        var claims = Claims()
        claims.updatedAt = Date(timeIntervalSince1970: seconds)
        #expect(try json(claims) == expected)
    }

    @Test("survives any number", arguments: [Double.nan, .infinity, -.infinity])
    func numbers(_ number: Double) throws {
        #expect(try encoded([JSONValue.double(number)]) == "[null]")
    }
}
